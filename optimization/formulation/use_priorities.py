"""What must be delivered to other uses, and what they miss, at their value or at the price of their class."""

from optimization.algebra import Model
from planner.scenario.resolved import ResolvedScenario


def add(m: Model, scenario: ResolvedScenario) -> None:
    """No row where nothing must be delivered."""
    priorities, periods = scenario.use_priorities, scenario.periods
    present = periods.priced_days_per_year * scenario.horizon.annuity[periods.period_stage] / 1000
    m.data("price_of_use", priorities.price_usd_per_m3[:, None] * present, unit="thousand USD per m³/day",
           title="What a missed m³ costs")  # fmt: skip

    m.data("use_missed_in", priorities.price_usd_per_m3[:, None] * m.data_arrays["worth_of_period"].values,
           unit="thousand USD per m³/day", title="Price of water of a use, were every year like the period's member")  # fmt: skip

    def missed_in_member(m, h):
        return sum(m.use_missed_in[x, p] * (m.use_demand[x, p] - m.drawn[x, p]) for x in m.use for p in m.periods_of_member[h])

    @m.term("penalty", m.use, m.period, title="Water that other uses miss", unit="thousand USD", in_member=missed_in_member)
    def missed_by_uses(m, x, p):
        return m.price_of_use[x, p] * (m.use_demand[x, p] - m.drawn[x, p])

    share = priorities.smallest_share[:, periods.period_member]
    m.data("share_of_use", share, unit="share", title="What must be delivered to an other use")
    demand = scenario.river.use_demand_m3_per_day[:, periods.period_season]

    @m.law(m.use, m.period, where=share * demand > 0, title="Smallest deliveries to other uses", unit="m³/day")
    def smallest_delivery(m, x, p):
        """What a use draws and what arrives by reuse is at least the share that must be of what it still wants."""
        return (
            m.drawn[x, p]
            + sum(m.reuse_arrives[i] * m.reused[i, p] for i in m.reuse_to_use[x])
            + sum(
                m.share_of_use[x, p] * m.demand_saved[e, p] * m.serves[m.option_irrigating[e], m.stage_of_period[p]]
                for e in m.irrigating_of_use[x]
            )
            >= m.share_of_use[x, p] * m.use_demand[x, p]
        )
