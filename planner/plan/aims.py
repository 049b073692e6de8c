"""A policy in plain words, subject by subject, so that two policies can be laid side by side."""

from planner.plan.titles import Titles
from planner.plan.words import listed, number, percent
from planner.scenario.policy import Floor, Policy

_AIMS = {
    "cost": "least cost",
    "access": "fewest people on low rungs, the lowest rung first",
    "environmental_flow_deficit": "least water missing in the river",
}
_PLACES = {
    "village": "in every village",
    "administration": "in every administration of the lowest level",
    "account": "in every administration with an account",
    "basin": "in the basin as a whole",
}


def aims_in_words(policy: Policy, titles: Titles) -> dict[str, str]:
    """What the policy says of each subject: aims, floors, river, obligations, prices. Same keys for every policy."""
    floors = [floor_in_words(floor, titles) for floor in policy.floors]
    return {
        "Aims, the first one first": listed([_AIMS[aim.objective] for aim in policy.objectives]),
        "Tolerance of each aim": listed([percent(aim.tolerance_share) for aim in policy.objectives]),
        "Floors of service": "; ".join(floors) or "none",
        "Environmental flow": _kept(policy.environmental_flow, policy.environmental_flow_price_usd_per_m3),
        "Flow owed downstream": _kept(policy.obligations, policy.obligation_price_usd_per_m3),
        "Protected reaches": {
            "hard": "no new source takes water there",
            "counted": "what new sources take there is counted",
        }[policy.protected_reaches],
        "Load that reaches bear": _borne(policy.load_limits, policy.load_price_usd_per_kg),
        "Price of water done without in a stress year": f"{number(policy.shortage_price_usd_per_m3)} USD/m³",
        "Price of water hauled in a stress year": f"{number(policy.hauled_price_usd_per_m3)} USD/m³",
        "How works are run": {
            "binding": "as in the binding period that stands for each period",
            "all": "every period on its own",
        }[policy.periods],
    }


def floor_in_words(floor: Floor, titles: Titles) -> str:
    """One floor: `at least 80 % of poor households on rung 4 or above in every village, from 2032 on`."""
    who = titles.of("groups", floor.group) if floor.group else "each group" if floor.within == "village" else "people"
    words = f"at least {percent(floor.share)} of {who} on rung {floor.rung} or above {_PLACES[floor.within]}"
    if floor.administration:
        words += f" of {titles.of('administrations', floor.administration)}"
    if floor.stage:
        words += f", from {titles.of('stages', floor.stage)} on"
    if floor.within == "village":
        return words
    if floor.hard:
        return f"{words}, without exception"
    return f"{words}, or {number(floor.missed_price_usd_per_person_year)} USD a year for each person missed"


def _kept(how: str, price: float) -> str:
    return "kept without exception" if how == "hard" else f"may be missed at {number(price)} USD/m³"


def _borne(how: str, price: float) -> str:
    return "kept without exception" if how == "hard" else f"may be exceeded at {number(price)} USD/kg"
