"""Basin and scenario → arrays."""

from dataclasses import dataclass

import numpy as np

from planner.basin import Basin
from planner.scenario.changes import apply
from planner.scenario.policy import Policy
from planner.scenario.resolved.catchments import Catchments, catchments_of
from planner.scenario.resolved.cleaner import Cleaner, cleaner_of, every_excess
from planner.scenario.resolved.conservation import Conservation, conservation_of
from planner.scenario.resolved.content import content_hash
from planner.scenario.resolved.energy import Energy, energy_of
from planner.scenario.resolved.groundwater import Groundwater, groundwater_of
from planner.scenario.resolved.horizon import Horizon, horizon_of
from planner.scenario.resolved.hydropower import Hydropower, hydropower_of
from planner.scenario.resolved.irrigation import Irrigation, irrigation_of
from planner.scenario.resolved.leakage import Leakage, leakage_of
from planner.scenario.resolved.licences import Licences, licences_of
from planner.scenario.resolved.money import Money, money_of
from planner.scenario.resolved.network import Network, network_of
from planner.scenario.resolved.operators import Operators, operators_of
from planner.scenario.resolved.people import People, people_of
from planner.scenario.resolved.periods import Periods, Represented, periods_of
from planner.scenario.resolved.quality import Blends, Quality, blends_of, quality_of
from planner.scenario.resolved.risk import Risk, risk_of
from planner.scenario.resolved.river import River, river_of
from planner.scenario.resolved.service import Service, service_of
from planner.scenario.resolved.site_tanks import SiteTanks, site_tanks_of
from planner.scenario.resolved.storage import Reservoirs, reservoirs_of
from planner.scenario.resolved.tanks import Tanks, tanks_of
from planner.scenario.resolved.use_priorities import UsePriorities, use_priorities_of
from planner.scenario.resolved.wastewater import Wastewater, wastewater_of
from planner.scenario.resolved.water_stress import WaterStress, water_stress_of
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
    use_priorities: UsePriorities
    irrigation: Irrigation
    reservoirs: Reservoirs
    hydropower: Hydropower
    groundwater: Groundwater
    licences: Licences
    leakage: Leakage
    water_stress: WaterStress
    energy: Energy
    money: Money
    works: Works
    catchments: Catchments
    blends: Blends
    cleaner: Cleaner
    people: People
    service: Service
    tanks: Tanks
    site_tanks: SiteTanks
    periods: Periods
    wastewater: Wastewater
    risk: Risk
    conservation: Conservation
    operators: Operators

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


def represented(
    policy: Policy, reservoirs: Reservoirs, groundwater: Groundwater, licences: Licences, stress: WaterStress
) -> Represented:
    """What may stand for what: where something is kept or counted over the year, only a member for a whole member.

    A limit on water stress counts over all members together, so that none may stand for another.
    """
    if policy.periods == "all" or np.isfinite(stress.largest_share).any():
        return "nothing"
    over_the_year = (reservoirs.reservoirs, groundwater.aquifers, licences.administrations)
    return "members" if any(len(places) for places in over_the_year) else "periods"


def resolve(basin: Basin, scenario: Scenario) -> ResolvedScenario:
    """Apply a scenario to a basin. Raises ScenarioError with all findings if a change fits nothing."""
    changed = apply(basin, scenario)
    policy = scenario.policy
    horizon, quality, river, money = horizon_of(changed), quality_of(changed), river_of(changed), money_of(changed)
    network = network_of(changed, quality)
    reservoirs, groundwater, licences = reservoirs_of(changed), groundwater_of(changed), licences_of(changed)
    water_stress = water_stress_of(changed, horizon, river)
    works = works_of(changed, policy, horizon, network, river, money, quality, reservoirs)
    feed_source, feed_train = network.link_source[works.feed_link], works.train[works.feed_option]
    blends = blends_of(quality, feed_source, feed_train, works.feed_option)
    catchments = catchments_of(changed, money)
    cleaner = cleaner_of(catchments, quality, blends, feed_source, feed_train)
    wastewater = wastewater_of(changed)
    people = people_of(changed, policy, horizon)
    service = service_of(changed, policy, horizon, network, money, people)
    largest = largest_demand_m3_per_day(network, service)
    stands = represented(policy, reservoirs, groundwater, licences, water_stress)
    return ResolvedScenario(
        basin=changed,
        scenario=scenario,
        hash=content_hash(changed, policy),
        horizon=horizon,
        quality=quality,
        network=network,
        river=river,
        irrigation=irrigation_of(changed, river),
        use_priorities=use_priorities_of(changed, policy, horizon, river),
        reservoirs=reservoirs,
        hydropower=hydropower_of(changed, river, reservoirs),
        groundwater=groundwater,
        licences=licences,
        leakage=leakage_of(changed, network),
        water_stress=water_stress,
        energy=energy_of(changed),
        money=money,
        works=works,
        catchments=catchments,
        blends=blends,
        cleaner=cleaner,
        people=people,
        service=service,
        tanks=tanks_of(changed, policy, horizon, service),
        site_tanks=site_tanks_of(changed),
        periods=periods_of(
            horizon,
            network,
            river,
            every_excess(blends, cleaner),
            catchments.yields_m3_per_day(network),
            largest,
            stands,
        ),
        wastewater=wastewater,
        risk=risk_of(changed, network, works),
        conservation=conservation_of(changed, policy, horizon, network, river, groundwater, wastewater, people),
        operators=operators_of(changed, money),
    )
