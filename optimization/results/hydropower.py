"""What turbines turn: all that flows on, up to their capacity, once their dam stands."""

import numpy as np
import pandas as pd

from optimization.results.decisions import Decisions, Floats
from optimization.results.long import in_order, long
from optimization.results.water import axes_of
from planner.scenario.resolved import ResolvedScenario


def table(scenario: ResolvedScenario, decisions: Decisions, withdrawal: Floats) -> pd.DataFrame:
    """Table of hydropower: every turbine in every period. Net withdrawal: (R, T, S, H), m³/day."""
    hydropower, reach = scenario.hydropower, scenario.hydropower.reach
    outflow = scenario.river.natural_m3_per_day[reach][:, None] - withdrawal[reach]
    stands = scenario.reservoirs.stands(decisions.serves, scenario.works.reservoir)
    turns = np.append(stands, np.ones((1, stands.shape[1]), bool), axis=0)[hydropower.waits_for]
    capacity = hydropower.capacity_m3_per_day[:, None] * turns
    turbined = np.clip(outflow, 0.0, capacity[:, :, None, None])
    gives = hydropower.kwh_per_m3[:, None, None, None]
    figures = {
        "turbined_m3_per_day": turbined,
        "energy_kwh_per_day": gives * turbined,
        "missed_kwh_per_day": gives * (hydropower.untouched_m3_per_day[:, None] - turbined),
    }
    return in_order("hydropower", long({"turbine": hydropower.turbines, **axes_of(scenario)}, figures))
