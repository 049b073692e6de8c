"""Whether each institution is served, and what it does without under stress."""

import numpy as np
import pandas as pd

from optimization.results.decisions import Decisions, Floats
from optimization.results.long import in_order, long
from planner.scenario.resolved import ResolvedScenario
from planner.scenario.resolved.index import numbers, positions

_NOISE = 1e-9


def table(scenario: ResolvedScenario, decisions: Decisions, lacked: Floats) -> pd.DataFrame:
    """Table of institutions. lacked: (V, T, S, H) safe water done without, at the source on a day as planned for."""
    institution, service = scenario.basin.tables["institutions"], scenario.service
    home = positions(institution["village"], scenario.network.villages)
    need = numbers(institution, "persons") * numbers(institution, "litres_per_person_per_day") / 1000
    may_lack = need * (1 - numbers(institution, "survival_share"))
    stages = np.arange(len(scenario.horizon.stages))
    followed = decisions.chosen[home]
    demand = service.demand_m3_per_day["safe"][followed, stages]
    all_may_lack = demand * (1 - service.survival_share["safe"][followed, stages])
    share = np.divide(lacked.max(axis=(2, 3), initial=0.0)[home], all_may_lack, out=np.zeros_like(demand),
                      where=all_may_lack > _NOISE)  # fmt: skip
    served = demand > 0
    figures = {
        "served": served,
        "need_m3_per_day": np.broadcast_to(need[:, None], served.shape),
        "delivered_m3_per_day": need[:, None] * served,
        "largest_shortage_m3_per_day": may_lack[:, None] * share,
    }
    axes = {"institution": pd.Index(institution["institution"]), "stage": scenario.horizon.stages}
    return in_order("institutions", long(axes, figures))
