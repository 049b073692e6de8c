"""Basin and scenario → arrays."""

from dataclasses import dataclass

import numpy as np

from planner.basin import Basin
from planner.scenario.changes import apply
from planner.scenario.policy import Policy
from planner.scenario.resolved.content import content_hash
from planner.scenario.resolved.energy import Energy, energy_of
from planner.scenario.resolved.groundwater import Groundwater, groundwater_of
from planner.scenario.resolved.horizon import Horizon, horizon_of
from planner.scenario.resolved.money import Money, money_of
from planner.scenario.resolved.network import Network, network_of
from planner.scenario.resolved.people import People, people_of
from planner.scenario.resolved.periods import Periods, Represented, periods_of
from planner.scenario.resolved.quality import Blends, Quality, blends_of, quality_of
from planner.scenario.resolved.river import River, river_of
from planner.scenario.resolved.service import Service, service_of
from planner.scenario.resolved.storage import Reservoirs, reservoirs_of
from planner.scenario.resolved.wastewater import Wastewater, wastewater_of
from planner.scenario.resolved.works import Works, works_of
from planner.scenario.scenario import Scenario


@dataclass(frozen=True)
class ResolvedScenario:
    """A basin with the scenario's changes, its policy, and both as arrays. Equal content has an equal `hash`."""

    basin: Basin
    scenario: Scenario
    hash: str
    horizon: Horizon
    quality: Quality
    network: Network
    river: River
    reservoirs: Reservoirs
    groundwater: Groundwater
    energy: Energy
    money: Money
    works: Works
    blends: Blends
    people: People
    service: Service
    periods: Periods
    wastewater: Wastewater

    @property
    def policy(self) -> Policy:
        return self.scenario.policy


def largest_demand_m3_per_day(network: Network, service: Service) -> float:
    """More than all villages together could ever draw on a mean day, losses on the way included."""
    wanted = np.sum(list(service.demand_m3_per_day.values()), axis=0)
    most = np.zeros(len(network.villages))
    np.maximum.at(most, service.village, wanted.max(axis=1, initial=0.0))
    keeps = float((1 - network.link_loss).min(initial=1.0)) ** 3 * float(network.train_recovery.min(initial=1.0))
    return max(float(most.sum()) / max(keeps, 1e-3), 1.0)


def represented(policy: Policy, reservoirs: Reservoirs, groundwater: Groundwater) -> Represented:
    """What may stand for what: where something is kept or counted over the year, only a member for a whole member."""
    if policy.periods == "all":
        return "nothing"
    return "members" if len(reservoirs.reservoirs) or len(groundwater.aquifers) else "periods"


def resolve(basin: Basin, scenario: Scenario) -> ResolvedScenario:
    """Apply a scenario to a basin. Raises ScenarioError with all findings if a change fits nothing."""
    changed = apply(basin, scenario)
    policy = scenario.policy
    horizon, quality, river, money = horizon_of(changed), quality_of(changed), river_of(changed), money_of(changed)
    network = network_of(changed, quality)
    reservoirs, groundwater = reservoirs_of(changed), groundwater_of(changed)
    works = works_of(changed, policy, horizon, network, river, money, quality, reservoirs)
    feed_source, feed_train = network.link_source[works.feed_link], works.train[works.feed_option]
    blends = blends_of(quality, feed_source, feed_train, works.feed_option)
    people = people_of(changed, horizon)
    service = service_of(changed, policy, horizon, network, money, people)
    largest = largest_demand_m3_per_day(network, service)
    return ResolvedScenario(
        basin=changed,
        scenario=scenario,
        hash=content_hash(changed, policy),
        horizon=horizon,
        quality=quality,
        network=network,
        river=river,
        reservoirs=reservoirs,
        groundwater=groundwater,
        energy=energy_of(changed),
        money=money,
        works=works,
        blends=blends,
        people=people,
        service=service,
        periods=periods_of(horizon, network, river, blends, largest, represented(policy, reservoirs, groundwater)),
        wastewater=wastewater_of(changed),
    )
