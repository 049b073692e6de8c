"""What it is worth to plan for every member, and what it would be worth to know beforehand which one comes.

All values are of what is minimised: the cost, and at their prices what floors, river, other uses and stress years miss. With
RP the plan that serves all design members, WS_h the best plan of one member alone, and EEV the plan for the mean year, kept as
built and run in every member (Birge and Louveaux, Introduction to Stochastic Programming, 2011, chapter 4):

    expected value of perfect information  EVPI = RP - Σ p_h WS_h
    value of the stochastic solution       VSS  = EEV - RP

Every solve leaves a gap, so each of these is an interval, from the costs and the bounds of the plans that it is made of.
"""

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from optimization.aims import levels_of
from optimization.formulation import build
from optimization.frozen import built_capacity, whole_values
from optimization.futures import Future, evaluate
from optimization.handed import policy_caps, problem_of
from optimization.progress import Progress, in_units
from optimization.solve import solve
from optimization.solving.limits import Limits
from optimization.solving.progress import ProgressEvent
from optimization.solving.session import solve as solve_problem
from optimization.whole import with_whole_units
from planner.plan.finite import finite
from planner.plan.outcome import NoPlan
from planner.plan.plan import Plan
from planner.scenario.members import design_members, mean_year, only_members, without_branches
from planner.scenario.resolved import ResolvedScenario

_ROUNDED = 1e-9
_EVALUATED_WITHIN_SECONDS = 120.0
FARES = ("lowest_met_share", "lowest_village_share", "persons_short", "missing_m3_per_year")


class ForesightError(ValueError):
    """The value of knowing cannot be told of this scenario: the reason in a sentence."""


@dataclass(frozen=True)
class Interval:
    """What is proven of a figure in USD of the base year: it lies between these; infinite where nothing is proven."""

    low: float
    high: float

    def __sub__(self, other: "Interval") -> "Interval":
        return Interval(self.low - other.high, self.high - other.low)


@dataclass(frozen=True)
class Foresight:
    """Costs and values in USD of the base year, present value, what is missed included at its price.

    `mean_year_kept` and `stochastic_solution` are None where the plan for the mean year cannot be run in every design member:
    `mean_year_fares` then says what it fails to deliver. Tables have a row for each design member. How a plan fares in one is the
    worst of all stages: `lowest_met_share` (of the year's piped water), `lowest_village_share` (of the village and season that
    fare worst), `persons_short`, `missing_m3_per_year`. `unseen_fares` is of the plan that was made without the member, with what
    it costs when run in it, `kept_usd`: nothing where it cannot be run without water missing.
    """

    two_stage: Interval
    members: pd.DataFrame  # member, probability, low_usd, high_usd: each one's own best plan
    wait_and_see: Interval
    perfect_information: Interval
    mean_year_kept: Interval | None
    stochastic_solution: Interval | None
    mean_year_fares: pd.DataFrame | None
    unseen_fares: pd.DataFrame

    def to_dict(self) -> dict[str, Any]:
        """Plain content; None where a figure is not known."""

        def told(value: Any) -> Any:
            if isinstance(value, Interval):
                return {"low_usd": value.low, "high_usd": value.high}
            return value.to_dict("records") if isinstance(value, pd.DataFrame) else value

        return {name: finite(told(getattr(self, name))) for name in self.__dataclass_fields__}


@dataclass
class _Run:
    """Every solve gets an equal part of the time that is left."""

    limits: Limits
    solves: int
    tell: Callable[[str], None]
    on_progress: Callable[[Progress], None] | None
    cancel: threading.Event | None

    def __post_init__(self) -> None:
        self.until = time.monotonic() + self.limits.time_seconds

    def own(self) -> Limits:
        left = max(self.until - time.monotonic(), 1.0) / max(self.solves, 1)
        self.solves -= 1
        return replace(self.limits, time_seconds=max(left, 1.0))

    def plan(self, scenario: ResolvedScenario, step: str) -> Plan:
        if self.cancel is not None and self.cancel.is_set():
            raise NoPlan("cancelled")
        self.tell(step)
        plan = solve(scenario, self.own(), self.on_progress, self.cancel)
        if not plan.passed:
            raise ForesightError(f"{step}: the plan did not pass its audit, so that nothing can be told of it.")
        return plan


def foresight(
    scenario: ResolvedScenario,
    limits: Limits | None = None,
    on_step: Callable[[str], None] = lambda step: None,
    on_progress: Callable[[Progress], None] | None = None,
    cancel: threading.Event | None = None,
) -> Foresight:
    """The value of knowing, of planning for every member, and how plans fare in members that they did not see.

    Branches of the policy are left out. Solves the scenario, each design member alone, the mean year, and the scenario without
    each member; the time of `limits` is that of all of them together. Raises ForesightError where the scenario is none of least
    expected cost with two design members or more, NoPlan where one of the plans does not exist or was not found.
    """
    scenario = without_branches(scenario)
    probability = _demand_two_members(scenario)
    limits = limits or Limits()
    run = _Run(limits, 3 + len(probability) * (2 if len(probability) == 2 else 3), on_step, on_progress, cancel)
    two_stage = _cost(run.plan(scenario, "All members"))
    only = {member: only_members(scenario, [member], "one_member", f"{member} alone") for member in probability.index}
    alone = {member: run.plan(only[member], only[member].scenario.title) for member in probability.index}
    costs = [_cost(alone[member]) for member in probability.index]
    chance = probability.to_numpy(float) / float(probability.sum())
    seen = Interval(*(float(chance @ [getattr(cost, side) for cost in costs]) for side in ("low", "high")))
    kept, fares = _mean_year(scenario, list(probability.index), run)
    return Foresight(
        two_stage=two_stage,
        members=pd.DataFrame(
            {
                "member": list(probability.index),
                "probability": probability.to_numpy(float),
                "low_usd": [cost.low for cost in costs],
                "high_usd": [cost.high for cost in costs],
            }
        ),
        wait_and_see=seen,
        perfect_information=two_stage - seen,
        mean_year_kept=kept,
        stochastic_solution=None if kept is None else kept - two_stage,
        mean_year_fares=fares,
        unseen_fares=pd.concat(_unseen(scenario, only, alone, run), ignore_index=True),
    )


def _demand_two_members(scenario: ResolvedScenario) -> "pd.Series[float]":
    """The probability of each design member that may come."""
    policy = scenario.policy
    aims = [aim.objective for aim in policy.objectives]
    if aims != ["cost"] or policy.risk_attitude.attitude != "expectation":
        raise ForesightError("What knowing is worth is told of scenarios with cost as the only aim, and expectation as attitude.")
    probability = design_members(scenario.basin)
    probability = probability[probability > 0]
    if len(probability) < 2:
        raise ForesightError("The basin has one design member alone: there is nothing to know beforehand.")
    return probability


def _cost(plan: Plan) -> Interval:
    """What the plan's only level reached, and its bound."""
    (level,) = plan.record["levels"]
    value, bound = level["value"], level["bound"]
    return Interval(-np.inf if bound is None else min(float(bound), float(value)), float(value))


def _mean_year(scenario: ResolvedScenario, members: list[str], run: _Run) -> tuple[Interval | None, pd.DataFrame | None]:
    """What the mean year's plan costs where every member may come, and how it fares in each; nothing where there is none."""
    try:
        mean = mean_year(scenario)
        plan = run.plan(mean, "The mean year")
    except NoPlan as outcome:
        if outcome.status == "cancelled":
            raise
        return None, None
    run.tell("The plan for the mean year in every member")
    fares = _fares(plan, scenario, members)
    return _kept(plan, scenario, run), fares


def _kept(plan: Plan, scenario: ResolvedScenario, run: _Run) -> Interval | None:
    """Everything that is built and chosen stays; money and works are run anew for all members, none of whom may fall short."""
    compiled = build(scenario).compile()
    (level,) = levels_of(scenario.policy, scenario, compiled)
    problem = problem_of(scenario, compiled, level, policy_caps(scenario, compiled), None)
    built = whole_values(plan, scenario, compiled)
    lower, upper = problem.column_lower.copy(), problem.column_upper.copy()
    for name in ("serves", "further", "chosen"):
        columns = compiled.variables[name].columns.ravel()
        lower[columns] = upper[columns] = built[columns]
    columns = compiled.variables["capacity"].columns.ravel()
    capacity = built_capacity(plan, scenario)[scenario.works.site >= 0].ravel()
    lower[columns], upper[columns] = capacity * (1 - _ROUNDED), capacity * (1 + _ROUNDED)
    held = replace(problem, column_lower=lower, column_upper=upper)
    limits = run.own()

    def tell(event: ProgressEvent) -> None:
        if run.on_progress is not None:
            run.on_progress(in_units(event, level, 0.0))

    outcome = solve_problem(held, limits, tell, run.cancel)
    if outcome.values is None:
        if outcome.status == "infeasible":
            return None
        raise NoPlan("cancelled" if outcome.status == "cancelled" else "no_plan_in_time", record=outcome.record.to_dict())
    settled = with_whole_units(scenario, compiled, held, outcome.values, limits, run.cancel)
    cost = held.objective_of(settled) / level.scale
    return Interval(-np.inf if outcome.bound is None else min(outcome.bound / level.scale, cost), cost)


def _unseen(
    scenario: ResolvedScenario, only: dict[str, ResolvedScenario], alone: dict[str, Plan], run: _Run
) -> Iterator[pd.DataFrame]:
    """How the plan made for all other members fares in each; of two members the other's own plan."""
    for member, here in only.items():
        others = [other for other in only if other != member]
        if len(others) == 1:
            made_for, plan = only[others[0]], alone[others[0]]
        else:
            title = f"All members but {member}"
            made_for = only_members(scenario, others, "without_a_member", title)
            plan = run.plan(made_for, title)
        run.tell(f"{plan.scenario.title}, run in {member}")
        kept = _kept(plan, here, run)
        yield _fares(plan, scenario, [member]).assign(kept_usd=np.nan if kept is None else kept.high)


def _fares(plan: Plan, scenario: ResolvedScenario, members: list[str]) -> pd.DataFrame:
    """The worst of all stages of a plan, kept as built, in each of these members of the scenario."""
    here = replace(plan, basin=scenario.basin)
    futures = [Future(member, member) for member in members]
    told = evaluate(here, futures, Limits(time_seconds=_EVALUATED_WITHIN_SECONDS)).groupby("future", sort=False)
    worst = {
        "lowest_met_share": told["met_share"].min(),
        "lowest_village_share": told["lowest_village_share"].min(),
        "persons_short": told["persons_short"].max(),
        "missing_m3_per_year": told["missing_m3_per_year"].max(),
    }
    frame = pd.DataFrame(worst).loc[members, list(FARES)]
    frame.insert(0, "probability", design_members(scenario.basin)[members].to_numpy(float))
    frame.insert(0, "member", members)
    return frame.reset_index(drop=True)
