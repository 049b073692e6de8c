"""Hydropower: what flows on turns turbines, and what they lose to other uses of the water has its price."""

import numpy as np

from optimization.algebra import Model
from planner.scenario.resolved import ResolvedScenario


def add(m: Model, scenario: ResolvedScenario) -> None:
    """One row for each turbine and period; one more where its dam is still to be built."""
    hydropower, river, periods = scenario.hydropower, scenario.river, scenario.periods
    here = np.s_[:, periods.period_season, periods.period_member]
    m.index_set("turbine", list(hydropower.turbines), title="Turbines", labels={"reach": hydropower.reach})
    m.data("reach_of_turbine", hydropower.reach)
    m.data(
        "natural_at_turbine", river.natural_m3_per_day[hydropower.reach][here], unit="m³/day", title="Natural flow at a turbine"
    )
    m.data("untouched_at_turbine", hydropower.untouched_m3_per_day[here], unit="m³/day",
           title="What a turbine would turn in the untouched river")  # fmt: skip
    m.data("turbine_capacity", hydropower.capacity_m3_per_day, unit="m³/day", title="Capacity of a turbine")
    m.variable("turbined", m.turbine, m.period, upper=hydropower.capacity_m3_per_day[:, None], unit="m³/day",
               title="Turned by a turbine")  # fmt: skip

    @m.law(m.turbine, m.period, title="Turbines turn what flows on", unit="m³/day")
    def turbined_flows_on(m, k, p):
        """A turbine turns no more than the outflow of its reach: natural flow less net withdrawal."""
        return m.turbined[k, p] + m.net_withdrawal[m.reach_of_turbine[k], p] <= m.natural_at_turbine[k, p]

    waiting = np.flatnonzero(hydropower.waits_for >= 0)
    m.index_set("waiting_turbine", list(hydropower.turbines[waiting]), title="Turbines whose dam is to be built",
                labels={"reach": hydropower.reach[waiting]})  # fmt: skip
    m.data("turbine_waiting", waiting)
    m.data("dam_of_turbine", hydropower.waits_for[waiting])

    @m.law(m.waiting_turbine, m.period, title="A turbine needs its dam", unit="m³/day")
    def turbine_needs_dam(m, i, p):
        """A turbine in a dam turns nothing before the reservoir serves."""
        return m.turbined[m.turbine_waiting[i], p] <= sum(
            m.turbine_capacity[m.turbine_waiting[i]] * m.serves[o, m.stage_of_period[p]]
            for o in m.options_of_reservoir[m.dam_of_turbine[i]]
        )

    present = periods.priced_days_per_year * scenario.horizon.annuity[periods.period_stage] / 1000
    m.data("worth_of_turbined", hydropower.usd_per_m3[:, None] * present, unit="thousand USD per m³/day",
           title="Value of the energy of what is turned")  # fmt: skip

    m.data("turbined_in", hydropower.usd_per_m3[:, None] * m.data_arrays["worth_of_period"].values,
           unit="thousand USD per m³/day", title="Value of what is turned, were every year like the period's member")  # fmt: skip

    def missed_in_member(m, h):
        return sum(
            m.turbined_in[k, p] * (m.untouched_at_turbine[k, p] - m.turbined[k, p])
            for k in m.turbine
            for p in m.periods_of_member[h]
        )

    @m.term("penalty", m.turbine, m.period, title="Energy that turbines lose against the untouched river", unit="thousand USD",
            in_member=missed_in_member)  # fmt: skip
    def missed_by_turbines(m, k, p):
        return m.worth_of_turbined[k, p] * (m.untouched_at_turbine[k, p] - m.turbined[k, p])
