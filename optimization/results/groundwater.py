"""What is drawn from aquifers in a year."""

import numpy as np
import pandas as pd

from optimization.results.decisions import Floats
from optimization.results.long import in_order, long
from planner.scenario.resolved import ResolvedScenario
from planner.scenario.resolved.index import picked

_SMALL_SHARE = 1e-9


def table(scenario: ResolvedScenario, feeds: Floats, pipes: Floats) -> pd.DataFrame:
    """Table of groundwater: every aquifer in every stage and member. Flows: (F, T, S, H) and (L', T, S, H)."""
    groundwater, network, horizon = scenario.groundwater, scenario.network, scenario.horizon
    shape = (len(groundwater.aquifers), len(horizon.stages), len(horizon.members))
    drawn = np.zeros(shape)
    for link, flow in ((scenario.works.feed_link, feeds), (network.pipes, pipes)):
        aquifer = picked(groundwater.source_aquifer, network.link_source[link])
        known = aquifer >= 0
        np.add.at(drawn, aquifer[known], np.einsum("ftsh,s->fth", flow[known], horizon.days))
    sustainable = np.broadcast_to(groundwater.sustainable_yield_m3_per_year[:, None, None], shape)
    beyond = drawn - sustainable
    figures = {
        "drawn_m3_per_year": drawn,
        "sustainable_yield_m3_per_year": sustainable,
        "overdraft_m3_per_year": np.where(beyond > _SMALL_SHARE * sustainable, beyond, 0.0),
    }
    axes = {"aquifer": groundwater.aquifers, "stage": horizon.stages, "member": horizon.members}
    return in_order("groundwater", long(axes, figures))
