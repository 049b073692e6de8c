"""How much capacity can be of use: no more than what can be wanted behind a place."""

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from planner.scenario.resolved import ResolvedScenario

Floats = NDArray[np.float64]
_CHAIN = 50
"""More villages than any pipe passes through one after the other."""


def _largest_by_village(scenario: ResolvedScenario, grade: str) -> Floats:
    """(V, T) largest demand of a grade that a village can have, m³/day on a mean day."""
    service = scenario.service
    demand = np.where(service.allowed, service.demand_m3_per_day[grade], 0.0)
    largest = np.zeros((len(scenario.network.villages), demand.shape[1]))
    np.maximum.at(largest, service.village, demand)
    return largest


def _behind_villages(scenario: ResolvedScenario, demand: Floats) -> Floats:
    """(V, T) demand of a village and of all that can be piped onwards from it; losses on the way are added."""
    network = scenario.network
    onward = network.pipes[network.link_village[network.pipes] >= 0]
    if not len(onward):
        return demand
    count = len(network.villages)
    step = sp.csr_array(
        (np.ones(len(onward)), (network.link_village[onward], network.link_to_village[onward])), shape=(count, count)
    )
    reached = -1
    closure: sp.csr_array = sp.csr_array(sp.eye_array(count) + step)
    while closure.nnz != reached:
        reached = closure.nnz
        closure = sp.csr_array(((closure @ closure) > 0).astype(float))
    total = demand.sum(axis=0)
    longest_chain = min(len(np.unique(network.link_village[onward])), _CHAIN)
    keeps = float((1 - network.link_loss[onward]).min()) ** longest_chain
    return np.asarray(np.minimum(closure @ demand, total) / keeps)


def behind_links(scenario: ResolvedScenario) -> Floats:
    """(L, T) the most that could enter a link on a day of the season of highest demand, m³/day."""
    network, works = scenario.network, scenario.works
    factor = scenario.horizon.demand_factor.max()
    safe = _behind_villages(scenario, _largest_by_village(scenario, "safe")) * factor
    raw = _largest_by_village(scenario, "raw") * factor
    keeps = (1 - network.link_loss)[:, None]
    behind = np.zeros((len(network.links), safe.shape[1]))
    pipes = network.pipes
    to_village = network.link_to_village[pipes]
    behind[pipes] = np.where(network.link_is_safe[pipes, None], safe[to_village], raw[to_village]) / keeps[pipes]
    site = np.zeros((len(network.sites), safe.shape[1]))
    leaving = pipes[network.link_site[pipes] >= 0]
    np.add.at(site, network.link_site[leaving], behind[leaving])
    recovery = np.ones(len(network.sites))
    treatment = np.flatnonzero(works.site >= 0)
    np.minimum.at(recovery, works.site[treatment], network.train_recovery[works.train[treatment]])
    mains = network.mains
    put_in = site / recovery[:, None]
    behind[mains] = put_in[network.link_to_site[mains]] / keeps[mains]
    return behind


def most_drawn(scenario: ResolvedScenario) -> Floats:
    """(S, P) the most that a source can give on a day of each binding period, its catchment protected or not, m³/day."""
    catchments, periods = scenario.catchments, scenario.periods
    yields = scenario.network.source_yield_m3_per_day[:, periods.season, periods.member]
    gain = np.maximum(catchments.effect_share[:, periods.season], 0.0) * yields[catchments.effect_source]
    most = yields.copy()
    np.add.at(most, catchments.effect_source, gain)
    return most


def usable_capacity(scenario: ResolvedScenario) -> Floats:
    """(O, T) capacity of each option as far as it can be of use, m³/day; 0 for a source development.

    Where something is out of service at times, a share of the whole capacity is there then, so that all of it counts.
    """
    network, works = scenario.network, scenario.works
    behind = behind_links(scenario)
    usable = np.repeat(works.capacity_m3_per_day[:, None], behind.shape[1], axis=1)
    widens = np.flatnonzero(works.link >= 0)
    widens = widens[(network.link_available_share[works.link[widens]] >= 1).all(axis=(1, 2))]
    usable[widens] = np.minimum(usable[widens], behind[works.link[widens]])
    mains = network.mains
    at_site = np.zeros((len(network.sites), behind.shape[1]))
    np.maximum.at(at_site, network.link_to_site[mains], behind[mains] * (1 - network.link_loss[mains, None]))
    treats = np.flatnonzero(works.site >= 0)
    treats = treats[(network.site_available_share[works.site[treats]] >= 1).all(axis=(1, 2))]
    usable[treats] = np.minimum(usable[treats], at_site[works.site[treats]])
    return usable
