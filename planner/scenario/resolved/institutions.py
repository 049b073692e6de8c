"""Floors for institutions, one for each of the policy's and each stage in which it holds."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from planner.basin import Basin
from planner.basin.lineages import lineages
from planner.scenario.policy import Policy
from planner.scenario.resolved.horizon import Horizon
from planner.scenario.resolved.index import Floats, position, positions


@dataclass(frozen=True)
class InstitutionsAsked:
    """`number` counts the policy's floors for institutions from 1."""

    number: int
    place: str
    kind: str
    stage: int
    institutions: Floats  # (V,) how many of the kind stand in each village that counts
    required: float
    hard: bool
    price_usd_per_institution_year: float

    @property
    def name(self) -> str:
        return f"{self.number}:{self.place}:{self.kind}:{self.stage}"


def institutions_asked(basin: Basin, policy: Policy, horizon: Horizon) -> list[InstitutionsAsked]:
    """Every floor for institutions in every stage in which it holds; none where no such institution stands."""
    found = []
    villages = basin.tables["villages"]
    above = lineages(basin.tables["administrations"])
    institutions = basin.tables["institutions"]
    for number, floor in enumerate(policy.institution_floors, start=1):
        of_kind = institutions if floor.kind is None else institutions[institutions["kind"] == floor.kind]
        standing = np.zeros(len(villages))
        np.add.at(standing, positions(of_kind["village"], pd.Index(villages["village"])), 1.0)
        if floor.administration is not None:
            standing = standing * np.array([floor.administration in above[home] for home in villages["administration"]])
        first = 0 if floor.stage is None else position(floor.stage, horizon.stages)
        for stage in range(first, len(horizon.stages) if standing.any() else 0):
            found.append(
                InstitutionsAsked(
                    number=number,
                    place=floor.administration or "basin",
                    kind=floor.kind or "all",
                    stage=stage,
                    institutions=standing,
                    required=floor.share * float(standing.sum()),
                    hard=floor.hard,
                    price_usd_per_institution_year=floor.missed_price_usd_per_institution_year,
                )
            )
    return found
