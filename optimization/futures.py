"""A plan in other futures: everything that is built and chosen stays, water and demand change, and what fails is counted.

The futures of a batch are the members of one model: it is stated and compiled once, array at a time, and solved once, as
nothing ties one future to another when all that is yes-or-no is fixed. In a future nobody must be served: water may be
missing, first down to the survival floor; what the policy keeps for river and aquifers comes next, before all other uses.
"""

import itertools
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.stats import qmc

from optimization.algebra import CompiledModel
from optimization.formulation import build
from optimization.frozen import FrozenPlanError, built_capacity, chosen_plans, whole_values
from optimization.solving.idle import idle_columns, rows_left
from optimization.solving.limits import Limits
from optimization.solving.problem import plain_problem
from optimization.solving.session import fixed_duals
from planner.basin import Basin
from planner.plan.plan import Plan
from planner.scenario.policy import Fairness, Policy, Risk, RiskAttitude
from planner.scenario.resolved import ResolvedScenario, resolve
from planner.scenario.resolved.hydropower import kwh_per_m3
from planner.scenario.resolved.periods import Periods
from planner.scenario.scenario import Scenario

Floats = NDArray[np.float64]
BATCH = 40
"""Futures in one model at most: more take more memory, fewer state the same laws more often."""
COLUMNS = (
    "future", "member", "water_share", "demand_share", "stage", "demand_m3_per_year", "missing_m3_per_year", "met_share",
    "lowest_village_share", "persons_short", "environmental_flow_deficit_m3_per_year",
)  # fmt: skip
_SHORT = 1e-3
_ROUNDED = 1e-9


@dataclass(frozen=True)
class Future:
    """A year that may come: the water of one of the basin's members, more or less of it, and more or less demand."""

    name: str
    member: str
    water_share: float = 1.0
    demand_share: float = 1.0


def sampled(
    basin: Basin, count: int, seed: int = 0, water: tuple[float, float] = (0.6, 1.1), demand: tuple[float, float] = (0.9, 1.3)
) -> list[Future]:
    """Futures spread evenly over both ranges (Latin hypercube), their members by how likely they are. Same seed, same futures."""
    if count < 1:
        raise ValueError("There is at least one future.")
    for least, most in (water, demand):
        if not 0 < least <= most <= 10:
            raise ValueError("A range goes from a share above 0 to one that is no smaller, at most 10.")
    drawn = qmc.LatinHypercube(3, seed=np.random.default_rng(seed)).random(count)
    members = basin.tables["members"]
    reached = np.cumsum(members["probability"].to_numpy(float))
    member = np.minimum(np.searchsorted(reached / reached[-1], drawn[:, 0]), len(members) - 1)
    waters, demands = (least + (most - least) * drawn[:, at] for at, (least, most) in ((1, water), (2, demand)))
    digits = len(str(count))
    return [
        Future(f"future_{number + 1:0{digits}d}", str(members["member"].iloc[member[number]]), float(w), float(d))
        for number, (w, d) in enumerate(zip(waters, demands, strict=True))
    ]


def evaluate(
    plan: Plan, futures: Sequence[Future], limits: Limits | None = None, cancel: threading.Event | None = None
) -> pd.DataFrame:
    """How a plan fares in each future and stage: COLUMNS, one row for each future and stage, in their order.

    `met_share` is the share of the demand for piped water that is met over the year; `lowest_village_share` that of the
    village that fares worst in its worst season; `persons_short` lives in villages that miss some in some season. Raises
    FrozenPlanError where the plan cannot be put back into the model, or the solver finds no answer within the limits.
    """
    known = set(plan.basin.tables["members"]["member"])
    unknown = sorted({future.member for future in futures} - known)
    if unknown:
        raise FrozenPlanError(f"The basin has no member {', '.join(unknown)}; it has {', '.join(sorted(known))}.")
    limits = limits or Limits()
    until = time.monotonic() + limits.time_seconds
    frames = []
    batches = -(-len(futures) // BATCH)
    ends = [len(futures) * number // batches for number in range(batches + 1)] if batches else [0]
    for start, end in itertools.pairwise(ends):
        left = until - time.monotonic()
        if left <= 0:
            raise FrozenPlanError(f"Time was up after {start} of {len(futures)} futures. Try fewer, or allow more time.")
        frames.append(_batch(plan, futures[start:end], replace(limits, time_seconds=left), cancel))
    return pd.concat(frames, ignore_index=True) if frames else pd.DataFrame(columns=list(COLUMNS))


def robustness(results: pd.DataFrame, least_share: float = 1.0) -> pd.DataFrame:
    """In what share of the futures every village has at least this share of its piped water, stage by stage.

    Columns: stage, futures, satisfied_share, lowest_met_share, tenth_percentile_met_share, mean_missing_m3_per_year.
    """
    enough = results["lowest_village_share"] >= least_share - _SHORT
    by_stage = results.assign(enough=enough).groupby("stage", sort=False)
    return pd.DataFrame(
        {
            "futures": by_stage.size(),
            "satisfied_share": by_stage["enough"].mean(),
            "lowest_met_share": by_stage["met_share"].min(),
            "tenth_percentile_met_share": by_stage["met_share"].quantile(0.1),
            "mean_missing_m3_per_year": by_stage["missing_m3_per_year"].mean(),
        }
    ).reset_index()


def _batch(plan: Plan, futures: Sequence[Future], limits: Limits, cancel: threading.Event | None) -> pd.DataFrame:
    scenario = _scenario(plan, futures)
    compiled = build(scenario).compile()
    objective, _ = compiled.objective_vector({"penalty": 1.0})
    values = np.round(whole_values(plan, scenario, compiled))
    lower, upper = compiled.column_lower, _as_built(plan, scenario, compiled)
    # What is fixed goes into the limits of rows here: only what is left of the problem is handed to the solver's process.
    fixed = compiled.matrix @ np.where(compiled.integer, values, 0.0)
    row_lower, row_upper = compiled.row_lower - fixed, compiled.row_upper - fixed
    free = np.flatnonzero(~compiled.integer)
    matrix = compiled.matrix[:, free]
    moves = ~idle_columns(matrix, row_upper, (lower[free], upper[free]))
    free, matrix = free[moves], matrix[:, np.flatnonzero(moves)]
    rows = rows_left(matrix, (row_lower, row_upper))
    limits_of_rows, limits_of_columns = (row_lower[rows], row_upper[rows]), (lower[free], upper[free])
    problem = plain_problem(matrix[rows].tocsc(), limits_of_rows, limits_of_columns, compiled.integer[free], objective[free])
    answer = fixed_duals(problem, values[free], limits, cancel)
    if answer.status != "optimal":
        raise FrozenPlanError(f"With everything built as planned the solver ended with: {answer.status}.")
    values[free] = answer.values
    return _told(scenario, compiled, values, futures)


def _as_built(plan: Plan, scenario: ResolvedScenario, compiled: CompiledModel) -> Floats:
    """(columns,) upper limits, with the capacity of each train as the plan has it."""
    upper, family = compiled.column_upper.copy(), compiled.variables["capacity"]
    built = built_capacity(plan, scenario)[scenario.works.site >= 0] * (1.0 + _ROUNDED)
    upper[family.start : family.start + family.size] = np.minimum(upper[family.start : family.start + family.size], built.ravel())
    return upper


def _scenario(plan: Plan, futures: Sequence[Future]) -> ResolvedScenario:
    """The plan's scenario with the futures as its members, and nothing but the plan's own choices left."""
    policy = plan.scenario.policy
    free = policy.model_copy(update={**_FREE, **_order(plan.basin, policy)})
    scenario = resolve(_with_members(plan.basin, futures), Scenario(name=plan.scenario.name, policy=free))
    demand, periods, service = np.array([future.demand_share for future in futures]), scenario.periods, scenario.service
    # Demand is the largest of all futures, and a future's season has its part of that: capacities count as far as anyone needs.
    largest = {grade: amount * demand.max() for grade, amount in service.demand_m3_per_day.items()}
    return replace(
        scenario,
        periods=replace(_only_stress(periods), factor=periods.factor * demand[periods.member] / demand.max()),
        service=replace(service, demand_m3_per_day=largest, allowed=chosen_plans(plan, scenario)),
    )


def _order(basin: Basin, policy: Policy) -> dict[str, Any]:
    """People first, then what the policy keeps for river and aquifers, then other uses by what their water is worth."""
    tables = basin.tables
    worth = [float(tables["other_uses"]["value_usd_per_m3"].max(skipna=True))] if len(tables["other_uses"]) else []
    if policy.other_uses == "priority":
        worth = [policy.first_priority_price_usd_per_m3, policy.second_priority_price_usd_per_m3]
    turbines = tables["turbines"]
    worth.append(float(kwh_per_m3(turbines) @ turbines["value_usd_per_kwh"].to_numpy(float)))
    hard = [name for name in _NEXT_TO_PEOPLE if getattr(policy, name) == "hard"]
    priced = [getattr(policy, price) for name, price in _NEXT_TO_PEOPLE.items() if name not in hard]
    price = _FAR_ABOVE * max(worth + priced)
    # What a village takes is missed in every reach below it, and by whom a flow is owed to.
    missed_by = 1 + len(tables["reaches"]) + len(tables["obligations"]) + len(tables["aquifers"])
    shortage = max(price * missed_by, policy.shortage_price_usd_per_m3)
    return {
        "shortage_price_usd_per_m3": shortage,
        "hauled_price_usd_per_m3": shortage * max(policy.hauled_price_usd_per_m3 / policy.shortage_price_usd_per_m3, 1.0),
        **dict.fromkeys(hard, "priced"),
        **{_NEXT_TO_PEOPLE[name]: price for name in hard},
    }


def _only_stress(periods: Periods) -> Periods:
    """Without the deliveries of design members, who must be served: there are none."""
    every = np.arange(periods.count)
    return replace(
        periods,
        delivery=every,
        delivery_stage=periods.stage,
        delivery_binding=every,
        delivery_days_per_year=np.zeros(periods.count),
    )


def _with_members(basin: Basin, futures: Sequence[Future]) -> Basin:
    """The basin with each future as a stress member of its own: its member's rows, its water multiplied."""
    own = pd.DataFrame(
        {
            "future": [future.name for future in futures],
            "member": [future.member for future in futures],
            "water_share": [future.water_share for future in futures],
        }
    )
    tables: dict[str, pd.DataFrame] = dict(basin.tables)
    members = own.merge(tables["members"], on="member", how="left")
    tables["members"] = members.assign(member=members["future"], kind="stress", probability=1.0)[
        list(basin.tables["members"].columns)
    ]
    for name, table in basin.tables.items():
        if name == "members" or "member" not in table.columns:
            continue
        widened = own.merge(table, on="member", how="inner").assign(member=lambda frame: frame["future"])
        for column in _WATER.get(name, ()):
            widened[column] = widened[column] * widened["water_share"]
        tables[name] = widened[list(table.columns)]
    # People come first in a future: what must be delivered to other uses is asked of none.
    tables["use_priorities"] = tables["use_priorities"].assign(smallest_share_in_stress=0.0)
    return replace(basin, tables=tables, original={})


_FREE = {
    "periods": "all", "load_limits": "priced", "objectives": (), "weighted_aims": (), "floors": (),
    "bounds": (), "branches": (), "rules": (), "fairness": Fairness(), "risk": Risk(), "risk_attitude": RiskAttitude(),
    "gap_caps": (), "institution_floors": (), "assurance_floors": (),
    "largest_emissions_kg_co2_per_year": None,
}  # fmt: skip
"""What a policy asked of the plan as a whole is asked of no future: what fails there is counted."""
_NEXT_TO_PEOPLE = {
    "environmental_flow": "environmental_flow_price_usd_per_m3",
    "obligations": "obligation_price_usd_per_m3",
    "groundwater": "groundwater_price_usd_per_m3",
}
"""What is hard in a plan comes in a future right after people's own water, and before all other uses."""
_FAR_ABOVE = 10.0
_WATER = {"inflow": ("inflow_m3_per_day",), "source_yields": ("yield_m3_per_day",)}


def _told(scenario: ResolvedScenario, compiled: CompiledModel, values: Floats, futures: Sequence[Future]) -> pd.DataFrame:
    periods, horizon, service = scenario.periods, scenario.horizon, scenario.service
    stages, count = len(horizon.stages), len(futures)
    alone = periods.delivery_binding[periods.delivery_binding >= 0]
    stage, season, member = periods.stage[alone], periods.season[alone], periods.member[alone]
    factor, days = periods.factor[alone], horizon.days[season]
    villages = len(scenario.network.villages)
    mean = np.zeros((villages, stages))
    for demand in service.demand_m3_per_day.values():
        np.add.at(mean, service.village, np.where(service.allowed, demand, 0.0))
    wanted = mean[:, stage] * factor
    missing = factor * sum(
        np.asarray(compiled.values(values, f"{grade}_{kind}"))
        for grade in service.demand_m3_per_day
        for kind in ("shortage", "hauled")
    )
    cell = member * stages + stage
    share = np.where(wanted > 0, 1.0 - missing / np.maximum(wanted, 1e-12), 1.0)
    lowest, short = np.ones(count * stages), np.zeros((villages, count * stages), bool)
    np.minimum.at(lowest, cell, share.min(axis=0, initial=1.0))
    np.logical_or.at(short.T, cell, (share < 1.0 - _SHORT).T)
    persons = scenario.people.persons.sum(axis=1)
    yearly = {
        "demand_m3_per_year": np.bincount(cell, (wanted * days).sum(axis=0), count * stages),
        "missing_m3_per_year": np.bincount(cell, (missing * days).sum(axis=0), count * stages),
    }
    lacking = np.asarray(compiled.values(values, "environmental_flow_deficit")).sum(axis=0)
    of_period = periods.period_member * stages + periods.period_stage
    yearly["environmental_flow_deficit_m3_per_year"] = np.bincount(
        of_period, lacking * horizon.days[periods.period_season], count * stages
    )
    told: dict[str, Any] = {
        "future": np.repeat([future.name for future in futures], stages),
        "member": np.repeat([future.member for future in futures], stages),
        "water_share": np.repeat([future.water_share for future in futures], stages),
        "demand_share": np.repeat([future.demand_share for future in futures], stages),
        "stage": np.tile(np.asarray(horizon.stages, object), count),
        "met_share": 1.0 - yearly["missing_m3_per_year"] / np.maximum(yearly["demand_m3_per_year"], 1e-12),
        "lowest_village_share": np.clip(lowest, 0.0, 1.0),
        "persons_short": (short * np.tile(persons, count)).sum(axis=0),
        **yearly,
    }
    return pd.DataFrame(told)[list(COLUMNS)]
