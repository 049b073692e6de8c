"""Every village follows one service plan a stage; the plan says its persons by rung, its water and its assets."""

import numpy as np

from optimization.algebra import Model
from optimization.formulation.names import joined
from optimization.formulation.present_value import steps
from planner.scenario.resolved import ResolvedScenario
from planner.scenario.resolved.tanks import village_assets


def add(m: Model, scenario: ResolvedScenario) -> None:
    """Yes or no for each plan that the floors of the village allow, so a floor is no row at all."""
    service = scenario.service
    m.variable("chosen", m.candidate, m.stage, within="binary", upper=service.allowed.astype(float),
               title="Village follows the plan")  # fmt: skip

    @m.law(m.village, m.stage, title="One service plan")
    def one_plan(m, v, t):
        """Every village follows exactly one service plan."""
        return sum(m.chosen[c, t] for c in m.candidates_of[v]) == 1

    _assets(m, scenario)


def _assets(m: Model, scenario: ResolvedScenario) -> None:
    """Units of assets inside a village: as many as its plan takes, and never fewer later."""
    service = scenario.service
    used = village_assets(service, scenario.tanks)
    village, asset = np.nonzero(used)
    names = joined(scenario.network.villages.take(village), service.assets.take(asset))
    stages = len(scenario.horizon.stages)
    m.index_set("village_asset", names, title="Assets of villages", labels={"village": village})
    m.data("asset_of", asset)
    m.data("units_taken", service.units, unit="units", title="Units that a plan takes")
    m.variable("units", m.village_asset, m.stage, unit="units", title="Units in service")
    owner = np.full(used.shape, -1)
    owner[village, asset] = np.arange(len(village))
    pairs = owner[service.village]
    takes = (service.units > 0).any(axis=2)
    candidate, column = np.nonzero(takes)
    m.neighbours("plans_taking", m.village_asset, m.candidate, pairs=(pairs[candidate, column], candidate))

    taken = np.isin(np.arange(len(village)), pairs[candidate, column])

    @m.law(m.village_asset, m.stage, where=np.repeat(taken[:, None], stages, axis=1), title="Plans need assets", unit="units")
    def plan_needs_assets(m, a, t):
        """A plan is followed only with the units that it takes."""
        return sum(m.units_taken[c, m.asset_of[a], t] * m.chosen[c, t] for c in m.plans_taking[a]) <= m.units[a, t]

    after_first = np.broadcast_to(np.arange(stages) >= 1, (len(village), stages))

    @m.law(m.village_asset, m.stage, where=after_first, title="Assets remain", unit="units")
    def assets_remain(m, a, t):
        """Units once in service stay in service."""
        return m.units[a, t - 1] <= m.units[a, t]

    worth = steps(service.asset_worth) * service.asset_capex_usd[:, None] / 1000
    m.data("asset_worth", worth, unit="thousand USD")

    @m.term("cost", m.village_asset, m.stage, title="Capital of assets in villages", unit="thousand USD")
    def capital_of_assets(m, a, t):
        return m.asset_worth[m.asset_of[a], t] * m.units[a, t]
