"""Runs of scenarios with branches: a plan for each, from request to plans, stopped, and by a worker that dies in between."""

import threading
from typing import Any

import pytest
import sqlalchemy as sa

from api.jobs.attempt import solve_scenario
from api.persistence.models import PlanRow
from api.persistence.references import referenced
from api.services import plan_content, run_states
from planner.plan.plan import Plan
from planner.plan.tree import PlanTree
from tests.api.service.jobs.desk import Desk, until

BRANCHES = [
    {"name": "dry", "title": "Dry climate", "from_stage": "stage_2", "members": ["dry_year"]},
    {"name": "usual", "title": "", "from_stage": "stage_2", "members": ["normal_year"]},
]
LIMITS = {"time_seconds": 30}
FROM = {"known_from": "stage_2", "known_from_title": "2029–2030"}
TOLD: list[dict[str, Any]] = [
    {"name": "dry", "title": "Dry climate", **FROM, "probability_share": 0.25},
    {"name": "usual", "title": "usual", **FROM, "probability_share": 0.75},
]
ENDED = ("succeeded", "failed", "no_plan", "cancelled")


def parted(desk: Desk, **policy: Any) -> str:
    return desk.scenario("parted", title="Parted", policy={"branches": BRANCHES, **policy})


def rows(desk: Desk) -> dict[str, PlanRow]:
    with desk.database.reading() as session:
        found = session.scalars(sa.select(PlanRow).order_by(PlanRow.id))
        return {row.branch["name"]: row for row in found if row.branch is not None}


def test_a_scenario_with_branches_is_planned_from_request_to_a_plan_for_each(desk: Desk) -> None:
    scenario = parted(desk, objectives=[{"objective": "access"}, {"objective": "cost"}])
    asked = desk.start(scenario, limits=LIMITS)
    assert (asked.status_code, asked.json()["branch_plans"]) == (201, [])
    with desk.working():
        run = desk.wait(asked.json()["id"], *ENDED, seconds=60)
    assert run.state == "succeeded", run.outcome
    assert run.outcome is not None and run.outcome["passed"]
    assert run.outcome["message"].startswith("2 plans that agree until they are told apart")
    kept = rows(desk)
    told = desk.owner.http.get(f"/v1/runs/{run.id}").json()
    assert told["plan_id"] == kept["usual"].id
    assert told["branch_plans"] == [
        {**branch, "plan_id": kept[name].id} for name, branch in zip(("dry", "usual"), TOLD, strict=True)
    ]
    (listed,) = desk.owner.http.get("/v1/runs").json()["items"]
    assert listed["branch_plans"] == told["branch_plans"]
    with desk.database.reading() as session:
        assert {row.record for row in kept.values()} <= referenced(session)
    again = desk.start(scenario, limits=LIMITS)
    assert (again.status_code, again.json()["id"]) == (200, run.id)
    later = desk.start(scenario, limits=LIMITS, fresh=True).json()
    assert later["start_plan_id"] in {row.id for row in kept.values()}


@pytest.fixture
def planned(desk: Desk) -> dict[str, PlanRow]:
    """The plans of both branches of a scenario that was run."""
    run_id = str(desk.start(parted(desk), limits=LIMITS).json()["id"])
    with desk.working():
        desk.wait(run_id, *ENDED, seconds=60)
    return rows(desk)


def test_each_plan_says_its_branch_and_its_siblings_and_has_the_audit_of_what_they_share(
    desk: Desk, planned: dict[str, PlanRow]
) -> None:
    for branch in TOLD:
        name, title = branch["name"], branch["title"]
        plan = desk.owner.http.get(f"/v1/plans/{planned[name].id}").json()
        assert (plan["branch"], plan["title"], plan["passed"]) == (branch, f"Parted: {title}", True)
        assert [one["plan_id"] for one in plan["branch_plans"]] == [planned["dry"].id, planned["usual"].id]
        assert plan["verdict"].startswith(f"One of 2 plans of a member tree, for the branch {title}: ")
        assert plan["stale"] == []
        record = desk.owner.http.get(f"/v1/plans/{planned[name].id}/record").json()["member_tree"]
        assert (record["name"], record["branches"]) == (name, {"dry": 0.25, "usual": 0.75})
        assert record["levels"][0]["objective"] == "cost"
        audit = desk.owner.http.get(f"/v1/plans/{planned[name].id}/audit").json()
        shared = [check for check in audit["checks"] if check["code"].startswith("shared_")]
        assert len(shared) == 11 and all(check["passed"] for check in shared)
    listed = desk.owner.http.get(f"/v1/basins/{desk.basin_id}/plans").json()["items"]
    assert {plan["branch"]["name"] for plan in listed} == {"dry", "usual"}
    compared = desk.owner.http.get("/v1/comparisons", params={"plan": [row.id for row in planned.values()]}).json()
    assert [plan["title"] for plan in compared["plans"]] == ["Parted: Dry climate", "Parted: usual"]


def test_plans_that_were_kept_alone_are_a_tree_again(desk: Desk, planned: dict[str, PlanRow]) -> None:
    kept = {name: plan_content.plan_of(desk.store, row) for name, row in planned.items()}
    tree = PlanTree.of_plans(kept["dry"].scenario, kept)
    assert tree.passed and tree.verdict.startswith("2 plans that agree until they are told apart: no such plans have a lower")
    assert len(tree.audit.checks) == 11
    assert not any(check.code.startswith("shared_") for plan in tree.plans.values() for check in plan.audit.checks)


def test_a_plan_of_a_branch_is_stale_when_the_branches_change_and_not_with_a_new_title(
    desk: Desk, planned: dict[str, PlanRow]
) -> None:
    place = f"/v1/scenarios/{planned['dry'].scenario_id}"

    def changed(**values: Any) -> list[str]:
        etag = desk.owner.http.get(place).headers["etag"]
        assert desk.owner.http.patch(place, json=values, headers={"If-Match": etag}).status_code == 200
        return [reason["code"] for reason in desk.owner.http.get(f"/v1/plans/{planned['dry'].id}").json()["stale"]]

    assert changed(title="Another title") == []
    other = [BRANCHES[0] | {"members": ["normal_year"]}, BRANCHES[1] | {"members": ["dry_year"]}]
    assert changed(policy={"branches": other}) == ["scenario_changed"]


def test_who_may_see_one_plan_by_a_link_is_told_of_no_other(desk: Desk, planned: dict[str, PlanRow]) -> None:
    own = planned["dry"].id
    link = desk.owner.http.post(f"/v1/basins/{desk.basin_id}/share-links", json={"name": "Donors", "plan_id": own})
    guest = desk.house.client(Authorization=f"Bearer {link.json()['token']}")
    assert [one["plan_id"] for one in guest.get(f"/v1/plans/{own}").json()["branch_plans"]] == [own]


def test_a_run_with_branches_that_is_stopped_keeps_a_plan_for_each(desk: Desk) -> None:
    """The search is held at its first plan until somebody stops it."""
    found = threading.Event()

    def held(
        basin: Any, scenario: Any, limits: Any, on_progress: Any, cancel: threading.Event, start: Any = None, aid: Any = None
    ) -> Plan | PlanTree:
        def wait(progress: Any) -> None:
            on_progress(progress)
            if progress.incumbent is not None:
                found.set()
                cancel.wait(20)

        return solve_scenario(basin, scenario, limits, wait, cancel, start)

    run_id = str(desk.start(parted(desk), limits=LIMITS).json()["id"])
    with desk.working(held):
        assert found.wait(30)
        until(lambda: (desk.run(run_id).progress or {}).get("objective") == "cost")
        assert desk.owner.http.post(f"/v1/runs/{run_id}/cancel").status_code == 200
        run = desk.wait(run_id, *ENDED, seconds=30)
    assert run.state == "succeeded", run.outcome
    assert {row.status for row in rows(desk).values()} == {"cancelled"}
    assert len(desk.owner.http.get(f"/v1/runs/{run_id}").json()["branch_plans"]) == 2


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_plans_of_branches_that_a_dead_worker_had_solved_are_published_together(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_id, solved = str(desk.start(parted(desk), limits=LIMITS).json()["id"]), 0

    def counted(*given: Any) -> Plan | PlanTree:
        nonlocal solved
        solved += 1
        return solve_scenario(*given)

    def die(*_: Any) -> None:
        raise SystemExit

    with monkeypatch.context() as dying:
        dying.setattr("api.jobs.attempt.Attempt.publish", die)
        with desk.working(counted):
            until(lambda: desk.worker_ended("one"), 60)
    assert rows(desk) == {}
    with desk.database.writing() as session:
        assert run_states.take_over(session, desk.settings.dead_after_seconds, desk.settings.tries_at_most) == [run_id]
    with desk.working(counted, name="two"):
        assert desk.wait(run_id, *ENDED, seconds=60).state == "succeeded"
    assert (solved, len(rows(desk))) == (1, 2)
