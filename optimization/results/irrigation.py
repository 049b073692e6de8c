"""What efficient irrigation saves."""

import numpy as np
import pandas as pd

from optimization.results.decisions import Decisions, Floats
from optimization.results.long import in_order, long
from optimization.results.water import axes_of
from planner.scenario.resolved import ResolvedScenario


def wanted_m3_per_day(scenario: ResolvedScenario, decisions: Decisions) -> Floats:
    """(U, T, S) what other uses want, what efficient irrigation saves taken off."""
    demand = scenario.river.use_demand_m3_per_day
    return np.asarray(demand[:, None] - scenario.irrigation.saved(decisions.serves, len(demand)))


def return_lost_m3_per_day(scenario: ResolvedScenario, decisions: Decisions, delivered: Floats) -> Floats:
    """(I, T, S, H) what no longer comes back, of what is delivered (U, T, S, H)."""
    irrigation = scenario.irrigation
    cut = irrigation.return_cut_share[:, None] * decisions.serves[irrigation.option]
    return np.asarray(cut[:, :, None, None] * delivered[irrigation.use])


def table(scenario: ResolvedScenario, decisions: Decisions, lost: Floats) -> pd.DataFrame:
    """Table of irrigation saved: every option that serves in every period. Lost: (I, T, S, H)."""
    irrigation = scenario.irrigation
    serves = np.broadcast_to(decisions.serves[irrigation.option][:, :, None, None], lost.shape)
    saved = np.broadcast_to(irrigation.saved_m3_per_day[:, None, :, None], lost.shape)
    axes = {"option": scenario.works.options.take(irrigation.option), **axes_of(scenario)}
    figures = {"saved_m3_per_day": saved, "return_lost_m3_per_day": lost}
    return in_order("irrigation_saved", long(axes, figures, serves))
