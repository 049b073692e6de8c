"""What no longer leaks."""

import pandas as pd

from optimization.results.decisions import Decisions, Floats
from optimization.results.long import in_order, long
from optimization.results.water import axes_of
from planner.scenario.resolved import ResolvedScenario

_SMALL = 1e-9


def table(scenario: ResolvedScenario, decisions: Decisions, pipes: Floats) -> pd.DataFrame:
    """Table of leakage saved: all that a serving option saves of the flow, wanted or not. Flows: (L', T, S, H)."""
    leakage, network = scenario.leakage, scenario.network
    serves = decisions.serves[leakage.option].astype(float)
    saved = leakage.saved_share[:, None, None, None] * serves[:, :, None, None] * pipes[leakage.pipe]
    frame = long({"pair": pd.RangeIndex(len(leakage.option)), **axes_of(scenario)}, {"saved_m3_per_day": saved}, saved > _SMALL)
    pair = frame.pop("pair").to_numpy(int)
    frame["option"] = scenario.works.options.take(leakage.option[pair])
    frame["link"] = network.links.take(network.pipes[leakage.pipe[pair]])
    return in_order("leakage_saved", frame)
