"""Energy of pumping and of treatment, in the expected year."""

import numpy as np

from optimization.rules.forms import Forms, Maker, Quantity
from planner.scenario.resolved.index import Floats


def _pumped(q: Forms) -> Quantity:
    """(L, T) m³ a year, of links with a kind of energy."""
    network, links = q.scenario.network, len(q.scenario.network.links)
    every = q.added(
        q.owned(q.feeds_expected(), q.scenario.works.feed_link, links), q.owned(q.pipes_expected(), network.pipes, links)
    )
    return q.scaled(every, (q.scenario.energy.link_energy >= 0)[:, None])


def solar(q: Forms) -> Quantity:
    """(L, T) m³ a year that the sun pumps."""
    energy, network = q.scenario.energy, q.scenario.network
    to_site, links = network.link_to_site[energy.solar_link] >= 0, len(network.links)
    return q.added(
        q.owned(q.feeds_expected("main_by_sun"), energy.solar_link[to_site], links),
        q.owned(q.pipes_expected("pipe_by_sun"), energy.solar_link[~to_site], links),
    )


def _bought(q: Forms, by_m3: Floats) -> Quantity:
    return q.scaled(q.difference(_pumped(q), solar(q)), by_m3[:, None])


def _put_in(q: Forms) -> Quantity:
    """(sites, trains, T) m³ a year, of trains with a kind of energy."""
    network, works, energy = q.scenario.network, q.scenario.works, q.scenario.energy
    arrives, trains = 1 - network.link_loss[works.feed_link], len(network.trains)
    place = network.link_to_site[works.feed_link] * trains + works.train[works.feed_option]
    found = q.owned(q.scaled(q.feeds_expected(), arrives[:, None]), place, len(network.sites) * trains)
    shaped = Quantity((len(network.sites), trains, found.shape[1]), found.matrix, found.constant)
    return q.scaled(shaped, (energy.train_kwh_per_m3 > 0)[:, None])


def _taken(q: Forms, by_m3: Floats) -> Quantity:
    return q.scaled(_put_in(q), np.asarray(by_m3)[:, None])


MAKERS: dict[tuple[str, str], Maker] = {
    ("energy", "pumped_m3_per_year"): _pumped,
    ("energy", "solar_m3_per_year"): solar,
    ("energy", "energy_kwh_per_year"): lambda q: _bought(q, q.scenario.energy.kwh_per_m3),
    ("energy", "cost_usd_per_year"): lambda q: _bought(q, q.scenario.energy.usd_per_m3),
    ("energy", "emissions_kg_co2_per_year"): lambda q: _bought(q, q.scenario.energy.kg_co2_per_m3),
    ("treatment_energy", "put_in_m3_per_year"): _put_in,
    ("treatment_energy", "energy_kwh_per_year"): lambda q: _taken(q, q.scenario.energy.train_kwh_per_m3),
    ("treatment_energy", "cost_usd_per_year"): lambda q: _taken(q, q.scenario.energy.train_usd_per_m3),
    ("treatment_energy", "emissions_kg_co2_per_year"): lambda q: _taken(q, q.scenario.energy.train_kg_co2_per_m3),
}
