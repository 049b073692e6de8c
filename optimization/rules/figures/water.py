"""Water that flows, is drawn, is missing and is kept."""

import numpy as np

from optimization.rules.forms import Forms, Integers, Maker, Quantity
from planner.scenario.resolved.index import picked


def _flow(q: Forms) -> Quantity:
    network, works, links = q.scenario.network, q.scenario.works, len(q.scenario.network.links)
    return q.added(q.owned(q.feeds(), works.feed_link, links), q.owned(q.pipes(), network.pipes, links))


def _missing(variable: str) -> Maker:
    def make(q: Forms) -> Quantity:
        """(V, T, S, H) of both grades; nothing in design members."""
        periods = q.scenario.periods
        position = np.full(len(periods.delivery_binding), -1)
        alone = np.flatnonzero(periods.delivery_binding >= 0)
        position[alone] = np.arange(len(alone))
        stress = position[periods.delivery[periods.stands_for]]
        shape = (len(q.scenario.network.villages), *q.period_shape)
        if not len(alone):
            return q.form(shape)
        factor = np.where(stress >= 0, q.scenario.horizon.demand_factor[periods.period_season], 0.0)
        columns = [q.column(f"{grade}_{variable}")[:, np.maximum(stress, 0)] for grade in ("raw", "safe")]
        at = np.arange(columns[0].size).reshape(columns[0].shape)
        return q.form(shape, *((at, one, factor) for one in columns))

    return make


def _by_source(q: Forms, owner: Integers, size: int) -> Quantity:
    """(size, T, H) drawn in a year by owner of sources, m³."""
    network = q.scenario.network
    return q.added(
        q.owned(q.feeds_in_year(), picked(owner, network.link_source[q.scenario.works.feed_link]), size),
        q.owned(q.pipes_in_year(), picked(owner, network.link_source[network.pipes]), size),
    )


def _groundwater(q: Forms) -> Quantity:
    groundwater = q.scenario.groundwater
    return _by_source(q, groundwater.source_aquifer, len(groundwater.aquifers))


def _licensed(q: Forms) -> Quantity:
    """(administrations, T, H); nothing where and when there is no licence."""
    licences, network, horizon = q.scenario.licences, q.scenario.network, q.scenario.horizon
    sources = _by_source(q, np.arange(len(network.sources)), len(network.sources))
    names = q.scenario.basin.tables["administrations"]["administration"].tolist()
    empty = q.form((len(names), len(horizon.stages), len(horizon.members)))
    parts = [empty]
    for row, name in enumerate(licences.administrations):
        covered = np.where(licences.covers[row], names.index(name), -1)
        licensed = np.isfinite(licences.licence_m3_per_year[row]).astype(float)
        parts.append(q.scaled(q.owned(sources, covered, len(names)), licensed[None, :, None]))
    return q.added(*parts)


def _protected(q: Forms) -> Quantity:
    network, river = q.scenario.network, q.scenario.river
    reach = np.where(network.source_exists, -1, network.source_reach)
    reach = np.where((reach >= 0) & np.append(river.protected, False)[reach], reach, -1)
    return q.added(
        q.owned(q.feeds(), picked(reach, network.link_source[q.scenario.works.feed_link]), len(river.reaches)),
        q.owned(q.pipes(), picked(reach, network.link_source[network.pipes]), len(river.reaches)),
    )


def _expected_draw(q: Forms) -> Quantity:
    """(U, T) what other uses draw in the expected year, m³."""
    periods, columns = q.scenario.periods, q.column("drawn")
    shape = (len(columns), len(q.scenario.horizon.stages))
    where = np.arange(shape[0])[:, None] * shape[1] + periods.period_stage
    return q.form(shape, (where, columns, periods.expected_days_per_year))


def _withdrawn(q: Forms) -> Quantity:
    """(sub-basins, T) in the expected year, m³."""
    stress, network, river = q.scenario.water_stress, q.scenario.network, q.scenario.river
    at_reach, reaches = network.source_reach, len(river.reaches)
    by_reach = q.added(
        q.owned(q.feeds_expected(), picked(at_reach, network.link_source[q.scenario.works.feed_link]), reaches),
        q.owned(q.pipes_expected(), picked(at_reach, network.link_source[network.pipes]), reaches),
        q.owned(_expected_draw(q), np.where(stress.use_withdraws, river.use_reach, -1), reaches),
    )
    held = [q.owned(by_reach, np.where(holds, row, -1), len(stress.sub_basins)) for row, holds in enumerate(stress.holds)]
    return q.added(q.form((len(stress.sub_basins), by_reach.shape[1])), *held)


def _storage(q: Forms) -> Quantity:
    return q.by_period(q.column("storage"), 1000.0)


def _evaporation(q: Forms) -> Quantity:
    reservoirs, periods, works = q.scenario.reservoirs, q.scenario.periods, q.scenario.works
    storage, serves = q.column("storage"), q.column("serves")
    base, share = (q.values(name) for name in ("evaporation_base", "evaporation_by_storage"))
    at = np.arange(storage.size).reshape(storage.shape)
    dams = np.flatnonzero(works.reservoir >= 0)
    of_dam = works.reservoir[dams]
    return q.form(
        (len(storage), *q.period_shape),
        (at, storage, share),
        (at, storage[:, periods.season_before], share),
        (at[of_dam], serves[dams][:, periods.period_stage], base[of_dam]),
        constant=(base * reservoirs.exists[:, None]).reshape(len(storage), *q.period_shape),
    )


MAKERS: dict[tuple[str, str], Maker] = {
    ("flows", "flow_m3_per_day"): _flow,
    ("shortage", "shortage_m3_per_day"): _missing("shortage"),
    ("shortage", "hauled_m3_per_day"): _missing("hauled"),
    ("storage", "storage_m3"): _storage,
    ("storage", "evaporation_m3_per_day"): _evaporation,
    ("storage", "held_back_m3_per_day"): lambda q: q.by_period(q.column("held_back")),
    ("groundwater", "drawn_m3_per_year"): _groundwater,
    ("licence_use", "drawn_m3_per_year"): _licensed,
    ("protected_abstraction", "abstracted_m3_per_day"): _protected,
    ("water_stress", "withdrawn_m3_per_year"): _withdrawn,
}
