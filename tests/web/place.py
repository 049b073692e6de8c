"""One service for every test of the page: made by whoever needs it first, used by all, ended when nobody uses it any more."""

import json
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from filelock import FileLock

from benchmarks.served import Service, served
from generators.screens import address_of
from tests.web.hostile import MARKUP, hostile_basin

EMAIL: Final = "mara@example.org"
OTHER_EMAIL: Final = "noi@example.org"
PASSWORD: Final = "the river keeps its share"
NAMES: Final = {EMAIL: "Mara", OTHER_EMAIL: "Noi"}
OTHERS_AT_MOST_S: Final = 600.0
PLANNED_S: Final = 180.0  # on a machine with much else to do


@dataclass(frozen=True)
class Place:
    """The service, the identifiers of what it has for the page to show, and the sessions of two who may change it."""

    service: Service
    identifiers: dict[str, str]
    sessions: dict[str, Any]

    def of(self, screen: str) -> str:
        """The address of a screen on the service."""
        return self.service.address + address_of(screen, self.identifiers)

    def brought(self, archive: bytes, title: str) -> str:
        """A basin made of an archive, owned by both."""
        path = f"/v1/basins/import?organisation_id={self.identifiers['organisation']}&title={quote(title)}"
        basin = str(self.service.ask("POST", path, archive, {"Content-Type": "application/zip"})["id"])
        self.give(basin)
        return basin

    def give(self, basin: str) -> None:
        """Both own the basin."""
        for user in (self.identifiers[email] for email in NAMES):
            self.service.ask("PUT", f"/v1/basins/{basin}/roles/{user}", {"role": "owner"})


@contextmanager
def shared_place(folder: Path, worker: str) -> Iterator[Place]:
    """The place of all who name this folder. Whoever comes first makes it, and waits at the end until the others have gone."""
    told, own = folder / "place.json", folder / f"{worker}.uses"
    with ExitStack() as making:
        with FileLock(folder / "lock"):
            first = not told.exists()
            if first:
                place = making.enter_context(_made())
                service = place.service.address, place.service.key
                told.write_text(json.dumps([service, place.identifiers, place.sessions]), encoding="utf-8")
            else:
                service, identifiers, sessions = json.loads(told.read_text(encoding="utf-8"))
                place = Place(Service(*service), identifiers, sessions)
                own.touch()
        try:
            yield place
        finally:
            own.unlink(missing_ok=True)
            if first:
                _wait_for_others(folder)
                told.unlink()


def _wait_for_others(folder: Path) -> None:
    deadline = time.monotonic() + OTHERS_AT_MOST_S
    while any(folder.glob("*.uses")) and time.monotonic() < deadline:
        time.sleep(0.2)


@contextmanager
def _made() -> Iterator[Place]:
    """A service with the tutorial planned, the same under hostile names, and two planners' accounts."""
    with served(workers=1, RIVERSHARE_LOGINS_PER_MINUTE="1000") as service:
        organisation = service.ask("GET", "/v1/organisations")["items"][0]["id"]
        accounts = {email: _account(service, email, organisation) for email in NAMES}
        sessions = {email: _session_of(service, email) for email in NAMES}
        place = Place(service, {"organisation": organisation, **accounts}, sessions)
        basin = next(basin["id"] for basin in service.ask("GET", "/v1/basins")["items"] if basin["name"] == "tutorial")
        place.give(basin)
        of_tutorial = {row["name"]: row["id"] for row in service.ask("GET", f"/v1/basins/{basin}/scenarios")["items"]}
        scenario, second = of_tutorial["equity_first"], of_tutorial["least_cost"]
        hostile = place.brought(hostile_basin(), MARKUP)
        policy = service.ask("GET", f"/v1/scenarios/{scenario}")["policy"]
        other = {"name": "hostile", "title": MARKUP, "policy": policy}
        scenarios = scenario, second, service.ask("POST", f"/v1/basins/{hostile}/scenarios", other)["id"]
        runs = [service.ask("POST", f"/v1/scenarios/{each}/runs", {"limits": {"time_seconds": 30}})["id"] for each in scenarios]
        plans = [service.wait(run, PLANNED_S)["plan_id"] for run in runs]
        place.identifiers.update(
            {"basin": basin, "scenario": scenario, "run": runs[0], "plan": plans[0], "other_plan": plans[1]},
            village="farside",
            hostile_basin=hostile,
            hostile_plan=plans[2],
        )
        yield place


def _account(service: Service, email: str, organisation: str) -> str:
    """A new account with a password."""
    made = service.ask("POST", "/v1/users", {"email": email, "name": NAMES[email], "organisation_id": organisation})
    service.ask("POST", "/v1/one-time-links/redeem", {"token": made["one_time_link"]["token"], "password": PASSWORD})
    return str(made["user"]["id"])


def _session_of(service: Service, email: str) -> dict[str, Any]:
    """Somebody signed in: what a browser keeps of it."""
    body = json.dumps({"email": email, "password": PASSWORD}).encode()
    asked = urllib.request.Request(f"{service.address}/v1/session", body, {"Content-Type": "application/json"}, method="POST")
    with urllib.request.urlopen(asked, timeout=30) as answer:
        cookies = [said.partition(";")[0].partition("=") for said in answer.headers.get_all("Set-Cookie")]
    kept = {"domain": "127.0.0.1", "path": "/", "expires": -1, "httpOnly": True, "secure": False, "sameSite": "Lax"}
    return {"cookies": [{"name": name, "value": value, **kept} for name, _, value in cookies], "origins": []}
