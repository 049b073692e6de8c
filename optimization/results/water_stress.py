"""What is withdrawn from sub-basins in the expected year."""

import numpy as np
import pandas as pd

from optimization.results.decisions import Floats
from optimization.results.long import in_order, long
from planner.scenario.resolved import ResolvedScenario
from planner.scenario.resolved.index import picked

BANDS = np.array(["none", "low", "medium", "high", "critical"], dtype=object)
ABOVE_PERCENT = (25.0, 50.0, 75.0, 100.0)
_SMALL_SHARE = 1e-9


def table(scenario: ResolvedScenario, feeds: Floats, pipes: Floats, drawn: Floats) -> pd.DataFrame:
    """Table of water stress: every sub-basin in every stage. Flows: (F, T, S, H), (L', T, S, H), (U, T, S, H)."""
    stress, network, horizon, river = scenario.water_stress, scenario.network, scenario.horizon, scenario.river
    days = horizon.days[:, None] * np.where(horizon.design, horizon.probability, 0.0)
    by_reach = np.zeros((len(river.reaches), len(horizon.stages)))
    for reach, flow in (
        (picked(network.source_reach, network.link_source[scenario.works.feed_link]), feeds),
        (picked(network.source_reach, network.link_source[network.pipes]), pipes),
        (np.where(stress.use_withdraws, river.use_reach, -1), drawn),
    ):
        known = reach >= 0
        np.add.at(by_reach, reach[known], np.einsum("ntsh,sh->nt", flow[known], days))
    withdrawn = stress.holds @ by_reach
    available = np.broadcast_to(stress.available_m3_per_year[:, None], withdrawn.shape)
    percent = np.divide(100 * withdrawn, available, out=np.full(withdrawn.shape, np.nan), where=available > 0)
    dry = np.where(withdrawn > 0, np.inf, 0.0)
    limited = np.isfinite(stress.largest_share)[:, None]
    beyond = withdrawn - np.where(limited, stress.largest_share[:, None], 0.0) * available
    figures = {
        "withdrawn_m3_per_year": withdrawn,
        "available_m3_per_year": available,
        "stress_percent": percent,
        "band": BANDS[np.searchsorted(ABOVE_PERCENT, np.where(np.isnan(percent), dry, percent))],
        "beyond_m3_per_year": np.where(limited & (beyond > _SMALL_SHARE * withdrawn), beyond, 0.0),
    }
    return in_order("water_stress", long({"sub_basin": stress.sub_basins, "stage": horizon.stages}, figures))
