"""A policy in plain words, subject by subject, so that two policies can be laid side by side."""

from typing import Final

from planner.plan.titles import Titles
from planner.plan.words import listed, number, percent, quantity
from planner.scenario.policy import (
    FAIRNESS_AIMS,
    AssuranceFloor,
    Bound,
    Branch,
    Floor,
    GapCap,
    InstitutionFloor,
    Policy,
    Risk,
    RiskAttitude,
    shares_of,
)

NOTHING: Final = frozenset({"none", "none sought"})  # what a policy says of a subject that it leaves alone

_AIMS = {
    "cost": "least cost",
    "access": "fewest people on low rungs, the lowest rung first",
    "environmental_flow_deficit": "least water missing in the river",
    "conservation": "least lost to rivers and aquifers",
    "max_min": "the worst-off as well off as can be",
    "worst_sum": "the few worst-off as well off as can be",
    "owa": "all well off, the worst-off counting most",
    "leximin": "the worst-off first, then the next",
    "lorenz": "most for the worst-off shares of the people",
    "mean_minus_gini": "a high mean with little inequality",
    "weighted_sum": "the least weighted sum of aims",
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
        "Weighted aims": "; ".join(_weighted_in_words(policy)) or "none",
        "Bounds": "; ".join(_bound_in_words(bound) for bound in policy.bounds) or "none",
        "Fairness": _fairness_in_words(policy, titles),
        "Conservation": _conservation_in_words(policy),
        "Attitude to risk": _attitude_in_words(policy.risk_attitude),
        "Branches": "; ".join(_branch_in_words(branch, titles) for branch in policy.branches) or "none",
        "Floors of service": "; ".join(floors) or "none",
        "Floors of institutions": "; ".join(_institutions_in_words(floor, titles) for floor in policy.institution_floors)
        or "none",
        "Floors of assurance": "; ".join(_assurance_in_words(floor, titles) for floor in policy.assurance_floors) or "none",
        "Caps on gaps": "; ".join(_gap_in_words(cap, titles) for cap in policy.gap_caps) or "none",
        "Environmental flow": _kept(policy.environmental_flow, policy.environmental_flow_price_usd_per_m3),
        "Flow owed downstream": _kept(policy.obligations, policy.obligation_price_usd_per_m3),
        "Sustainable groundwater": _kept(policy.groundwater, policy.groundwater_price_usd_per_m3),
        "Largest water stress": _kept(policy.water_stress, policy.water_stress_price_usd_per_m3),
        "Licences of administrations": _kept(policy.administration_licences, policy.administration_licence_price_usd_per_m3),
        "What other uses miss": _missed_by_uses(policy),
        "Protected reaches": {
            "hard": "no new source takes water there",
            "counted": "what new sources take there is counted",
        }[policy.protected_reaches],
        "Load that reaches bear": _borne(policy.load_limits, policy.load_price_usd_per_kg),
        "Highest risk of a village": _risk_in_words(policy.risk, titles),
        "Hours of storage in tanks": "as the basin asks"
        if policy.least_storage_hours is None
        else f"at least {quantity(policy.least_storage_hours, 'hours')}",
        "Treatment at home": {
            "capped": "makes no source improved and no water safely managed",
            "counted": "counts as its mode does",
        }[policy.household_treatment],
        "Emissions of pumping and treatment": "not bounded"
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


def _missed_by_uses(policy: Policy) -> str:
    if policy.other_uses == "value":
        return "counts at the value that water has for the use"
    first, second = policy.first_priority_price_usd_per_m3, policy.second_priority_price_usd_per_m3
    return f"{number(first)} USD/m³ for uses of first priority, {number(second)} USD/m³ for all others"


def _weighted_in_words(policy: Policy) -> list[str]:
    """`50 %: least cost, from 0 to 20,000`, aim by aim."""
    told = []
    for aim, share in zip(policy.weighted_aims, shares_of(policy.weighted_aims), strict=True):
        what = (
            f"fewest people below rung {aim.objective[-1]}" if aim.objective.startswith("below_rung_") else _AIMS[aim.objective]
        )
        way = "from the best to the worst of the single aims"
        if aim.best is not None and aim.worst is not None:
            way = f"from {number(aim.best)} to {number(aim.worst)}"
        told.append(f"{percent(share)}: {what}, {way}")
    return told


def _branch_in_words(branch: Branch, titles: Titles) -> str:
    members = listed([titles.of("members", name) for name in branch.members])
    return f"{branch.label}: {members}, known from {titles.of('stages', branch.from_stage)} on"


def _bound_in_words(bound: Bound) -> str:
    if bound.objective == "cost":
        return f"cost of at most {quantity(bound.at_most, 'USD of the base year')}"
    if bound.objective == "environmental_flow_deficit":
        return f"at most {quantity(bound.at_most, 'm³/year')} missing in the river"
    return f"at most {quantity(bound.at_most, 'persons')} below rung {bound.objective[-1]}"


def _fairness_in_words(policy: Policy, titles: Titles) -> str:
    """Between whom and in what, where an aim of the policy asks for it."""
    sought = policy.sought().keys() & set(FAIRNESS_AIMS)
    if not sought:
        return "none sought"
    fairness = policy.fairness
    parties = _PARTIES[fairness.between]
    at_rung = f"share at rung {fairness.rung} or above, between {parties}"
    words = [at_rung if fairness.score == "share_at_rung" else f"mean rung, between {parties}"]
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


def _attitude_in_words(risk: RiskAttitude) -> str:
    """How the members count in the aim of cost."""
    among = "design members" if risk.members == "design" else "all members, stress years by their frequency"
    dearest, weight = percent(1 - risk.tail_share), percent(risk.tail_weight)
    how = {
        "expectation": "mean of the design members",
        "cvar": f"mean and the dearest {dearest} of the years, these counting {weight}, {among}",
        "worst": f"the dearest member, {among}",
        "minimax_regret": f"least regret in any member, {among}",
    }
    return how[risk.attitude]


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


def _conservation_in_words(policy: Policy) -> str:
    """The weights of what counts, where the policy seeks it."""
    if "conservation" not in policy.sought():
        return "not sought"
    return ", ".join(f"{name.replace('_', ' ')} {number(weight)}" for name, weight in policy.conservation.model_dump().items())


def _risk_in_words(risk: Risk, titles: Titles) -> str:
    if risk.highest == "any":
        return "any, and told"
    words = risk.highest if risk.stage is None else f"{risk.highest}, from {titles.of('stages', risk.stage)} on"
    if risk.hard:
        return f"{words}, without exception"
    return f"{words}, or {number(risk.price_usd_per_person_point_year)} USD a year for each person and point above"


def _institutions_in_words(floor: InstitutionFloor, titles: Titles) -> str:
    """One floor: `at least 100 % of schools with safe piped water, from 2032 on, without exception`."""
    who = {"school": "schools", "clinic": "clinics", "monastery": "monasteries", "other": "other institutions"}
    words = f"at least {percent(floor.share)} of {who[floor.kind] if floor.kind else 'institutions'}"
    if floor.administration:
        words += f" of {titles.of('administrations', floor.administration)}"
    words += " with safe piped water"
    if floor.stage:
        words += f", from {titles.of('stages', floor.stage)} on"
    price = number(floor.missed_price_usd_per_institution_year)
    return f"{words}, without exception" if floor.hard else f"{words}, or {price} USD a year for each missed"


def _assurance_in_words(floor: AssuranceFloor, titles: Titles) -> str:
    """One floor: `piped water without shortage on at least 95 % of days, from 2032 on, without exception`."""
    words = f"piped water without shortage on at least {percent(floor.least_share)} of days"
    if floor.administration:
        words += f" in villages of {titles.of('administrations', floor.administration)}"
    if floor.group:
        words += f", where {titles.of('groups', floor.group)} live"
    if floor.stage:
        words += f", from {titles.of('stages', floor.stage)} on"
    price = number(floor.missed_price_usd_per_person_day)
    return f"{words}, without exception" if floor.hard else f"{words}, or {price} USD for each person and day beyond"


def _gap_in_words(cap: GapCap, titles: Titles) -> str:
    """One cap: `at most 10 % apart in the share on rung 4 or above, between groups, without exception`."""
    parties = {**_PARTIES, "groups": "groups of the basin"}[cap.between]
    words = f"at most {percent(cap.largest_gap_share)} apart in the share on rung {cap.rung} or above, between {parties}"
    if cap.stage:
        words += f", from {titles.of('stages', cap.stage)} on"
    price = number(cap.exceeded_price_usd_per_point_year)
    return f"{words}, without exception" if cap.hard else f"{words}, or {price} USD a year for each point beyond"


def _kept(how: str, price: float) -> str:
    return "kept without exception" if how == "hard" else f"may be missed at {number(price)} USD/m³"


def _borne(how: str, price: float) -> str:
    return "kept without exception" if how == "hard" else f"may be exceeded at {number(price)} USD/kg"
