"""What a plan may claim of itself, in words."""

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from planner.plan.words import count, listed, percent, percent_at_most, quantity

if TYPE_CHECKING:
    from planner.plan.plan import Plan

PROVEN_WITHIN_SHARE: Final = 1e-4
_NOTHING: Final = 0.01  # a hundredth of a person, a dollar or a cubic metre
_SMALLEST_TOLD: Final = 1.0  # of money or m³ a year: what is less is told as "at most" this
_MEAN_UNKNOWN: Final = "how far their mean cost is from the best possible is not known"
_NOTHING_OF_SHARES: Final = 2e-4

_OPENINGS: Final = {
    "optimal": "Best plan found",
    "gap_reached": "Best plan found",
    "time_limit": "Stopped at the time limit with the best plan so far",
    "node_limit": "Stopped at the limit of work with the best plan so far",
    "failed": "Stopped by a failure of the solver with the best plan so far",
    "memory_limit": "Stopped at the memory limit with the best plan so far",
    "by_rule": "Made by a rule of thumb, as common practice would",
    "cancelled": "Stopped on request with the best plan so far",
}

_FAIR: Final = {
    "max": "the worst-off lack",
    "worst": "the worst-off together lack, as a mean,",
    "owa": "all by their place, the worst-off counting most, lack",
    "leximin": "the worst-off, one after the other, lack",
    "lorenz": "the worst-off shares of the people lack, as a mean,",
    "mean": "all lack, with their inequality,",
}


def is_result(plan: "Plan") -> bool:
    """Whether a plan's figures may be shown as results: it was audited, and every check passed."""
    return bool(plan.audit.checks) and plan.audit.passed


def verdict(plan: "Plan") -> str:
    """One sentence: proven optimal, best found and how far from the best possible, stopped, or not shown as a result.

    A plan whose audit failed is never called optimal or best, whatever its solver said. A plan is proven optimal if the
    solver says so and every aim of its policy has a bound within a hundredth of a percent, or within the tolerance that
    the policy grants for the sake of later aims.
    """
    if not is_result(plan):
        return _failure([check.title for check in plan.audit.checks if not check.passed])
    tree = plan.record.get("member_tree")
    if tree is not None:
        # Plans written before the aims of a tree were told have neither its levels nor the branch's title.
        branch = tree.get("title", tree["name"])
        known = f"One of {len(tree['branches'])} plans of a member tree, for the branch {branch}"
        return f"{known}: {mean_in_words(tree.get('levels', ()), plan)}."
    aims = _aims(plan)
    opening = _OPENINGS[plan.status]
    if plan.status == "optimal" and len(aims) and aims["bound"].notna().all():
        distances = _distances(aims)
        if distances.le(_allowed(aims, PROVEN_WITHIN_SHARE)).all():
            return "Proven optimal: no plan is better within this model and its data."
        if distances.le(_allowed(aims, PROVEN_WITHIN_SHARE + _granted(aims, plan))).all():
            opening = "Proven optimal within the tolerances of its policy"
    return f"{opening}: {_remaining(aims, plan)}."


def mean_in_words(levels: Sequence[Mapping[str, Any]], plan: "Plan") -> str:
    """How far the plans of a member tree together can be from the best possible, in each aim; `plan` is one of them."""
    if not levels:
        return _MEAN_UNKNOWN
    if len(levels) == 1 and levels[0]["objective"] == "cost":
        return _mean_cost_in_words(levels[0], plan.basin.settings.base_year)
    aims = pd.DataFrame(levels, columns=["objective", "order", "value", "bound", "unit", "gap_share"])
    aims = aims.assign(bound=aims["bound"].astype(float), priced=aims["objective"].isin(["cost", "weighted_sum"]))
    if aims["bound"].notna().all() and _distances(aims).le(_allowed(aims, PROVEN_WITHIN_SHARE)).all():
        return "no such plans are better for all branches together within this model and its data"
    return f"for all branches together, {_remaining(aims, plan)}"


def _mean_cost_in_words(mean: Mapping[str, Any], base_year: int) -> str:
    if mean["bound"] is None:
        return _MEAN_UNKNOWN
    distance = max(mean["value"] - mean["bound"], 0.0)
    if distance <= PROVEN_WITHIN_SHARE * abs(mean["value"]) + _NOTHING:
        return "no such plans have a lower mean cost within this model and its data"
    amount = quantity(max(distance, _SMALLEST_TOLD), "USD", base_year)
    size = f"{percent_at_most(distance / abs(mean['value']))} ({amount})" if abs(mean["value"]) > _NOTHING else amount
    return f"their mean cost, with what is missed at its price, is at most {size} above the best possible"


def _failure(failed: list[str]) -> str:
    if not failed:
        return "Not shown as a result: no audit was made."
    if len(failed) == 1:
        return f"Not shown as a result: the audit failed at “{failed[0]}”."
    return f"Not shown as a result: the audit failed at “{failed[0]}” and {count(len(failed) - 1, 'other check')}."


def _aims(plan: "Plan") -> pd.DataFrame:
    """What the policy minimises, in order: value, bound (missing if unknown), unit, and `priced`.

    Where the solver could only bound an aim together with something else, its own level stands for the aim: cost with
    what is missed at its price (`priced`), or all rungs in one steeply weighted sum (`access`).
    """
    table = plan.tables["objectives"]
    aims = table[table["order"] > 0].assign(priced=False, gap_share=np.nan)
    levels = pd.DataFrame(plan.record.get("levels", ()), columns=["objective", "order", "value", "bound", "unit", "gap_share"])
    levels = levels[levels["value"].notna() & levels["bound"].notna()]
    unknown = aims["bound"].isna()
    together = aims["objective"].map(lambda name: "access" if name.startswith("below_rung_") else name)
    stands_in = unknown & together.isin(levels["objective"])
    instead = levels[levels["objective"].isin(together[stands_in])].assign(
        priced=lambda t: t["objective"].isin(["cost", "weighted_sum"])
    )
    kept = aims[~stands_in]
    return (pd.concat([kept, instead]) if len(instead) else kept).sort_values("order", kind="stable")


def _distances(aims: pd.DataFrame) -> pd.Series:
    return (aims["value"] - aims["bound"].astype(float)).clip(lower=0.0)


def _allowed(aims: pd.DataFrame, share: "float | pd.Series") -> "pd.Series":
    return share * aims["value"].abs() + np.where(aims["unit"] == "share", _NOTHING_OF_SHARES, _NOTHING)


def _granted(aims: pd.DataFrame, plan: "Plan") -> "pd.Series":
    """The share by which each aim may be worse for the sake of a later one; nothing for the last aim."""
    *earlier, _ = plan.scenario.policy.objectives
    shares = dict(enumerate((aim.tolerance_share for aim in earlier), start=1))
    return aims["order"].map(shares).fillna(0.0)


def _remaining(aims: pd.DataFrame, plan: "Plan") -> str:
    """How far each aim can still be from the best possible; of rungs and of leximin only the one that is farthest."""
    unknown = "how far it is from the best possible is not known"
    known = aims[aims["bound"].notna()]
    if known.empty:
        return unknown
    table = known.assign(distance=_distances(known))
    series = {"rung": table["objective"].str.startswith("below_rung_"), "leximin": table["objective"].str.startswith("leximin_")}
    one_by_one = series["rung"] | series["leximin"]
    farthest = [table[of].sort_values("distance", ascending=False, kind="stable").head(1) for of in series.values()]
    shown = pd.concat([table[~one_by_one], *farthest]).sort_values("order", kind="stable")
    not_settled = _not_settled(aims)
    parts = [_part(row, plan, bool((not_settled < row.order).any())) for row in shown.itertuples(index=False)]
    if aims["bound"].isna().any():
        return f"{listed(parts)}; for its other aims this is not known"
    return listed(parts)


def _not_settled(aims: pd.DataFrame) -> "pd.Series":
    """The order of each aim that may still be improved, or of which that is not known."""
    settled = aims["bound"].notna() & _distances(aims).le(_allowed(aims, PROVEN_WITHIN_SHARE))
    return aims["order"][~settled]


def _part(row: Any, plan: "Plan", conditional: bool) -> str:
    """`conditional`: an aim before this one may still be improved, so that this one's bound is only one for what it reached."""
    said = _distance(row, plan)
    if row.order == 1:
        return said
    if conditional:
        return f"{said}, given what the aims before it reached, which may still be improved"
    return f"{said}, the aims before it held"


def _distance(row: Any, plan: "Plan") -> str:
    """How far one aim can still be from the best possible."""
    if row.unit == "persons":
        weighted = bool(plan.basin.tables["groups"]["weight"].ne(1.0).any())
        noun = "persons counted with their group's weight" if weighted else "persons"
        persons = quantity(row.distance if row.distance < 10 else math.ceil(row.distance), noun)
        if row.gap_share > 0:
            persons = f"{persons} ({percent(row.gap_share)} of all people)"
        low_rungs = "on low rungs, the lowest counting most,"
        where = low_rungs if row.objective == "access" else f"below rung {row.objective[-1]}"
        return f"at most {persons} more {where} than in the best possible plan"
    if row.objective == "conservation":
        return f"what rivers and aquifers lose is at most {percent_at_most(row.distance)} of the whole above the best possible"
    if row.objective == "weighted_sum":
        sum_of = (
            "the weighted sum of its aims, with what is missed at its price," if row.priced else "the weighted sum of its aims"
        )
        return f"{sum_of} is at most {percent_at_most(row.distance)} of the way from best to worst above the best possible"
    if row.unit == "share":
        lacking = _FAIR[row.objective.split("_")[0]]
        return f"{lacking} at most {percent_at_most(row.distance)} of the full score more than in the best possible plan"
    amount = quantity(max(row.distance, _SMALLEST_TOLD), row.unit, plan.basin.settings.base_year)
    size = f"{percent_at_most(row.distance / abs(row.value))} ({amount})" if abs(row.value) > _NOTHING else amount
    cost = "its cost, with what is missed at its price, is" if row.priced else "its cost is"
    what = {"cost": cost, "risk": "its cost, as the attitude to risk weighs the members, is"}.get(
        row.objective, "what the river lacks is"
    )
    return f"{what} at most {size} above the best possible"
