"""Piped water that is missing in stress members: done without down to the survival floor, hauled below it."""

import numpy as np

from optimization.algebra import Model
from planner.scenario.resolved import ResolvedScenario


def add(m: Model, scenario: ResolvedScenario) -> None:
    """Both are priced in two tiers and never part of a cost. In design members nothing may be missing."""
    service, periods, policy = scenario.service, scenario.periods, scenario.policy
    alone = periods.delivery_binding[periods.delivery_binding >= 0]
    stage = periods.stage[alone]
    m.data("stage_of_stress", stage)
    # A binding period is missed on all days that it stands for, whoever's they are, each by its own member's frequency.
    in_member = m.data_arrays["worth_of_member"].values[alone] * periods.factor[alone][:, None] / 1000
    expected = in_member @ scenario.horizon.probability
    m.data("price_of_shortage", policy.shortage_price_usd_per_m3 * expected, unit="thousand USD per m³/day")
    m.data("price_of_hauling", policy.hauled_price_usd_per_m3 * expected, unit="thousand USD per m³/day")
    m.data("shortage_in", policy.shortage_price_usd_per_m3 * in_member, unit="thousand USD per m³/day",
           title="Price of water done without, were every year like a member")  # fmt: skip
    m.data("hauling_in", policy.hauled_price_usd_per_m3 * in_member, unit="thousand USD per m³/day",
           title="Price of water hauled, were every year like a member")  # fmt: skip
    for grade, demand in service.demand_m3_per_day.items():
        drawn = np.where(service.allowed, demand, 0.0)
        most = np.zeros((len(scenario.network.villages), drawn.shape[1]))
        np.maximum.at(most, service.village, drawn)
        for kind, words in (("shortage", "done without"), ("hauled", "hauled")):
            m.variable(
                f"{grade}_{kind}",
                m.village,
                m.stress,
                upper=most[:, stage],
                unit="m³/day",
                title=f"{grade.capitalize()} water {words}",
            )
        m.data(f"{grade}_may_miss", demand * (1 - service.survival_share[grade]), unit="m³/day",
               title="What may be done without")  # fmt: skip

    @m.law(m.village, m.stress, title="Survival floor, safe water", unit="m³/day")
    def safe_survival(m, v, e):
        """Nobody on safe taps is left below the survival floor: the rest is hauled."""
        return m.safe_shortage[v, e] <= sum(
            m.safe_may_miss[c, m.stage_of_stress[e]] * m.chosen[c, m.stage_of_stress[e]] for c in m.plans_drawing_safe[v]
        )

    @m.law(m.village, m.stress, title="Survival floor, raw water", unit="m³/day")
    def raw_survival(m, v, e):
        """Nobody on raw taps is left below the survival floor: the rest is hauled."""
        return m.raw_shortage[v, e] <= sum(
            m.raw_may_miss[c, m.stage_of_stress[e]] * m.chosen[c, m.stage_of_stress[e]] for c in m.plans_drawing_raw[v]
        )

    def shortage_in_member(m, h):
        return sum(m.shortage_in[e, h] * (m.safe_shortage[v, e] + m.raw_shortage[v, e]) for v in m.village for e in m.stress)

    def hauling_in_member(m, h):
        return sum(m.hauling_in[e, h] * (m.safe_hauled[v, e] + m.raw_hauled[v, e]) for v in m.village for e in m.stress)

    @m.term("penalty", m.village, m.stress, title="Shortage under stress", unit="thousand USD", in_member=shortage_in_member)
    def shortage(m, v, e):
        return m.price_of_shortage[e] * (m.safe_shortage[v, e] + m.raw_shortage[v, e])

    @m.term("penalty", m.village, m.stress, title="Hauling under stress", unit="thousand USD", in_member=hauling_in_member)
    def hauling(m, v, e):
        return m.price_of_hauling[e] * (m.safe_hauled[v, e] + m.raw_hauled[v, e])
