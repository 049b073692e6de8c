"""What reservoirs hold, lose to the air and hold back from the river."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from optimization.results.decisions import Decisions, Floats
from optimization.results.long import in_order, long
from optimization.results.water import axes_of, by_period
from planner.scenario.resolved import ResolvedScenario


@dataclass(frozen=True)
class Stored:
    """(W, T, S, H) storage at the end of each season, evaporation, and what does not run on."""

    storage_m3: Floats
    evaporation_m3_per_day: Floats
    held_back_m3_per_day: Floats


def stored(scenario: ResolvedScenario, decisions: Decisions) -> Stored:
    """Follows from the storage alone, so that the tables hold together exactly."""
    storage = by_period(scenario, decisions.storage_m3)
    before = by_period(scenario, decisions.storage_m3[:, scenario.periods.season_before])
    stands = scenario.reservoirs.stands(decisions.serves, scenario.works.reservoir)
    evaporation = scenario.reservoirs.evaporation(storage, before, stands)
    filling = (storage - before) / scenario.horizon.days[:, None]
    return Stored(storage, evaporation, np.asarray(filling + evaporation))


def table(scenario: ResolvedScenario, stored: Stored) -> pd.DataFrame:
    """Table of storage: every reservoir in every period."""
    figures = {
        "storage_m3": stored.storage_m3,
        "evaporation_m3_per_day": stored.evaporation_m3_per_day,
        "held_back_m3_per_day": stored.held_back_m3_per_day,
    }
    return in_order("storage", long({"reservoir": scenario.reservoirs.reservoirs, **axes_of(scenario)}, figures))
