"""The page in a browser, on a real service with a planned basin: it stays on this machine and breaks no policy."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from benchmarks.served import Served, served
from generators.browser import browser, sign_in
from generators.screens import address_of
from tests.web.hostile import MARKUP, hostile_basin

WAIT_MS = 20_000  # a slow machine with other tests beside
expect.set_options(timeout=WAIT_MS)
EMAIL, PASSWORD = "mara@example.org", "the river keeps its share"


@dataclass(frozen=True)
class Place:
    """The service, the identifiers of what it has for the page to show, and the session of somebody who may change it."""

    service: Served
    identifiers: dict[str, str]
    session: Any

    def of(self, screen: str) -> str:
        """The address of a screen on the service."""
        return self.service.address + address_of(screen, self.identifiers)


@pytest.fixture(scope="session")
def place() -> Iterator[Place]:
    """A service with the tutorial planned, the same under hostile names, and a planner's account."""
    with served(workers=1, RIVERSHARE_LOGINS_PER_MINUTE="1000") as service:
        organisation = service.ask("GET", "/v1/organisations")["items"][0]["id"]
        basin = next(basin["id"] for basin in service.ask("GET", "/v1/basins")["items"] if basin["name"] == "tutorial")
        scenario, second = (row["id"] for row in service.ask("GET", f"/v1/basins/{basin}/scenarios")["items"])
        archive = {"Content-Type": "application/zip"}
        hostile = service.ask("POST", f"/v1/basins/import?organisation_id={organisation}", hostile_basin(), archive)["id"]
        policy = service.ask("GET", f"/v1/scenarios/{scenario}")["policy"]
        other = {"name": "hostile", "title": MARKUP, "policy": policy}
        scenarios = scenario, second, service.ask("POST", f"/v1/basins/{hostile}/scenarios", other)["id"]
        runs = [service.ask("POST", f"/v1/scenarios/{each}/runs", {"limits": {"time_seconds": 30}})["id"] for each in scenarios]
        made = service.ask("POST", "/v1/users", {"email": EMAIL, "name": "Mara", "organisation_id": organisation})
        redeemed = {"token": made["one_time_link"]["token"], "password": PASSWORD}
        service.ask("POST", "/v1/one-time-links/redeem", redeemed)
        for known in (basin, hostile):
            service.ask("PUT", f"/v1/basins/{known}/roles/{made['user']['id']}", {"role": "owner"})
        plans = [service.wait(run, 60)["plan_id"] for run in runs]
        identifiers = {
            "basin": basin, "scenario": scenario, "run": runs[0], "plan": plans[0], "other_plan": plans[1],
            "hostile_basin": hostile, "hostile_plan": plans[2],
        }  # fmt: skip
        with browser() as opened, opened.new_context() as context:
            sign_in(context, service.address, EMAIL, PASSWORD)
            session = context.storage_state()
        yield Place(service, identifiers, session)


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

    def opened(signed_in: bool = True, **options: Any) -> Page:
        given = {"locale": "en-GB", "viewport": {"width": 1366, "height": 768}, **options}
        context = chromium.new_context(storage_state=place.session if signed_in else None, **given)
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
