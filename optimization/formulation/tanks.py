"""Tanks in villages: whole tanks of the sizes on offer hold the hours of use that are asked for."""

import numpy as np

from optimization.algebra import Model
from optimization.formulation.names import joined
from optimization.formulation.structure import place_of_node
from planner.scenario.resolved import ResolvedScenario


def add(m: Model, scenario: ResolvedScenario) -> None:
    """Tanks are assets of their village, with capital, renewals and running cost as all others."""
    tanks, service = scenario.tanks, scenario.service
    village, size = np.nonzero(tanks.built_in)
    names = joined(scenario.network.villages.take(village), service.assets.take(tanks.asset[size]))
    most = np.zeros((len(scenario.network.villages), tanks.lacking_m3.shape[1]))
    np.maximum.at(most, service.village, tanks.lacking_m3)
    m.index_set(
        "village_tank",
        names,
        title="Tanks of villages",
        labels={"village": village, "place": place_of_node(scenario)[1] + village},
    )
    m.data("tank_volume", tanks.volume_m3[size], unit="m³", title="What a tank holds")
    m.data("storage_lacking", tanks.lacking_m3, unit="m³", title="What new tanks must hold under a plan")
    m.variable("tanks", m.village_tank, m.stage, within="integer", lower=0.0,
               upper=np.ceil(most[village] / tanks.volume_m3[size, None]), unit="units", title="Tanks")  # fmt: skip
    m.neighbours("tanks_in", m.village, m.village_tank, owner=village)
    placed = np.asarray(m.index_sets["village_asset"].label("village")), m.data_arrays["asset_of"].values.astype(np.int64)
    position = np.full((len(scenario.network.villages), len(service.assets)), -1)
    position[placed] = np.arange(len(placed[0]))
    m.data("unit_of_tank", position[village, tanks.asset[size]])

    @m.law(m.village, m.stage, where=most > 0, title="Tanks hold what is asked for", unit="m³")
    def village_storage(m, v, t):
        """The tanks of a village hold the hours of use that are asked for under the plan that it follows."""
        return sum(m.tank_volume[x] * m.tanks[x, t] for x in m.tanks_in[v]) >= sum(
            m.storage_lacking[c, t] * m.chosen[c, t] for c in m.candidates_of[v]
        )

    @m.law(m.village_tank, m.stage, title="Tanks are assets", unit="units")
    def tanks_are_assets(m, x, t):
        """Every tank stands among the assets of its village, which remain and are paid and renewed."""
        return m.tanks[x, t] <= m.units[m.unit_of_tank[x], t]
