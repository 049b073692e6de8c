"""Caps on gaps between groups or administrations. No row and no column unless the policy asks for it."""

import numpy as np

from optimization.algebra import Model
from planner.scenario.resolved import ResolvedScenario
from planner.scenario.resolved.gaps import GapAsked, gaps_asked


def add(m: Model, scenario: ResolvedScenario) -> None:
    """The best-off stay near the worst-off by raising these: no service plan puts anybody below the baseline."""
    asked = gaps_asked(scenario.basin, scenario.policy, scenario.horizon, scenario.people, scenario.money)
    if asked:
        _shares(m, scenario, asked)
        _caps(m, scenario, asked)


def _shares(m: Model, scenario: ResolvedScenario, asked: list[GapAsked]) -> None:
    service, stages = scenario.service, scenario.horizon.stages
    before, parts = 0, []
    for gap in asked:
        served = service.at_or_above[:, gap.stage, :, gap.cap.rung - 1]  # candidate, group
        owner = gap.party[service.village]
        candidate, group = np.nonzero((served > 0) & (owner >= 0))
        party = owner[candidate, group]
        parts.append((before + party, candidate, served[candidate, group] / gap.persons[party]))
        before += len(gap.parties)
    owner, candidate, share = (np.concatenate(column) for column in zip(*parts, strict=True))
    gap_of = np.repeat(np.arange(len(asked)), [len(gap.parties) for gap in asked])
    stage = np.array([gap.stage for gap in asked], dtype=np.int64)
    m.index_set("gap", [f"{gap.number}:{stages[gap.stage]}" for gap in asked], title="Gaps with a cap",
                labels={"stage": stage.astype(np.int32)})  # fmt: skip
    m.index_set("gap_party", [f"{gap.number}:{party}:{stages[gap.stage]}" for gap in asked for party in gap.parties],
                title="Parties of a gap", labels={"stage": stage[gap_of].astype(np.int32)})  # fmt: skip
    m.index_set("gap_part", len(candidate), title="What a plan gives to a party of a gap")
    m.data("gap_of_party", gap_of)
    m.data("stage_of_gap_party", stage[gap_of])
    m.data("plan_of_gap_part", candidate)
    m.data("gap_part_share", share, unit="share", title="Share of the party that the plan brings to the rung or above")
    m.neighbours("parts_of_gap_party", m.gap_party, m.gap_part, owner=owner)
    m.variable("party_share", m.gap_party, upper=np.ones(before), unit="share", title="Share of a party at the rung or above")

    @m.law(m.gap_party, title="Share of a party at the rung or above", unit="share")
    def share_of_gap_party(m, i):
        """What the service plans of its villages bring to the rung or above."""
        return (
            sum(m.gap_part_share[x] * m.chosen[m.plan_of_gap_part[x], m.stage_of_gap_party[i]] for x in m.parts_of_gap_party[i])
            - m.party_share[i]
            == 0
        )


def _caps(m: Model, scenario: ResolvedScenario, asked: list[GapAsked]) -> None:
    annuity = scenario.horizon.annuity
    price = [100 * gap.cap.exceeded_price_usd_per_point_year * annuity[gap.stage] / 1000 for gap in asked]
    m.data("largest_gap", np.array([gap.cap.largest_gap_share for gap in asked]), unit="share")
    m.data("price_of_gap", np.array(price), unit="thousand USD/share")
    m.variable("lowest_share", m.gap, upper=np.ones(len(asked)), unit="share", title="Share of the worst-off party")
    beyond = np.array([0.0 if gap.cap.hard else 1.0 for gap in asked])
    m.variable("beyond_gap", m.gap, upper=beyond, unit="share", title="Gap beyond its cap")

    @m.law(m.gap_party, title="The worst-off party", unit="share")
    def lowest_is_below(m, i):
        """No party has less than the worst-off one."""
        return m.lowest_share[m.gap_of_party[i]] - m.party_share[i] <= 0

    @m.law(m.gap_party, title="Caps on gaps", unit="share")
    def gap_is_kept(m, i):
        """No party is further above the worst-off one than the cap, or the cap counts as exceeded."""
        return (
            m.party_share[i] - m.lowest_share[m.gap_of_party[i]] - m.beyond_gap[m.gap_of_party[i]]
            <= m.largest_gap[m.gap_of_party[i]]
        )

    @m.term("penalty", m.gap, title="Caps on gaps exceeded", unit="thousand USD")
    def caps_exceeded(m, n):
        return m.price_of_gap[n] * m.beyond_gap[n]
