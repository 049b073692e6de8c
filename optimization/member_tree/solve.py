"""From a resolved scenario with branches to one audited plan for each of them."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, cast, get_args

import numpy as np

from optimization.aims import Level, levels_of, places_of
from optimization.algebra import CompiledModel
from optimization.formulation import build
from optimization.frozen import whole_values
from optimization.handed import policy_caps, problem_of
from optimization.level_records import SolvedLevel, level_records
from optimization.member_tree.decided import decided
from optimization.member_tree.joined import Joined, joined
from optimization.progress import Progress, in_units
from optimization.results import objective_tables, tables_of
from optimization.solve import solve
from optimization.solving.limits import Limits
from optimization.solving.problem import FloatArray, Problem
from optimization.solving.progress import relative_gap
from optimization.solving.record import versions
from optimization.solving.session import Outcome
from optimization.solving.session import solve as solve_problem
from optimization.whole import whole_unit_columns, with_whole_columns
from planner.plan.audit import audit
from planner.plan.audit.shared_stages import audit_shared_stages
from planner.plan.outcome import NoPlan, NoPlanStatus, Status
from planner.plan.plan import Plan
from planner.plan.tree import PlanTree
from planner.scenario.members import design_members, only_members, without_branches
from planner.scenario.policy import Branch
from planner.scenario.resolved import ResolvedScenario

_SHARE_OF_TWO_STAGES = 0.4
"""Of the time, for one plan for all members: what adapting is measured against, and where the search begins."""


@dataclass(frozen=True)
class _BranchModel:
    branch: Branch
    chance: float
    scenario: ResolvedScenario
    compiled: CompiledModel
    level: Level
    problem: Problem
    build_seconds: float


def solve_tree(
    scenario: ResolvedScenario,
    limits: Limits | None = None,
    on_progress: Callable[[Progress], None] | None = None,
    cancel: threading.Event | None = None,
) -> PlanTree:
    """The plans of all branches of the policy with the least mean cost that the limits allow, audited.

    Before a branch is known its decisions are those of all others that are not yet known. One plan for all members is sought
    first. Raises NoPlan if no such plans exist or none were found in time, ValueError for a policy without branches.
    """
    branches = scenario.policy.branches
    if not branches:
        raise ValueError("The policy has no branches: solve it with optimization.solve.")
    limits = limits or Limits()
    until = time.monotonic() + limits.time_seconds
    single, refused = _one_plan(scenario, limits, on_progress, cancel)
    parts = [_part(scenario, branch) for branch in branches]
    models = [_model(scenario, branch, part, single) for branch, part in zip(branches, parts, strict=True)]
    stages = [str(stage) for stage in scenario.horizon.stages]
    whole = joined(
        [model.problem for model in models],
        [decided(model.compiled) for model in models],
        [stages.index(branch.from_stage) for branch in branches],
        np.array([model.chance for model in models]),
    )
    level, before = models[0].level, limits.time_seconds - (until - time.monotonic())

    def tell(event: Any) -> None:
        if on_progress is not None:
            on_progress(in_units(event, level, before))

    left = replace(limits, time_seconds=max(until - time.monotonic(), 1.0))
    outcome = solve_problem(whole.problem, left, tell, cancel)
    if outcome.values is None:
        if outcome.status == "infeasible" and refused is not None:
            raise refused
        known = get_args(NoPlanStatus)
        status = cast(NoPlanStatus, outcome.status if outcome.status in known else "no_plan_in_time")
        raise NoPlan(status, record=outcome.record.to_dict())
    return _tree(scenario, models, whole, _settled(models, whole, outcome, left, cancel), single)


def _one_plan(
    scenario: ResolvedScenario, limits: Limits, on_progress: Callable[[Progress], None] | None, cancel: threading.Event | None
) -> tuple[Plan | None, NoPlan | None]:
    """One plan for all members, or why there is none; where a branch adapts there may be plans all the same."""
    own = replace(limits, time_seconds=limits.time_seconds * _SHARE_OF_TWO_STAGES)
    try:
        plan = solve(without_branches(scenario), own, on_progress, cancel)
    except NoPlan as refused:
        if refused.status == "cancelled":
            raise
        return None, refused
    return (plan, None) if plan.passed else (None, None)


def _part(scenario: ResolvedScenario, branch: Branch) -> ResolvedScenario:
    """The scenario of one branch: its members alone, and no branches."""
    policy = scenario.policy.model_copy(update={"branches": ()})
    title = f"{scenario.scenario.label}: {branch.label}"
    name = f"{scenario.scenario.name}-{branch.name}"[:100]
    return only_members(scenario, branch.members, name, title, policy)


def _model(scenario: ResolvedScenario, branch: Branch, own: ResolvedScenario, single: Plan | None) -> _BranchModel:
    began, probability = time.monotonic(), design_members(scenario.basin)
    compiled = build(own).compile()
    (level,) = levels_of(own.policy, own, compiled)
    start = None if single is None else whole_values(single, own, compiled)
    problem = problem_of(own, compiled, level, policy_caps(own, compiled), start)
    chance = float(probability[list(branch.members)].sum() / probability.sum())
    return _BranchModel(branch, chance, own, compiled, level, problem, time.monotonic() - began)


def _settled(
    models: list[_BranchModel], whole: Joined, outcome: Outcome, limits: Limits, cancel: threading.Event | None
) -> Outcome:
    """The outcome with assets whole."""
    assert outcome.values is not None
    units = [own[whole_unit_columns(m.scenario, m.compiled)] for m, own in zip(models, whole.place, strict=True)]
    values = with_whole_columns(np.unique(np.concatenate(units)), whole.problem, outcome.values, limits, cancel)
    if values is outcome.values:
        return outcome
    objective = whole.problem.objective_of(values)
    gap = relative_gap(objective, outcome.bound)
    status = outcome.status
    if status == "optimal" or (status == "gap_reached" and (gap is None or gap > limits.relative_gap)):
        status = "gap_reached" if gap is not None and gap <= limits.relative_gap else "node_limit"
    return replace(outcome, status=status, values=values, objective=objective, gap=gap)


def _tree(
    scenario: ResolvedScenario, models: list[_BranchModel], whole: Joined, outcome: Outcome, single: Plan | None
) -> PlanTree:
    assert outcome.values is not None and outcome.objective is not None
    scale = models[0].level.scale
    value, bound = outcome.objective / scale, None if outcome.bound is None else outcome.bound / scale
    mean = {"value": value, "bound": bound, "gap_share": outcome.gap}
    chances = {model.branch.name: model.chance for model in models}
    plans = {
        model.branch.name: _plan(model, whole.of_branch(outcome.values, number), outcome, {"mean": mean, "branches": chances})
        for number, model in enumerate(models)
    }
    two_stage = None if single is None else {name: single.record["levels"][0][name] for name in ("value", "bound")}
    return PlanTree(
        scenario=scenario.scenario,
        plans=plans,
        audit=audit_shared_stages(scenario.basin, scenario.policy.branches, [plan.tables for plan in plans.values()]),
        record={
            "mean": mean,
            "two_stage": two_stage,
            "adapting_usd": _adapting(mean, two_stage),
            "probability_share": chances,
            "solver": outcome.record.to_dict(),
        },
    )


def _adapting(mean: dict[str, Any], two_stage: dict[str, Any] | None) -> dict[str, float] | None:
    """One plan's cost less the tree's, between what the bounds of both leave open."""
    if two_stage is None or two_stage["bound"] is None or mean["bound"] is None:
        return None
    return {"low": two_stage["bound"] - mean["value"], "high": two_stage["value"] - mean["bound"]}


def _plan(model: _BranchModel, solution: FloatArray, outcome: Outcome, tree: dict[str, Any]) -> Plan:
    """The ordinary plan of one branch. A bound is known only of the mean of all branches, so that it has none of its own."""
    scenario, compiled, level = model.scenario, model.compiled, model.level
    tables, values = tables_of(scenario, compiled, solution)
    tables |= objective_tables(scenario.policy, values, places_of([level]), {}, {})
    own = replace(outcome, objective=model.problem.objective_of(solution), bound=None, gap=None)
    known = get_args(Status)
    branch = {"name": model.branch.name, "known_from": model.branch.from_stage, "probability_share": model.chance}
    return Plan(
        basin=scenario.basin,
        scenario=scenario.scenario,
        status=cast(Status, outcome.status if outcome.status in known else "time_limit"),
        tables=tables,
        audit=audit(scenario.basin, scenario.policy, tables),
        record={
            "status": outcome.status,
            "build_seconds": round(model.build_seconds, 3),
            "sizes": outcome.record.sizes,
            "seed": outcome.record.limits.seed,
            "threads": outcome.record.limits.threads,
            "reproducible": outcome.record.reproducible,
            "versions": versions(),
            "fallback": {name: family.reason for name, family in compiled.fallback.items()},
            "levels": level_records([SolvedLevel(level, own, 0.0)]),
            "member_tree": {**branch, **tree},
        },
        resolved_hash=scenario.hash,
    )
