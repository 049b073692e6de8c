"""Efficient irrigation: the same crop on less water, of which less comes back, once the option serves."""

import numpy as np

from optimization.algebra import Model
from optimization.formulation.names import joined
from planner.scenario.resolved import ResolvedScenario
from planner.scenario.resolved.index import picked


def add(m: Model, scenario: ResolvedScenario) -> None:
    """No row without an option. The return flow that is lost is a product of a flow and a yes or no, exact by three rows."""
    irrigation, river, periods = scenario.irrigation, scenario.river, scenario.periods
    m.index_set("irrigating", joined(scenario.works.options.take(irrigation.option)), title="Options of efficient irrigation")
    m.data("option_irrigating", irrigation.option)
    m.data("use_irrigating", irrigation.use)
    m.neighbours("irrigating_of_use", m.use, m.irrigating, owner=irrigation.use)
    m.neighbours("irrigating_returning_to_reach", m.reach, m.irrigating, owner=picked(river.use_return_reach, irrigation.use))
    saved = irrigation.saved_m3_per_day[:, periods.period_season]
    m.data("demand_saved", saved, unit="m³/day", title="What a use wants less")
    m.data("return_cut", irrigation.return_cut_share, unit="share", title="What no longer comes back of what is delivered")
    demand = river.use_demand_m3_per_day[irrigation.use][:, periods.period_season]
    most = irrigation.return_cut_share[:, None] * demand
    m.data("most_return_cut", most, unit="m³/day", title="The most that no longer comes back")
    m.variable("return_lost", m.irrigating, m.period, upper=most, unit="m³/day", title="What no longer comes back of a use")
    has_option = np.isin(np.arange(len(river.uses)), irrigation.use)[:, None]

    @m.law(m.use, m.period, where=np.broadcast_to(has_option, (len(river.uses), demand.shape[1])),
           title="An efficient use wants less", unit="m³/day")  # fmt: skip
    def efficient_demand(m, x, p):
        """What is drawn and what arrives by reuse stay within the demand that efficient irrigation leaves."""
        return (
            m.drawn[x, p]
            + sum(m.reuse_arrives[i] * m.reused[i, p] for i in m.reuse_to_use[x])
            + sum(m.demand_saved[e, p] * m.serves[m.option_irrigating[e], m.stage_of_period[p]] for e in m.irrigating_of_use[x])
            <= m.use_demand[x, p]
        )

    @m.law(m.irrigating, m.period, title="Return flow lost where efficient", unit="m³/day")
    def return_lost_where_efficient(m, e, p):
        """All of the return flow comes back before the option serves."""
        return m.return_lost[e, p] <= m.most_return_cut[e, p] * m.serves[m.option_irrigating[e], m.stage_of_period[p]]

    @m.law(m.irrigating, m.period, title="Return flow lost of what is delivered", unit="m³/day")
    def return_lost_of_delivery(m, e, p):
        """No more is lost than the share of what is delivered."""
        return m.return_lost[e, p] <= m.return_cut[e] * m.drawn[m.use_irrigating[e], p] + sum(
            m.return_cut[e] * m.reuse_arrives[i] * m.reused[i, p] for i in m.reuse_to_use[m.use_irrigating[e]]
        )

    @m.law(m.irrigating, m.period, title="Return flow is lost while efficient", unit="m³/day")
    def return_lost_while_efficient(m, e, p):
        """While the option serves, no less is lost than the share of what is delivered."""
        return (
            m.return_lost[e, p]
            - m.return_cut[e] * m.drawn[m.use_irrigating[e], p]
            - sum(m.return_cut[e] * m.reuse_arrives[i] * m.reused[i, p] for i in m.reuse_to_use[m.use_irrigating[e]])
            - m.most_return_cut[e, p] * m.serves[m.option_irrigating[e], m.stage_of_period[p]]
            >= -m.most_return_cut[e, p]
        )

    m.data("worth_of_saving", saved * m.data_arrays["price_of_use"].values[irrigation.use], unit="thousand USD",
           title="What would be missed of what is no longer wanted")  # fmt: skip

    def no_longer_wanted_in_member(m, h):
        return -sum(
            m.use_missed_in[m.use_irrigating[e], p]
            * m.demand_saved[e, p]
            * m.serves[m.option_irrigating[e], m.stage_of_period[p]]
            for e in m.irrigating
            for p in m.periods_of_member[h]
        )

    @m.term("penalty", m.irrigating, m.period, title="Water that efficient uses no longer want", unit="thousand USD",
            in_member=no_longer_wanted_in_member)  # fmt: skip
    def no_longer_wanted(m, e, p):
        return -m.worth_of_saving[e, p] * m.serves[m.option_irrigating[e], m.stage_of_period[p]]
