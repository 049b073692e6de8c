"""Policies that ask for less: what no change of the basin can give, and what a policy may let be missed at a price."""

import math
from collections.abc import Iterable, Iterator
from typing import Any

from optimization.conflicts import Lack
from optimization.demands import FLOOR
from planner.scenario.policy import Policy
from planner.scenario.policy.risk import MOST_POINTS

_SHARES = (0.5, 0.2)
_PRICED = {
    "conflict.environmental_flow": ("environmental_flow", "Let the environmental flow be missed at its price."),
    "conflict.obligation": ("obligations", "Let flows owed downstream be missed at their price."),
    "conflict.water_stress": ("water_stress", "Let the largest water stress be exceeded at its price."),
    "conflict.groundwater": ("groundwater", "Let aquifers be overdrawn at the price of it."),
    "conflict.administration_licence": (
        "administration_licences",
        "Let licences of administrations be exceeded at the price of it.",
    ),
    "conflict.load": ("load_limits", "Let rivers bear more load at the price of it."),
}

Eased = tuple[Policy, str]


def easing(policy: Policy, lacking: Iterable[Lack], factor: float) -> tuple[Policy | None, list[str]]:
    """The policy with what it alone forbids let go, bounds raised by `factor` times what lacks; None where it forbids nothing."""
    eased, words = policy, list[str]()
    largest: dict[tuple[str, str], Lack] = {}
    for lack in lacking:
        key = lack.demand.code, lack.names[0] if lack.names else ""
        if key not in largest or largest[key].amount < lack.amount:
            largest[key] = lack
    for (code, name), lack in largest.items():
        found = _eased(eased, code, name, lack.amount * factor)
        if found is not None and found[0] != eased:
            eased = found[0]
            words.append(found[1])
    return (None if eased == policy else eased), list(dict.fromkeys(words))


def _eased(policy: Policy, code: str, name: str, more: float) -> Eased | None:
    """The policy without one thing that it forbids, and what that is; None where the code is no matter of the policy alone."""
    if code == "conflict.rule":
        kept = tuple(rule.model_copy(update={"active": rule.active and rule.called != name}) for rule in policy.rules)
        return policy.model_copy(update={"rules": kept}), f"leave the rule {name!r} out"
    if code == "conflict.bound":
        most = math.ceil(more * (1000.0 if name == "cost" else 1.0))
        raised = tuple(
            bound.model_copy(update={"at_most": bound.at_most + most}) if bound.objective == name else bound
            for bound in policy.bounds
        )
        return policy.model_copy(update={"bounds": raised}), f"raise the bound on {name.replace('_', ' ')} by {most:,.0f}"
    if code == "conflict.risk":
        return _riskier(policy, more)
    if code == "conflict.emissions" and policy.largest_emissions_kg_co2_per_year is not None:
        allowed = math.ceil(policy.largest_emissions_kg_co2_per_year + 1000 * more)
        words = f"let pumping and treatment emit {allowed:,.0f} kg CO2 a year"
        return policy.model_copy(update={"largest_emissions_kg_co2_per_year": float(allowed)}), words
    if code == "conflict.institutions":
        return _soft(policy, "institution_floors"), "let floors for institutions be missed at their price"
    if code == "conflict.gap":
        return _soft(policy, "gap_caps"), "let caps on gaps be exceeded at their price"
    if code == "conflict.storage":
        return policy.model_copy(update={"least_storage_hours": None}), "ask for no hours of storage"
    return None


def _riskier(policy: Policy, more: float) -> Eased:
    """The lowest band that has room for so many points more; any risk where none has."""
    wanted = MOST_POINTS[policy.risk.highest] + more if policy.risk.highest != "any" else math.inf
    band = next((name for name, points in MOST_POINTS.items() if points >= wanted - 1e-6), "any")
    words = f"let villages run {'any' if band == 'any' else f'a {band}'} risk"
    return policy.model_copy(update={"risk": policy.risk.model_copy(update={"highest": band})}), words


def _soft(policy: Policy, name: str) -> Policy:
    parts: Any = getattr(policy, name)
    return policy.model_copy(update={name: tuple(part.model_copy(update={"hard": False}) for part in parts)})


def policies_that_ask_less(policy: Policy, codes: set[str]) -> Iterator[list[tuple[str, Policy]]]:
    """Lists of policies by title; of each list the first that helps is enough."""
    for code, (name, title) in _PRICED.items():
        if code in codes and getattr(policy, name) == "hard":
            yield [(title, policy.model_copy(update={name: "priced"}))]
    if "conflict.risk" in codes:
        soft = policy.risk.model_copy(update={"hard": False})
        yield [("Let villages run more risk at its price.", policy.model_copy(update={"risk": soft}))]
    if "conflict.assurance" in codes:
        yield [("Let floors of assurance be missed at their price.", _soft(policy, "assurance_floors"))]
    if FLOOR in codes and policy.protected_reaches == "hard":
        yield [("Let new sources draw on protected reaches.", policy.model_copy(update={"protected_reaches": "counted"}))]
    if FLOOR in codes and policy.blending == "none":
        yield [("Let waters be mixed: guideline values hold for the mix.", policy.model_copy(update={"blending": "chemicals"}))]
    if any(floor.hard or floor.within == "village" for floor in policy.floors):
        yield [
            (f"Lower every floor that must be met to {share:.0%} of what it asks.", _lower(policy, share)) for share in _SHARES
        ]
        # A floor of villages is met as far as plans without pipes reach it, hard or not: one of the whole basin is not.
        yield [
            ("Let floors be missed at their price.", _floors(policy, hard=False)),
            (
                "Let floors be missed at their price, and ask for those of villages in the basin as a whole.",
                _floors(policy, hard=False, within="basin"),
            ),
        ]


def _lower(policy: Policy, share: float) -> Policy:
    changed = [
        floor.model_copy(update={"share": round(floor.share * share, 6)}) if floor.hard or floor.within == "village" else floor
        for floor in policy.floors
    ]
    return policy.model_copy(update={"floors": tuple(changed)})


def _floors(policy: Policy, **values: Any) -> Policy:
    return policy.model_copy(update={"floors": tuple(floor.model_copy(update=values) for floor in policy.floors)})
