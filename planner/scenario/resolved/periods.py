"""Operating periods, and which of them bind: the works are run in the others as in the one that stands for them."""

from dataclasses import dataclass

import numpy as np

from planner.scenario.resolved.horizon import Horizon
from planner.scenario.resolved.index import Flags, Floats, Integers
from planner.scenario.resolved.network import Network
from planner.scenario.resolved.quality import Blends
from planner.scenario.resolved.river import River

_TOLERANCE = 1e-9


@dataclass(frozen=True)
class Periods:
    """T·S·H operating periods, B binding ones, D deliveries.

    A delivery is one pattern of flows in the links into villages, as on a mean day: one a stage for all design periods,
    and one for each binding stress period. In a period it is multiplied by the season's demand factor.
    """

    period_stage: Integers  # (T·S·H,), stage by stage, then season by season
    period_season: Integers
    period_member: Integers
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


def _represent(horizon: Horizon, network: Network, river: River, blends: Blends, largest_m3_per_day: float) -> Integers:
    """(S·H,) the (season, member) that stands for each.

    One stands for another if no more is demanded in the other and no source yields less for the demand; so whatever the
    works deliver in the one, they deliver in the other. The rivers' room after all other uses is compared as well, so
    that a dry reach does not rule a wet one. Water beyond all that the villages could ever draw does not count.
    """
    seasons, members = len(horizon.seasons), len(horizon.members)
    season = np.repeat(np.arange(seasons), members)
    factor = horizon.demand_factor[season]
    yields = (network.source_yield_m3_per_day.reshape(len(network.sources), seasons * members) / factor).T
    stays = river.environmental_flow_m3_per_day.copy()
    np.maximum.at(stays, river.obligation_reach, river.obligation_m3_per_day)
    wanted = river.use_demand_passing()[:, :, None] + stays
    room = (river.natural_m3_per_day - wanted).reshape(len(river.reaches), seasons * members).T
    water = np.minimum(np.concatenate([yields, room], axis=1), largest_m3_per_day)
    above = blends.part_excess[:, season].T
    design = np.tile(horizon.design, seasons)
    stands = np.arange(seasons * members)
    kept: list[int] = []
    # The driest first, so that as few as possible remain.
    for period in np.argsort(water.sum(axis=1), kind="stable"):
        for other in kept:
            if (
                (design[other] or not design[period])
                and factor[period] <= factor[other] + _TOLERANCE
                and (water[period] >= water[other] - _TOLERANCE).all()
                and (above[period] <= above[other] + _TOLERANCE).all()
            ):
                stands[period] = other
                break
        else:
            kept.append(int(period))
    return stands


def periods_of(
    horizon: Horizon, network: Network, river: River, blends: Blends, largest_m3_per_day: float, only_binding: bool
) -> Periods:
    """All periods and those that bind.

    largest_m3_per_day: all that the villages could ever draw on a mean day.
    """
    stages, seasons, members = len(horizon.stages), len(horizon.seasons), len(horizon.members)
    pairs = seasons * members
    stands = _represent(horizon, network, river, blends, largest_m3_per_day) if only_binding else np.arange(pairs)
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
