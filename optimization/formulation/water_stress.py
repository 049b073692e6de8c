"""Water stress (SDG 6.4.2): what is withdrawn in the expected year, of the renewable water that may be withdrawn."""

import numpy as np

from optimization.algebra import Model
from planner.scenario.resolved import ResolvedScenario
from planner.scenario.resolved.index import Integers, picked
from planner.scenario.resolved.water_stress import WaterStress


def add(m: Model, scenario: ResolvedScenario) -> None:
    """Hard or priced, by policy, in the sub-basins that have a limit."""
    stress, network, policy, river = scenario.water_stress, scenario.network, scenario.policy, scenario.river
    periods, limited = scenario.periods, np.isfinite(stress.largest_share)
    everywhere = np.repeat(limited[:, None], len(scenario.horizon.stages), axis=1)
    m.index_set("sub_basin", list(stress.sub_basins), title="Sub-basins")
    feed_reach = picked(network.source_reach, network.link_source[scenario.works.feed_link])
    pipe_reach = picked(network.source_reach, network.link_source[network.pipes])
    use_reach = np.where(stress.use_withdraws, river.use_reach, -1)
    m.neighbours("feeds_of_sub_basin", m.sub_basin, m.feed, pairs=_within(stress, limited, feed_reach))
    m.neighbours("pipes_of_sub_basin", m.sub_basin, m.pipe, pairs=_within(stress, limited, pipe_reach))
    m.neighbours("uses_of_sub_basin", m.sub_basin, m.use, pairs=_within(stress, limited, use_reach))
    m.neighbours("periods_of_year", m.stage, m.period, owner=periods.period_stage)
    m.data("expected_days", periods.expected_days_per_year / 1000, unit="thousand days/year",
           title="Expected days of a period")  # fmt: skip
    m.data("expected_days_of_binding", periods.days_per_year / 1000, unit="thousand days/year",
           title="Expected days that a period stands for, by demand")  # fmt: skip
    m.data("expected_days_of_delivery", periods.delivery_days_per_year / 1000, unit="thousand days/year",
           title="Expected days of a delivery, by demand")  # fmt: skip
    may_withdraw = np.where(limited, stress.largest_share, 0.0) * stress.available_m3_per_year / 1000
    m.data("may_be_withdrawn", may_withdraw, unit="thousand m³/year", title="What the largest water stress leaves to withdraw")
    most = np.where(everywhere & (policy.water_stress == "priced"), np.inf, 0.0)
    m.variable("withdrawn_beyond", m.sub_basin, m.stage, upper=most, unit="thousand m³/year",
               title="Withdrawn beyond the largest water stress")  # fmt: skip

    @m.law(m.sub_basin, m.stage, where=everywhere, title="Water stress", unit="thousand m³/year")
    def water_stress(m, g, t):
        """What sources and other uses withdraw in the expected year, less what is beyond, stays within the limit."""
        return (
            sum(
                m.expected_days_of_binding[p] * m.feed_flow[f, p] for p in m.bindings_in_stage[t] for f in m.feeds_of_sub_basin[g]
            )
            + sum(
                m.expected_days_of_delivery[d] * m.pipe_flow[n, d]
                for d in m.deliveries_in_stage[t]
                for n in m.pipes_of_sub_basin[g]
            )
            + sum(m.expected_days[p] * m.drawn[x, p] for p in m.periods_of_year[t] for x in m.uses_of_sub_basin[g])
            - m.withdrawn_beyond[g, t]
            <= m.may_be_withdrawn[g]
        )

    if policy.water_stress == "priced":
        m.data("price_of_water_stress", policy.water_stress_price_usd_per_m3 * scenario.horizon.annuity,
               unit="thousand USD per thousand m³/year")  # fmt: skip

        @m.term("penalty", m.sub_basin, m.stage, title="Withdrawn beyond the largest water stress", unit="thousand USD")
        def withdrawn_too_much(m, g, t):
            return m.price_of_water_stress[t] * m.withdrawn_beyond[g, t]


def _within(stress: WaterStress, limited: np.ndarray, reach: Integers) -> tuple[Integers, Integers]:
    """Pairs of a sub-basin with a limit, and of what stands at a reach of it."""
    placed = np.flatnonzero(reach >= 0)
    sub_basin, position = np.nonzero(stress.holds[:, reach[placed]] & limited[:, None])
    return sub_basin, placed[position]
