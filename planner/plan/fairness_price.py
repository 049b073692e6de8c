"""What fairness costs: a fair plan beside one of least cost or most service, as Bertsimas, Farias and Trichakis (2011) count it.

(U* − U) / U*, with U* the best on a measure and U the fair plan's: in cost where both serve as many people, in people served
where the fair plan costs no more. Both plans may still be improved, so that the price is told with the interval in which it
lies as far as the solver's bounds go.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from planner.fairness import price_of_fairness
from planner.plan.assumption_differences import basin_differences
from planner.plan.plan import Plan
from planner.plan.titles import Titles
from planner.plan.verdict import is_result
from planner.plan.words import percent, percent_at_least, percent_at_most
from planner.scenario.policy import FAIRNESS_AIMS, Fairness, Policy

AS_GOOD_WITHIN_SHARE: Final = 0.005
"""Plans serve as many people, or cost as much, if they do within half a percent."""


@dataclass(frozen=True)
class FairnessPrice:
    """The price of fairness between two of the plans, as a share of the efficient plan's cost or people.

    `lowest` and `highest`: where it lies, whatever both plans could still gain; None where that is not known.
    """

    efficient: str
    fair: str
    measure: Literal["cost", "people"]
    found: float
    lowest: float | None
    highest: float | None
    sentence: str


def fairness_prices(plans: Sequence[Plan], names: Sequence[str]) -> tuple[FairnessPrice, ...]:
    """Of every fair plan against every efficient one of the same basin; none where neither service nor cost is alike."""
    told = [(plan, name) for plan, name in zip(plans, names, strict=True) if is_result(plan)]
    fair = [one for one in told if _is_fair(one[0])]
    efficient = [one for one in told if not _is_fair(one[0])]
    found = [
        _price(plan, fair_plan, name, fair_name)
        for plan, name in efficient
        for fair_plan, fair_name in fair
        if not basin_differences([plan.basin, fair_plan.basin], Titles(plan.basin))
    ]
    return tuple(price for price in found if price is not None)


def _is_fair(plan: Plan) -> bool:
    """Whether some aim of fairness is sought."""
    return bool(plan.scenario.policy.sought().keys() & set(FAIRNESS_AIMS))


def _price(efficient: Plan, fair: Plan, name: str, fair_name: str) -> FairnessPrice | None:
    policy = fair.scenario.policy.fairness
    rung = policy.rung if policy.score == "share_at_rung" else 4
    objectives = [_objectives(plan) for plan in (efficient, fair)]
    below = f"below_rung_{rung}"
    if any(not {"cost", below} <= table.keys() for table in objectives):
        return None
    people = _people(efficient)
    served = [people - table[below][0] for table in objectives]
    cost = [table["cost"][0] for table in objectives]
    # What is asked beside the aims being the same, no fair plan is better than the best efficient one.
    least = 0.0 if _asked(efficient) == _asked(fair) else None
    if served[0] > 0 and cost[0] > 0 and abs(served[1] - served[0]) <= AS_GOOD_WITHIN_SHARE * served[0]:
        best, own = objectives[0]["cost"][1], objectives[1]["cost"][1]
        lowest = None if own is None else own / cost[0] - 1.0
        highest = None if best is None or best <= 0 else cost[1] / best - 1.0
        found = price_of_fairness(cost[0], cost[1], lower_is_better=True)
        return _told(name, fair_name, "cost", found, _most(lowest, least), highest)
    if served[0] > 0 and abs(cost[1] - cost[0]) <= AS_GOOD_WITHIN_SHARE * abs(cost[0]):
        best, own = objectives[0][below][1], objectives[1][below][1]
        lowest = None if own is None else 1.0 - (people - own) / served[0]
        highest = None if best is None else 1.0 - served[1] / (people - best)
        return _told(name, fair_name, "people", price_of_fairness(served[0], served[1]), _most(lowest, least), highest)
    return None


def _asked(plan: Plan) -> Policy:
    """The plan's policy without its aims."""
    return plan.scenario.policy.model_copy(update={"objectives": (), "weighted_aims": (), "fairness": Fairness()})


def _most(*known: float | None) -> float | None:
    return max((one for one in known if one is not None), default=None)


def _told(
    name: str, fair: str, measure: Literal["cost", "people"], found: float | None, lowest: float | None, highest: float | None
) -> FairnessPrice | None:
    if found is None:
        return None
    if highest is not None and lowest is not None:
        # Bounds are rounded, and plans alike only within half a percent.
        lowest = min(lowest, highest)
    size = percent(abs(found))
    if measure == "cost":
        more = f"“{fair}” costs {size} {'more' if found >= 0 else 'less'} than “{name}”, which serves as many people"
    else:
        more = f"“{fair}” serves {size} {'fewer' if found >= 0 else 'more'} people than “{name}”, which costs as much"
    return FairnessPrice(
        name, fair, measure, found, lowest, highest, f"The price of fairness: {more}; {_within(lowest, highest)}."
    )


def _within(lowest: float | None, highest: float | None) -> str:
    what = "with what both plans may still gain it is"
    if lowest is not None and highest is not None:
        return f"{what} between {percent_at_least(lowest)} and {percent_at_most(highest)}"
    if highest is not None:
        return f"{what} at most {percent_at_most(highest)}"
    if lowest is not None:
        return f"{what} at least {percent_at_least(lowest)}, and how much more is not known"
    return "how far it is from that of the best plans is not known"


def _objectives(plan: Plan) -> dict[str, tuple[float, float | None]]:
    """Value and bound of each; None where no bound is known."""
    table = plan.tables["objectives"]
    value, bound = table["value"].to_numpy(float), table["bound"].to_numpy(float)
    return {
        str(name): (float(v), None if np.isnan(b) else float(b))
        for name, v, b in zip(table["objective"], value, bound, strict=True)
    }  # fmt: skip


def _people(plan: Plan) -> float:
    """All persons by their group's weight, as a mean over the years of the horizon: what `below_rung_…` is counted of."""
    stages, groups = plan.basin.tables["stages"], plan.basin.tables["groups"]
    service = plan.tables["service"]
    weight = service["group"].map(groups.set_index("group")["weight"]).to_numpy(float)
    years = stages.set_index("stage")["years"]
    share = service["stage"].map(years / years.sum()).to_numpy(float)
    return float(service["persons"].to_numpy(float) @ (weight * share))
