"""One attempt at a run: read what is asked, solve it, keep the result, publish it."""

import errno
import threading
from collections.abc import Callable
from dataclasses import replace
from typing import Any, Protocol

import structlog

from api.jobs import results
from api.jobs.link import Link
from api.jobs.patience import patiently
from api.persistence.content import ContentStore, MissingContentError
from api.persistence.database import Database
from api.persistence.models import PlanRow, Run
from api.persistence.models.runs import RunState
from api.persistence.repositories import basins
from api.persistence.trail import Actor, acting
from api.services import basin_content, plan_content, run_states
from api.services.run_states import FencedError
from optimization import Aid, Limits, Progress
from planner.basin import Basin
from planner.basin.content import ContentError
from planner.plan.outcome import WITHOUT_A_PLAN, NoPlan, NoPlanStatus
from planner.plan.plan import Plan
from planner.plan.titles import Titles
from planner.plan.tree import PlanTree
from planner.scenario.scenario import Scenario, ScenarioError

_log = structlog.get_logger("rivershare.worker")
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_STATES: dict[NoPlanStatus, RunState] = {
    "infeasible": "no_plan",
    "no_plan_in_time": "no_plan",
    "unbounded": "no_plan",
    "cancelled": "cancelled",
    "memory_limit": "failed",
    "failed": "failed",
}


class Solve(Protocol):
    """From a basin and a scenario to a plan, or to one for each branch of its policy; raises NoPlan, ScenarioError."""

    def __call__(
        self,
        basin: Basin,
        scenario: Scenario,
        limits: Limits,
        on_progress: Callable[[Progress], None],
        cancel: threading.Event,
        start: Plan | None = None,
        aid: Aid | None = None,
    ) -> Plan | PlanTree: ...


def solve_scenario(
    basin: Basin,
    scenario: Scenario,
    limits: Limits,
    on_progress: Callable[[Progress], None],
    cancel: threading.Event,
    start: Plan | None = None,
    aid: Aid | None = None,
) -> Plan | PlanTree:
    """The plan of a scenario, as `optimization.solve` makes it, or the plans of its branches."""
    from optimization import solve
    from optimization.member_tree.solve import solve_tree
    from planner.scenario.resolved import resolve

    resolved = resolve(basin, scenario)
    if cancel.is_set():
        raise NoPlan("cancelled")
    planned = solve_tree if resolved.policy.branches else solve
    return planned(resolved, limits, on_progress=on_progress, cancel=cancel, start=start, aid=aid)


class Attempt:
    """A run that is held under an attempt number. `solve` and `publish` are its two durable steps."""

    def __init__(
        self, database: Database, store: ContentStore, run: Run, solver: Solve, link: Link, given_up: threading.Event
    ) -> None:
        self.run_id, self.number = run.id, run.attempt
        self._database, self._store, self._run = database, store, run
        self._solver, self._link, self._given_up = solver, link, given_up

    def solve(self, earlier: dict[str, Any] | None) -> dict[str, Any]:
        """The result of an earlier attempt whose worker died before it could publish, or else of a solve.

        Content for `publish`: `digest` of a kept plan, or `state` and `outcome` without one. Raises FencedError.
        """
        if earlier is not None and ("digest" not in earlier or results.usable(self._store, earlier["digest"])):
            return earlier
        try:
            return {"digest": self._solved()}
        except NoPlan as end:
            self._link.demand_held()
            return self._without_a_plan(end)
        except ScenarioError as error:
            findings = [finding.to_dict() for finding in error.findings]
            return _ended("failed", "unsound", "The scenario does not fit the basin.", findings)
        except MissingContentError as error:
            return _ended("failed", "content_missing", f"{error} Restore it from a backup.")
        except MemoryError:
            return _ended("failed", "memory_limit", WITHOUT_A_PLAN["memory_limit"])
        except OSError as error:
            if error.errno not in _FULL:
                raise
            return _ended("failed", "out_of_space", "The service's disk is full: the plan could not be kept. Nothing was kept.")

    def publish(self, result: dict[str, Any]) -> str | None:
        """End the run with the result, in one transaction; returns the plan's identifier. Raises FencedError."""
        return patiently(lambda: self._publish(result), self._given_up)

    def fail(self, error: Exception) -> None:
        """End the run after a mistake of our own. Raises FencedError."""
        words = f"The service failed, which is a mistake of its own: {type(error).__name__}. More stands in its log."
        self.publish(_ended("failed", "failed", words))

    def give_back(self, reason: str) -> None:
        """Let the run be tried again. Raises FencedError."""

        def give() -> None:
            with self._database.writing() as session:
                run_states.give_back(session, self.run_id, self.number, reason, counted=True)

        patiently(give, self._given_up)

    def _without_a_plan(self, end: NoPlan) -> dict[str, Any]:
        """How a run ends without a plan; stages, channels and places are called by their titles."""
        told = Titles(patiently(self._basin, self._link.fenced)).in_text if end.findings or end.ways_out else str
        findings = [finding.to_dict() | {"message": told(finding.message)} for finding in end.findings]
        ended = _ended(_STATES[end.status], end.status, told(str(end)), findings)
        ended["outcome"]["ways_out"] = [way.to_dict() | {"title": told(way.title)} for way in end.ways_out]
        if end.conflict is not None:
            parts = [
                part.to_dict() | {"title": told(part.title), "members": [told(one) for one in part.members]}
                for part in end.conflict.parts
            ]
            ended["outcome"]["conflict"] = {"parts": parts, "note": end.conflict.note}
        return ended

    def _solved(self) -> str:
        self._link.tell_content({"phase": "preparing", "message": "preparing the model", "elapsed_seconds": 0.0})
        basin = patiently(self._basin, self._link.fenced)
        scenario = Scenario.from_dict(self._run.scenario)
        start = patiently(self._start, self._link.fenced)
        link = self._link
        found = self._solver(basin, scenario, Limits(**self._run.limits), link.tell, link.cancel, start, link.aid)
        self._link.demand_held()
        if isinstance(found, PlanTree):
            told = {name: self._with_start(plan) for name, plan in found.plans.items()}
            return results.keep(self._store, replace(found, plans=told))
        return results.keep(self._store, self._with_start(found))

    def _with_start(self, plan: Plan) -> Plan:
        """The plan, with the identifier of the one that it started from."""
        if "start" not in plan.record:
            return plan
        return replace(plan, record={**plan.record, "start": {**plan.record["start"], "plan_id": self._run.start_plan_id}})

    def _basin(self) -> Basin:
        with self._database.reading() as session:
            version = basins.version(session, self._run.basin_id, self._run.basin_version)
        if version is None:
            raise FencedError
        return basin_content.load(self._store, version)

    def _start(self) -> Plan | None:
        """The plan to start from; none where it was archived away or its content is lost: a start is a help, no condition."""
        with self._database.reading() as session:
            row = None if self._run.start_plan_id is None else session.get(PlanRow, self._run.start_plan_id)
            try:
                return None if row is None else plan_content.plan_of(self._store, row)
            except (MissingContentError, ContentError) as error:
                _log.warning("the plan to start from cannot be read", plan=self._run.start_plan_id, error=str(error))
                return None

    def _publish(self, result: dict[str, Any]) -> str | None:
        with self._database.writing() as session:
            acting(session, Actor(self._run.user_id, "worker"))
            if "digest" in result:
                return results.publish(session, self._store, self.run_id, self.number, result["digest"]).id
            run_states.end(session, self.run_id, self.number, result["state"], result["outcome"])
            return None


def _ended(state: RunState, status: str, message: str, findings: list[dict[str, Any]] | None = None) -> dict[str, Any]:
    return {"state": state, "outcome": {"status": status, "message": message, "findings": findings or []}}
