"""Energy that treatment trains take."""

import numpy as np
import pandas as pd

from optimization.results.decisions import Floats
from optimization.results.long import in_order, long
from planner.scenario.resolved import ResolvedScenario

_SMALL = 1e-6


def table(scenario: ResolvedScenario, feeds: Floats) -> pd.DataFrame:
    """Table of the energy of treatment: sites with a train that has a kind of energy and takes in water. Flows: (F, T, S, H)."""
    energy, network, works, horizon = scenario.energy, scenario.network, scenario.works, scenario.horizon
    chance = np.where(horizon.design, horizon.probability, 0.0)
    put_in = np.zeros((len(network.sites), len(network.trains), len(horizon.stages)))
    arriving = np.einsum("ftsh,s,h->ft", feeds, horizon.days, chance) * (1 - network.link_loss[works.feed_link])[:, None]
    np.add.at(put_in, (network.link_to_site[works.feed_link], works.train[works.feed_option]), arriving)
    figures = {
        "put_in_m3_per_year": put_in,
        "energy_kwh_per_year": energy.train_kwh_per_m3[:, None] * put_in,
        "cost_usd_per_year": energy.train_usd_per_m3[:, None] * put_in,
        "emissions_kg_co2_per_year": energy.train_kg_co2_per_m3[:, None] * put_in,
    }
    kept = (put_in > _SMALL) & (energy.train_kwh_per_m3 > 0)[:, None]
    return in_order(
        "treatment_energy", long({"site": network.sites, "train": network.trains, "stage": horizon.stages}, figures, kept)
    )
