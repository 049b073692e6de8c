"""What the river keeps, and what is owed to those downstream."""

import numpy as np

from optimization.algebra import Model
from planner.scenario.resolved import ResolvedScenario


def add(m: Model, scenario: ResolvedScenario) -> None:
    """Hard or priced, by policy. Nothing is asked beyond what nature brings, so nature's own drought is no deficit."""
    river, periods, policy = scenario.river, scenario.periods, scenario.policy
    here = np.s_[:, periods.period_season, periods.period_member]
    room = (river.natural_m3_per_day - river.environmental_flow_m3_per_day)[here]
    m.data("room_above_environmental_flow", room, unit="m³/day", title="Natural flow less environmental flow")
    required = river.environmental_flow_m3_per_day[here] if policy.environmental_flow == "priced" else 0.0
    m.variable("environmental_flow_deficit", m.reach, m.period, upper=required, unit="m³/day",
               title="Lacking to the environmental flow")  # fmt: skip

    @m.law(m.reach, m.period, title="Environmental flow", unit="m³/day")
    def environmental_flow(m, r, p):
        """Net withdrawal less deficit stays within what the environmental flow leaves (Pastor et al. 2014)."""
        return m.net_withdrawal[r, p] - m.environmental_flow_deficit[r, p] <= m.room_above_environmental_flow[r, p]

    owed = (river.natural_m3_per_day[river.obligation_reach] - river.obligation_m3_per_day)[here]
    m.data("reach_of_obligation", river.obligation_reach)
    m.data("room_above_obligation", owed, unit="m³/day", title="Natural flow less the flow owed")
    may_miss = river.obligation_m3_per_day[here] if policy.obligations == "priced" else 0.0
    m.variable("obligation_shortfall", m.obligation, m.period, upper=may_miss, unit="m³/day",
               title="Lacking to the flow owed")  # fmt: skip

    @m.law(m.obligation, m.period, title="Downstream obligation", unit="m³/day")
    def downstream_obligation(m, b, p):
        """Those downstream get the flow that they are owed, or all that nature brings."""
        return m.net_withdrawal[m.reach_of_obligation[b], p] - m.obligation_shortfall[b, p] <= m.room_above_obligation[b, p]

    share = scenario.horizon.stage_weight[periods.period_stage]
    m.data(
        "deficit_days",
        periods.expected_days_per_year * share,
        unit="days/year",
        title="Expected days that a period stands for",
    )
    present = periods.priced_days_per_year * scenario.horizon.annuity[periods.period_stage] / 1000
    m.data("price_of_deficit", policy.environmental_flow_price_usd_per_m3 * present, unit="thousand USD per m³/day")
    m.data("price_of_obligation", policy.obligation_price_usd_per_m3 * present, unit="thousand USD per m³/day")

    @m.term("environmental_flow_deficit", m.reach, m.period, title="Expected deficit", unit="m³/year")
    def deficit(m, r, p):
        return m.deficit_days[p] * m.environmental_flow_deficit[r, p]

    worth = m.data_arrays["worth_of_period"].values
    if policy.environmental_flow == "priced":
        m.data("deficit_in", worth * policy.environmental_flow_price_usd_per_m3, unit="thousand USD per m³/day",
               title="Price of a deficit, were every year like the period's member")  # fmt: skip

        def deficit_in_member(m, h):
            return sum(m.deficit_in[p] * m.environmental_flow_deficit[r, p] for r in m.reach for p in m.periods_of_member[h])

        @m.term("penalty", m.reach, m.period, title="Environmental flow missed", unit="thousand USD",
                in_member=deficit_in_member)  # fmt: skip
        def environmental_flow_missed(m, r, p):
            return m.price_of_deficit[p] * m.environmental_flow_deficit[r, p]

    if policy.obligations == "priced":
        m.data("obligation_in", worth * policy.obligation_price_usd_per_m3, unit="thousand USD per m³/day",
               title="Price of owed flow missed, were every year like the period's member")  # fmt: skip

        def obligation_in_member(m, h):
            return sum(m.obligation_in[p] * m.obligation_shortfall[b, p] for b in m.obligation for p in m.periods_of_member[h])

        @m.term("penalty", m.obligation, m.period, title="Obligation missed", unit="thousand USD",
                in_member=obligation_in_member)  # fmt: skip
        def obligation_missed(m, b, p):
            return m.price_of_obligation[p] * m.obligation_shortfall[b, p]
