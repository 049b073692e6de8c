"""Aims of fairness, counted anew: what each party lacks, sorted, or compared pair by pair."""

import numpy as np
import pandas as pd

from planner.plan.audit.facts import Facts
from planner.plan.audit.names import Numbers
from planner.plan.audit.people import reached
from planner.plan.audit.service import Service
from planner.plan.audit.tolerances import Tolerance
from planner.scenario.policy import FAIRNESS_AIMS, Fairness, Policy

SHARES = Tolerance("share", 1e-6)


def fair_objectives(facts: Facts, policy: Policy, service: Service) -> dict[str, tuple[float, int]]:
    """Value and place in the policy of each objective of an aim of fairness."""
    sought = {aim: order for aim, order in policy.sought().items() if aim in FAIRNESS_AIMS}
    if not sought:
        return {}
    lack, persons = _lacks(facts, policy.fairness, service)
    if not len(lack):
        return {}
    values: dict[str, tuple[float, int]] = {}
    for aim, order in sought.items():
        if aim == "leximin":
            worst = np.sort(lack)[::-1]
            for k in range(1, min(policy.fairness.depth, len(lack)) + 1):
                values[f"leximin_{k}"] = (float(worst[:k].mean()), order)
        else:
            values[aim] = (_value(aim, policy.fairness, lack, persons / persons.sum()), order)
    return values


def _lacks(facts: Facts, fairness: Fairness, service: Service) -> tuple[Numbers, Numbers]:
    """What each party with people lacks to the full score, and its persons."""
    years = facts.horizon.years.astype(float)
    if fairness.stage is not None:
        years = years * (facts.basin.tables["stages"]["stage"] == fairness.stage).to_numpy(bool)
    present = facts.people.persons
    rungs = reached(service.persons, facts.people.rung)
    held = rungs[..., 1:].mean(axis=-1) if fairness.score == "mean_rung" else rungs[..., fairness.rung]
    home = facts.names.codes("administrations", facts.basin.tables["villages"]["administration"])
    places = {
        "villages": np.arange(len(home)), "administrations": home, "administration_groups": home,
        "accounts": facts.administrations.account[home], "account_groups": facts.administrations.account[home],
        "groups": np.zeros(len(home), dtype=np.intp),
    }[fairness.between]  # fmt: skip
    village, group = np.indices(present.shape[:2])
    rows = pd.DataFrame({"place": places[village.ravel()],
                         "group": group.ravel() if fairness.between.endswith("groups") else 0,
                         "persons": (present @ years).ravel(), "held": (held @ years).ravel()})  # fmt: skip
    summed = rows.groupby(["place", "group"])[["persons", "held"]].sum()
    summed = summed[summed["persons"] > 0]
    lack = 1.0 - summed["held"] / summed["persons"]
    return np.maximum(lack.to_numpy(float), 0.0), summed["persons"].to_numpy(float)


def _value(aim: str, fairness: Fairness, lack: Numbers, share: Numbers) -> float:
    worst = np.sort(lack)[::-1]
    if aim == "max_min":
        return float(worst[0])
    if aim == "worst_sum":
        return float(worst[: fairness.worst_count].mean())
    if aim == "owa":
        weights = np.array(fairness.weights)[: len(worst)]
        return float(weights @ worst[: len(weights)] / weights.sum())
    if aim == "mean_minus_gini":
        pairs = np.abs(lack[:, None] - lack[None, :]) * share[:, None] * share[None, :]
        return float(lack @ share + fairness.gini_share * pairs.sum() / 2)
    order = np.argsort(-lack, kind="stable")
    before = np.cumsum(share[order]) - share[order]
    tenths = np.arange(1, 11) / 10
    taken = np.clip(tenths[:, None] - before[None, :], 0.0, share[order][None, :])
    return float((taken @ lack[order]).mean())
