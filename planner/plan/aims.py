"""A policy in plain words, subject by subject, so that two policies can be laid side by side."""

from planner.plan.titles import Titles
from planner.plan.words import listed, number, percent, quantity
from planner.scenario.policy import FAIRNESS_AIMS, Bound, Floor, Policy

_AIMS = {
    "cost": "least cost",
    "access": "fewest people on low rungs, the lowest rung first",
    "environmental_flow_deficit": "least water missing in the river",
    "max_min": "the worst-off as well off as can be",
    "worst_sum": "the few worst-off as well off as can be",
    "owa": "all well off, the worst-off counting most",
    "leximin": "the worst-off first, then the next",
    "lorenz": "most for the worst-off shares of the people",
    "mean_minus_gini": "a high mean with little inequality",
}
_PARTIES = {
    "villages": "villages",
    "administrations": "administrations of the lowest level",
    "administration_groups": "groups within administrations of the lowest level",
    "accounts": "administrations with an account",
    "account_groups": "groups within administrations with an account",
    "groups": "groups",
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
        "Bounds": "; ".join(_bound_in_words(bound) for bound in policy.bounds) or "none",
        "Fairness": _fairness_in_words(policy, titles),
        "Floors of service": "; ".join(floors) or "none",
        "Environmental flow": _kept(policy.environmental_flow, policy.environmental_flow_price_usd_per_m3),
        "Flow owed downstream": _kept(policy.obligations, policy.obligation_price_usd_per_m3),
        "Sustainable groundwater": _kept(policy.groundwater, policy.groundwater_price_usd_per_m3),
        "Protected reaches": {
            "hard": "no new source takes water there",
            "counted": "what new sources take there is counted",
        }[policy.protected_reaches],
        "Load that reaches bear": _borne(policy.load_limits, policy.load_price_usd_per_kg),
        "Emissions of pumping": "not bounded"
        if policy.largest_emissions_kg_co2_per_year is None
        else f"at most {quantity(policy.largest_emissions_kg_co2_per_year, 'kg CO2/year')}",
        "Price of water done without in a stress year": f"{number(policy.shortage_price_usd_per_m3)} USD/m³",
        "Price of water hauled in a stress year": f"{number(policy.hauled_price_usd_per_m3)} USD/m³",
        "Waters at a train": {
            "none": "each source keeps the guideline values alone",
            "chemicals": "guideline values hold after mixing",
        }[policy.blending],
        "How works are run": {
            "binding": "as in the binding period that stands for each period",
            "all": "every period on its own",
        }[policy.periods],
    }


def _bound_in_words(bound: Bound) -> str:
    if bound.objective == "cost":
        return f"cost of at most {quantity(bound.at_most, 'USD of the base year')}"
    if bound.objective == "environmental_flow_deficit":
        return f"at most {quantity(bound.at_most, 'm³/year')} missing in the river"
    return f"at most {quantity(bound.at_most, 'persons')} below rung {bound.objective[-1]}"


def _fairness_in_words(policy: Policy, titles: Titles) -> str:
    """Between whom and in what, where an aim of the policy asks for it."""
    sought = {aim.objective for aim in policy.objectives} & set(FAIRNESS_AIMS)
    if not sought:
        return "none sought"
    fairness = policy.fairness
    score = f"share at rung {fairness.rung} or above" if fairness.score == "share_at_rung" else "mean rung"
    words = [f"{score}, between {_PARTIES[fairness.between]}"]
    if fairness.stage:
        words.append(f"in {titles.of('stages', fairness.stage)}")
    if "worst_sum" in sought:
        words.append(f"the {fairness.worst_count} worst-off")
    if "owa" in sought:
        words.append(f"weights {', '.join(number(weight) for weight in fairness.weights)}")
    if "leximin" in sought:
        words.append(f"{fairness.depth} parties deep")
    if "mean_minus_gini" in sought:
        words.append(f"inequality counts {number(fairness.gini_share)}")
    return ", ".join(words)


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
