"""Clear-water tanks at treatment sites."""

import numpy as np
import pandas as pd

from optimization.results.decisions import Decisions, Floats
from optimization.results.long import in_order, long
from planner.scenario.resolved import ResolvedScenario
from planner.scenario.resolved.tanks import HOURS_PER_DAY

_SMALL = 1e-6


def table(scenario: ResolvedScenario, decisions: Decisions, pipes: Floats) -> pd.DataFrame:
    """Table of what tanks must hold and do hold, by site and stage. pipes: (L', T, S, H)."""
    tanks, network, horizon = scenario.site_tanks, scenario.network, scenario.horizon
    leaving = np.zeros((len(network.sites), *pipes.shape[1:]))
    site = network.link_site[network.pipes]
    np.add.at(leaving, site[site >= 0], pipes[site >= 0])
    highest = leaving[..., horizon.design].max(axis=(2, 3), initial=0.0)
    needed = tanks.hours[:, None] / HOURS_PER_DAY * highest
    standing = np.repeat(tanks.existing_m3[:, None], len(horizon.stages), axis=1)
    np.add.at(standing, tanks.site, tanks.volume_m3[:, None] * decisions.count[tanks.option])
    axes = {"site": network.sites, "stage": horizon.stages}
    return in_order("site_tank_storage", long(axes, {"needed_m3": needed, "standing_m3": standing}, needed > _SMALL))
