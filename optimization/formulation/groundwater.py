"""Groundwater: what boreholes draw together in a year, against what the aquifer can give for good."""

import numpy as np

from optimization.algebra import Model
from planner.scenario.resolved import ResolvedScenario
from planner.scenario.resolved.index import picked


def add(m: Model, scenario: ResolvedScenario) -> None:
    """Hard or priced, by policy, in every year of every member."""
    groundwater, horizon, policy = scenario.groundwater, scenario.horizon, scenario.policy
    network, works = scenario.network, scenario.works
    aquifer = groundwater.source_aquifer
    m.index_set("aquifer", list(groundwater.aquifers), title="Aquifers")
    m.neighbours("feeds_from_aquifer", m.aquifer, m.feed, owner=picked(aquifer, network.link_source[works.feed_link]))
    m.neighbours("pipes_from_aquifer", m.aquifer, m.pipe, owner=picked(aquifer, network.link_source[network.pipes]))
    m.data("sustainable_yield", groundwater.sustainable_yield_m3_per_year / 1000, unit="thousand m³/year",
           title="Sustainable yield")  # fmt: skip
    most = np.inf if policy.groundwater == "priced" else 0.0
    m.variable("overdraft", m.aquifer, m.stage, m.member, upper=most, unit="thousand m³/year",
               title="Drawn beyond the sustainable yield")  # fmt: skip

    @m.law(m.aquifer, m.stage, m.member, title="Sustainable yield", unit="thousand m³/year")
    def sustainable_groundwater(m, a, t, h):
        """What all boreholes of an aquifer draw in a year, less overdraft, stays within its sustainable yield."""
        return (
            sum(m.days_of_member[p, h] * m.feed_flow[f, p] for p in m.bindings_in_stage[t] for f in m.feeds_from_aquifer[a])
            + sum(
                m.days_of_member[p, h] * m.demand_factor[p] * m.pipe_flow[n, m.delivery_of_binding[p]]
                for p in m.bindings_in_stage[t]
                for n in m.pipes_from_aquifer[a]
            )
            - m.overdraft[a, t, h]
            <= m.sustainable_yield[a]
        )

    if policy.groundwater == "priced":
        price = policy.groundwater_price_usd_per_m3 * horizon.annuity[:, None] * horizon.probability
        m.data("price_of_overdraft", price, unit="thousand USD per thousand m³/year")

        m.data("overdraft_in", policy.groundwater_price_usd_per_m3 * horizon.annuity, unit="thousand USD per thousand m³/year",
               title="Price of overdraft, were every year alike")  # fmt: skip

        def overdrawn_in_member(m, h):
            return sum(m.overdraft_in[t] * m.overdraft[a, t, h] for a in m.aquifer for t in m.stage)

        @m.term("penalty", m.aquifer, m.stage, m.member, title="Groundwater overdrawn", unit="thousand USD",
                in_member=overdrawn_in_member)  # fmt: skip
        def groundwater_overdrawn(m, a, t, h):
            return m.price_of_overdraft[t, h] * m.overdraft[a, t, h]
