"""Stages, seasons and members, and the runoff that the series gives each of them."""

from functools import cache

import numpy as np
import numpy.typing as npt
import pandas as pd

from datasets.ratanakiri import facts
from datasets.ratanakiri.facts import assume

Numbers = npt.NDArray[np.float64]

SEASONS = ("cool_dry", "hot_dry", "early_wet", "late_wet")
MEMBERS = ("wet_year", "normal_year", "dry_year", "drought")
MONTH_DAYS = np.array([31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])
MONTHS_OF_SEASON = {"cool_dry": (12, 1, 2), "hot_dry": (3, 4, 5), "early_wet": (6, 7, 8), "late_wet": (9, 10, 11)}
FIRST_MONTH = 12
"""A water year begins in December, with the first season."""


def stages() -> pd.DataFrame:
    """Three stages of five years from 2027."""
    first = np.array([2027, 2032, 2037])
    return pd.DataFrame(
        {
            "stage": [f"stage_{number}" for number in (1, 2, 3)],
            "title": [f"{year}–{year + 4}" for year in first],
            "first_year": first,
            "years": 5,
        }
    )


def seasons() -> pd.DataFrame:
    """Four seasons of three months from December."""
    titles = {
        "cool_dry": "Cool dry, December to February",
        "hot_dry": "Hot dry, March to May",
        "early_wet": "Early wet, June to August",
        "late_wet": "Late wet, September to November",
    }
    return pd.DataFrame(
        {
            "season": SEASONS,
            "title": [titles[season] for season in SEASONS],
            "days": season_days(),
            "demand_factor": [assume(f"demand_factor_{season}") for season in SEASONS],
        }
    )


def members() -> pd.DataFrame:
    """Wet, normal and dry years to design for, and a drought as a stress."""
    wet, dry = assume("wet_share"), assume("dry_share")
    return pd.DataFrame(
        {
            "member": MEMBERS,
            "title": ["Wet year, one in four", "Normal year", "Dry year, one in four", "Drought, one in twenty"],
            "kind": ["design", "design", "design", "stress"],
            "probability": [wet, 1 - wet - dry, dry, assume("drought_share")],
        }
    )


def season_days() -> Numbers:
    """Days of each season."""
    return np.array([MONTH_DAYS[np.array(MONTHS_OF_SEASON[season]) - 1].sum() for season in SEASONS])


@cache
def runoff_mm() -> Numbers:
    """Runoff by calendar month of whole water years, (years, 12); column 0 is January.

    December counts to the next year. The incomplete year at the beginning is left out.
    """
    series = facts.table("runoff_monthly")
    year = series["month"].str[:4].astype(int)
    month = series["month"].str[5:].astype(int)
    water_year = year + (month >= FIRST_MONTH)
    wide = series.assign(year=water_year, month=month).pivot_table(index="year", columns="month", values="runoff_mm_per_month")
    return wide.dropna().to_numpy()


def mean_runoff_mm_per_year() -> float:
    """Mean yearly runoff of the series."""
    return float(runoff_mm().sum(axis=1).mean())


def member_runoff_mm() -> Numbers:
    """Runoff by season and member, (seasons, members), mm a season.

    Years are ranked by their sum: the wettest and driest shares make the wet and dry member, the middle the normal
    one, and the driest few the drought; within each the years are averaged season by season.
    """
    monthly = runoff_mm()
    season = np.stack([monthly[:, np.array(MONTHS_OF_SEASON[name]) - 1].sum(axis=1) for name in SEASONS], axis=1)
    rank = np.argsort(monthly.sum(axis=1), kind="stable")
    count = len(rank)
    dry, wet = (round(count * assume(name)) for name in ("dry_share", "wet_share"))
    drought = max(round(count * assume("drought_share")), 1)
    years = (rank[count - wet :], rank[dry : count - wet], rank[:dry], rank[:drought])
    return np.stack([season[chosen].mean(axis=0) for chosen in years], axis=1)


def mean_monthly_runoff_m3_per_day_per_km2() -> Numbers:
    """Mean runoff of each calendar month, (12,), before scaling."""
    return runoff_mm().mean(axis=0) * 1000 / MONTH_DAYS
