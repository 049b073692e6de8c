"""Reservoirs as arrays: bounds, surface, evaporation, and which season comes before which."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from planner.basin import Basin
from planner.scenario.resolved.index import Flags, Floats, Integers, dense, numbers, positions


@dataclass(frozen=True)
class Reservoirs:
    """W reservoirs, S seasons, J sources."""

    reservoirs: pd.Index
    exists: Flags
    reach: Integers
    smallest_m3: Floats
    largest_m3: Floats
    evaporation_base_m3_per_day: Floats  # (W, S) lost at no storage, were the surface a straight line down to there
    evaporation_share_per_day: Floats  # (W, S) lost for each m³ in storage beyond that
    source_reservoir: Integers  # (J,) what a source draws on, -1 for none

    def to_be_built(self, names: pd.Series) -> Integers:
        """The positions of these reservoirs; -1 for one that exists, so that no option builds it."""
        at = positions(names, self.reservoirs)
        return np.where(np.append(~self.exists, False)[at], at, -1)

    def first_intake(self, reservoir: Integers) -> Integers:
        """The first source that draws on each of these reservoirs, -1 where there is none."""
        first = np.full(len(self.reservoirs) + 1, -1)
        drawing = np.flatnonzero(self.source_reservoir >= 0)[::-1]
        first[self.source_reservoir[drawing]] = drawing
        return np.asarray(first[reservoir])

    def stands(self, serves: Flags, option_reservoir: Integers) -> Flags:
        """(W, T) whether a reservoir stands, by the options (O, T) that serve."""
        built = np.zeros((len(self.reservoirs), serves.shape[1]), bool)
        dams = np.flatnonzero(option_reservoir >= 0)
        np.logical_or.at(built, option_reservoir[dams], serves[dams])
        return built | self.exists[:, None]

    def evaporation(self, storage_m3: Floats, before_m3: Floats, stands: Flags) -> Floats:
        """m³/day (W, T, S, H) lost from the mean of the storage at the two ends of a season."""
        base, share = (part[:, None, :, None] for part in (self.evaporation_base_m3_per_day, self.evaporation_share_per_day))
        return np.asarray((base + share * (storage_m3 + before_m3) / 2) * stands[:, :, None, None])


def reservoirs_of(basin: Basin) -> Reservoirs:
    """Read the reservoirs of a basin."""
    table = basin.tables["reservoirs"]
    reservoirs, seasons = pd.Index(table["reservoir"]), pd.Index(basin.tables["seasons"]["season"])
    smallest, largest = numbers(table, "smallest_storage_m3"), numbers(table, "largest_storage_m3")
    low, high = numbers(table, "surface_at_smallest_m2"), numbers(table, "surface_at_largest_m2")
    grows = np.divide(high - low, largest - smallest, out=np.zeros_like(low), where=largest > smallest)
    metres = dense(
        basin.tables["reservoir_evaporation"], "evaporation_mm_per_day", ("reservoir", reservoirs), ("season", seasons)
    )
    metres = metres / 1000
    return Reservoirs(
        reservoirs=reservoirs,
        exists=table["existing"].to_numpy(bool),
        reach=positions(table["reach"], pd.Index(basin.tables["reaches"]["reach"])),
        smallest_m3=smallest,
        largest_m3=largest,
        evaporation_base_m3_per_day=metres * (low - grows * smallest)[:, None],
        evaporation_share_per_day=metres * grows[:, None],
        source_reservoir=positions(basin.tables["sources"]["reservoir"], reservoirs),
    )
