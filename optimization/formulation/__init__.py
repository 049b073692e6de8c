"""The planning model, one concern a file. `build` states it; `CONCERNS` is the order of its pages of mathematics."""

from optimization.algebra import Model
from optimization.formulation import (
    assurance,
    attitude,
    catchments,
    channel_shares,
    conservation,
    energy,
    environmental_flow,
    equity,
    fairness,
    finance,
    gaps,
    groundwater,
    hydropower,
    institutions,
    investment,
    irrigation,
    leakage,
    licences,
    logic,
    operators,
    quality,
    reservoirs,
    reuse,
    risk,
    river,
    rules,
    running_costs,
    service,
    shortage,
    structure,
    tanks,
    tariff_surplus,
    use_priorities,
    wastewater,
    water_balance,
    water_stress,
)
from planner.scenario.resolved import ResolvedScenario

CONCERNS = (
    structure,
    investment,
    catchments,
    service,
    tanks,
    shortage,
    assurance,
    water_balance,
    leakage,
    quality,
    logic,
    reservoirs,
    groundwater,
    licences,
    wastewater,
    river,
    use_priorities,
    reuse,
    irrigation,
    environmental_flow,
    hydropower,
    water_stress,
    conservation,
    risk,
    finance,
    channel_shares,
    tariff_surplus,
    energy,
    running_costs,
    operators,
    equity,
    institutions,
    gaps,
    fairness,
    attitude,
    rules,
)


def build(scenario: ResolvedScenario) -> Model:
    """States the whole model of a resolved scenario."""
    model = Model(scenario.basin.name)
    for concern in CONCERNS:
        concern.add(model, scenario)
    return model
