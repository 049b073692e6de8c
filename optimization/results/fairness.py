"""Values of the aims of fairness, counted from who is served how."""

import numpy as np

from optimization.fair_aims import TENTHS, fair_aims, ordered_weights
from optimization.results.decisions import Floats
from planner.fairness import lorenz_ordinate, mean_minus_gini, ordered_mean, worst_sum
from planner.scenario.policy import FAIRNESS_AIMS
from planner.scenario.resolved import ResolvedScenario
from planner.scenario.resolved.parties import Parties, parties_of
from planner.scenario.resolved.service import RUNGS


def fair_values(scenario: ResolvedScenario, persons: Floats) -> dict[str, float]:
    """What lacks, by objective; empty where the policy has no aim of fairness. `persons`: (V, G, T, M)."""
    fairness = scenario.policy.fairness
    if not scenario.policy.sought().keys() & set(FAIRNESS_AIMS):
        return {}
    parties = parties_of(scenario.basin, fairness, scenario.horizon, scenario.people, scenario.money)
    names = [objective.name for objective in fair_aims(scenario.policy, len(parties.names)).objectives]
    score = scores(scenario, parties, persons)

    def value(name: str) -> float:
        if name == "lorenz":
            return float(np.mean([share - lorenz_ordinate(score, share, parties.shares) for share in TENTHS]))
        if name == "mean_minus_gini":
            return 1.0 - mean_minus_gini(score, fairness.gini_share, parties.shares)
        if name == "owa":
            return 1.0 - ordered_mean(score, ordered_weights(fairness, len(score)))
        count = {"max_min": 1, "worst_sum": fairness.worst_count}.get(name) or int(name.removeprefix("leximin_"))
        return 1.0 - worst_sum(score, count) / min(count, len(score))

    return {name: value(name) for name in names}


def scores(scenario: ResolvedScenario, parties: Parties, persons: Floats) -> Floats:
    """(P,) the score of each party, 0 to 1."""
    worth = (scenario.people.rung[:, None] >= RUNGS).astype(float) @ parties.rung_worth
    held = np.einsum("vgtm,m,t->vg", persons, worth, parties.stage_weight)
    total = np.zeros(len(parties.names))
    there = parties.party >= 0
    np.add.at(total, parties.party[there], held[there])
    return np.asarray(np.minimum(total / parties.persons, 1.0))
