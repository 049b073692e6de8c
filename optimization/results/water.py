"""Water in every operating period: flows, shortage, river, other uses, obligations."""

import numpy as np
import pandas as pd

from optimization.results.decisions import Decisions, Floats
from optimization.results.long import in_order, long
from planner.scenario.resolved import ResolvedScenario
from planner.scenario.resolved.index import picked

_SMALL = 1e-6


def axes_of(scenario: ResolvedScenario) -> dict[str, pd.Index]:
    """The axes of a figure of every operating period."""
    horizon = scenario.horizon
    return {"stage": horizon.stages, "season": horizon.seasons, "member": horizon.members}


def by_period(scenario: ResolvedScenario, values: Floats) -> Floats:
    """(n, T·S·H) → (n, T, S, H)."""
    horizon = scenario.horizon
    return values.reshape(len(values), len(horizon.stages), len(horizon.seasons), len(horizon.members))


def feed_flows(scenario: ResolvedScenario, decisions: Decisions) -> Floats:
    """(F, T, S, H) flow of each feed in every period: that of the period that stands for it, scaled by demand."""
    periods = scenario.periods
    return by_period(scenario, decisions.feed_flow_m3_per_day[:, periods.stands_for] * periods.scale)


def pipe_flows(scenario: ResolvedScenario, decisions: Decisions) -> Floats:
    """(L', T, S, H) flow that enters each link into a village in every period."""
    periods = scenario.periods
    factor = scenario.horizon.demand_factor[periods.period_season]
    return by_period(scenario, decisions.pipe_flow_m3_per_day[:, periods.delivery[periods.stands_for]] * factor)


def flows(scenario: ResolvedScenario, feeds: Floats, pipes: Floats) -> pd.DataFrame:
    """Table of flows."""
    network, works = scenario.network, scenario.works
    pairs, which = np.unique(np.stack([works.feed_link, works.train[works.feed_option]]), axis=1, return_inverse=True)
    by_train = np.zeros((pairs.shape[1], *feeds.shape[1:]))
    np.add.at(by_train, which, feeds)
    rows = pd.RangeIndex(pairs.shape[1])
    mains = long({"row": rows, **axes_of(scenario)}, {"flow_m3_per_day": by_train}, by_train > _SMALL)
    mains["link"] = network.links.take(pairs[0][mains["row"]])
    mains["train"] = network.trains.take(pairs[1][mains["row"]])
    into = long({"link": network.links[network.pipes], **axes_of(scenario)}, {"flow_m3_per_day": pipes}, pipes > _SMALL)
    into["train"] = pd.Series(np.nan, index=into.index, dtype="str")
    return in_order("flows", pd.concat([mains.drop(columns="row"), into], ignore_index=True))


def _under_stress(scenario: ResolvedScenario, by_stress: Floats) -> Floats:
    """(V, stress deliveries) on a mean day → (V, T, S, H), nothing in design members."""
    periods = scenario.periods
    position = np.full(len(periods.delivery_binding), -1)
    alone = np.flatnonzero(periods.delivery_binding >= 0)
    position[alone] = np.arange(len(alone))
    stress = position[periods.delivery[periods.stands_for]]
    factor = np.where(stress >= 0, scenario.horizon.demand_factor[periods.period_season], 0.0)
    if not len(alone):
        return by_period(scenario, np.zeros((len(by_stress), len(stress))))
    return by_period(scenario, by_stress[:, np.maximum(stress, 0)] * factor)


def missing_m3_per_day(scenario: ResolvedScenario, decisions: Decisions) -> dict[str, Floats]:
    """grade → (V, T, S, H) what is done without and what is hauled, m³/day."""
    return {
        grade: _under_stress(scenario, decisions.shortage_m3_per_day[grade] + decisions.hauled_m3_per_day[grade])
        for grade in ("raw", "safe")
    }


def done_without(scenario: ResolvedScenario, decisions: Decisions, grade: str) -> Floats:
    """(V, T, S, H) water of a grade that is done without."""
    return _under_stress(scenario, decisions.shortage_m3_per_day[grade])


def hauled(scenario: ResolvedScenario, decisions: Decisions, grade: str) -> Floats:
    """(V, T, S, H) water of a grade that is hauled."""
    return _under_stress(scenario, decisions.hauled_m3_per_day[grade])


def shortage(scenario: ResolvedScenario, decisions: Decisions) -> pd.DataFrame:
    """Table of shortage; rows only where something is missing."""
    frames = []
    for grade in ("raw", "safe"):
        done = done_without(scenario, decisions, grade)
        brought = hauled(scenario, decisions, grade)
        frame = long(
            {"village": scenario.network.villages, **axes_of(scenario)},
            {"shortage_m3_per_day": done, "hauled_m3_per_day": brought},
            (done > _SMALL) | (brought > _SMALL),
        )
        frames.append(frame.assign(grade=grade))
    return in_order("shortage", pd.concat(frames, ignore_index=True))


def drawn_by_uses(scenario: ResolvedScenario, decisions: Decisions, wanted_in_all: Floats, reused: Floats) -> Floats:
    """(U, T, S, H) what other uses draw from the river, of what they want (U, T, S) and reuse (U, T, S, H) leaves."""
    wanted = np.maximum(wanted_in_all[..., None] - reused, 0.0)
    drawn = by_period(scenario, decisions.drawn_m3_per_day)
    return np.where(wanted - drawn > _SMALL, drawn, wanted)


def net_withdrawal(
    scenario: ResolvedScenario,
    feeds: Floats,
    pipes: Floats,
    drawn: Floats,
    reused: Floats,
    lost: Floats,
    returned: Floats,
    held_back: Floats,
) -> Floats:
    """(R, T, S, H) what is drawn and held back in and above each reach, less returns: of uses, and of wastewater."""
    network, river, works = scenario.network, scenario.river, scenario.works
    at_reach = -returned

    def add(reach: np.ndarray, flow: Floats) -> None:
        known = reach >= 0
        np.add.at(at_reach, reach[known], flow[known])

    source_reach = np.append(network.source_reach, -1)
    add(source_reach[network.link_source[works.feed_link]], feeds)
    add(source_reach[network.link_source[network.pipes]], pipes)
    add(scenario.reservoirs.reach, held_back)
    add(river.use_reach, drawn)
    add(river.use_return_reach, -river.use_return_share[:, None, None, None] * (drawn + reused))
    add(picked(river.use_return_reach, scenario.irrigation.use), lost)
    return np.asarray(river.drains @ at_reach.reshape(len(at_reach), int(np.prod(drawn.shape[1:])))).reshape(at_reach.shape)


def protected_abstraction(scenario: ResolvedScenario, feeds: Floats, pipes: Floats) -> pd.DataFrame:
    """Table of what sources that did not exist take from protected reaches."""
    network, river, works = scenario.network, scenario.river, scenario.works
    taken = np.zeros((len(river.reaches) + 1, *feeds.shape[1:]))
    counted = np.append(np.where(network.source_exists, -1, network.source_reach), -1)
    np.add.at(taken, counted[network.link_source[works.feed_link]], feeds)
    np.add.at(taken, counted[network.link_source[network.pipes]], pipes)
    where = np.flatnonzero(river.protected)
    axes = {"reach": river.reaches.take(where), **axes_of(scenario)}
    return in_order("protected_abstraction", long(axes, {"abstracted_m3_per_day": taken[where]}))


def river_tables(
    scenario: ResolvedScenario, wanted_in_all: Floats, delivered: Floats, withdrawal: Floats
) -> dict[str, pd.DataFrame]:
    """Tables of the river, of obligations and of other uses, which want (U, T, S)."""
    river = scenario.river
    natural = np.broadcast_to(river.natural_m3_per_day[:, None], withdrawal.shape)
    required = np.broadcast_to(river.environmental_flow_m3_per_day[:, None], withdrawal.shape)
    outflow = natural - withdrawal
    deficit = np.maximum(required - outflow, 0.0)
    owed = np.broadcast_to(river.obligation_m3_per_day[:, None], (len(river.obligations), *withdrawal.shape[1:]))
    shortfall = np.maximum(owed - outflow[river.obligation_reach], 0.0)
    wanted = np.broadcast_to(wanted_in_all[..., None], delivered.shape)
    axes = axes_of(scenario)
    return {
        "river": in_order(
            "river",
            long(
                {"reach": river.reaches, **axes},
                {
                    "natural_m3_per_day": natural,
                    "outflow_m3_per_day": outflow,
                    "required_m3_per_day": required,
                    "deficit_m3_per_day": np.where(deficit > _SMALL * np.maximum(required, 1.0), deficit, 0.0),
                },
            ),
        ),
        "obligation_flows": in_order(
            "obligation_flows",
            long(
                {"obligation": river.obligations, **axes},
                {
                    "owed_m3_per_day": owed,
                    "shortfall_m3_per_day": np.where(shortfall > _SMALL * np.maximum(owed, 1.0), shortfall, 0.0),
                },
            ),
        ),
        "use_deliveries": in_order(
            "use_deliveries",
            long(
                {"use": river.uses, **axes},
                {"delivered_m3_per_day": delivered, "unmet_m3_per_day": np.maximum(wanted - delivered, 0.0)},
            ),
        ),
    }


def environmental_flow_deficit_m3_per_year(scenario: ResolvedScenario, river: pd.DataFrame) -> float:
    """Expected over design members, averaged over the horizon."""
    horizon = scenario.horizon
    shape = (len(scenario.river.reaches), len(horizon.stages), len(horizon.seasons), len(horizon.members))
    deficit = river["deficit_m3_per_day"].to_numpy(float).reshape(shape)
    chance = np.where(horizon.design, horizon.probability, 0.0)
    return float(np.einsum("rtsh,t,s,h->", deficit, horizon.stage_weight, horizon.days, chance))
