"""The page in a browser, on a real service with a planned basin: it stays on this machine and breaks no policy."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from generators.browser import browser
from tests.web.place import EMAIL, OTHER_EMAIL, PASSWORD, Place, shared_place

WAIT_MS = 20_000  # a slow machine with other tests beside
expect.set_options(timeout=WAIT_MS)
__all__ = ("EMAIL", "OTHER_EMAIL", "PASSWORD", "Opening", "Place")


@pytest.fixture(scope="session")
def place(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[Place]:
    """What the page shows, the same for all who run tests at once."""
    folder = tmp_path_factory.getbasetemp()
    with shared_place(folder if worker_id == "master" else folder.parent, worker_id) as shared:
        yield shared


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """One browser a file: Playwright's loop must not outlive it, or other tests could not run theirs."""
    with browser() as opened:
        yield opened


Opening = Callable[..., Page]


class Guard:
    """Opens pages and tells at the end what none of them may do.

    Nothing was asked of another host, no policy was broken, no script failed, no name was executed.
    """

    def __init__(self, place: Place, chromium: Browser) -> None:
        self._place, self._chromium = place, chromium
        self._contexts: list[BrowserContext] = []
        self._asked: list[str] = []
        self._faults: list[str] = []

    def opened(self, signed_in: bool = True, email: str = EMAIL, **options: Any) -> Page:
        """A page of somebody, in a browser of their own."""
        given = {"locale": "en-GB", "viewport": {"width": 1366, "height": 768}, **options}
        context = self._chromium.new_context(storage_state=self._place.sessions[email] if signed_in else None, **given)
        context.set_default_timeout(WAIT_MS)
        self._contexts.append(context)
        context.on("request", lambda request: self._asked.append(request.url))
        context.on("weberror", lambda error: self._faults.append(str(error.error)))
        context.on("console", lambda said: self._faults.append(said.text) if "Security Policy" in said.text else None)
        return context.new_page()

    def __enter__(self) -> "Guard":
        return self

    def __exit__(self, *_: object) -> None:
        hurt = [page.url for context in self._contexts for page in context.pages if page.evaluate("window.hurt") is not None]
        for context in self._contexts:
            context.close()
        assert [url for url in self._asked if not url.startswith(("http://127.0.0.1:", "data:", "blob:"))] == []
        assert self._faults == []
        assert hurt == []


@pytest.fixture
def opening(place: Place, chromium: Browser) -> Iterator[Opening]:
    """Opens pages as somebody who is signed in."""
    with Guard(place, chromium) as guard:
        yield guard.opened


@pytest.fixture
def page(opening: Opening) -> Page:
    """A page of somebody who is signed in, on a wide screen."""
    return opening()
