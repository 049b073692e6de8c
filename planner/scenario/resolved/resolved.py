"""Basin and scenario → arrays."""

from dataclasses import dataclass

import numpy as np

from planner.basin import Basin
from planner.scenario.changes import apply
from planner.scenario.policy import Policy
from planner.scenario.resolved.content import content_hash
from planner.scenario.resolved.horizon import Horizon, horizon_of
from planner.scenario.resolved.money import Money, money_of
from planner.scenario.resolved.network import Network, network_of
from planner.scenario.resolved.people import People, people_of
from planner.scenario.resolved.periods import Periods, periods_of
from planner.scenario.resolved.quality import Blends, Quality, blends_of, quality_of
from planner.scenario.resolved.river import River, river_of
from planner.scenario.resolved.service import Service, service_of
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
    money: Money
    works: Works
    blends: Blends
    people: People
    service: Service
    periods: Periods

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


def resolve(basin: Basin, scenario: Scenario) -> ResolvedScenario:
    """Apply a scenario to a basin. Raises ScenarioError with all findings if a change fits nothing."""
    changed = apply(basin, scenario)
    policy = scenario.policy
    horizon, quality, river, money = horizon_of(changed), quality_of(changed), river_of(changed), money_of(changed)
    network = network_of(changed, quality)
    works = works_of(changed, horizon, network, money, quality, policy.blending == "chemicals")
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
        money=money,
        works=works,
        blends=blends,
        people=people,
        service=service,
        periods=periods_of(horizon, network, river, blends, largest, policy.periods == "binding"),
    )
