"""Treated wastewater that other uses take instead of water from the river."""

import numpy as np

from optimization.algebra import Model
from planner.scenario.resolved import ResolvedScenario
from planner.scenario.resolved.index import picked


def add(m: Model, scenario: ResolvedScenario) -> None:
    """A use is filled from the river and from reuse together, never beyond what it wants."""
    wastewater, uses, periods = scenario.wastewater, len(scenario.river.uses), len(scenario.periods.period_stage)
    reached = np.isin(np.arange(uses), wastewater.reuse_use)[:, None]
    m.data("reuse_capacity", scenario.works.capacity_m3_per_day, unit="m³/day", title="Capacity of an option of reuse")
    m.data("use_of_reuse", picked(wastewater.reuse_use, wastewater.pair_link))

    m.neighbours("modules_of_reuse_link", m.reuse_link, m.module, owner=wastewater.reuse_option[scenario.works.modular])

    @m.law(m.reuse_link, m.period, title="Capacity of reuse links", unit="m³/day")
    def reuse_capacities(m, u, p):
        """A reuse link carries no more than what stands."""
        return sum(m.reused[i, p] for i in m.reuse_on_link[u]) <= sum(
            m.reuse_capacity[o] * m.serves[o, m.stage_of_period[p]] for o in m.options_of_reuse_link[u]
        ) + sum(m.reuse_capacity[m.option_of_module[w]] * m.further[w, m.stage_of_period[p]] for w in m.modules_of_reuse_link[u])

    @m.law(m.use, m.period, title="Uses with reuse", unit="m³/day",
           where=np.broadcast_to(reached, (uses, periods)))  # fmt: skip
    def use_is_not_overfilled(m, x, p):
        """What a use draws and what of reuse arrives stay within what it wants."""
        return m.drawn[x, p] + sum(m.reuse_arrives[i] * m.reused[i, p] for i in m.reuse_to_use[x]) <= m.use_demand[x, p]

    def got_in_member(m, h):
        return -sum(
            m.use_missed_in[m.use_of_reuse[i], p] * m.reuse_arrives[i] * m.reused[i, p]
            for i in m.reuse
            for p in m.periods_of_member[h]
        )

    @m.term("penalty", m.reuse, m.period, title="Water that reuse brings to other uses", unit="thousand USD",
            in_member=got_in_member)  # fmt: skip
    def got_by_reuse(m, i, p):
        return -m.price_of_use[m.use_of_reuse[i], p] * m.reuse_arrives[i] * m.reused[i, p]
