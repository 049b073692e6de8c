"""Aquifers as arrays."""

from dataclasses import dataclass

import pandas as pd

from planner.basin import Basin
from planner.scenario.resolved.index import Floats, Integers, numbers, positions


@dataclass(frozen=True)
class Groundwater:
    """Aquifers, and what each source (J) draws on: -1 for none."""

    aquifers: pd.Index
    sustainable_yield_m3_per_year: Floats
    source_aquifer: Integers  # (J,)


def groundwater_of(basin: Basin) -> Groundwater:
    """Read the aquifers of a basin."""
    table = basin.tables["aquifers"]
    aquifers = pd.Index(table["aquifer"])
    return Groundwater(
        aquifers=aquifers,
        sustainable_yield_m3_per_year=numbers(table, "sustainable_yield_m3_per_year"),
        source_aquifer=positions(basin.tables["sources"]["aquifer"], aquifers),
    )
