"""The page in a browser, on a real service with a planned basin: it stays on this machine and breaks no policy."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from generators.browser import browser
from tests.web.place import EMAIL, PASSWORD, Place, shared_place

WAIT_MS = 20_000  # a slow machine with other tests beside
expect.set_options(timeout=WAIT_MS)
__all__ = ("EMAIL", "PASSWORD", "Opening", "Place")


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


@pytest.fixture
def opening(place: Place, chromium: Browser) -> Iterator[Opening]:
    """Opens pages as somebody who is signed in, and tells at the end what none of them may do.

    Nothing was asked of another host, no policy was broken, no script failed, no name was executed.
    """
    contexts: list[BrowserContext] = []
    asked: list[str] = []
    faults: list[str] = []

    def opened(signed_in: bool = True, email: str = EMAIL, **options: Any) -> Page:
        given = {"locale": "en-GB", "viewport": {"width": 1366, "height": 768}, **options}
        context = chromium.new_context(storage_state=place.sessions[email] if signed_in else None, **given)
        context.set_default_timeout(WAIT_MS)
        contexts.append(context)
        context.on("request", lambda request: asked.append(request.url))
        context.on("weberror", lambda error: faults.append(str(error.error)))
        context.on("console", lambda said: faults.append(said.text) if "Security Policy" in said.text else None)
        return context.new_page()

    yield opened
    hurt = [page.url for context in contexts for page in context.pages if page.evaluate("window.hurt") is not None]
    for context in contexts:
        context.close()
    assert [url for url in asked if not url.startswith((f"{place.service.address}/", "data:", "blob:"))] == []
    assert faults == []
    assert hurt == []


@pytest.fixture
def page(opening: Opening) -> Page:
    """A page of somebody who is signed in, on a wide screen."""
    return opening()
