"""Licences of administrations as arrays."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from planner.basin import Basin
from planner.basin.lineages import lineages
from planner.scenario.resolved.index import Flags, Floats, numbers, positions


@dataclass(frozen=True)
class Licences:
    """G licensed administrations, T stages, J sources."""

    administrations: pd.Index
    licence_m3_per_year: Floats  # (G, T), infinite where there is none
    covers: Flags  # (G, J) sources of the administration and of those that belong to it


def licences_of(basin: Basin) -> Licences:
    """Read the licences of administrations."""
    table = basin.tables["administration_licences"]
    administrations, stages = pd.Index(table["administration"].unique()), pd.Index(basin.tables["stages"]["stage"])
    licence = np.full((len(administrations), len(stages)), np.inf)
    licence[positions(table["administration"], administrations), positions(table["stage"], stages)] = numbers(
        table, "licence_m3_per_year"
    )
    owner = basin.tables["sources"]["administration"]
    covers = np.zeros((len(administrations), len(owner)), bool)
    if len(administrations):
        above = lineages(basin.tables["administrations"])
        for position, administration in enumerate(administrations):
            covers[position] = owner.isin([name for name, line in above.items() if administration in line])
    return Licences(administrations, licence, covers)
