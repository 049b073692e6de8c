"""The weighted sum, counted anew from its aims and what the plan claims to be their best and worst."""

from collections.abc import Mapping

import numpy as np

from planner.plan.audit.check import AuditCheck, judge
from planner.plan.audit.claims import Claims
from planner.plan.audit.fairness import SHARES
from planner.plan.audit.objectives import TOLERANCES
from planner.plan.audit.tolerances import COUNT, Tolerance
from planner.scenario.policy import Policy

NAME = "weighted_sum"
ANY_UNIT = Tolerance("in the objective's unit", 1e-9)


def weighted_sum(policy: Policy, claims: Claims, true: Mapping[str, float]) -> dict[str, tuple[float, int]]:
    """Value and place in the policy, where it is sought. `true`: the value of every other objective."""
    if not policy.weighted_aims:
        return {}
    claimed = claims["weighted_aims"]
    ways = dict(zip(claimed["objective"], claimed[["best", "worst"]].to_numpy(float), strict=True))
    total = sum(aim.weight for aim in policy.weighted_aims)
    value = 0.0
    for aim in policy.weighted_aims:
        if aim.objective in ways and aim.objective in true:
            best, worst = ways[aim.objective]
            value += aim.weight / total * (true[aim.objective] - float(best)) / float(worst - best) if worst > best else np.nan
    return {NAME: (value, policy.sought()[NAME])}


def check_weighted_aims(policy: Policy, claims: Claims, true: Mapping[str, float]) -> list[AuditCheck]:
    """Each aim is told with its weight, the way that the policy states, its value, and how far on the way that is."""
    claimed = claims["weighted_aims"].set_index("objective")
    total = sum(aim.weight for aim in policy.weighted_aims)
    due = {aim.objective: aim for aim in policy.weighted_aims if aim.objective in true}
    strangers = sorted({*due} ^ {*claimed.index})
    names = [name for name in due if name in claimed.index]
    told = claimed.loc[names]
    value, best, worst = (told[column].to_numpy(float) for column in ("value", "best", "worst"))
    weight = np.array([due[name].weight / total for name in names])
    known = np.array([true[name] for name in names])
    ways = np.array([[due[name].best, due[name].worst] for name in names], dtype=float).reshape(-1, 2)
    astray = np.where(np.isnan(ways), 0.0, np.abs(ways - np.stack([best, worst], axis=1)))
    granted = np.array([TOLERANCES.get(name, SHARES).absolute for name in names])
    length = np.where(worst > best, worst - best, np.nan)

    def place(i: int, *_: int) -> str:
        return names[i]

    return [
        judge("weighted_aims_told", "All weighted aims are told and no other", np.ones(len(strangers)), COUNT,
              lambda i: str(strangers[i])),
        judge("weighted_aims_weight", "Weighted aims have the policy's weights",
              np.abs(told["weight_share"].to_numpy(float) - weight), SHARES, place),
        judge("weighted_aims_way", "Best and worst of weighted aims are those of the policy", astray, ANY_UNIT, place,
              np.nan_to_num(ways)),
        judge("weighted_aims_value", "Weighted aims are told with their values", np.abs(value - known) - granted, ANY_UNIT, place,
              known),
        judge("weighted_aims_share", "Weighted aims are as far from best to worst as is told",
              np.abs(told["way_share"].to_numpy(float) - (value - best) / length), SHARES, place),
    ]  # fmt: skip
