"""Used water: what villages return, what is treated, and what a reach bears of it."""

import numpy as np

from optimization.algebra import Model
from optimization.formulation.modules import modules_of
from optimization.formulation.names import joined
from planner.scenario.resolved import ResolvedScenario
from planner.scenario.resolved.index import picked
from planner.scenario.resolved.wastewater import reach_of_treatment


def add(m: Model, scenario: ResolvedScenario) -> None:
    """A village returns a share of its piped water; treatment is chosen anew in every period, for whole areas."""
    _sets(m, scenario)
    _returned(m, scenario)
    _treated(m, scenario)
    _loads(m, scenario)


def _sets(m: Model, scenario: ResolvedScenario) -> None:
    wastewater, works = scenario.wastewater, scenario.works
    treatments = works.options.take(wastewater.treatment_option)
    m.index_set("wastewater_area", list(wastewater.areas), title="Wastewater areas")
    m.index_set("wastewater_site", list(wastewater.sites), title="Wastewater sites")
    m.index_set("wastewater_treatment", list(treatments), title="Wastewater treatments that may stand")
    m.index_set("reuse_link", list(wastewater.reuse_links), title="Reuse links")
    pairs = joined(wastewater.reuse_links.take(wastewater.pair_link), treatments.take(wastewater.pair_treatment))
    m.index_set("reuse", pairs, title="Reuse links with the treatments that feed them")
    treated_at = wastewater.treatment_site
    m.data("option_of_wastewater_treatment", wastewater.treatment_option)
    m.neighbours("areas_of_wastewater_site", m.wastewater_site, m.wastewater_area, owner=wastewater.area_site)
    m.neighbours("treatments_of_wastewater_site", m.wastewater_site, m.wastewater_treatment, owner=treated_at)
    m.neighbours("reuse_of_treatment", m.wastewater_treatment, m.reuse, owner=wastewater.pair_treatment)
    m.neighbours("reuse_on_link", m.reuse_link, m.reuse, owner=wastewater.pair_link)
    m.neighbours("options_of_reuse_link", m.reuse_link, m.option, owner=wastewater.reuse_option)
    m.neighbours("areas_into_reach", m.reach, m.wastewater_area, owner=wastewater.area_reach)
    m.neighbours("treatments_into_reach", m.reach, m.wastewater_treatment, owner=reach_of_treatment(wastewater))
    m.neighbours("reuse_kept_from_reach", m.reach, m.reuse,
                 owner=picked(reach_of_treatment(wastewater), wastewater.pair_treatment))  # fmt: skip


def _returned(m: Model, scenario: ResolvedScenario) -> None:
    wastewater, service = scenario.wastewater, scenario.service
    demand = sum(service.demand_m3_per_day.values(), np.zeros_like(service.fine_usd_per_year))
    returned = wastewater.village_return_share[service.village, None] * demand
    m.data("returned", returned, unit="m³/day", title="Wastewater of a plan")
    m.data("village_returns", wastewater.village_return_share, unit="share", title="Piped water that becomes wastewater")
    m.neighbours("plans_returning_to", m.wastewater_area, m.candidate,
                 owner=picked(wastewater.village_area, service.village), where=(returned > 0).any(axis=1))  # fmt: skip
    m.neighbours("villages_returning_to", m.wastewater_area, m.village, owner=wastewater.village_area)
    m.variable("wastewater", m.wastewater_area, m.delivery, unit="m³/day", title="Wastewater of an area on a mean day")

    @m.law(m.wastewater_area, m.delivery, title="Wastewater", unit="m³/day")
    def wastewater_arises(m, a, d):
        """A share of what the plans pipe, less what is missing under stress, becomes wastewater."""
        return m.wastewater[a, d] == sum(
            m.returned[c, m.stage_of_delivery[d]] * m.chosen[c, m.stage_of_delivery[d]] for c in m.plans_returning_to[a]
        ) - sum(
            m.village_returns[v] * (m.safe_shortage[v, e] + m.safe_hauled[v, e] + m.raw_shortage[v, e] + m.raw_hauled[v, e])
            for v in m.villages_returning_to[a]
            for e in m.stress_of_delivery[d]
        )


def _treated(m: Model, scenario: ResolvedScenario) -> None:
    wastewater, periods = scenario.wastewater, scenario.periods
    factor = periods.scale * periods.factor[periods.stands_for]
    m.data("wastewater_factor", factor, unit="share", title="Wastewater of the period's season")
    m.data("wastewater_delivery", periods.delivery[periods.stands_for])
    can_be_led = np.where(wastewater.area_site >= 0, np.inf, 0.0)[:, None]
    m.variable("collected", m.wastewater_area, m.period, unit="m³/day", title="Wastewater led to a site",
               upper=np.broadcast_to(can_be_led, (len(can_be_led), len(factor))))  # fmt: skip
    capacity = scenario.works.capacity_m3_per_day[wastewater.treatment_option]
    m.data("wastewater_capacity", capacity, unit="m³/day", title="Capacity of a wastewater treatment")
    modules_of(m, scenario, "modules_of_wastewater_treatment", m.wastewater_treatment, wastewater.treatment_option)
    m.variable("treated", m.wastewater_treatment, m.period, unit="m³/day", title="Wastewater treated")
    m.variable("reused", m.reuse, m.period, unit="m³/day", title="Treated wastewater that enters a reuse link")

    @m.law(m.wastewater_area, m.period, title="Only wastewater is collected", unit="m³/day")
    def collected_at_most(m, a, p):
        """No more is led to a site than arises."""
        return m.collected[a, p] <= m.wastewater_factor[p] * m.wastewater[a, m.wastewater_delivery[p]]

    @m.law(m.wastewater_site, m.period, title="What is collected is treated", unit="m³/day")
    def collected_is_treated(m, k, p):
        """What is led to a site goes through a treatment that stands there."""
        return sum(m.collected[a, p] for a in m.areas_of_wastewater_site[k]) == sum(
            m.treated[q, p] for q in m.treatments_of_wastewater_site[k]
        )

    @m.law(m.wastewater_treatment, m.period, title="Capacity of wastewater treatments", unit="m³/day")
    def wastewater_capacities(m, q, p):
        """A treatment takes in no more than its capacity, once it stands."""
        return m.treated[q, p] <= m.wastewater_capacity[q] * m.serves[
            m.option_of_wastewater_treatment[q], m.stage_of_period[p]
        ] + sum(m.wastewater_capacity[q] * m.further[w, m.stage_of_period[p]] for w in m.modules_of_wastewater_treatment[q])

    @m.law(m.wastewater_treatment, m.period, title="Only treated water is reused", unit="m³/day")
    def reuse_is_treated(m, q, p):
        """No more is reused than the treatment gives."""
        return sum(m.reused[i, p] for i in m.reuse_of_treatment[q]) <= m.treated[q, p]


def _loads(m: Model, scenario: ResolvedScenario) -> None:
    wastewater, periods, policy = scenario.wastewater, scenario.periods, scenario.policy
    reach, load = wastewater.limit_reach, wastewater.limit_load
    m.index_set("load_limit", wastewater.limit_names, title="Loads that reaches bear")
    m.data("raw_load", wastewater.raw_kg_per_m3[load], unit="kg/m³", title="Load of untreated wastewater")
    m.data("treated_load", wastewater.treated_kg_per_m3[:, load].T, unit="kg/m³", title="Load of treated wastewater")
    m.data("treatment_of_reuse", wastewater.pair_treatment)
    m.data("bearable", wastewater.limit_kg_per_day, unit="kg/day", title="What a reach bears of a load")
    into = reach_of_treatment(wastewater)
    for name, members, owner in (
        ("areas_under_limit", m.wastewater_area, wastewater.area_reach),
        ("treatments_under_limit", m.wastewater_treatment, into),
        ("reuse_under_limit", m.reuse, picked(into, wastewater.pair_treatment)),
    ):
        limit, member = np.nonzero(reach[:, None] == owner[None])
        m.neighbours(name, m.load_limit, members, pairs=(limit, member))
    most = np.inf if policy.load_limits == "priced" else 0.0
    m.variable("load_excess", m.load_limit, m.period, unit="kg/day", title="Load beyond what a reach bears",
               upper=np.full((len(reach), len(periods.period_stage)), most))  # fmt: skip

    @m.law(m.load_limit, m.period, title="What a reach bears", unit="kg/day")
    def reach_bears(m, i, p):
        """The load that enters a reach, untreated or treated, stays within what the reach bears at its low flow."""
        return (
            sum(
                m.raw_load[i] * (m.wastewater_factor[p] * m.wastewater[a, m.wastewater_delivery[p]] - m.collected[a, p])
                for a in m.areas_under_limit[i]
            )
            + sum(m.treated_load[i, q] * m.treated[q, p] for q in m.treatments_under_limit[i])
            - sum(m.treated_load[i, m.treatment_of_reuse[u]] * m.reused[u, p] for u in m.reuse_under_limit[i])
            - m.load_excess[i, p]
            <= m.bearable[i]
        )

    if policy.load_limits == "priced":
        present = periods.priced_days_per_year * scenario.horizon.annuity[periods.period_stage] / 1000
        m.data("price_of_load", policy.load_price_usd_per_kg * present, unit="thousand USD per kg/day")

        m.data("load_in", policy.load_price_usd_per_kg * m.data_arrays["worth_of_period"].values,
               unit="thousand USD per kg/day", title="Price of load, were every year like the period's member")  # fmt: skip

        def load_in_member(m, h):
            return sum(m.load_in[p] * m.load_excess[i, p] for i in m.load_limit for p in m.periods_of_member[h])

        @m.term("penalty", m.load_limit, m.period, title="Load beyond what reaches bear", unit="thousand USD",
                in_member=load_in_member)  # fmt: skip
        def load_exceeded(m, i, p):
            return m.price_of_load[p] * m.load_excess[i, p]
