"""Clear-water tanks at treatment sites as arrays."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from planner.basin import Basin
from planner.scenario.resolved.index import Floats, Integers, numbers, positions
from planner.scenario.resolved.tanks import HOURS_PER_DAY


@dataclass(frozen=True)
class SiteTanks:
    """X options that are tanks, K sites, O options."""

    option: Integers  # (X,)
    site: Integers  # (X,)
    volume_m3: Floats  # (X,) of one
    hours: Floats  # (K,) of the mean flow on the highest day
    existing_m3: Floats  # (K,)
    place: Integers  # (O,) the site of an option that is a tank, -1 of all others


def site_tanks_of(basin: Basin) -> SiteTanks:
    """Hours of storage by what is asked, or by the balance of a day that peaks: see `tanks_of`."""
    sites, options = pd.Index(basin.tables["treatment_sites"]["site"]), basin.tables["options"]
    tank, asked = basin.tables["site_tanks"], basin.tables["site_storage"]
    option, at = positions(tank["option"], pd.Index(options["option"])), positions(asked["site"], sites)
    hours, existing = np.zeros(len(sites)), np.zeros(len(sites))
    balance = HOURS_PER_DAY * (1 - 1 / numbers(asked, "peak_hour_factor"))
    hours[at] = np.maximum(numbers(asked, "least_hours"), balance)
    existing[at] = numbers(asked, "existing_m3")
    place = np.full(len(options), -1, dtype=np.int64)
    place[option] = positions(options["place"].iloc[option], sites)
    return SiteTanks(option, place[option], numbers(tank, "volume_m3"), hours, existing, place)
