"""From a resolved scenario to an audited plan."""

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, cast, get_args

import numpy as np
from numpy.typing import NDArray

from optimization.aims import Level, levels_of, places_of
from optimization.algebra import CompiledModel
from optimization.conflicts import Lack, lacks
from optimization.earlier import EarlierPlan, earlier_plan, level_key
from optimization.formulation import build
from optimization.handed import level_caps, level_limits, policy_caps, problem_of
from optimization.irreducible import TIME_IS_OVER, irreducible
from optimization.kept_basis import pack
from optimization.level_records import SolvedLevel, level_records
from optimization.no_plan import SECONDS_FOR_CONFLICTS, no_plan, villages_without_a_plan
from optimization.open_places import open_places
from optimization.progress import Progress, in_units
from optimization.regret import Regretted, bound_of_risk, least_mean, own_bests
from optimization.results import objective_tables, tables_of
from optimization.settling import needs_settling, settle_plan
from optimization.single_aims import SingleAims, single_aims
from optimization.solving.elsewhere import Aid
from optimization.solving.limits import Limits
from optimization.solving.problem import Basis, Problem
from optimization.solving.progress import ProgressEvent, relative_gap
from optimization.solving.record import versions
from optimization.solving.session import OPTIMAL_WITHIN, Outcome
from optimization.solving.session import solve as solve_problem
from optimization.weighted_aims import NAME as WEIGHTED
from optimization.whole import with_whole_units
from planner.plan.audit import audit
from planner.plan.conflict import IrreducibleConflict
from planner.plan.outcome import NoPlan, NoPlanStatus, Status
from planner.plan.plan import Plan
from planner.scenario.policy import Bound
from planner.scenario.resolved import ResolvedScenario

SHARE_OF_TIME = 0.7
"""Of what time is left, for a level that others follow."""
_SHARE_FOR_CONFLICT = 0.2


def solve(
    scenario: ResolvedScenario,
    limits: Limits | None = None,
    on_progress: Callable[[Progress], None] | None = None,
    cancel: threading.Event | None = None,
    rules: Mapping[str, tuple[Any, ...]] | None = None,
    start: Plan | None = None,
    aid: Aid | None = None,
) -> Plan:
    """The best plan that the limits allow, audited.

    `start` is a plan of this or a like scenario: what it decided and where its relaxation ended are taken by names, and mended
    where they hold no longer. It is part of the input: the record says which plan it was, and how much of it was known here.

    `aid` may offer other places to work at pieces of the search, and keep its best beyond the end of this process.

    `rules` are ordinary Pyomo rules over the built model, by name: (rule, name of each index set …). Nobody audits them, and
    the record names them.

    `limits.relative_gap` is a share of the cost, or of all people where access is sought. `on_progress` gets news at
    least every two seconds; setting `cancel` keeps the best plan so far. Raises NoPlan if no plan exists or none was
    found in time, ValueError for a policy with branches: these have a plan each.
    """
    if scenario.policy.branches:
        raise ValueError("The policy has branches: solve it with optimization.member_tree.solve.solve_tree.")
    limits = limits or Limits()
    started = time.monotonic()
    impossible = villages_without_a_plan(scenario)
    if impossible:
        raise no_plan(scenario, [], impossible, limits, started, cancel)
    model = build(scenario)
    for name, (rule, *sets) in (rules or {}).items():
        model.pyomo_constraint(name, *(getattr(model, one) for one in sets), rule=rule, title=name)
    compiled = model.compile()
    built_seconds = time.monotonic() - started
    regretted = _regretted(scenario, compiled, limits, cancel)
    single = single_aims(scenario, compiled, policy_caps(scenario, compiled), limits, cancel)
    earlier = None if start is None else earlier_plan(start, scenario, compiled)
    solved, solution = _by_levels(scenario, compiled, limits, on_progress, cancel, started, regretted, single, earlier, aid)
    seconds = time.monotonic() - started
    settled = settle_plan(scenario, compiled, solved, solution, limits, seconds, on_progress, cancel)
    solution = solution if settled is None else settled.solution
    plan = _plan(scenario, compiled, solved, solution, built_seconds, regretted, single)
    more: dict[str, Any] = {"rules_not_audited": sorted(rules)} if rules else {}
    more |= {} if earlier is None else {"start": earlier.record}
    more |= {} if settled is None else {"ties_settled": settled.record}
    return replace(plan, record={**plan.record, **more}) if more else plan


def _regretted(
    scenario: ResolvedScenario, compiled: CompiledModel, limits: Limits, cancel: threading.Event | None
) -> Regretted | None:
    """Each member's own best plan, where the policy asks for the least regret."""
    if scenario.policy.risk_attitude.attitude != "minimax_regret":
        return None
    level = next(level for level in levels_of(scenario.policy, scenario, compiled) if level.name == "risk")
    return own_bests(scenario, compiled, level, policy_caps(scenario, compiled), limits, cancel)


def _by_levels(
    scenario: ResolvedScenario,
    compiled: CompiledModel,
    limits: Limits,
    on_progress: Callable[[Progress], None] | None,
    cancel: threading.Event | None,
    started: float,
    regretted: Regretted | None,
    single: SingleAims,
    earlier: EarlierPlan | None,
    aid: Aid | None,
) -> tuple[list[SolvedLevel], NDArray[np.float64]]:
    levels = levels_of(scenario.policy, scenario, compiled, single.ways)
    start = single.solution
    if regretted is not None:
        # Regret can be nothing: its gap is a share of what the members cost.
        start, size = regretted.solution, float(np.nanmean(regretted.own.bound_usd))
        levels = [replace(level, people=size) if level.name == "risk" else level for level in levels]
    caps = policy_caps(scenario, compiled)
    solved: list[SolvedLevel] = []
    solution: NDArray[np.float64] | None = None
    for number, level in enumerate(levels):
        before = time.monotonic() - started
        left = limits.time_seconds - before
        if solution is not None and (left <= 0.5 or (cancel is not None and cancel.is_set())):
            break
        last = number == len(levels) - 1 and not needs_settling(scenario.policy, [compiled])
        own = level_limits(limits, level, left if last else left * SHARE_OF_TIME)
        problem = problem_of(scenario, compiled, level, caps, start if solution is None else solution)
        if earlier is not None:
            problem = replace(problem, earlier=earlier.of_level(level, compiled, problem.row_count))

        def tell(event: Any, level: Level = level, before: float = before) -> None:
            if on_progress is not None:
                on_progress(in_units(event, level, before))

        outcome = solve_problem(problem, own, tell, cancel, aid)
        if outcome.values is not None:
            solution = outcome.values
        elif solution is None:
            if outcome.status != "infeasible":
                raise NoPlan(_no_plan_status(outcome), record=outcome.record.to_dict())
            lacking = _lacking(compiled, problem, outcome, level, limits, on_progress, before, cancel, scenario.policy.bounds)
            conflict = _conflict(compiled, problem, limits, started, cancel, scenario.policy.bounds)
            raise no_plan(scenario, lacking, [], limits, started, cancel, outcome.record.to_dict(), conflict)
        solved.append(SolvedLevel(level, outcome, before, open_places(scenario, compiled, problem, outcome)))
        caps.extend(level_caps(compiled, level, solution))
    assert solution is not None
    settled = with_whole_units(scenario, compiled, problem, solution, limits, cancel)
    if settled is not solution:
        solved[-1] = replace(solved[-1], outcome=with_plan(solved[-1].outcome, settled, problem.objective_of(settled)))
    return solved, settled


def with_plan(outcome: Outcome, values: NDArray[np.float64], objective: float) -> Outcome:
    """The outcome with another plan in place of its own; what it claimed is claimed only as far as it still holds."""
    limits, gap = outcome.record.limits, relative_gap(objective, outcome.bound)
    status = outcome.status
    if status in ("optimal", "gap_reached") and outcome.bound is not None:
        enough = max(limits.relative_gap * abs(objective), limits.absolute_gap, OPTIMAL_WITHIN * max(1.0, abs(objective)))
        status = "gap_reached" if objective - outcome.bound <= enough else "node_limit"
    return replace(outcome, status=status, values=values, objective=objective, gap=gap)


def _lacking(
    compiled: CompiledModel,
    problem: Problem,
    outcome: Outcome,
    level: Level,
    limits: Limits,
    on_progress: Callable[[Progress], None] | None,
    before: float,
    cancel: threading.Event | None,
    bounds: Sequence[Bound],
) -> list[Lack]:
    """What the demands that conflict lack, where it is proven that no plan exists, if time is left to look for it."""
    seconds = outcome.record.wall_seconds
    left = min(limits.time_seconds - before - seconds, SECONDS_FOR_CONFLICTS)
    if left <= 0:
        return []
    if on_progress is not None:
        told = ProgressEvent("relaxation", seconds, None, None, None, "looking for the demands that conflict")
        on_progress(in_units(told, level, before))
    return lacks(compiled, problem, replace(limits, time_seconds=left), cancel, bounds)


def _conflict(
    compiled: CompiledModel,
    problem: Problem,
    limits: Limits,
    started: float,
    cancel: threading.Event | None,
    bounds: Sequence[Bound],
) -> IrreducibleConflict:
    """The irreducible conflict, in a share of the time that is left: ways out are of more use."""
    left = _SHARE_FOR_CONFLICT * min(limits.time_seconds - (time.monotonic() - started), SECONDS_FOR_CONFLICTS)
    if left <= 0 or (cancel is not None and cancel.is_set()):
        return IrreducibleConflict(note=TIME_IS_OVER)
    return irreducible(compiled, problem, replace(limits, time_seconds=left), cancel, bounds)


def _no_plan_status(outcome: Outcome) -> NoPlanStatus:
    known = get_args(NoPlanStatus)
    return cast(NoPlanStatus, outcome.status if outcome.status in known else "no_plan_in_time")


def status_of(solved: list[SolvedLevel], levels: int) -> Status:
    """The weakest of all levels."""
    found = [level.outcome.status for level in solved]
    stopped = next((status for status in found if status not in ("optimal", "gap_reached")), None)
    if stopped is not None or len(solved) < levels:
        known = get_args(Status)
        return cast(Status, stopped if stopped in known else "time_limit")
    return "optimal" if all(status == "optimal" for status in found) else "gap_reached"


def _plan(
    scenario: ResolvedScenario,
    compiled: CompiledModel,
    solved: list[SolvedLevel],
    solution: NDArray[np.float64],
    built_seconds: float,
    regretted: Regretted | None,
    single: SingleAims,
) -> Plan:
    tables, values = tables_of(scenario, compiled, solution, regretted.own if regretted else None)
    every = levels_of(scenario.policy, scenario, compiled, single.ways)
    least = least_mean(tables) if scenario.policy.risk_attitude.attitude == "minimax_regret" else None
    bounds = _bounds(compiled, solved, solution, least)
    tables |= objective_tables(scenario.policy, values, places_of(every), bounds, single.ways)
    return Plan(
        basin=scenario.basin,
        scenario=scenario.scenario,
        status=status_of(solved, len(every)),
        tables=tables,
        audit=audit(scenario.basin, scenario.policy, tables),
        record=_record(compiled, solved, built_seconds)
        | ({"members_alone": regretted.record} if regretted else {})
        | ({"single_aims": single.record} if single.record else {}),
        resolved_hash=scenario.hash,
        basis=pack(compiled, _bases(solved)),
    )


def _bases(solved: list[SolvedLevel]) -> dict[str, Basis]:
    """Where each level's relaxation ended, of those that ended at a vertex."""
    known = ((level_key(entry.level), entry.outcome.relaxation) for entry in solved)
    return {key: relaxed.basis for key, relaxed in known if relaxed is not None and relaxed.basis is not None}


def _bounds(
    compiled: CompiledModel, solved: list[SolvedLevel], solution: NDArray[np.float64], least: float | None
) -> dict[str, float]:
    """Bounds in the objectives' own units. A bound on cost and penalties together is one on cost while nothing is missed."""
    penalty, constant = compiled.objective_vector({"penalty": 1.0}) if "penalty" in compiled.objectives else (None, 0.0)
    missed = 0.0 if penalty is None else float(penalty @ solution) + constant
    bounds: dict[str, float] = {}
    for entry in solved:
        level, bound = entry.level, entry.outcome.bound
        if level.name == "risk":
            of_risk = bound_of_risk(compiled, level, bound, solution, least)
            bounds |= {} if of_risk is None else {"risk": of_risk}
            continue
        if bound is not None and level.name == WEIGHTED:
            bounds |= {} if missed > 1e-6 and "cost" in level.own() else {WEIGHTED: bound / level.scale - level.settled_within}
            continue
        if bound is None or len(level.own()) > 2 or (level.name == "cost" and missed > 1e-6):
            continue
        if level.unit == "share":
            bounds[level.name] = max(bound / level.scale - level.settled_within, 0.0)
            continue
        small = 0.0 if level.name == "cost" else _settling_value(compiled, level, solution)
        bounds[level.name] = (bound - small) / level.scale
    return bounds


def _settling_value(compiled: CompiledModel, level: Level, solution: NDArray[np.float64]) -> float:
    """What the small term that settles ties adds to a level at this plan: its bound without it is lower by at most that."""
    rest = {name: weight for name, weight in level.weights.items() if name not in level.own()}
    coefficients, constant = compiled.objective_vector(rest)
    return float(coefficients @ solution) + constant


def _record(compiled: CompiledModel, solved: list[SolvedLevel], built_seconds: float) -> dict[str, Any]:
    last = solved[-1].outcome
    return {
        "status": last.status,
        "build_seconds": round(built_seconds, 3),
        "sizes": last.record.sizes,
        "seed": last.record.limits.seed,
        "threads": last.record.limits.threads,
        "reproducible": all(entry.outcome.record.reproducible for entry in solved),
        "resumed": any(entry.outcome.record.resumed for entry in solved),
        "versions": versions(),
        "fallback": {name: family.reason for name, family in compiled.fallback.items()},
        "levels": level_records(solved),
    }
