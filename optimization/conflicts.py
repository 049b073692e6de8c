"""Why no plan exists: the least that money, rivers, sources or floors would have to give for one to be thinkable."""

import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from optimization.algebra import CompiledModel
from optimization.algebra.families import RowFamily
from optimization.solving.limits import Limits
from optimization.solving.problem import Problem
from optimization.solving.session import solve_relaxation
from optimization.solving.steps_elastic import elastic_problem, slack_rows
from planner.checks.finding import Finding
from planner.checks.report import found
from planner.scenario.policy import Bound

MOST_TOLD = 6
_NOTHING = 1e-6
_PRICE_OF_BOUND = {"cost": 1.0, "environmental_flow_deficit": 1e-3}


@dataclass(frozen=True)
class Demand:
    """A family of rows that may give way: at which price a unit, and what is said of it.

    `said` gets the amount that is lacking, in the unit of the row, and the names of the row's indices.
    """

    code: str
    price: float
    said: Callable[..., str]
    table: str | None = None


def _usd(thousand: float) -> str:
    return f"{1000 * thousand:,.0f} USD"


def _water(m3_per_day: float) -> str:
    return f"{m3_per_day:,.0f} m³/day" if m3_per_day >= 10 else f"{m3_per_day:,.2f} m³/day"


def _channel(lack: float, channel: str, stage: str) -> str:
    return f"The channel {channel} lacks {_usd(lack)} in {stage}."


DEMANDS: dict[str, Demand] = {
    "channel_at_first": Demand("conflict.channel", 1.0, _channel, "channel_amounts"),
    "channel_later": Demand("conflict.channel", 1.0, _channel, "channel_amounts"),
    "capital_has_channel": Demand(
        "conflict.eligibility",
        1.5,
        lambda lack, purpose, stage: f"No channel may pay {_usd(lack)} for {' in '.join(purpose.split(':'))} in {stage}.",
        "channel_eligibility",
    ),
    "running_costs_covered": Demand(
        "conflict.running_costs",
        10.0,
        lambda lack, account, stage: f"Tariffs and subsidies of {account} lack {_usd(lack)} a year in {stage}.",
        "subsidies",
    ),
    "source_yields": Demand(
        "conflict.source",
        1.0,
        lambda lack, source, period: f"The source {source} yields {_water(lack)} too little in {period}.",
        "source_yields",
    ),
    "licence": Demand(
        "conflict.licence",
        10.0,
        lambda lack, source, stage, member: (
            f"The licence of {source} is {1000 * lack:,.0f} m³/year too small in {stage}, {member}."
        ),
        "sources",
    ),
    "environmental_flow": Demand(
        "conflict.environmental_flow",
        1.0,
        lambda lack, reach, period: f"The environmental flow of {reach} leaves {_water(lack)} too little in {period}.",
        "environmental_flow",
    ),
    "downstream_obligation": Demand(
        "conflict.obligation",
        1.0,
        lambda lack, obligation, period: f"The flow owed by {obligation} leaves {_water(lack)} too little in {period}.",
        "obligations",
    ),
    "floor_is_met": Demand(
        "conflict.floor",
        10_000.0,
        lambda lack, floor: (
            f"Floor {floor.split(':')[0]} misses {np.ceil(lack):,.0f} persons in {floor.split(':')[1]}"
            ", however much money and water there is."
        ),
    ),
}


def conflicts(
    compiled: CompiledModel,
    problem: Problem,
    limits: Limits,
    cancel: threading.Event | None = None,
    bounds: Sequence[Bound] = (),
) -> list[Finding]:
    """What lacks most in the cheapest way out, by the relaxation; empty if it finds none within the limits.

    Other ways out may take less here and more there; and whole works take more than the parts that the relaxation builds.
    """
    price = np.zeros(problem.row_count)
    for name, demand in DEMANDS.items():
        family = compiled.families[name]
        price[family.start : family.start + family.count] = demand.price
    # What the policy bounds are the first rows after those of the model.
    for number, bound in enumerate(bounds):
        price[compiled.row_count + number] = _PRICE_OF_BOUND.get(bound.objective, 0.1)
    asked = replace(problem, objective=np.zeros(problem.column_count), objective_constant=0.0, elastic=price > 0, start=None)
    answer = solve_relaxation(elastic_problem(asked, price), limits, cancel)
    if answer.status != "optimal":
        return []
    lacking = _lacking(asked, answer.values[problem.column_count :])
    told = sorted(
        [*_told(compiled, lacking, price), *_bounds_told(compiled, lacking, price, bounds)], key=lambda entry: -entry[0]
    )
    findings = [finding for _, finding in told[:MOST_TOLD]]
    if len(told) > MOST_TOLD:
        findings.append(found("conflict.more", f"{len(told) - MOST_TOLD} more demands lack something."))
    return findings


def _lacking(problem: Problem, slacks: NDArray[np.float64]) -> NDArray[np.float64]:
    """Slack by row, both sides together."""
    rows, _ = slack_rows(problem)
    return np.asarray(np.bincount(rows, slacks, problem.row_count), dtype=np.float64)


def _told(compiled: CompiledModel, lacking: NDArray[np.float64], price: NDArray[np.float64]) -> Iterator[tuple[float, Finding]]:
    for name, demand in DEMANDS.items():
        family = compiled.families[name]
        for offset in np.flatnonzero(lacking[family.start : family.start + family.count] > _NOTHING):
            row = family.start + int(offset)
            amount = float(lacking[row])
            sentence = demand.said(amount, *_index_names(family, int(offset)))
            finding = found(demand.code, sentence, table=demand.table)
            yield amount * float(price[row]), finding


def _bounds_told(
    compiled: CompiledModel, lacking: NDArray[np.float64], price: NDArray[np.float64], bounds: Sequence[Bound]
) -> Iterator[tuple[float, Finding]]:
    for number, bound in enumerate(bounds):
        row = compiled.row_count + number
        amount = float(lacking[row])
        if amount > _NOTHING:
            said = {"cost": f"cost is {_usd(amount)}", "environmental_flow_deficit":
                    f"what the river may lack is {amount:,.0f} m³/year"}  # fmt: skip
            words = said.get(bound.objective, f"persons below rung {bound.objective[-1]} is {amount:,.1f} persons")
            yield amount * float(price[row]), found("conflict.bound", f"The policy's bound on {words} too low.")


def _index_names(family: RowFamily, offset: int) -> list[str]:
    return [index_set.member_name(int(axis[offset])) for index_set, axis in zip(family.sets, family.indices, strict=True)]
