"""Waiting for a run."""

import json
from typing import Any

import httpx2
import pytest

from rivershare_client import NoPlan, Rivershare
from rivershare_client.models import RunEventAnswer
from rivershare_client.synchronous import runs
from tests.rivershare_client.speaking import client, without_delay

NOW = "2026-11-24T10:00:00Z"


class Service:
    """A run whose news come in streams, each of which ends or breaks off as it is told."""

    def __init__(self, *streams: list[int] | Exception, state: str = "succeeded") -> None:
        self.streams, self.state, self.heard = list(streams), state, list[str | None]()
        self.polled = 0

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        if request.url.path.endswith("/events"):
            return self._events(request)
        ended = not self.streams
        return httpx2.Response(200, json=run(self.state if ended else "running"))

    def _events(self, request: httpx2.Request) -> httpx2.Response:
        if "text/event-stream" not in request.headers["accept"]:
            self.polled += 1
            return httpx2.Response(200, json={"items": [event(4)], "next_cursor": None, "ended": True})
        self.heard.append(request.headers.get("last-event-id"))
        if not self.streams:
            return httpx2.Response(204)
        stream = self.streams.pop(0)
        if isinstance(stream, Exception):
            raise stream
        text = "".join(f"id: {n}\nevent: progress\ndata: {json.dumps(event(n))}\n\n" for n in stream)
        return httpx2.Response(200, text=f": ping\n\n{text}", headers={"Content-Type": "text/event-stream"})


def event(number: int) -> dict[str, Any]:
    return {"sequence": number, "attempt": 1, "at": NOW, "kind": "progress", "data": {"phase": "solving"}}


def run(state: str) -> dict[str, Any]:
    outcome = {"status": "infeasible", "message": "Two demands conflict.", "findings": [{"code": "x"}]}
    nothing = dict.fromkeys(
        ["rerun_of", "start_plan_id", "started_at", "ended_at", "cancel_requested_at", "progress", "queue_position", "runs_ahead"]
    )
    return {
        **nothing, "id": "r1", "basin_id": "b", "scenario_id": "s", "scenario_title": "S", "organisation_id": "o", "user_id": "u",
        "basin_title": "B", "started_by": "Ada",
        "basin_version": 1, "state": state, "priority": 0, "limits": {}, "tries": 1, "created_at": NOW,
        "outcome": outcome if state == "no_plan" else None, "plan_id": "p1" if state == "succeeded" else None,
        "base_year": 2027, "workers_alive": 1, "message": "Done.", "branch_plans": [],
    }  # fmt: skip


def heard_by(service: Rivershare) -> list[int]:
    told: list[RunEventAnswer] = []
    ended = service.runs.get("r1").wait(told.append)
    assert ended.has_ended
    return [event.sequence for event in told]


@pytest.fixture(autouse=True)
def _no_delay(monkeypatch: pytest.MonkeyPatch) -> None:
    without_delay(monkeypatch)
    monkeypatch.setattr(runs, "POLL_SECONDS", 0.0)


def test_a_stream_that_breaks_off_goes_on_where_it_broke() -> None:
    service = Service([1, 2], httpx2.ReadError("lost"), [3, 4])
    assert heard_by(client(service)) == [1, 2, 3, 4]
    assert service.heard == [None, "2", "2", "4"]


def test_where_no_stream_gets_through_the_client_asks_again_and_again() -> None:
    service = Service(*[httpx2.ReadError("lost")] * 20)
    assert client(service).runs.get("r1").state == "running"
    service.state = "succeeded"
    told = [one.sequence for one in client(service).runs.get("r1").events()]
    assert told == [4]
    assert service.polled == 1


def test_a_run_that_found_no_plan_says_why() -> None:
    with pytest.raises(NoPlan, match="Two demands conflict") as caught:
        client(Service(state="no_plan")).runs.get("r1").plan()
    assert (caught.value.state, caught.value.findings) == ("no_plan", [{"code": "x"}])
