"""Why a plan is as it is: what one more of each scarce thing would be worth, what binds, and what forcing an option costs."""

import threading
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from optimization.aims import Level, levels_of
from optimization.algebra import CompiledModel
from optimization.algebra.families import RowFamily
from optimization.conflicts import families_that_give_way, index_names
from optimization.demands import demand_of
from optimization.formulation import build
from optimization.frozen import FrozenPlanError, whole_values
from optimization.handed import policy_caps, problem_of, without_tightening
from optimization.regret import count_from
from optimization.solving.limits import Limits
from optimization.solving.problem import Problem
from optimization.solving.session import fixed_duals
from optimization.solving.session import solve as solve_problem
from optimization.weighted_aims import Way
from planner.plan.plan import Plan
from planner.plan.titles import readable
from planner.scenario.resolved import ResolvedScenario, resolve
from planner.scenario.resolved.index import positions
from planner.scenario.scenario import Scenario

MARGINAL_COLUMNS = ["constraint", "place", "value", "unit", "sentence"]
BINDING_COLUMNS = ["constraint", "rows", "binding", "most_worth", "unit"]
_BOOKKEEPING = ("capital_has_channel",)
"""Rows that say what is what, and are no limit of anything scarce."""
_WORTH = 1e-6
_ROOM = 1e-6


class CannotExplain(ValueError):  # noqa: N818 (an answer, not a mistake)
    """A plan cannot be explained: the reason in a sentence."""


@dataclass(frozen=True)
class Explanation:
    """What binds a plan, by the linear problem that is left when all that is whole or yes-or-no stays as planned.

    `marginal_values`: constraint, place, value, unit, sentence, what is worth most first; a value holds for a small change, and
    only while nothing else is built. `binding`: for each family of constraints how many rows there are and bind.
    """

    aim: str
    marginal_values: pd.DataFrame
    binding: pd.DataFrame

    @property
    def caveat(self) -> str:
        """What a reader must know of the values."""
        return (
            f"Values are changes of the first aim ({readable(self.aim)}) for one more unit, with everything that is built and "
            "the service plan of every village kept as planned; with more freedom one more unit can be worth more."
        )


@dataclass(frozen=True)
class Forced:
    """What the first aim becomes where an option must serve in the last stage; None where no plan was found.

    `costs_as_found` says by how much it becomes worse between the two plans as they are, `costs_at_least` and `costs_at_most`
    whatever either could still gain, as far as bounds tell; below zero: better.
    """

    option: str
    aim: str
    unit: str
    status: str
    value: float | None
    costs_as_found: float | None
    costs_at_least: float | None
    costs_at_most: float | None

    @property
    def sentence(self) -> str:
        """The answer in words."""
        if self.value is None:
            proven = self.status == "infeasible"
            return f"{self.option}: {'no plan has it' if proven else 'no plan with it was found in time'}."
        assert self.costs_at_most is not None
        least = 0.0 if self.costs_at_least is None else max(self.costs_at_least, 0.0)
        return (
            f"{self.option}: to have it makes the aim worse by {least:,.6g} to {max(self.costs_at_most, 0.0):,.6g} {self.unit}."
        )


@dataclass(frozen=True)
class _Stated:
    """A plan's model again, with its first aim."""

    scenario: ResolvedScenario
    compiled: CompiledModel
    level: Level
    problem: Problem


def explain(plan: Plan, limits: Limits | None = None, cancel: threading.Event | None = None) -> Explanation:
    """What binds a plan, and what one more of it would be worth. Raises CannotExplain."""
    stated = _stated(plan)
    try:
        whole = whole_values(plan, stated.scenario, stated.compiled)
    except FrozenPlanError as error:
        raise CannotExplain(str(error)) from None
    answer = fixed_duals(stated.problem, whole, limits, cancel)
    if answer.status != "optimal":
        raise CannotExplain(f"With everything built as planned the solver ended with: {answer.status}.")
    activity = stated.problem.matrix @ answer.values
    marginal, binding = [], []
    for name in families_that_give_way(stated.compiled):
        if name in _BOOKKEEPING:
            continue
        family = stated.compiled.families[name]
        own = slice(family.start, family.start + family.count)
        worth = np.abs(answer.row_duals[own]) / stated.level.scale
        unit, factor = _plain(family.unit)
        worth = worth / factor
        told = f"{stated.level.unit} per {unit}" if unit else stated.level.unit
        tight = _tight(stated.problem, own, activity)
        if family.count:
            binding.append([family.title, family.count, int(tight.sum()), float(worth.max()), told])
        marginal += _values(name, family, worth, unit, told)
    values = pd.DataFrame(marginal, columns=MARGINAL_COLUMNS).sort_values(
        "value", ascending=False, kind="stable", ignore_index=True
    )
    return Explanation(stated.level.name, values, pd.DataFrame(binding, columns=BINDING_COLUMNS))


def force(plan: Plan, option: str, limits: Limits | None = None, cancel: threading.Event | None = None) -> Forced:
    """What it costs to have an option in the last stage: the plan is searched for again, from what it is with the option added.

    Raises CannotExplain.
    """
    stated = _stated(plan)
    works = stated.scenario.works
    if option not in works.options:
        raise CannotExplain(f"The basin has no option {option}.")
    serves = stated.compiled.variables["serves"]
    shape = serves.shape
    column = serves.start + int(np.ravel_multi_index((int(positions([option], works.options)[0]), shape[1] - 1), shape))
    if stated.problem.column_upper[column] < 1:
        raise CannotExplain(f"{option} cannot serve within the horizon: it comes too late, or the policy forbids it.")
    lower = stated.problem.column_lower.copy()
    lower[column] = 1.0
    problem = replace(stated.problem, column_lower=lower, start=_with(plan, stated, column))
    outcome = solve_problem(problem, limits, None, cancel)
    level = stated.level
    if outcome.objective is None:
        return Forced(option, level.name, level.unit, outcome.status, None, None, None, None)
    known = _first_level(plan)
    value = outcome.objective / level.scale
    best, bound = known.get("value"), known.get("bound")
    least = None if best is None or outcome.bound is None else outcome.bound / level.scale - best
    most = value - (bound if bound is not None else best if best is not None else value)
    found = None if best is None else value - best
    return Forced(option, level.name, level.unit, outcome.status, value, found, least, most)


def _with(plan: Plan, stated: _Stated, column: int) -> NDArray[np.float64] | None:
    """What is whole of the plan, and one thing more; None where the model no longer has the plan."""
    try:
        whole = whole_values(plan, stated.scenario, stated.compiled)
    except FrozenPlanError:
        return None
    whole[column] = 1.0
    return whole


def _first_level(plan: Plan) -> dict[str, Any]:
    levels = plan.record.get("levels") or [{}]
    first: dict[str, Any] = levels[0]
    return first


def _stated(plan: Plan) -> _Stated:
    # The plan's basin has the scenario's changes already.
    scenario = resolve(plan.basin, Scenario(name=plan.scenario.name, policy=plan.scenario.policy))
    compiled = build(scenario).compile()
    level = levels_of(scenario.policy, scenario, compiled, _ways(plan))[0]
    if scenario.policy.risk_attitude.attitude == "minimax_regret":
        members = plan.tables["member_costs"]
        own = members.loc[members["weight_share"] > 0, "own_bound_usd"]
        count_from(compiled, own.fillna(0.0).to_numpy(float) * level.scale)
    problem = problem_of(scenario, compiled, level, policy_caps(scenario, compiled), None)
    return _Stated(scenario, compiled, level, without_tightening(compiled, problem))


def _ways(plan: Plan) -> dict[str, Way]:
    """From best to worst, as the plan's weighted sum counted its aims."""
    told = plan.tables["weighted_aims"]
    return {name: Way(best, worst) for name, best, worst in zip(told["objective"], told["best"], told["worst"], strict=True)}


def _tight(problem: Problem, own: slice, activity: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Rows without any room."""
    value = activity[own]
    room = np.minimum(value - problem.row_lower[own], problem.row_upper[own] - value)
    return np.asarray(room <= _ROOM * (1.0 + np.abs(value)))


def _plain(unit: str) -> tuple[str, float]:
    """A unit without its thousand, and how many of it one of the row's units is."""
    return (unit.removeprefix("thousand "), 1000.0) if unit.startswith("thousand ") else (unit, 1.0)


def _values(name: str, family: RowFamily, worth: NDArray[np.float64], unit: str, told: str) -> list[list[Any]]:
    rows: list[list[Any]] = []
    demand = demand_of(name)
    for offset in np.flatnonzero(worth > _WORTH):
        names = index_names(family, int(offset))
        words = demand.named(*((family.title, *names) if demand.code == "conflict.rule" else names))
        value = float(worth[offset])
        sentence = f"One {unit or 'unit'} of room more in {words} would be worth {value:,.4g} {told.partition(' per ')[0]}."
        rows.append([family.title, "/".join(names), value, told, sentence])
    return rows
