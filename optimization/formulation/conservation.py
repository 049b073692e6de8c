"""Conservation as an aim: what rivers and aquifers lose and what is left in them, each as a share of a whole."""

import numpy as np

from optimization.algebra import Model
from planner.scenario.resolved import ResolvedScenario
from planner.scenario.resolved.index import picked


def add(m: Model, scenario: ResolvedScenario) -> None:
    """No term unless the policy seeks it; expected over the design members, as a mean over the stages."""
    if "conservation" not in scenario.policy.sought():
        return
    per_m3, horizon, periods = scenario.conservation.per_m3, scenario.horizon, scenario.periods
    stage_share = horizon.stage_weight
    m.data("conserved_days", periods.expected_days_per_year * stage_share[periods.period_stage], unit="days/year",
           title="Expected days that a period stands for")  # fmt: skip
    if "environmental_flow" in per_m3:
        m.data("worth_of_deficit", per_m3["environmental_flow"], unit="share per m³/year")

        @m.term("conservation", m.reach, m.period, title="What rivers lack of what they need", unit="share")
        def rivers_lack(m, r, p):
            return m.worth_of_deficit * m.conserved_days[p] * m.environmental_flow_deficit[r, p]

    if "groundwater" in per_m3:
        chance = np.where(horizon.design, horizon.probability, 0.0)
        worth = per_m3["groundwater"] * 1000 * stage_share[:, None] * chance
        m.data("worth_of_overdraft", worth, unit="share per thousand m³/year")

        @m.term("conservation", m.aquifer, m.stage, m.member, title="Groundwater overdrawn", unit="share")
        def aquifers_overdrawn(m, a, t, h):
            return m.worth_of_overdraft[t, h] * m.overdraft[a, t, h]

    if "protected_reaches" in per_m3:
        _protected_reaches(m, scenario, per_m3["protected_reaches"])
    if "wastewater" in per_m3:
        m.data("worth_of_wastewater", per_m3["wastewater"], unit="share per m³/year")

        @m.term("conservation", m.wastewater_area, m.period, title="Wastewater left untreated", unit="share")
        def wastewater_untreated(m, a, p):
            return (
                m.worth_of_wastewater
                * m.conserved_days[p]
                * (m.wastewater_factor[p] * m.wastewater[a, m.wastewater_delivery[p]] - m.collected[a, p])
            )


def _protected_reaches(m: Model, scenario: ResolvedScenario, per_m3: float) -> None:
    network, river, works, periods = scenario.network, scenario.river, scenario.works, scenario.periods
    taken = ~network.source_exists & np.append(river.protected, False)[network.source_reach]
    of_feed = np.append(taken, False)[network.link_source[works.feed_link]]
    of_pipe = np.append(taken, False)[picked(network.link_source, network.pipes)]
    share = scenario.horizon.stage_weight
    m.data("worth_of_feed", per_m3 * of_feed[:, None] * (periods.days_per_year * share[periods.stage]), unit="share per m³/day")
    m.data("worth_of_pipe", per_m3 * of_pipe[:, None] * (periods.delivery_days_per_year * share[periods.delivery_stage]),
           unit="share per m³/day")  # fmt: skip

    @m.term("conservation", m.feed, m.binding, title="Taken from protected reaches by mains", unit="share")
    def taken_by_mains(m, f, p):
        return m.worth_of_feed[f, p] * m.feed_flow[f, p]

    @m.term("conservation", m.pipe, m.delivery, title="Taken from protected reaches by links into villages", unit="share")
    def taken_by_pipes(m, n, d):
        return m.worth_of_pipe[n, d] * m.pipe_flow[n, d]
