"""What the sources of licensed administrations take in a year."""

import numpy as np
import pandas as pd

from optimization.results.decisions import Floats
from optimization.results.long import in_order, long
from planner.scenario.resolved import ResolvedScenario

_SMALL_SHARE = 1e-9


def table(scenario: ResolvedScenario, feeds: Floats, pipes: Floats) -> pd.DataFrame:
    """Table of licence use: every licence in every member. Flows: (F, T, S, H) and (L', T, S, H)."""
    licences, network, horizon = scenario.licences, scenario.network, scenario.horizon
    by_source = np.zeros((len(network.sources), len(horizon.stages), len(horizon.members)))
    for link, flow in ((scenario.works.feed_link, feeds), (network.pipes, pipes)):
        source = network.link_source[link]
        known = source >= 0
        np.add.at(by_source, source[known], np.einsum("ftsh,s->fth", flow[known], horizon.days))
    drawn = np.einsum("gj,jth->gth", licences.covers.astype(float), by_source)
    licence = np.broadcast_to(licences.licence_m3_per_year[:, :, None], drawn.shape)
    licensed = np.isfinite(licence)
    beyond = np.where(licensed, drawn, 0.0) - np.where(licensed, licence, 0.0)
    figures = {
        "drawn_m3_per_year": drawn,
        "licence_m3_per_year": licence,
        "exceeded_m3_per_year": np.where(beyond > _SMALL_SHARE * drawn, beyond, 0.0),
    }
    axes = {"administration": licences.administrations, "stage": horizon.stages, "member": horizon.members}
    return in_order("licence_use", long(axes, figures, licensed))
