"""Attitude to risk: what a member costs on its own, and how the members are weighed. Nothing where the mean is sought.

All measures here move with what is the same in every member, c: CVaR(c + X) = c + CVaR(X), and so do the worst and the
regret. So only what differs stands in the rows of a member, and what is the same is added once. Which terms differ from
member to member, and how, each concern says itself: `in_member` of its term.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np

from optimization.algebra import Model
from planner.scenario.resolved import ResolvedScenario
from planner.scenario.resolved.attitude import weighed_members

SAME_IN_ALL = {"cost": "cost_alike", "penalty": "penalty_alike"}


def add(m: Model, scenario: ResolvedScenario) -> None:
    """The cost of each member, as if every year were like it, and the policy's attitude to these costs."""
    if scenario.policy.risk_attitude.attitude == "expectation":
        return
    for objective, alike in SAME_IN_ALL.items():
        kept = {name: term for name, term in m.terms.get(objective, {}).items() if term.in_member is None}
        if kept:
            m.terms[alike] = {name: replace(term, objective=alike) for name, term in kept.items()}
    m.variable("runs_in", m.member, unit="thousand USD", title="Energy and chemicals, were every year like a member")
    m.variable("missed_in", m.member, within="reals", unit="thousand USD", title="What is missed, were every year like a member")
    runs, misses = (_in_member(m, objective) for objective in ("cost", "penalty"))

    @m.law(m.member, title="Running a member", unit="thousand USD")
    def member_runs(m, h):
        """Energy and chemicals of the works as they are run in one member, in all years of the horizon."""
        return runs(m, h) - m.runs_in[h] == 0

    @m.law(m.member, title="What is missed in a member", unit="thousand USD")
    def member_misses(m, h):
        """Water done without or hauled, what other uses miss, and whatever else is missed in a member, as far as it is priced."""
        return misses(m, h) - m.missed_in[h] == 0

    _weighed(m, scenario)


def _in_member(m: Model, objective: str) -> Callable[[Any, Any], Any]:
    """The rule that adds up what all terms of an objective that differ from member to member would be in one of them."""
    rules = [term.in_member for term in m.terms.get(objective, {}).values() if term.in_member is not None]

    def added(m: Any, h: Any) -> Any:
        total = 0
        for rule in rules:
            total = total + rule(m, h)
        return total

    return added


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
