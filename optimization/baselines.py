"""Plans by rule of thumb, as a ministry might make them today: village after village in some order, until the money ends.

Every village gets the best service that needs no network: points, filters, jars. Nothing is optimised, so that an optimised
plan can be shown against common practice.
"""

import time
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp

from optimization.aims import STEEP, levels_of, places_of
from optimization.algebra import CompiledModel
from optimization.formulation import build
from optimization.handed import problem_of
from optimization.results import objective_tables, tables_of
from optimization.solving.limits import Limits
from optimization.solving.problem import Problem
from optimization.solving.record import versions
from optimization.solving.session import solve_relaxation
from optimization.weighted_aims import NAME as WEIGHTED
from planner.plan.audit import audit
from planner.plan.outcome import NoPlan
from planner.plan.plan import Plan
from planner.scenario.policy import Objective, RiskAttitude
from planner.scenario.resolved import ResolvedScenario, resolve
from planner.scenario.resolved.service import AS_BEFORE
from planner.scenario.scenario import Scenario

Rule = Literal["cheapest_first", "biggest_first", "nearest_first"]
RULES: tuple[Rule, ...] = get_args(Rule)
PASSED_OVER_AT_MOST = 3
"""Villages too dear for what is left of a stage's money, after which the next ones are no longer asked."""
IN_WORDS: dict[Rule, str] = {
    "cheapest_first": "Cheapest first: villages by capital for each person served better",
    "biggest_first": "Biggest first: villages by their people",
    "nearest_first": "Nearest first: villages by their distance from the largest one of their administration",
}
Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
_KM_PER_DEGREE = 111.2


def baseline(scenario: ResolvedScenario, rule: Rule, limits: Limits | None = None) -> Plan:
    """The plan that a rule makes, audited, with the bound of the relaxation on the policy's first aim.

    Floors, bounds, rules, weighted sum and attitude to risk of the policy are left out: common practice knows none, and the
    plan's scenario says so. Raises NoPlan where not even what is there today can go on.
    """
    policy = scenario.policy
    aims = tuple(aim for aim in policy.objectives if aim.objective != WEIGHTED) or (Objective(objective="cost"),)
    nothing_else = {"floors": (), "bounds": (), "branches": (), "rules": (), "weighted_aims": (), "risk_attitude": RiskAttitude()}
    free = policy.model_copy(update={"objectives": aims, **nothing_else})
    own = Scenario(name=rule, title=IN_WORDS[rule], description=f"As {scenario.scenario.name}, without its floors.", policy=free)
    scenario = resolve(scenario.basin, own)
    began = time.monotonic()
    compiled = build(scenario).compile()
    level = levels_of(free, scenario, compiled)[0]
    problem = problem_of(scenario, compiled, level, [], None)
    solution = _by_rule(scenario, compiled, problem, rule)
    if solution is None:
        raise NoPlan("infeasible")
    relaxed = solve_relaxation(problem, limits)
    bound = relaxed.objective / level.scale if relaxed.status == "optimal" else None
    tables, values = tables_of(scenario, compiled, solution)
    every = levels_of(free, scenario, compiled)
    told = {level.name: bound} if bound is not None and len(level.own()) == 1 else {}
    tables |= objective_tables(free, values, places_of(every), told, {})
    return Plan(
        basin=scenario.basin,
        scenario=own,
        status="by_rule",
        tables=tables,
        audit=audit(scenario.basin, free, tables),
        record={
            "status": "by_rule",
            "rule": rule,
            "seconds": round(time.monotonic() - began, 3),
            "versions": versions(),
            "levels": [],
        },
        resolved_hash=scenario.hash,
    )


def _by_rule(scenario: ResolvedScenario, compiled: CompiledModel, problem: Problem, rule: Rule) -> Floats | None:
    """The model's columns: as many villages as the money lets, stage by stage, in the order of the rule."""
    best = _best_without_network(scenario)
    order = _order(scenario, best, rule)
    before = _as_before(scenario)
    stages = len(scenario.horizon.stages)
    chosen = np.repeat(before[:, None], stages, axis=1)
    solution = _completed(compiled, problem, chosen)
    for stage in range(stages):
        waiting = order[(chosen[order, stage] != best[order])]
        for _ in range(PASSED_OVER_AT_MOST + 1):
            count, found = _longest(compiled, problem, chosen, best, waiting, stage)
            solution = found if found is not None else solution
            chosen[waiting[:count], stage:] = best[waiting[:count], None]
            # The village that is too dear is passed over for this stage.
            waiting = waiting[count + 1 :]
            if not len(waiting):
                break
    return solution


def _longest(
    compiled: CompiledModel, problem: Problem, chosen: Integers, best: Integers, waiting: Integers, stage: int
) -> tuple[int, Floats | None]:
    """How many of those waiting, in their order, can be served from a stage on, and the columns then.

    What is feasible for many villages is so for fewer, so that it is looked for by halves.
    """
    low, high, solution = 0, len(waiting), None
    while low < high:
        middle = (low + high + 1) // 2
        tried = chosen.copy()
        tried[waiting[:middle], stage:] = best[waiting[:middle], None]
        found = _completed(compiled, problem, tried)
        low, high = (middle, high) if found is not None else (low, middle - 1)
        solution = found if found is not None else solution
    return low, solution


def _as_before(scenario: ResolvedScenario) -> Integers:
    """(V,) the candidate of each village that changes nothing."""
    service = scenario.service
    own = np.flatnonzero(service.plan == int(np.flatnonzero(service.plan_names == AS_BEFORE)[0]))
    found = np.full(len(scenario.network.villages), -1, dtype=np.int64)
    found[service.village[own]] = own
    return found


def _best_without_network(scenario: ResolvedScenario) -> Integers:
    """(V,) the candidate that serves best of those that draw no piped water; of equals the one with the fewest units."""
    service = scenario.service
    local = service.allowed.all(axis=1) & ~np.any([drawn.any(axis=1) for drawn in service.candidates_with.values()], axis=0)
    reached = service.at_or_above[:, -1].sum(axis=1) @ STEEP
    capital = service.units[:, :, -1] @ service.asset_capex_usd
    ranked = np.lexsort((capital, -reached, service.village))
    ranked = ranked[local[ranked]]
    best = _as_before(scenario)
    village, first = np.unique(service.village[ranked], return_index=True)
    best[village] = ranked[first]
    return best


def _order(scenario: ResolvedScenario, best: Integers, rule: Rule) -> Integers:
    """(V,) villages in the order of the rule; equals in that of their table."""
    people = scenario.people.persons.sum(axis=1)[:, -1]
    if rule == "biggest_first":
        return np.argsort(-people, kind="stable")
    if rule == "cheapest_first":
        service, before = scenario.service, _as_before(scenario)
        basic = service.at_or_above[:, -1, :, 2:4].sum(axis=(1, 2))
        gained = np.maximum(basic[best] - basic[before], 1e-6)
        return np.argsort((service.units[best, :, 0] @ service.asset_capex_usd) / gained, kind="stable")
    villages = scenario.basin.tables["villages"]
    administration = villages["administration"].astype(str).to_numpy()
    degrees = villages[["longitude", "latitude"]].to_numpy(float)
    largest = {name: int(at) for at in np.argsort(people, kind="stable") for name in [administration[at]]}
    away = degrees - degrees[[largest[name] for name in administration]]
    kilometres = np.hypot(away[:, 0] * np.cos(np.radians(degrees[:, 1].mean())), away[:, 1]) * _KM_PER_DEGREE
    return np.argsort(kilometres, kind="stable")


def _completed(compiled: CompiledModel, problem: Problem, chosen: Integers) -> Floats | None:
    """All columns at least cost where villages follow these candidates and nothing of the network is built; None: impossible."""
    lower, upper = problem.column_lower.copy(), problem.column_upper.copy()
    plans, serves = compiled.variables["chosen"], compiled.variables["serves"]
    wanted = np.zeros(plans.shape)
    wanted[chosen, np.arange(chosen.shape[1])] = 1.0
    for family, values in ((plans, wanted.ravel()), (serves, np.zeros(serves.size))):
        own = slice(family.start, family.start + family.size)
        if (values > upper[own]).any():
            return None
        lower[own] = upper[own] = values
    answer = milp(
        problem.objective,
        bounds=Bounds(lower, upper),
        constraints=LinearConstraint(problem.matrix, problem.row_lower, problem.row_upper),
    )
    return np.asarray(answer.x) if answer.success else None
