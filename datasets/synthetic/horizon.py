"""Stages, seasons and members of a made-up basin."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from datasets.frames import Names, frame, names
from planner.basin import Settings

BASE_YEAR = 2026
YEARS_OF_A_STAGE = 5
DESIGN = {1: {"normal": (1.0, 1.0)},
          2: {"normal": (0.75, 1.0), "dry": (0.25, 0.75)},
          3: {"normal": (0.5, 1.0), "wet": (0.25, 1.2), "dry": (0.25, 0.75)}}  # fmt: skip
"""By number of design members: probability, and runoff as a share of a normal year's."""
STRESS_PROBABILITY = 0.05


@dataclass(frozen=True)
class Horizon:
    """Times and futures as arrays. `wetness` runs from 0 in the driest season to 1 in the wettest."""

    stages: Names
    seasons: Names
    members: Names
    wetness: npt.NDArray[np.float64]
    runoff_share: npt.NDArray[np.float64]
    season_of_month: npt.NDArray[np.intp]

    @property
    def end_year(self) -> int:
        return BASE_YEAR + 1 + YEARS_OF_A_STAGE * len(self.stages)


def settings(name: str, villages: int) -> Settings:
    """Settings of a made-up basin."""
    return Settings(
        name=name,
        title=f"Made-up basin of {villages} villages",
        description="Every figure is made up; magnitudes are those of rural basins of the Mekong.",
        licence="CC0-1.0",
        base_year=BASE_YEAR,
    )


def horizon(stages: int, seasons: int, members: int) -> tuple[Horizon, dict[str, pd.DataFrame]]:
    """The horizon and its tables. Members beyond three are stress members, each drier than the one before."""
    design = DESIGN[min(members, 3)]
    probability, share = np.array(list(design.values())).T
    stress = np.arange(members - len(design))
    season_names, stage_names = names("season", seasons), names("stage", stages)
    member_names = np.array([*design, *(f"drought_{i}" for i in stress)], dtype=object)
    # The year starts in the dry season; the crest of the rains comes after the middle of the year.
    wave = 0.5 - 0.5 * np.cos(2 * np.pi * (np.arange(seasons) + 0.25) / seasons)
    days = np.diff(np.round(np.linspace(0, 365, seasons + 1))).astype(int)
    middle_of_month = (np.arange(12) + 0.5) / 12 * 365
    made = Horizon(
        stages=stage_names,
        seasons=season_names,
        members=member_names,
        wetness=wave**2,
        runoff_share=np.concatenate([share, 0.5 * 0.8**stress]),
        season_of_month=np.searchsorted(np.cumsum(days), middle_of_month),
    )
    tables = {
        "stages": frame(
            "stages",
            stage=stage_names,
            first_year=BASE_YEAR + 1 + YEARS_OF_A_STAGE * np.arange(stages),
            years=YEARS_OF_A_STAGE,
        ),
        "seasons": frame("seasons", season=season_names, days=days, demand_factor=np.round(1.05 - 0.1 * made.wetness, 2)),
        "members": frame(
            "members",
            member=member_names,
            kind=np.array(["design"] * len(design) + ["stress"] * len(stress), dtype=object),
            probability=np.concatenate([probability, np.full(len(stress), STRESS_PROBABILITY)]),
        ),
    }
    return made, tables
