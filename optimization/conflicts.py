"""Why no plan exists: the least that money, rivers, sources or floors would have to give for one to be thinkable."""

import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from optimization.algebra import CompiledModel
from optimization.algebra.families import RowFamily
from optimization.demand import Demand
from optimization.demands import BOUND, DEMANDS, NOTHING, PRICE_OF_BOUND, RULE, demand_of
from optimization.handed import without_tightening
from optimization.solving.limits import Limits
from optimization.solving.problem import Problem
from optimization.solving.session import solve as solve_problem
from optimization.solving.session import solve_relaxation
from optimization.solving.steps_elastic import elastic_problem, slack_rows
from planner.checks.finding import Finding
from planner.checks.report import found
from planner.scenario.policy import Bound

MOST_TOLD = 6
LARGE = 20_000
"""Rows of a problem of which a part is asked first."""
_OF_MONEY = frozenset({
    "one_plan", "plan_needs_assets", "assets_remain", "floor_is_met", "capital_has_channel", "channel_at_first", "channel_later",
    "channel_pays_at_most", "channel_pays_at_least", "running_costs_covered", "tariffs_affordable", "subsidies",
})  # fmt: skip


@dataclass(frozen=True)
class Lack:
    """A row that lacks something in the cheapest way out: its family, the names of its indices, and how much in its unit."""

    family: str
    names: tuple[str, ...]
    amount: float
    weight: float

    @property
    def demand(self) -> Demand:
        return demand_of(self.family)

    @property
    def finding(self) -> Finding:
        """The lack as a finding of its own."""
        return found(self.demand.code, self.demand.said(self.amount, *self.names), table=self.demand.table)


def families_that_give_way(compiled: CompiledModel) -> list[str]:
    """Families of rows that may give way, those of rules last."""
    return [*(name for name in DEMANDS if name in compiled.families),
            *(name for name in compiled.families if name.startswith(RULE))]  # fmt: skip


def lacks(
    compiled: CompiledModel,
    problem: Problem,
    limits: Limits,
    cancel: threading.Event | None = None,
    bounds: Sequence[Bound] = (),
) -> list[Lack]:
    """What lacks in the cheapest way out, most first; empty if it finds none within the limits.

    By the relaxation: other ways out may take less here and more there, and whole works take more than the parts that it
    builds. Where nothing lacks as long as parts may be built, by whole works, as far as they are found.
    """
    if cancel is not None and cancel.is_set():
        return []
    started = time.monotonic()
    problem = without_tightening(compiled, problem)
    price = _prices(compiled, problem, bounds)
    asked = replace(
        problem, objective=np.zeros(problem.column_count), objective_constant=0.0, elastic=price > 0, start=None, earlier=None
    )

    def left() -> Limits:
        return replace(limits, time_seconds=max(limits.time_seconds - (time.monotonic() - started), 0.1))

    def told(of: Problem, values: NDArray[np.float64]) -> list[Lack]:
        lacking = _lacking(of, values[problem.column_count :])
        every = [*_told(compiled, lacking, price), *_bounds_told(compiled, lacking, price, bounds)]
        return sorted(every, key=lambda lack: -lack.weight)

    if problem.row_count > LARGE:
        # Far fewer rows say whether the money that there is pays for the service plans alone, and what it lacks at least.
        part = money_alone(compiled, asked)
        answer = solve_relaxation(elastic_problem(part, price), left(), cancel)
        if answer.status == "optimal" and (found_first := told(part, answer.values)):
            return found_first
    elastic = elastic_problem(asked, price)
    answer = solve_relaxation(elastic, left(), cancel)
    if answer.status != "optimal":
        return []
    found_by_parts = told(asked, answer.values)
    if found_by_parts or not problem.integer.any():
        return found_by_parts
    whole = solve_problem(replace(elastic, elastic=np.zeros(problem.row_count, dtype=np.bool_)), left(), None, cancel)
    return [] if whole.values is None else told(asked, whole.values)


def money_alone(compiled: CompiledModel, problem: Problem) -> Problem:
    """The problem without the rows of water and works: what service plans cost inside villages, who pays for it, and rules."""
    kept = np.zeros(problem.row_count, dtype=np.bool_)
    for name, family in compiled.families.items():
        if name in _OF_MONEY or name.startswith(RULE):
            kept[family.start : family.start + family.count] = True
    return replace(
        problem,
        row_lower=np.where(kept, problem.row_lower, -np.inf),
        row_upper=np.where(kept, problem.row_upper, np.inf),
        elastic=problem.elastic & kept,
    )


def _prices(compiled: CompiledModel, problem: Problem, bounds: Sequence[Bound]) -> NDArray[np.float64]:
    """(rows,) price of a unit of what gives way, 0 where nothing does. A rule's unit is that of its largest factor."""
    price = np.zeros(problem.row_count)
    for name in families_that_give_way(compiled):
        family = compiled.families[name]
        own = slice(family.start, family.start + family.count)
        price[own] = demand_of(name).price
        if name.startswith(RULE):
            largest = abs(compiled.matrix[own]).max(axis=1).toarray().ravel() if family.count else np.zeros(0)
            price[own] /= np.where(largest > 0, largest, 1.0)
    # What the policy bounds are the first rows after those of the model.
    for number, bound in enumerate(bounds):
        price[compiled.row_count + number] = PRICE_OF_BOUND.get(bound.objective, 0.1)
    return price


def findings_of(lacking: list[Lack]) -> list[Finding]:
    """The lacks that weigh most, as findings, and how many more there are."""
    findings = [lack.finding for lack in lacking[:MOST_TOLD]]
    if len(lacking) > MOST_TOLD:
        findings.append(found("conflict.more", f"{len(lacking) - MOST_TOLD} more demands lack something."))
    return findings


def _lacking(problem: Problem, slacks: NDArray[np.float64]) -> NDArray[np.float64]:
    """Slack by row, both sides together."""
    rows, _ = slack_rows(problem)
    return np.asarray(np.bincount(rows, slacks, problem.row_count), dtype=np.float64)


def _told(compiled: CompiledModel, lacking: NDArray[np.float64], price: NDArray[np.float64]) -> Iterator[Lack]:
    for name in families_that_give_way(compiled):
        family = compiled.families[name]
        for offset in np.flatnonzero(lacking[family.start : family.start + family.count] > NOTHING):
            row = family.start + int(offset)
            amount = float(lacking[row])
            title = (family.title,) if name.startswith(RULE) else ()
            yield Lack(name, (*title, *index_names(family, int(offset))), amount, amount * float(price[row]))


def _bounds_told(
    compiled: CompiledModel, lacking: NDArray[np.float64], price: NDArray[np.float64], bounds: Sequence[Bound]
) -> Iterator[Lack]:
    for number, bound in enumerate(bounds):
        row = compiled.row_count + number
        amount = float(lacking[row])
        if amount > NOTHING:
            yield Lack(f"{BOUND}{bound.objective}", (bound.objective,), amount, amount * float(price[row]))


def index_names(family: RowFamily, offset: int) -> tuple[str, ...]:
    """Names of the indices of a family's row."""
    return tuple(index_set.member_name(int(axis[offset])) for index_set, axis in zip(family.sets, family.indices, strict=True))
