"""The planning model, one concern a file. `build` states it; `CONCERNS` is the order of its pages of mathematics."""

from optimization.algebra import Model
from optimization.formulation import (
    channel_shares,
    energy,
    environmental_flow,
    equity,
    fairness,
    finance,
    groundwater,
    investment,
    logic,
    quality,
    reservoirs,
    reuse,
    river,
    rules,
    running_costs,
    service,
    shortage,
    structure,
    wastewater,
    water_balance,
)
from planner.scenario.resolved import ResolvedScenario

CONCERNS = (
    structure,
    investment,
    service,
    shortage,
    water_balance,
    quality,
    logic,
    reservoirs,
    groundwater,
    wastewater,
    river,
    reuse,
    environmental_flow,
    finance,
    channel_shares,
    energy,
    running_costs,
    equity,
    fairness,
    rules,
)


def build(scenario: ResolvedScenario) -> Model:
    """States the whole model of a resolved scenario."""
    model = Model(scenario.basin.name)
    for concern in CONCERNS:
        concern.add(model, scenario)
    return model
