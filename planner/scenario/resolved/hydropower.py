"""Turbines as arrays."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from planner.basin import Basin
from planner.scenario.resolved.index import Floats, Integers, numbers, positions
from planner.scenario.resolved.river import River
from planner.scenario.resolved.storage import Reservoirs

_KN_PER_M3 = 9.81  # ρ·g of water
_KJ_PER_KWH = 3600.0


@dataclass(frozen=True)
class Hydropower:
    """K turbines, S seasons, H members."""

    turbines: pd.Index
    reach: Integers
    waits_for: Integers  # (K,) the reservoir that is to be built before it turns, -1 for none
    kwh_per_m3: Floats
    value_usd_per_kwh: Floats
    capacity_m3_per_day: Floats
    untouched_m3_per_day: Floats  # (K, S, H) what it would turn if nobody took or held back any water

    @property
    def usd_per_m3(self) -> Floats:
        """(K,) what a cubic metre is worth in a turbine."""
        return self.kwh_per_m3 * self.value_usd_per_kwh


def kwh_per_m3(turbines: pd.DataFrame) -> Floats:
    """(K,) energy that a cubic metre gives: ρ·g·head·efficiency, 9.81 kN/m³ · m, of which 3600 kJ are a kWh."""
    return np.asarray(_KN_PER_M3 * numbers(turbines, "head_m") * numbers(turbines, "efficiency_share") / _KJ_PER_KWH)


def hydropower_of(basin: Basin, river: River, reservoirs: Reservoirs) -> Hydropower:
    """Read the turbines of a basin."""
    table = basin.tables["turbines"]
    reach, capacity = positions(table["reach"], river.reaches), numbers(table, "capacity_m3_per_day")
    return Hydropower(
        turbines=pd.Index(table["turbine"]),
        reach=reach,
        waits_for=reservoirs.to_be_built(table["reservoir"]),
        kwh_per_m3=kwh_per_m3(table),
        value_usd_per_kwh=numbers(table, "value_usd_per_kwh"),
        capacity_m3_per_day=capacity,
        untouched_m3_per_day=np.minimum(river.natural_m3_per_day[reach], capacity[:, None, None]),
    )
