"""Sub-basins as arrays: what is withdrawn counts where, against how much water."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from planner.basin import Basin
from planner.scenario.resolved.horizon import Horizon
from planner.scenario.resolved.index import Flags, Floats, numbers, positions
from planner.scenario.resolved.river import River


@dataclass(frozen=True)
class WaterStress:
    """G sub-basins, R reaches, U other uses."""

    sub_basins: pd.Index
    holds: Flags  # (G, R) reaches of the sub-basin
    use_withdraws: Flags  # (U,) what turns turbines stays in the river, and is no withdrawal
    available_m3_per_year: Floats  # (G,) renewable water less environmental flow in the expected year
    largest_share: Floats  # (G,) of the available water, infinite where there is no limit


def water_stress_of(basin: Basin, horizon: Horizon, river: River) -> WaterStress:
    """Read the sub-basins. Water is counted once, where it leaves the lowest reaches of a sub-basin."""
    table, member = basin.tables["sub_basins"], basin.tables["sub_basin_reaches"]
    sub_basins = pd.Index(table["sub_basin"])
    holds = np.zeros((len(sub_basins), len(river.reaches)), bool)
    holds[positions(member["sub_basin"], sub_basins), positions(member["reach"], river.reaches)] = True
    # Reach q drains to r further down; q is no lowest reach where the sub-basin holds such an r.
    drains_to = (river.drains.toarray() > 0) & ~np.eye(len(river.reaches), dtype=bool) if len(sub_basins) else None
    lowest = holds & ~(holds.astype(float) @ drains_to > 0) if drains_to is not None else holds
    chance = np.where(horizon.design, horizon.probability, 0.0)
    left = np.einsum("rsh,s,h->r", river.natural_m3_per_day - river.environmental_flow_m3_per_day, horizon.days, chance)
    return WaterStress(
        sub_basins=sub_basins,
        holds=holds,
        use_withdraws=(basin.tables["other_uses"]["kind"] != "hydropower_release").to_numpy(bool),
        available_m3_per_year=lowest @ left,
        largest_share=numbers(table, "largest_water_stress_percent", np.inf) / 100,
    )
