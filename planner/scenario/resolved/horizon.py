"""Stages, seasons and members as arrays, and what a payment in each is worth today."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from planner.basin import Basin
from planner.scenario.resolved.index import Flags, Floats, Integers, numbers


@dataclass(frozen=True)
class Horizon:
    """Shapes: T stages, S seasons, H members."""

    stages: pd.Index
    seasons: pd.Index
    members: pd.Index
    first_year: Integers
    years: Integers
    days: Floats
    demand_factor: Floats
    probability: Floats
    design: Flags
    base_year: int
    discount_rate: float

    @property
    def end_year(self) -> int:
        return int(self.first_year[-1] + self.years[-1])

    @property
    def stage_weight(self) -> Floats:
        """(T,) share of the horizon's years in each stage."""
        return np.asarray(self.years / self.years.sum())

    def discount(self, year: Integers | int) -> Floats:
        """Present value in the base year of one dollar paid at the start of a year."""
        return np.asarray((1.0 + self.discount_rate) ** -(np.asarray(year, float) - self.base_year))

    @property
    def annuity(self) -> Floats:
        """(T,) present value of one dollar in every year of a stage."""
        return np.array(
            [self.discount(first + np.arange(years)).sum() for first, years in zip(self.first_year, self.years, strict=True)]
        )

    def payments(self, life_years: int, lead_time_stages: int) -> tuple[Floats, Floats]:
        """How often the capital of a work is paid.

        Returns (T, T) the number of payments in stage t (second axis) of what serves from stage u (first axis) on,
        renewals included; and (T,) the present value of these payments less the straight-line residual at the end of
        the horizon, for one dollar of capital. Rows of stages that the lead time rules out are zero.
        """
        stages = len(self.stages)
        paid, present = np.zeros((stages, stages)), np.zeros(stages)
        for serves in range(lead_time_stages, stages):
            installed = np.arange(self.first_year[serves - lead_time_stages], self.end_year, life_years)
            stage = np.searchsorted(self.first_year, installed, side="right") - 1
            np.add.at(paid[serves], stage, 1.0)
            left = max(0.0, 1.0 - (self.end_year - installed[-1]) / life_years)
            worth = paid[serves] @ self.discount(self.first_year) - left * self.discount(self.end_year)
            present[serves] = worth
        return paid, present


def horizon_of(basin: Basin) -> Horizon:
    """Read the horizon of a basin."""
    stages, seasons, members = (basin.tables[name] for name in ("stages", "seasons", "members"))
    return Horizon(
        stages=pd.Index(stages["stage"]),
        seasons=pd.Index(seasons["season"]),
        members=pd.Index(members["member"]),
        first_year=stages["first_year"].to_numpy(np.int64),
        years=stages["years"].to_numpy(np.int64),
        days=numbers(seasons, "days"),
        demand_factor=numbers(seasons, "demand_factor"),
        probability=numbers(members, "probability"),
        design=(members["kind"] == "design").to_numpy(bool),
        base_year=basin.settings.base_year,
        discount_rate=basin.settings.discount_rate_share_per_year,
    )
