"""Tanks in villages."""

import numpy as np
import pandas as pd

from optimization.results.decisions import Decisions
from optimization.results.long import in_order, long
from planner.scenario.resolved import ResolvedScenario

_SMALL = 1e-6


def table(scenario: ResolvedScenario, decisions: Decisions) -> pd.DataFrame:
    """Table of what tanks must hold and do hold, by village and stage."""
    tanks, stages = scenario.tanks, scenario.horizon.stages
    needed = tanks.needed_m3[decisions.chosen, np.arange(len(stages))]
    standing = tanks.existing_m3[:, None] + np.einsum("vkt,k->vt", decisions.units[:, tanks.asset], tanks.volume_m3)
    axes = {"village": scenario.network.villages, "stage": stages}
    return in_order("tank_storage", long(axes, {"needed_m3": needed, "standing_m3": standing}, needed > _SMALL))
