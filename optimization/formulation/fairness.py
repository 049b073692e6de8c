"""Fairness between parties: what each lacks, and the worst-off together. No row and no column unless an aim asks for it."""

import numpy as np

from optimization.algebra import Model
from optimization.fair_aims import FairAims, FairObjective, fair_aims
from planner.scenario.policy import FAIRNESS_AIMS
from planner.scenario.resolved import ResolvedScenario
from planner.scenario.resolved.parties import Parties, parties_of


def add(m: Model, scenario: ResolvedScenario) -> None:
    """What a party lacks is made small, never what another has: no service plan puts anybody below the baseline."""
    policy = scenario.policy
    if not policy.sought().keys() & set(FAIRNESS_AIMS):
        return
    parties = parties_of(scenario.basin, policy.fairness, scenario.horizon, scenario.people, scenario.money)
    aims = fair_aims(policy, len(parties.names))
    if not aims.objectives:
        return
    _lacks(m, scenario, parties)
    if aims.cuts:
        _worst_off(m, parties, aims)
    for objective in aims.objectives:
        if objective.gini_share is not None:
            _pairs(m, parties, objective)


def _lacks(m: Model, scenario: ResolvedScenario, parties: Parties) -> None:
    service, people = scenario.service, scenario.people
    present = people.persons.transpose(0, 2, 1)[service.village]  # candidate, stage, group
    below = np.maximum(present[..., None] - service.at_or_above, 0.0) @ parties.rung_worth
    weighted = (below * parties.stage_weight[:, None]).transpose(2, 0, 1)  # group, candidate, stage
    party = parties.party[service.village].T  # group, candidate
    group, candidate, stage = np.nonzero((weighted > 0) & (party >= 0)[..., None])
    owner = party[group, candidate]
    m.index_set("party", list(parties.names), title="Parties between whom fairness is sought")
    m.index_set("party_part", len(owner), title="What a plan leaves a party lacking in a stage")
    m.data("plan_of_party_part", candidate)
    m.data("stage_of_party_part", stage)
    m.data("part_lacks", weighted[group, candidate, stage] / parties.persons[owner], unit="share",
           title="Share that the party lacks under the plan")  # fmt: skip
    m.data("persons_share", parties.shares, unit="share", title="Share of all persons")
    m.neighbours("parts_of_party", m.party, m.party_part, owner=owner)
    m.variable("lack", m.party, unit="share", title="What a party lacks to the full score")

    @m.law(m.party, title="What a party lacks", unit="share")
    def lack_of_party(m, i):
        """What the people of a party lack under the service plans of their villages."""
        return (
            sum(m.part_lacks[x] * m.chosen[m.plan_of_party_part[x], m.stage_of_party_part[x]] for x in m.parts_of_party[i])
            - m.lack[i]
            == 0
        )

    @m.term("mean_lack", m.party, title="Mean lack, by persons", unit="share")
    def mean_of_lacks(m, i):
        return m.persons_share[i] * m.lack[i]


def _worst_off(m: Model, parties: Parties, aims: FairAims) -> None:
    cuts = aims.cuts
    counted = np.array([cut.counted for cut in cuts], dtype=float)
    weight = np.array([parties.shares if cut.by_persons else np.ones(len(parties.names)) for cut in cuts])
    m.index_set("cut", [f"{cut.counted:g}{' of persons' if cut.by_persons else ''}" for cut in cuts],
                title="How many of the worst-off are looked at together")  # fmt: skip
    m.variable("cut_level", m.cut, unit="share", title="Lack at the cut")
    m.variable("beyond_cut", m.cut, m.party, unit="share", title="Lack beyond the cut")

    @m.law(m.cut, m.party, title="Lack beyond the cut", unit="share")
    def lack_beyond_cut(m, k, i):
        """What a party lacks more than the level of the cut (Ogryczak and Śliwiński 2006)."""
        return m.lack[i] - m.cut_level[k] <= m.beyond_cut[k, i]

    for objective in aims.objectives:
        if objective.parts:
            factor = np.zeros(len(cuts))
            for cut, part in objective.parts:
                factor[cuts.index(cut)] = part
            _sums_of_worst(m, objective.name, factor * counted, factor[:, None] * weight)


def _sums_of_worst(m: Model, name: str, at: np.ndarray, beyond: np.ndarray) -> None:
    m.data(f"{name}_of_level", at, title="Weight of the level of a cut")
    m.data(f"{name}_of_beyond", beyond, title="Weight of what lies beyond a cut")

    @m.term(name, m.cut, name="level", where=at > 0, title="Worst-off: levels of the cuts", unit="share")
    def level(m, k):
        return getattr(m, f"{name}_of_level")[k] * m.cut_level[k]

    @m.term(name, m.cut, m.party, name="beyond", where=beyond > 0, title="Worst-off: beyond the cuts", unit="share")
    def beyond_it(m, k, i):
        return getattr(m, f"{name}_of_beyond")[k, i] * m.beyond_cut[k, i]


def _pairs(m: Model, parties: Parties, objective: FairObjective) -> None:
    """All pairs: exact also where parties have unlike numbers of persons; a policy with too many parties is refused."""
    one, other = np.triu_indices(len(parties.names), 1)
    m.index_set("party_pair", len(one), title="Pairs of parties")
    m.data("one_of_pair", one)
    m.data("other_of_pair", other)
    m.data("weight_of_pair", (objective.gini_share or 0.0) * parties.shares[one] * parties.shares[other])
    m.variable("apart", m.party_pair, unit="share", title="How far two parties are apart")

    @m.law(m.party_pair, title="Apart one way", unit="share")
    def apart_one_way(m, n):
        """Two parties are as far apart as the one lacks more than the other."""
        return m.lack[m.one_of_pair[n]] - m.lack[m.other_of_pair[n]] <= m.apart[n]

    @m.law(m.party_pair, title="Apart the other way", unit="share")
    def apart_other_way(m, n):
        """Or the other more than the one."""
        return m.lack[m.other_of_pair[n]] - m.lack[m.one_of_pair[n]] <= m.apart[n]

    @m.term(objective.name, m.party, name="mean", title="Mean lack, by persons", unit="share")
    def mean(m, i):
        return m.persons_share[i] * m.lack[i]

    @m.term(objective.name, m.party_pair, name="inequality", title="Half the mean difference, by its weight", unit="share")
    def inequality(m, n):
        return m.weight_of_pair[n] * m.apart[n]
