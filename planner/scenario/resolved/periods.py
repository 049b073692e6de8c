"""Operating periods, and which of them bind: the works are run in the others as in the one that stands for them."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from planner.scenario.resolved.horizon import Horizon
from planner.scenario.resolved.index import Flags, Floats, Integers
from planner.scenario.resolved.network import Network
from planner.scenario.resolved.river import River

_TOLERANCE = 1e-9
Represented = Literal["periods", "members", "nothing"]


@dataclass(frozen=True)
class Periods:
    """T·S·H operating periods, B binding ones, D deliveries.

    A delivery is one pattern of flows in the links into villages, as on a mean day: one a stage for all design periods,
    and one for each binding stress period. In a period it is multiplied by the season's demand factor.
    """

    period_stage: Integers  # (T·S·H,), stage by stage, then season by season
    period_season: Integers
    period_member: Integers
    season_before: Integers  # (T·S·H,) the period of the same stage and member a season earlier, round the year
    priced_days_per_year: Floats  # (T·S·H,) expected days, stress members by their yearly frequency
    expected_days_per_year: Floats  # (T·S·H,) the same, nothing in stress members
    stands_for: Integers  # (T·S·H,) → binding period
    scale: Floats  # (T·S·H,) flows of the binding period times this
    stage: Integers  # (B,)
    season: Integers
    member: Integers
    stress: Flags
    factor: Floats  # (B,) demand factor of the season
    days_per_year: Floats  # (B,) expected days that it stands for, scaled by demand; nothing in stress
    delivery: Integers  # (B,)
    delivery_stage: Integers  # (D,)
    delivery_binding: Integers  # (D,) the binding stress period, -1 for the stage's design delivery
    delivery_days_per_year: Floats  # (D,)

    @property
    def count(self) -> int:
        """Binding periods."""
        return len(self.stage)


def _water(horizon: Horizon, network: Network, river: River, excess: Floats, protected: Floats) -> Floats:
    """(S·H, n) what decides whether a period is the worse one: yields for the demand, the rivers' room, purity of mixes.

    Protected sources count with every set of options that change them, so that a season stands for another whatever is built:
    `protected` (n, S, H) are such yields, `excess` (n, S) is what waters have too much of.

    The rivers' room is that after all other uses, so that a dry reach does not rule a wet one.
    """
    seasons, members = len(horizon.seasons), len(horizon.members)
    season = np.repeat(np.arange(seasons), members)
    factor = horizon.demand_factor[season]
    given = np.concatenate([network.source_yield_m3_per_day, protected])
    yields = (given.reshape(len(given), seasons * members) / factor).T
    stays = river.environmental_flow_m3_per_day.copy()
    np.maximum.at(stays, river.obligation_reach, river.obligation_m3_per_day)
    wanted = river.use_demand_passing()[:, :, None] + stays
    room = (river.natural_m3_per_day - wanted).reshape(len(river.reaches), seasons * members).T
    return np.concatenate([yields, room, -excess[:, season].T], axis=1)


def _in_service(network: Network) -> Floats:
    """(S·H, n) what is in service of all that fails in some period.

    A period stands only for those in which the same is: otherwise the failure of one season would be told of every season.
    """
    share = np.concatenate([network.source_available_share, network.site_available_share, network.link_available_share])
    share = share[(share < 1).any(axis=(1, 2))]
    return share.reshape(len(share), int(np.prod(share.shape[1:]))).T


def _stand_for(water: Floats, in_service: Floats, factor: Floats, design: Flags) -> Integers:
    """What stands for each: nothing more is demanded in the other, no water is less there, and the same is in service.

    Whatever the works deliver in the one, they deliver in the other; the driest come first, so that as few as possible
    remain. In a stress member water may be missing, and what is missing is told and priced in every period run like it: so
    such a period stands only for those in which there is no more water either. Where a design member can stand, it does.
    """
    stands = np.arange(len(water))
    kept: list[int] = []
    for period in np.lexsort((~design, water.sum(axis=1))):
        for other in sorted(kept, key=lambda one: not design[one]):
            more = water[period] - water[other]
            if (
                (design[other] or not design[period])
                and factor[period] <= factor[other] + _TOLERANCE
                and (more >= -_TOLERANCE).all()
                and (design[other] or (more <= _TOLERANCE).all())
                and (in_service[period] == in_service[other]).all()
            ):
                stands[period] = other
                break
        else:
            kept.append(int(period))
    return stands


def _represent(
    horizon: Horizon, water: Floats, in_service: Floats, largest_m3_per_day: float, represented: Represented
) -> Integers:
    """(S·H,) the (season, member) that stands for each.

    Water beyond all that the villages could ever draw in a day does not count, unless it can be kept for another season:
    then whole members are compared, season by season, with all their water.
    """
    seasons, members = len(horizon.seasons), len(horizon.members)
    season, member = np.divmod(np.arange(seasons * members), members)
    if represented == "nothing":
        return np.arange(seasons * members)
    if represented == "periods":
        water = np.minimum(water, largest_m3_per_day)
        return _stand_for(water, in_service, horizon.demand_factor[season], horizon.design[member])
    water_of_year, service_of_year = (
        figures.reshape(seasons, members, figures.shape[1]).transpose(1, 0, 2).reshape(members, seasons * figures.shape[1])
        for figures in (water, in_service)
    )
    return np.asarray(season * members + _stand_for(water_of_year, service_of_year, np.ones(members), horizon.design)[member])


def periods_of(
    horizon: Horizon,
    network: Network,
    river: River,
    excess: Floats,
    protected_yields_m3_per_day: Floats,
    largest_m3_per_day: float,
    represented: Represented,
) -> Periods:
    """All periods and those that bind.

    largest_m3_per_day: all that the villages could ever draw on a mean day. represented: whether a period may stand for
    another, only a whole member for a whole member, or each for itself.
    """
    stages, seasons, members = len(horizon.stages), len(horizon.seasons), len(horizon.members)
    pairs = seasons * members
    water = _water(horizon, network, river, excess, protected_yields_m3_per_day)
    stands = _represent(horizon, water, _in_service(network), largest_m3_per_day, represented)
    kept = np.unique(stands)
    position = np.full(pairs, -1)
    position[kept] = np.arange(len(kept))
    pair_season, pair_member = np.divmod(np.arange(pairs), members)
    factor = horizon.demand_factor[pair_season]
    scale = factor / factor[stands]
    priced = horizon.probability[pair_member] * horizon.days[pair_season]
    expected = np.where(horizon.design[pair_member], priced, 0.0)
    stage = np.repeat(np.arange(stages), len(kept))
    season, member = np.tile(pair_season[kept], stages), np.tile(pair_member[kept], stages)
    stress = ~horizon.design[member]
    alone = np.flatnonzero(stress)
    design_days = float((horizon.days * horizon.demand_factor).sum())
    return Periods(
        period_stage=np.repeat(np.arange(stages), pairs),
        period_season=np.tile(pair_season, stages),
        period_member=np.tile(pair_member, stages),
        season_before=np.roll(np.arange(stages * pairs).reshape(stages, seasons, members), 1, axis=1).ravel(),
        priced_days_per_year=np.tile(priced, stages),
        expected_days_per_year=np.tile(expected, stages),
        stands_for=(np.arange(stages)[:, None] * len(kept) + position[stands]).ravel(),
        scale=np.tile(scale, stages),
        stage=stage,
        season=season,
        member=member,
        stress=stress,
        factor=horizon.demand_factor[season],
        days_per_year=np.tile(np.bincount(position[stands], expected * scale, len(kept)), stages),
        delivery=np.where(stress, stages - 1 + np.cumsum(stress), stage),
        delivery_stage=np.concatenate([np.arange(stages), stage[alone]]),
        delivery_binding=np.concatenate([np.full(stages, -1), alone]),
        delivery_days_per_year=np.concatenate([np.full(stages, design_days), np.zeros(len(alone))]),
    )
