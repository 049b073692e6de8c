"""Runs over HTTP: started once for the same input, found in the queue, cancelled, repeated, seen by whom they concern."""

from datetime import UTC, datetime
from typing import Any

import pytest

from api.jobs import results
from api.persistence.models import PlanRow, ScenarioRow
from tests.api.service.house import House, Person
from tests.api.service.jobs.desk import Desk

POPULATION = [{"table": "population", "where": {}, "multiply": {"persons": 1.2}}]


def finished(desk: Desk, kept_plan: str, run_id: str) -> None:
    """The run has ended with a plan."""
    run = desk.claimed(desk.worker())
    assert run is not None and run.id == run_id
    with desk.database.writing() as session:
        results.publish(session, desk.store, run_id, run.attempt, kept_plan)


def test_a_started_run_waits_and_says_that_no_worker_is_alive(desk: Desk) -> None:
    answer = desk.start()
    assert answer.status_code == 201
    run = answer.json()
    assert answer.headers["location"] == f"/v1/runs/{run['id']}"
    assert (run["state"], run["queue_position"], run["runs_ahead"], run["workers_alive"]) == ("queued", 1, 0, 0)
    assert run["message"].startswith("No worker is alive")
    assert desk.owner.http.get(f"/v1/runs/{run['id']}").json() == run


def test_a_run_behind_others_says_how_many(desk: Desk) -> None:
    desk.started()
    desk.started(priority=1)
    second = desk.started()
    desk.worker()
    run = desk.owner.http.get(f"/v1/runs/{second}").json()
    assert (run["queue_position"], run["workers_alive"]) == (3, 1)
    assert run["message"] == "Waits: 2 runs are before it."


def test_a_run_of_somebody_with_too_many_running_says_so(desk: Desk) -> None:
    for _ in range(desk.settings.runs_at_once_per_user):
        desk.queued()
        desk.claimed(desk.worker())
    run = desk.owner.http.get(f"/v1/runs/{desk.started()}").json()
    assert run["message"] == f"Waits until one of the {desk.settings.runs_at_once_per_user} runs of the same person has ended."


def test_the_same_input_is_run_once_also_by_another_scenario(desk: Desk) -> None:
    first = desk.start()
    again = desk.start()
    twin = desk.start(desk.scenario("twin", title="Says the same"))
    other = desk.start(desk.scenario("more_people", changes=POPULATION))
    longer = desk.start(limits={"time_seconds": 60})
    assert [answer.status_code for answer in (first, again, twin, other, longer)] == [201, 200, 200, 201, 201]
    assert first.json()["id"] == again.json()["id"] == twin.json()["id"]
    assert desk.start(fresh=True).status_code == 201


def test_the_plan_that_is_there_is_given_until_it_is_archived(desk: Desk, kept_plan: str) -> None:
    run_id = desk.start().json()["id"]
    finished(desk, kept_plan, run_id)
    again = desk.start()
    assert (again.status_code, again.json()["id"], again.json()["state"]) == (200, run_id, "succeeded")
    plan_id = again.json()["plan_id"]
    with desk.database.writing() as session:
        plan = session.get_one(PlanRow, plan_id)
        plan.archived_at = plan.created_at
    assert desk.start().status_code == 201


def test_a_plan_that_was_cut_short_on_request_is_no_answer_to_the_same_question(desk: Desk, kept_plan: str) -> None:
    finished(desk, kept_plan, desk.start().json()["id"])
    with desk.database.writing() as session:
        session.query(PlanRow).one().status = "cancelled"
    assert desk.start().status_code == 201


def test_a_run_that_is_being_cancelled_is_not_given_to_the_next_who_asks(desk: Desk) -> None:
    run_id = desk.start().json()["id"]
    desk.claimed(desk.worker())
    desk.owner.http.post(f"/v1/runs/{run_id}/cancel")
    assert desk.owner.http.get(f"/v1/runs/{run_id}").json()["message"] == "It is being stopped; the best plan so far is kept."
    assert desk.start().status_code == 201


def test_a_scenario_that_no_longer_fits_is_refused_with_findings(desk: Desk) -> None:
    scenario = desk.scenario("fits_no_more")
    with desk.database.writing() as session:
        row = session.get_one(ScenarioRow, scenario)
        row.changes = [{"table": "options", "where": {"option": "gone"}, "set": {"capex_usd": 1.0}}]
    answer = desk.start(scenario)
    assert answer.status_code == 422
    assert answer.json()["findings"]
    assert desk.owner.http.get("/v1/runs").json()["items"] == []


@pytest.mark.parametrize(
    ("limits", "pointer"),
    [
        ({"time_seconds": 1e5}, "/limits/time_seconds"),
        ({"memory_bytes": 10**12}, "/limits/memory_bytes"),
        ({"time_seconds": 0}, "/limits/time_seconds"),
        ({"relative_gap": -1}, "/limits/relative_gap"),
        ({"seed": 2**31}, "/limits/seed"),
        ({"threads": 0}, "/limits/threads"),
    ],
)
def test_limits_that_pass_what_is_allowed_are_named(desk: Desk, limits: dict[str, Any], pointer: str) -> None:
    answer = desk.start(limits=limits)
    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.json()["errors"]] == [pointer]


def test_priority_is_a_planner_s_and_running_an_analyst_s(house: House, desk: Desk, ben: Person) -> None:
    place = f"/v1/scenarios/{desk.scenario_id}/runs"
    outcomes = {}
    for role in ("reader", "analyst", "planner"):
        house.give_role(ben, desk.basin_id, role)
        answers = [ben.http.post(place, json={"fresh": True, "priority": priority}) for priority in (-1, 0, 1)]
        outcomes[role] = [answer.status_code for answer in answers]
    assert outcomes == {"reader": [403] * 3, "analyst": [201, 201, 403], "planner": [201] * 3}


def test_a_run_is_not_found_by_whom_it_does_not_concern(desk: Desk, ben: Person) -> None:
    run_id = desk.started()
    for way in ("", "/events", "/log"):
        answer = ben.http.get(f"/v1/runs/{run_id}{way}")
        assert answer.status_code == 404
        assert desk.basin_id not in answer.text
    assert ben.http.post(f"/v1/runs/{run_id}/cancel").status_code == 404
    assert ben.http.get("/v1/runs").json()["items"] == []
    assert ben.http.get("/v1/runs", params={"basin_id": desk.basin_id}).json()["items"] == []


def test_runs_are_listed_by_basin_scenario_state_and_person(house: House, desk: Desk, ben: Person) -> None:
    house.give_role(ben, desk.basin_id, "analyst")
    first = desk.started()
    second = ben.http.post(f"/v1/scenarios/{desk.scenario_id}/runs", json={"fresh": True}).json()["id"]
    desk.owner.http.post(f"/v1/runs/{first}/cancel")

    def listed(person: Person, **query: Any) -> list[str]:
        return [item["id"] for item in person.http.get("/v1/runs", params=query).json()["items"]]

    assert listed(desk.owner) == [second, first]
    assert listed(desk.owner, state="cancelled") == [first]
    assert listed(desk.owner, scenario_id=desk.scenario_id) == [second, first]
    assert listed(ben, mine=True) == [second]
    assert listed(desk.owner, limit=1) == [second]


def test_a_list_of_runs_says_whose_they_are_where_and_at_which_place_they_wait(house: House, desk: Desk, ben: Person) -> None:
    house.give_role(ben, desk.basin_id, "analyst")
    ended = desk.started()
    desk.owner.http.post(f"/v1/runs/{ended}/cancel")
    desk.started()
    ben.http.post(f"/v1/scenarios/{desk.scenario_id}/runs", json={"fresh": True})
    basin = desk.owner.http.get(f"/v1/basins/{desk.basin_id}").json()
    listed = desk.owner.http.get("/v1/runs").json()["items"]
    assert [run["queue_position"] for run in listed] == [2, 1, None]
    assert len({run["started_by"] for run in listed}) == 2
    assert {run["basin_title"] for run in listed} == {basin["title"] or basin["name"]}


def test_a_rerun_solves_what_the_run_solved_whatever_the_scenario_has_become(desk: Desk) -> None:
    scenario = desk.scenario("changing", changes=POPULATION)
    run_id = desk.start(scenario).json()["id"]
    etag = desk.owner.http.get(f"/v1/scenarios/{scenario}").headers["etag"]
    changed = desk.owner.http.patch(f"/v1/scenarios/{scenario}", json={"changes": []}, headers={"If-Match": etag})
    assert changed.status_code == 200
    again = desk.owner.http.post(f"/v1/runs/{run_id}/rerun")
    assert again.status_code == 201
    assert again.json()["rerun_of"] == run_id
    first, second = desk.run(run_id), desk.run(again.json()["id"])
    assert (second.scenario, second.limits, second.input_key) == (first.scenario, first.limits, first.input_key)


def test_a_run_starts_from_the_newest_plan_of_its_scenario_else_of_its_parent(desk: Desk, kept_plan: str) -> None:
    child = desk.scenario("more_people", parent_id=desk.scenario_id, changes=POPULATION)
    grandchild = desk.scenario("more_people_still", parent_id=child, changes=[])
    first = desk.start()
    assert first.json()["start_plan_id"] is None
    finished(desk, kept_plan, first.json()["id"])
    plan_id = desk.run(first.json()["id"]).plan_id
    own = desk.start(child).json()["id"]
    finished(desk, kept_plan, own)
    assert desk.start(desk.scenario("like_the_child", parent_id=desk.scenario_id), fresh=True).json()["start_plan_id"] == plan_id
    assert desk.start(grandchild, fresh=True).json()["start_plan_id"] == desk.run(own).plan_id
    assert desk.start(fresh=True).json()["start_plan_id"] == plan_id
    again = desk.owner.http.post(f"/v1/runs/{own}/rerun").json()
    assert again["start_plan_id"] == desk.run(own).start_plan_id == plan_id


def test_no_run_starts_from_a_plan_that_is_archived_or_did_not_pass_or_if_it_shall_not(desk: Desk, kept_plan: str) -> None:
    run_id = desk.start().json()["id"]
    finished(desk, kept_plan, run_id)
    plan_id = desk.run(run_id).plan_id
    assert desk.start(fresh=True, start="nothing").json()["start_plan_id"] is None
    for failing in ({"passed": False}, {"passed": True, "archived_at": datetime.now(UTC)}):
        with desk.database.writing() as session:
            for name, value in failing.items():
                setattr(session.get_one(PlanRow, plan_id), name, value)
        assert desk.start(fresh=True).json()["start_plan_id"] is None


def test_a_run_from_a_plan_is_no_answer_where_one_from_nothing_is_asked_for(desk: Desk, kept_plan: str) -> None:
    first = desk.start().json()["id"]
    finished(desk, kept_plan, first)
    assert desk.start(start="nothing").json()["id"] == first
    later = desk.start(limits={"time_seconds": 60}).json()
    assert later["start_plan_id"] == desk.run(first).plan_id
    asked = desk.start(limits={"time_seconds": 60}, start="nothing")
    assert (asked.status_code, asked.json()["start_plan_id"]) == (201, None)


def test_cancelling_what_has_ended_changes_nothing(desk: Desk, kept_plan: str) -> None:
    run_id = desk.started()
    finished(desk, kept_plan, run_id)
    answer = desk.owner.http.post(f"/v1/runs/{run_id}/cancel")
    assert (answer.status_code, answer.json()["state"], answer.json()["cancel_requested_at"]) == (200, "succeeded", None)


def test_the_log_tells_how_a_run_went(desk: Desk, kept_plan: str) -> None:
    run_id = desk.started()
    finished(desk, kept_plan, run_id)
    lines = desk.owner.http.get(f"/v1/runs/{run_id}/log").text.splitlines()
    assert [word in line for word, line in zip(("queued", "started", "ended"), lines, strict=True)] == [True] * 3


def test_a_run_that_did_not_change_is_not_sent_again(desk: Desk) -> None:
    place = f"/v1/runs/{desk.started()}"
    etag = desk.owner.http.get(place).headers["etag"]
    assert desk.owner.http.get(place, headers={"If-None-Match": etag}).status_code == 304
    desk.claimed(desk.worker())
    assert desk.owner.http.get(place, headers={"If-None-Match": etag}).status_code == 200


def test_an_archived_scenario_is_not_run(desk: Desk) -> None:
    etag = desk.owner.http.get(f"/v1/scenarios/{desk.scenario_id}").headers["etag"]
    desk.owner.http.delete(f"/v1/scenarios/{desk.scenario_id}", headers={"If-Match": etag})
    assert desk.start().status_code == 409


def test_an_administrator_sees_the_workers_and_what_they_do(house: House, desk: Desk) -> None:
    run_id = desk.queued()
    busy, silent = desk.worker("busy"), desk.worker("silent", silent_seconds=1000)
    desk.claimed(busy)
    listed = house.person("root", administrator=True).http.get("/v1/workers").json()
    assert {item["id"]: (item["alive"], item["run_id"]) for item in listed} == {busy: (True, run_id), silent: (False, None)}
    assert desk.owner.http.get("/v1/workers").status_code == 403
