"""The solver's vector as decisions, cleaned of rounding noise."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from optimization.algebra import CompiledModel
from planner.scenario.resolved import ResolvedScenario
from planner.scenario.resolved.index import positions
from planner.scenario.resolved.tanks import village_assets

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
_NOISE = 1e-6
_WHOLE = 1e-4


@dataclass(frozen=True)
class Decisions:
    """O options, Q treatments, V villages, T stages, F feeds, B binding periods, L' pipes, D deliveries."""

    serves: Flags  # (O, T)
    count: Floats  # (O, T) how many stand
    capacity_m3_per_day: Floats  # (O, T), what stands of each option
    chosen: NDArray[np.int64]  # (V, T) candidate that each village follows
    units: Floats  # (V, assets, T)
    feed_flow_m3_per_day: Floats  # (F, B)
    pipe_flow_m3_per_day: Floats  # (L', D)
    drawn_m3_per_day: Floats  # (uses, T·S·H)
    storage_m3: Floats  # (reservoirs, T·S·H) at the end of the season
    shortage_m3_per_day: dict[str, Floats]  # grade → (V, stress deliveries)
    hauled_m3_per_day: dict[str, Floats]
    fund_usd: Floats  # (channels, categories, accounts, T)
    supported_usd_per_year: Floats  # (subsidies, accounts, T)
    put_aside_usd_per_year: Floats  # (channels, accounts, T)


def _clean(values: Floats) -> Floats:
    return np.where(values < _NOISE, 0.0, values)


def _capacity(scenario: ResolvedScenario, serves: Flags, count: Floats, chosen: Floats) -> Floats:
    works = scenario.works
    # A source is as large as its yield, a reservoir as its storage; a training or what mends leaks carries no water of its own.
    without = (works.source >= 0) | (works.reservoir >= 0) | (scenario.operators.trained_for >= 0)
    without[scenario.leakage.option] = True
    without[scenario.irrigation.option] = True
    capacity = np.where(without, 0.0, works.capacity_m3_per_day)[:, None] * count
    treatment = np.flatnonzero(works.site >= 0)
    free = works.capacity_is_chosen[treatment]
    capacity[treatment[free]] = np.where(serves[treatment[free]], _clean(chosen[free]), 0.0)
    return np.maximum.accumulate(capacity, axis=1)


def _storage(scenario: ResolvedScenario, serves: Flags, values: Floats) -> Floats:
    """Storage within the bounds of what stands, which the solver may miss by its tolerance."""
    reservoirs = scenario.reservoirs
    stands = reservoirs.stands(serves, scenario.works.reservoir)[:, scenario.periods.period_stage]
    return np.clip(values, reservoirs.smallest_m3[:, None] * stands, reservoirs.largest_m3[:, None] * stands)


def _units(scenario: ResolvedScenario, values: Floats, chosen: NDArray[np.int64]) -> Floats:
    """Units of assets: as many as the plans take, unless the solver keeps more."""
    service = scenario.service
    stages = np.arange(chosen.shape[1])
    needed = np.maximum.accumulate(service.units[chosen, :, stages].transpose(0, 2, 1), axis=2)
    more = values > needed + 1e-4 * np.maximum(1.0, needed)
    return np.where(more, values, needed)


def decisions_of(scenario: ResolvedScenario, compiled: CompiledModel, solution: Floats) -> Decisions:
    """Reads the solution of the compiled model; whole numbers are rounded, noise below 1e-6 is dropped."""
    service, money = scenario.service, scenario.money
    serves = compiled.values(solution, "serves") > 0.5
    count = serves.astype(float)
    count[scenario.works.modular] += serves[scenario.works.modular] * np.round(compiled.values(solution, "further"))
    picked = compiled.values(solution, "chosen")
    villages, stages = len(scenario.network.villages), picked.shape[1]
    chosen = np.zeros((villages, stages), np.int64)
    candidate, stage = np.nonzero(picked > 0.5)
    chosen[service.village[candidate], stage] = candidate
    units = np.zeros((villages, len(service.assets), stages))
    family = compiled.variables["units"]
    village = np.asarray(family.sets[0].label("village"))
    units[village, np.nonzero(village_assets(service, scenario.tanks))[1]] = compiled.values(solution, "units")
    whole = scenario.tanks.asset
    units[:, whole] = np.ceil(units[:, whole] - _WHOLE)
    category_account = np.array([name.split(":") for name in compiled.variables["fund"].sets[0].names or ()])
    fund = np.zeros((len(money.channels), len(money.categories), len(money.accounts), stages))
    if len(category_account):
        channel, category, account = category_account.T
        where = positions(channel, money.channels), positions(category, money.categories)
        fund[*where, positions(account, money.accounts)] = _clean(compiled.values(solution, "fund")) * 1000
    supported = np.zeros((len(money.subsidies), len(money.accounts), stages))
    supported[np.nonzero(money.subsidy_reaches)] = _clean(compiled.values(solution, "supported")) * 1000
    put_aside = np.zeros((len(money.channels), len(money.accounts), stages))
    put_aside[money.savings] = _clean(compiled.values(solution, "put_aside")) * 1000
    return Decisions(
        serves=serves,
        count=count,
        capacity_m3_per_day=_capacity(scenario, serves, count, compiled.values(solution, "capacity")),
        chosen=chosen,
        units=_units(scenario, units, chosen),
        feed_flow_m3_per_day=_clean(compiled.values(solution, "feed_flow")),
        pipe_flow_m3_per_day=_clean(compiled.values(solution, "pipe_flow")),
        drawn_m3_per_day=_clean(compiled.values(solution, "drawn")),
        storage_m3=_storage(scenario, serves, compiled.values(solution, "storage") * 1000),
        shortage_m3_per_day={g: _clean(compiled.values(solution, f"{g}_shortage")) for g in ("raw", "safe")},
        hauled_m3_per_day={g: _clean(compiled.values(solution, f"{g}_hauled")) for g in ("raw", "safe")},
        fund_usd=fund,
        supported_usd_per_year=supported,
        put_aside_usd_per_year=put_aside,
    )
