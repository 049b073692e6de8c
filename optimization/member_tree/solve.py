"""From a resolved scenario with branches to one audited plan for each of them."""

import threading
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any, cast, get_args

import numpy as np

from optimization.aims import Level, places_of
from optimization.handed import Cap, level_caps, level_limits, with_caps
from optimization.level_records import SolvedLevel, level_records
from optimization.member_tree.branch_models import BranchModel, MeanObjectives, branch_model, common_levels, ways_of
from optimization.member_tree.decided import decided
from optimization.member_tree.joined import Joined, joined
from optimization.member_tree.one_tail import with_one_tail
from optimization.progress import Progress, in_units
from optimization.results import objective_tables, tables_of
from optimization.settling import needs_settling, settle
from optimization.solve import SHARE_OF_TIME, solve, status_of, with_plan
from optimization.solving.elsewhere import Aid
from optimization.solving.limits import Limits
from optimization.solving.problem import FloatArray, Problem
from optimization.solving.record import versions
from optimization.solving.session import Outcome
from optimization.solving.session import solve as solve_problem
from optimization.whole import whole_unit_columns, with_whole_columns
from planner.plan.audit import audit
from planner.plan.audit.shared_stages import audit_shared_stages
from planner.plan.outcome import NoPlan, NoPlanStatus
from planner.plan.plan import Plan
from planner.plan.tree import PlanTree
from planner.scenario.members import without_branches
from planner.scenario.resolved import ResolvedScenario

_SHARE_OF_TWO_STAGES = 0.4
"""Of the time, for one plan for all members: what adapting is measured against, and where the search begins."""
_SECONDS_TO_KEEP = 20.0
_TOLD_OF_A_LEVEL = ("objective", "order", "unit", "value", "bound", "gap_share", "conditional_on")


def solve_tree(
    scenario: ResolvedScenario,
    limits: Limits | None = None,
    on_progress: Callable[[Progress], None] | None = None,
    cancel: threading.Event | None = None,
    start: Plan | None = None,
    aid: Aid | None = None,
) -> PlanTree:
    """The plans of all branches of the policy that are best on their mean, audited: its aims one after the other.

    Before a branch is known its decisions are those of all others that are not yet known. One plan for all members is sought
    first, from `start` where it is given. Raises NoPlan if no such plans exist or none were found in time, ValueError for a
    policy without branches.
    """
    branches = scenario.policy.branches
    if not branches:
        raise ValueError("The policy has no branches: solve it with optimization.solve.")
    limits = limits or Limits()
    until = time.monotonic() + limits.time_seconds
    single, refused = _one_plan(scenario, limits, on_progress, cancel, start, aid)
    models = [branch_model(scenario, branch, single) for branch in branches]
    stages = [str(stage) for stage in scenario.horizon.stages]
    whole = joined(
        [model.problem for model in models],
        [decided(model.compiled) for model in models],
        [stages.index(branch.from_stage) for branch in branches],
        np.array([model.chance for model in models]),
    )
    whole = with_one_tail(whole, models)
    levels = common_levels(models)
    solved, values, more = _by_levels(levels, models, whole, limits, until, on_progress, cancel, single, refused, aid)
    if single is not None and "start" in single.record:
        more = {**more, "start": single.record["start"]}
    return _tree(scenario, models, whole, levels, solved, values, single, more)


def _one_plan(
    scenario: ResolvedScenario,
    limits: Limits,
    on_progress: Callable[[Progress], None] | None,
    cancel: threading.Event | None,
    start: Plan | None,
    aid: Aid | None,
) -> tuple[Plan | None, NoPlan | None]:
    """One plan for all members, or why there is none; where a branch adapts there may be plans all the same."""
    own = replace(limits, time_seconds=limits.time_seconds * _SHARE_OF_TWO_STAGES)

    def tell(event: Progress) -> None:
        # What no one plan can beat, plans of branches may: it is no bound of theirs.
        if on_progress is not None:
            on_progress(replace(event, bound=None, gap=None))

    try:
        plan = solve(without_branches(scenario), own, tell, cancel, start=start, aid=aid)
    except NoPlan as refused:
        if refused.status == "cancelled":
            raise
        return None, refused
    return (plan, None) if plan.passed else (None, None)


def _by_levels(
    levels: list[Level],
    models: list[BranchModel],
    whole: Joined,
    limits: Limits,
    until: float,
    on_progress: Callable[[Progress], None] | None,
    cancel: threading.Event | None,
    single: Plan | None,
    refused: NoPlan | None,
    aid: Aid | None,
) -> tuple[list[SolvedLevel], FloatArray, dict[str, Any]]:
    """One level after the other over the whole, what was reached held as far as the policy asks."""
    settling = needs_settling(models[0].scenario.policy, [model.compiled for model in models])
    objectives = MeanObjectives(models, whole)
    caps: list[Cap] = []
    solved: list[SolvedLevel] = []
    solution: FloatArray | None = None
    for number, level in enumerate(levels):
        before, left = limits.time_seconds - (until - time.monotonic()), until - time.monotonic()
        if solution is not None and (left <= 0.5 or (cancel is not None and cancel.is_set())):
            break
        last = number == len(levels) - 1 and not settling
        own = level_limits(limits, level, max(left if last else left * SHARE_OF_TIME, 1.0))
        problem = _at_level(whole.problem, objectives, level, caps, solution)
        # Until something better is found, there is the one plan for all members: as a tree it is worth as much.
        reached = None if single is None or number else float(single.record["levels"][0]["value"])

        def tell(event: Any, level: Level = level, before: float = before, known: float | None = reached) -> None:
            if on_progress is not None:
                told = in_units(event, level, before)
                on_progress(replace(told, incumbent=known) if told.incumbent is None else told)

        outcome = solve_problem(problem, own, tell, cancel, aid)
        if outcome.values is None and solution is None and outcome.status != "infeasible":
            outcome = _as_one_plan(problem, outcome, limits)
        if outcome.values is not None:
            solution = outcome.values
        elif solution is None:
            raise _no_plan(outcome, refused)
        solved.append(SolvedLevel(level, outcome, before))
        caps.extend(level_caps(objectives, level, solution))
    assert solution is not None
    of_branches = [own[whole_unit_columns(m.scenario, m.compiled)] for m, own in zip(models, whole.place, strict=True)]
    units = np.unique(np.concatenate(of_branches))
    kept = with_whole_columns(units, problem, solution, limits, cancel)
    if kept is not solution:
        solved[-1] = replace(solved[-1], outcome=with_plan(solved[-1].outcome, kept, problem.objective_of(kept)))
    settled = None
    if settling and len(solved) == len(levels):
        settled = settle(
            levels, objectives, lambda level, caps, known: _at_level(whole.problem, objectives, level, caps, known),
            kept, units, limits, limits.time_seconds - (until - time.monotonic()), on_progress, cancel,
        )  # fmt: skip
    return (solved, kept, {}) if settled is None else (solved, settled.solution, {"ties_settled": settled.record})


def _as_one_plan(problem: Problem, outcome: Outcome, limits: Limits) -> Outcome:
    """Where the search was ended before it found anything: what is built as in the one plan for all members, if that holds."""
    if problem.start is None:
        return outcome
    held = np.round(problem.start)
    lower, upper = (np.where(problem.integer, held, limit) for limit in (problem.column_lower, problem.column_upper))
    fixed = replace(problem, column_lower=lower, column_upper=upper)
    kept = solve_problem(fixed, replace(limits, time_seconds=_SECONDS_TO_KEEP))
    return outcome if kept.values is None else with_plan(outcome, kept.values, problem.objective_of(kept.values))


def _at_level(
    problem: Problem, objectives: MeanObjectives, level: Level, caps: list[Cap], solution: FloatArray | None
) -> Problem:
    """The whole with the objective of a level; `solution` is what the level before it found."""
    coefficients, constant = objectives.objective_vector(level.weights)
    start = problem.start if solution is None else solution
    stated = replace(problem, objective=coefficients, objective_constant=constant + level.constant, start=start)
    return with_caps(stated, caps)


def _no_plan(outcome: Outcome, refused: NoPlan | None) -> NoPlan:
    if outcome.status == "infeasible" and refused is not None:
        return refused
    known = get_args(NoPlanStatus)
    status = cast(NoPlanStatus, outcome.status if outcome.status in known else "no_plan_in_time")
    return NoPlan(status, record=outcome.record.to_dict())


def _tree(
    scenario: ResolvedScenario,
    models: list[BranchModel],
    whole: Joined,
    levels: list[Level],
    solved: list[SolvedLevel],
    values: FloatArray,
    single: Plan | None,
    more: dict[str, Any],
) -> PlanTree:
    records = level_records(solved)
    two_stage = None if single is None else {name: single.record["levels"][0][name] for name in ("value", "bound")}
    chances = {model.branch.name: model.chance for model in models}
    told = {
        "levels": [{name: record[name] for name in _TOLD_OF_A_LEVEL} for record in records],
        "two_stage": two_stage,
        "adapting_usd": _adapting(records[0], two_stage),
        "branches": chances,
    }
    plans = {
        model.branch.name: _plan(model, whole.of_branch(values, number), levels, solved, told, more, single)
        for number, model in enumerate(models)
    }
    return PlanTree(
        scenario=scenario.scenario,
        plans=plans,
        audit=audit_shared_stages(scenario.basin, scenario.policy.branches, [plan.tables for plan in plans.values()]),
        record={**told, "levels": records},
    )


def _adapting(level: dict[str, Any], two_stage: dict[str, Any] | None) -> dict[str, float] | None:
    """One plan's cost less the tree's, between what the bounds of both leave open; nothing where cost is not the first aim."""
    if level["objective"] != "cost" or two_stage is None or two_stage["bound"] is None or level["bound"] is None:
        return None
    return {"low": two_stage["bound"] - level["value"], "high": two_stage["value"] - level["bound"]}


def _plan(
    model: BranchModel,
    solution: FloatArray,
    levels: list[Level],
    solved: list[SolvedLevel],
    told: dict[str, Any],
    more: dict[str, Any],
    single: Plan | None,
) -> Plan:
    """The ordinary plan of one branch. A bound is known only of the mean of all branches, so that it has none of its own."""
    scenario, compiled, last = model.scenario, model.compiled, solved[-1].outcome
    tables, values = tables_of(scenario, compiled, solution)
    tables |= objective_tables(scenario.policy, values, places_of(levels), {}, ways_of(scenario.policy, single))
    branch = {
        "name": model.branch.name,
        "title": model.branch.label,
        "known_from": model.branch.from_stage,
        "probability_share": model.chance,
    }
    return Plan(
        basin=scenario.basin,
        scenario=scenario.scenario,
        status=status_of(solved, len(levels)),
        tables=tables,
        audit=audit(scenario.basin, scenario.policy, tables),
        record={
            "status": last.status,
            "build_seconds": round(model.build_seconds, 3),
            "sizes": last.record.sizes,
            "seed": last.record.limits.seed,
            "threads": last.record.limits.threads,
            "reproducible": all(entry.outcome.record.reproducible for entry in solved),
            "resumed": any(entry.outcome.record.resumed for entry in solved),
            "versions": versions(),
            "fallback": {name: family.reason for name, family in compiled.fallback.items()},
            "levels": level_records([_of_branch(model, entry, solution) for entry in solved]),
            "member_tree": {**branch, **told},
            **more,
        },
        resolved_hash=scenario.hash,
    )


def _of_branch(model: BranchModel, entry: SolvedLevel, solution: FloatArray) -> SolvedLevel:
    """A level with what it comes to in one branch."""
    coefficients, constant = model.objective_vector(entry.level.weights)
    value = float(coefficients @ solution) + constant + entry.level.constant
    return replace(entry, outcome=replace(entry.outcome, objective=value, bound=None, gap=None))
