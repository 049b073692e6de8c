"""The wholes that conservation is measured by, which no plan changes."""

from dataclasses import dataclass

import numpy as np

from planner.basin import Basin
from planner.scenario.policy import Policy
from planner.scenario.resolved.groundwater import Groundwater
from planner.scenario.resolved.horizon import Horizon
from planner.scenario.resolved.network import Network
from planner.scenario.resolved.people import People
from planner.scenario.resolved.river import River
from planner.scenario.resolved.wastewater import Wastewater

LITRES = 1000.0


@dataclass(frozen=True)
class Conservation:
    """`whole`: m³ a year of each part of the policy's conservation, as the mean over stages expected over design members.

    `per_m3`: what a cubic metre a year of a part adds to the aim. Parts that the basin does not know, or that have no weight,
    are in neither.
    """

    whole: dict[str, float]
    per_m3: dict[str, float]


def conservation_of(
    basin: Basin,
    policy: Policy,
    horizon: Horizon,
    network: Network,
    river: River,
    groundwater: Groundwater,
    wastewater: Wastewater,
    people: People,
) -> Conservation:
    """Measure every part."""
    chance = np.where(horizon.design, horizon.probability, 0.0)
    counted = ~network.source_exists & np.append(river.protected, False)[network.source_reach]
    litres = float(basin.tables["modes"]["litres_per_person_per_day"].max())
    persons = people.persons.sum(axis=1) @ horizon.stage_weight
    year = float(horizon.days @ horizon.demand_factor)
    wholes = {
        "environmental_flow": float(np.einsum("rsh,s,h->", river.environmental_flow_m3_per_day, horizon.days, chance)),
        "groundwater": float(groundwater.sustainable_yield_m3_per_year.sum()),
        "protected_reaches": float(np.einsum("jsh,s,h->", network.source_yield_m3_per_day[counted], horizon.days, chance)),
        "wastewater": float((persons * wastewater.village_return_share).sum() * litres / LITRES * year),
    }
    weights = policy.conservation.model_dump()
    whole = {name: value for name, value in wholes.items() if value > 0 and weights[name] > 0}
    total = sum(weights[name] for name in whole)
    return Conservation(whole, {name: weights[name] / total / value for name, value in whole.items()})
