"""News of a run: in order, without gaps, as a page or as a stream that goes on where it broke."""

import json
import threading
import time
from typing import Any

from api.services import run_states
from tests.api.service.jobs.desk import Desk

STREAM = {"Accept": "text/event-stream"}


def told(desk: Desk, run_id: str, phases: int) -> int:
    """The run is being worked at and has given news; its attempt number."""
    run = desk.claimed(desk.worker())
    assert run is not None and run.id == run_id
    for number in range(phases):
        with desk.database.writing() as session:
            run_states.note_progress(session, run_id, run.attempt, [{"phase": f"phase {number}", "elapsed_seconds": 1.0}])
    return run.attempt


def ended(desk: Desk, run_id: str, attempt: int) -> None:
    with desk.database.writing() as session:
        run_states.end(
            session, run_id, attempt, "no_plan", {"status": "infeasible", "message": "No plan exists.", "findings": []}
        )


def streamed(text: str) -> list[dict[str, Any]]:
    blocks = [block for block in text.replace("\r\n", "\n").split("\n\n") if block.strip() and not block.startswith(":")]
    fields = [dict(line.split(": ", 1) for line in block.splitlines()) for block in blocks]
    assert all(field["id"] == str(json.loads(field["data"])["sequence"]) for field in fields)
    assert all(field["event"] == json.loads(field["data"])["kind"] for field in fields)
    return [json.loads(field["data"]) for field in fields]


def test_news_come_in_pages_without_gaps(desk: Desk) -> None:
    run_id = desk.queued()
    attempt = told(desk, run_id, 5)
    place, found, cursor = f"/v1/runs/{run_id}/events", [], None
    while True:
        page = desk.owner.http.get(place, params={"limit": 3} | ({"cursor": cursor} if cursor else {})).json()
        found += page["items"]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert [item["sequence"] for item in found] == list(range(1, 8))
    assert page["ended"] is False
    ended(desk, run_id, attempt)
    rest = desk.owner.http.get(place, params={"after": 7}).json()
    assert [item["kind"] for item in rest["items"]] == ["ended"]
    assert rest["ended"] is True


def test_a_stream_tells_what_happens_until_the_run_has_ended(desk: Desk) -> None:
    run_id = desk.queued()
    attempt = told(desk, run_id, 1)

    def go_on() -> None:
        time.sleep(0.6)
        with desk.database.writing() as session:
            run_states.note_progress(session, run_id, attempt, [{"phase": "later", "elapsed_seconds": 2.0}])
        ended(desk, run_id, attempt)

    thread = threading.Thread(target=go_on)
    thread.start()
    answer = desk.owner.http.get(f"/v1/runs/{run_id}/events", headers=STREAM)
    thread.join()
    assert answer.headers["content-type"].startswith("text/event-stream")
    assert [item["kind"] for item in streamed(answer.text)] == ["queued", "started", "progress", "progress", "ended"]


def test_a_stream_that_broke_goes_on_after_the_last_news_that_came(desk: Desk) -> None:
    run_id = desk.queued()
    ended(desk, run_id, told(desk, run_id, 3))
    place = f"/v1/runs/{run_id}/events"
    resumed = desk.owner.http.get(place, headers={**STREAM, "Last-Event-ID": "4"})
    asked = desk.owner.http.get(place, params={"after": 4}, headers=STREAM)
    assert [item["sequence"] for item in streamed(resumed.text)] == [5, 6]
    assert streamed(asked.text) == streamed(resumed.text)


def test_whoever_had_everything_need_not_connect_again(desk: Desk) -> None:
    run_id = desk.queued()
    ended(desk, run_id, told(desk, run_id, 1))
    answer = desk.owner.http.get(f"/v1/runs/{run_id}/events", headers={**STREAM, "Last-Event-ID": "4"})
    assert answer.status_code == 204


def test_a_last_event_id_that_is_none_is_refused(desk: Desk) -> None:
    answer = desk.owner.http.get(f"/v1/runs/{desk.queued()}/events", headers={**STREAM, "Last-Event-ID": "x"})
    assert answer.status_code == 422


def test_a_stream_holds_no_connection_while_it_waits(desk: Desk) -> None:
    run_id = desk.queued()
    attempt = told(desk, run_id, 0)
    held: list[int] = []

    def look() -> None:
        deadline = time.monotonic() + 1.2
        while time.monotonic() < deadline:
            held.append(desk.database.engine.pool.checkedout())  # type: ignore[attr-defined]
            time.sleep(0.02)
        ended(desk, run_id, attempt)

    thread = threading.Thread(target=look)
    thread.start()
    desk.owner.http.get(f"/v1/runs/{run_id}/events", headers=STREAM)
    thread.join()
    assert sum(number == 0 for number in held) > len(held) / 2
