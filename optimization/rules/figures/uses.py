"""The river, other uses, and used water."""

import numpy as np

from optimization.rules.forms import Forms, Integers, Maker, Quantity, cells
from planner.scenario.resolved.wastewater import reach_of_treatment


def _outflow(q: Forms) -> Quantity:
    periods = q.scenario.periods
    natural = q.scenario.river.natural_m3_per_day[:, periods.period_season, periods.period_member]
    drawn = q.by_period(q.column("net_withdrawal"))
    return q.difference(q.constant(natural.reshape(drawn.shape)), drawn)


def _delivered(q: Forms) -> Quantity:
    """(U, T, S, H) what is drawn from the river, and what of reuse arrives."""
    drawn, reused = q.by_period(q.column("drawn")), q.by_period(q.column("reused"))
    use, arrives = q.values("use_of_reuse").astype(int), q.values("reuse_arrives")
    return q.added(drawn, q.owned(q.scaled(reused, arrives[:, None, None, None]), use, len(q.scenario.river.uses)))


def _saved(q: Forms) -> Quantity:
    """(I, T, S, H) what uses want less."""
    irrigation, periods = q.scenario.irrigation, q.scenario.periods
    serves = q.column("serves")[irrigation.option][:, periods.period_stage]
    return q.by_period(serves, irrigation.saved_m3_per_day[:, periods.period_season])


def _wanted(q: Forms) -> Quantity:
    """(U, T, S, H) demand less what efficient irrigation saves."""
    demand, periods = q.scenario.river.use_demand_m3_per_day, q.scenario.periods
    whole = q.constant(demand[:, periods.period_season].reshape(len(demand), *q.period_shape))
    return q.difference(whole, q.owned(_saved(q), q.scenario.irrigation.use, len(demand)))


def _unmet(q: Forms) -> Quantity:
    return q.difference(_wanted(q), _delivered(q))


def _in_year(q: Forms, flow: Quantity) -> Quantity:
    """(U, T, H) of (U, T, S, H), m³ a year, of uses with a priority."""
    uses, stages, seasons, members = flow.shape
    use, stage, _, member = np.indices(flow.shape).reshape(4, -1)
    shape = (uses, stages, members)
    listed = np.isin(np.arange(uses), q.scenario.use_priorities.listed)
    by_days = q.scaled(flow, q.scenario.horizon.days[:, None] * listed[:, None, None, None])
    flat = Quantity((uses * stages * seasons * members, 1), by_days.matrix, by_days.constant)
    summed = q.owned(flat, cells(shape, use, stage, member), int(np.prod(shape)))
    return Quantity(shape, summed.matrix, summed.constant)


def _delivered_value(q: Forms) -> Quantity:
    value = q.scenario.use_priorities.value_usd_per_m3
    return q.scaled(_in_year(q, _delivered(q)), value[:, None, None])


def _missed_value(q: Forms) -> Quantity:
    price = q.scenario.use_priorities.price_usd_per_m3
    return q.scaled(_in_year(q, _unmet(q)), price[:, None, None])


def _of_options(q: Forms, rows: Quantity, option: Integers) -> Quantity:
    """Figures of rows that belong to options, by option."""
    return q.owned(rows, option, len(q.scenario.works.options))


def _arising(q: Forms) -> Quantity:
    """(areas, T, S, H)."""
    delivery, factor = q.values("wastewater_delivery").astype(int), q.values("wastewater_factor")
    return q.by_period(q.column("wastewater")[:, delivery], factor)


def _collected(q: Forms) -> Quantity:
    return q.by_period(q.column("collected"))


def _untreated(q: Forms) -> Quantity:
    return q.difference(_arising(q), _collected(q))


def _reused(q: Forms) -> Quantity:
    """(reuse links, options, T, S, H)."""
    wastewater, reused = q.scenario.wastewater, q.by_period(q.column("reused"))
    options = len(q.scenario.works.options)
    pair = wastewater.pair_link * options + wastewater.treatment_option[wastewater.pair_treatment]
    found = q.owned(reused, pair, len(wastewater.reuse_links) * options)
    return Quantity((len(wastewater.reuse_links), options, *reused.shape[1:]), found.matrix, found.constant)


def _loads(q: Forms) -> Quantity:
    """(reaches, loads, T, S, H) where the basin says what a reach bears."""
    wastewater, river = q.scenario.wastewater, q.scenario.river
    into, pair = reach_of_treatment(wastewater), wastewater.pair_treatment
    untreated, treated, reused = _untreated(q), q.by_period(q.column("treated")), q.by_period(q.column("reused"))
    kept = q.difference(treated, q.owned(reused, pair, treated.shape[0]))
    loads = len(wastewater.raw_kg_per_m3)
    parts = [q.form((len(river.reaches) * loads, *treated.shape[1:]))]
    for reach, load in zip(wastewater.limit_reach, wastewater.limit_load, strict=True):
        at = reach * loads + load
        carried = wastewater.treated_kg_per_m3[:, load][:, None, None, None]
        raw = q.scaled(untreated, wastewater.raw_kg_per_m3[load])
        parts.append(q.owned(raw, np.where(wastewater.area_reach == reach, at, -1), len(river.reaches) * loads))
        parts.append(q.owned(q.scaled(kept, carried), np.where(into == reach, at, -1), len(river.reaches) * loads))
    found = q.added(*parts)
    return Quantity((len(river.reaches), loads, *treated.shape[1:]), found.matrix, found.constant)


MAKERS: dict[tuple[str, str], Maker] = {
    ("river", "outflow_m3_per_day"): _outflow,
    ("use_deliveries", "delivered_m3_per_day"): _delivered,
    ("use_deliveries", "unmet_m3_per_day"): _unmet,
    ("use_supply", "wanted_m3_per_year"): lambda q: _in_year(q, _wanted(q)),
    ("use_supply", "delivered_m3_per_year"): lambda q: _in_year(q, _delivered(q)),
    ("use_supply", "delivered_value_usd_per_year"): _delivered_value,
    ("use_supply", "missed_usd_per_year"): _missed_value,
    ("irrigation_saved", "saved_m3_per_day"): lambda q: _of_options(q, _saved(q), q.scenario.irrigation.option),
    ("irrigation_saved", "return_lost_m3_per_day"): lambda q: _of_options(
        q, q.by_period(q.column("return_lost")), q.scenario.irrigation.option
    ),
    ("wastewater", "arising_m3_per_day"): _arising,
    ("wastewater", "collected_m3_per_day"): _collected,
    ("wastewater", "untreated_m3_per_day"): _untreated,
    ("wastewater_treated", "treated_m3_per_day"): lambda q: _of_options(
        q, q.by_period(q.column("treated")), q.scenario.wastewater.treatment_option
    ),
    ("reuse_flows", "flow_m3_per_day"): _reused,
    ("river_loads", "load_kg_per_day"): _loads,
}
