"""Attitude to risk: what a member costs on its own, and how the members are weighed. Nothing where the mean is sought.

All measures here move with what is the same in every member, c: CVaR(c + X) = c + CVaR(X), and so do the worst and the
regret. So only what differs stands in the rows of a member, and what is the same is added once.
"""

from dataclasses import replace

import numpy as np

from optimization.algebra import Model
from planner.scenario.resolved import ResolvedScenario
from planner.scenario.resolved.attitude import weighed_members

RUNNING_BY_MEMBER = ("running_of_feeds", "running_of_pipes")
MISSED_BY_MEMBER = (
    "shortage", "hauling", "missed_by_uses", "missed_by_turbines", "got_by_reuse", "no_longer_wanted",
    "environmental_flow_missed", "obligation_missed", "groundwater_overdrawn", "load_exceeded",
)  # fmt: skip
SAME_IN_ALL = {"cost": "cost_alike", "penalty": "penalty_alike"}


def add(m: Model, scenario: ResolvedScenario) -> None:
    """The cost of each member, as if every year were like it, and the policy's attitude to these costs."""
    if scenario.policy.risk_attitude.attitude == "expectation":
        return
    for objective, alike in SAME_IN_ALL.items():
        kept = {name: term for name, term in m.terms.get(objective, {}).items()
                if name not in RUNNING_BY_MEMBER + MISSED_BY_MEMBER}  # fmt: skip
        if kept:
            m.terms[alike] = {name: replace(term, objective=alike) for name, term in kept.items()}
    _runs(m, scenario)
    _misses(m, scenario)
    _weighed(m, scenario)


def _runs(m: Model, scenario: ResolvedScenario) -> None:
    periods, members = scenario.periods, len(scenario.horizon.members)
    worth = m.data_arrays["days_of_member"].values * 1000 * scenario.horizon.annuity[periods.stage][:, None]
    delivered = np.zeros((len(periods.delivery_stage), members))
    np.add.at(delivered, periods.delivery, worth * periods.factor[:, None])
    m.data("worth_of_member", worth, unit="days", title="Present worth of the days of a member that a period stands for")
    m.data("delivery_worth", delivered, unit="days", title="Present worth of a member's days, by delivery and demand")
    m.variable("runs_in", m.member, unit="thousand USD", title="Energy and chemicals, were every year like a member")

    @m.law(m.member, title="Running a member", unit="thousand USD")
    def member_runs(m, h):
        """Energy and chemicals of the works as they are run in one member, in all years of the horizon."""
        return (
            sum(m.feed_cost[f] * m.worth_of_member[p, h] * m.feed_flow[f, p] for f in m.feed for p in m.binding)
            + sum(m.pipe_cost[n] * m.delivery_worth[d, h] * m.pipe_flow[n, d] for n in m.pipe for d in m.delivery)
            - m.runs_in[h]
            == 0
        )


def _misses(m: Model, scenario: ResolvedScenario) -> None:
    periods, horizon, policy = scenario.periods, scenario.horizon, scenario.policy
    alone = periods.delivery_binding[periods.delivery_binding >= 0]
    per_m3 = m.data_arrays["worth_of_member"].values[alone] * periods.factor[alone][:, None] / 1000
    m.data("shortage_in", policy.shortage_price_usd_per_m3 * per_m3, unit="thousand USD per m³/day")
    m.data("hauling_in", policy.hauled_price_usd_per_m3 * per_m3, unit="thousand USD per m³/day")
    worth = horizon.days[periods.period_season] * horizon.annuity[periods.period_stage] / 1000
    for name, how, price, unit in (
        ("deficit_in", policy.environmental_flow, policy.environmental_flow_price_usd_per_m3, "m³/day"),
        ("obligation_in", policy.obligations, policy.obligation_price_usd_per_m3, "m³/day"),
        ("load_in", policy.load_limits, policy.load_price_usd_per_kg, "kg/day"),
    ):
        m.data(name, worth * (price if how == "priced" else 0.0), unit=f"thousand USD per {unit}")
    m.data("use_missed_in", scenario.use_priorities.price_usd_per_m3[:, None] * worth, unit="thousand USD per m³/day")
    m.data("turbined_in", scenario.hydropower.usd_per_m3[:, None] * worth, unit="thousand USD per m³/day")
    overdrawn = policy.groundwater_price_usd_per_m3 if policy.groundwater == "priced" else 0.0
    m.data("overdraft_in", overdrawn * horizon.annuity, unit="thousand USD per thousand m³/year")
    m.neighbours("periods_of_member", m.member, m.period, owner=periods.period_member)
    m.variable("missed_in", m.member, within="reals", unit="thousand USD", title="What is missed, were every year like a member")

    @m.law(m.member, title="What is missed in a member", unit="thousand USD")
    def member_misses(m, h):
        """Water done without or hauled, what uses and turbines miss, and rivers, obligations, aquifers and loads if priced."""
        return (
            sum(
                m.shortage_in[e, h] * (m.safe_shortage[v, e] + m.raw_shortage[v, e])
                + m.hauling_in[e, h] * (m.safe_hauled[v, e] + m.raw_hauled[v, e])
                for v in m.village
                for e in m.stress
            )
            + sum(m.use_missed_in[x, p] * (m.use_demand[x, p] - m.drawn[x, p]) for x in m.use for p in m.periods_of_member[h])
            - sum(
                m.use_missed_in[m.use_of_reuse[i], p] * m.reuse_arrives[i] * m.reused[i, p]
                for i in m.reuse
                for p in m.periods_of_member[h]
            )
            + sum(
                m.turbined_in[k, p] * (m.untouched_at_turbine[k, p] - m.turbined[k, p])
                for k in m.turbine
                for p in m.periods_of_member[h]
            )
            - sum(
                m.use_missed_in[m.use_irrigating[e], p]
                * m.demand_saved[e, p]
                * m.serves[m.option_irrigating[e], m.stage_of_period[p]]
                for e in m.irrigating
                for p in m.periods_of_member[h]
            )
            + sum(m.deficit_in[p] * m.environmental_flow_deficit[r, p] for r in m.reach for p in m.periods_of_member[h])
            + sum(m.obligation_in[p] * m.obligation_shortfall[b, p] for b in m.obligation for p in m.periods_of_member[h])
            + sum(m.load_in[p] * m.load_excess[i, p] for i in m.load_limit for p in m.periods_of_member[h])
            + sum(m.overdraft_in[t] * m.overdraft[a, t, h] for a in m.aquifer for t in m.stage)
            - m.missed_in[h]
            == 0
        )


def _weighed(m: Model, scenario: ResolvedScenario) -> None:
    risk, weighed = scenario.policy.risk_attitude, weighed_members(scenario.horizon, scenario.policy.risk_attitude)
    m.index_set("weighed", scenario.horizon.members.take(weighed.member).tolist(), title="Members that the attitude weighs")
    m.data("member_weighed", weighed.member)
    m.data("weight_of_member", weighed.weight, unit="share", title="Weight of a member")
    m.data("expected_beside", weighed.expected_beside, unit="share", title="Yearly frequency of a member that is not weighed")

    @m.term("risk", m.member, title="What stress years are expected to miss", unit="thousand USD")
    def missed_beside(m, h):
        return m.expected_beside[h] * m.missed_in[h]

    @m.term("risk_mean", m.weighed, title="Mean of the members", unit="thousand USD")
    def mean_of_members(m, w):
        return m.weight_of_member[w] * (m.runs_in[m.member_weighed[w]] + m.missed_in[m.member_weighed[w]])

    if risk.attitude == "cvar":
        _tail(m, risk.tail_share, risk.tail_weight)
        return
    m.variable("dearest", within="reals", unit="thousand USD", title="The most that a member costs or is regretted")

    @m.law(m.weighed, title="No member is dearer", unit="thousand USD")
    def dearest_member(m, w):
        """No member costs more; for regret, each less what no plan costs less than in it, which the solver finds first."""
        return m.runs_in[m.member_weighed[w]] + m.missed_in[m.member_weighed[w]] - m.dearest <= 0

    @m.term("risk", title="The dearest member", unit="thousand USD")
    def dearest_of_all(m):
        return m.dearest


def _tail(m: Model, tail_share: float, tail_weight: float) -> None:
    """Rockafellar and Uryasev (2000): CVaR is the least of η + Σ weight · (cost - η)⁺ / (1 - α)."""
    weight = m.data_arrays["weight_of_member"].values
    m.data("weight_in_mean", (1 - tail_weight) * weight, unit="share")
    m.data("weight_in_tail", tail_weight * weight / (1 - tail_share), unit="share")
    m.data("weight_of_tail", np.array(tail_weight), unit="share")
    m.variable("tail_begins", within="reals", unit="thousand USD", title="Cost from which a year is among the dearest")
    m.variable("beyond", m.weighed, unit="thousand USD", title="Cost of a member beyond where the tail begins")

    @m.law(m.weighed, title="The dearest years", unit="thousand USD")
    def in_the_tail(m, w):
        """What a member costs beyond where the tail begins."""
        return m.runs_in[m.member_weighed[w]] + m.missed_in[m.member_weighed[w]] - m.tail_begins - m.beyond[w] <= 0

    @m.term("risk", m.weighed, title="Mean of the members, by its weight", unit="thousand USD")
    def mean_beside_tail(m, w):
        return m.weight_in_mean[w] * (m.runs_in[m.member_weighed[w]] + m.missed_in[m.member_weighed[w]])

    @m.term("risk", m.weighed, title="Beyond where the tail begins", unit="thousand USD")
    def tail_beyond(m, w):
        return m.weight_in_tail[w] * m.beyond[w]

    @m.term("risk", title="Where the tail begins", unit="thousand USD")
    def tail_start(m):
        return m.weight_of_tail * m.tail_begins
