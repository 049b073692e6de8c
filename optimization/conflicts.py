"""Why no plan exists: the least that money, rivers, sources or floors would have to give for one to be thinkable."""

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from optimization.algebra import CompiledModel
from optimization.algebra.families import RowFamily
from optimization.demands import BOUND, DEMANDS, NOTHING, PRICE_OF_BOUND, RULE, Demand, demand_of
from optimization.solving.limits import Limits
from optimization.solving.problem import Problem
from optimization.solving.session import solve_relaxation
from optimization.solving.steps_elastic import elastic_problem, slack_rows
from planner.checks.finding import Finding
from planner.checks.report import found
from planner.scenario.policy import Bound

MOST_TOLD = 6


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
    """What lacks in the cheapest way out, most first, by the relaxation; empty if it finds none within the limits.

    Other ways out may take less here and more there; and whole works take more than the parts that the relaxation builds.
    """
    price = np.zeros(problem.row_count)
    for name in families_that_give_way(compiled):
        family = compiled.families[name]
        price[family.start : family.start + family.count] = demand_of(name).price
    # What the policy bounds are the first rows after those of the model.
    for number, bound in enumerate(bounds):
        price[compiled.row_count + number] = PRICE_OF_BOUND.get(bound.objective, 0.1)
    asked = replace(problem, objective=np.zeros(problem.column_count), objective_constant=0.0, elastic=price > 0, start=None)
    answer = solve_relaxation(elastic_problem(asked, price), limits, cancel)
    if answer.status != "optimal":
        return []
    lacking = _lacking(asked, answer.values[problem.column_count :])
    return sorted(
        [*_told(compiled, lacking, price), *_bounds_told(compiled, lacking, price, bounds)], key=lambda lack: -lack.weight
    )


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
