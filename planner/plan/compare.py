"""Plans laid side by side: first what they assume differently, then what comes of it."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final, Literal

import pandas as pd

from planner.plan.assumption_differences import AssumptionDifference, basin_differences, policy_differences
from planner.plan.fairness_price import FairnessPrice, fairness_prices
from planner.plan.indicators import Indicator, indicators
from planner.plan.plan import Plan
from planner.plan.titles import Titles
from planner.plan.verdict import is_result, verdict
from planner.plan.village_service import mean_rung, persons_in_stage, share_at_least

Judgement = Literal["better", "worse", "same", "neutral"]

SAME_WITHIN_SHARE: Final = 1e-6
SAME_WITHIN: Final = 1e-6


@dataclass(frozen=True)
class ComparedPlan:
    """A plan in the comparison: what to call it, what it may claim, whether its audit passed, the year of its prices."""

    title: str
    verdict: str
    audit_passed: bool
    base_year: int


@dataclass(frozen=True)
class ComparedIndicator:
    """An indicator of every plan; differences are against the first plan.

    `relative` is None where the first plan's value is zero. A value is None where a plan has no such indicator.
    """

    name: str
    title: str
    unit: str
    group: str
    better: str
    values: tuple[float | None, ...]
    absolute: tuple[float | None, ...]
    relative: tuple[float | None, ...]
    judgement: tuple[Judgement, ...]

    @property
    def differs(self) -> bool:
        return any(j != "same" for j in self.judgement)


@dataclass(frozen=True)
class ComparedOption:
    """An option that some of the plans build and others do not. `stages`: where it first serves, None if never."""

    option: str
    title: str
    kind: str
    stages: tuple[str | None, ...]
    capital_usd: tuple[float, ...]


@dataclass(frozen=True)
class ComparedVillage:
    """A village whose people stand on other rungs in the last stage of a plan than in the first plan's."""

    village: str
    title: str
    plan: str
    direction: Literal["rises", "falls"]
    persons_moved: float
    mean_rung: tuple[float, float]
    share_at_rung_3: tuple[float, float]
    share_at_rung_4: tuple[float, float]


@dataclass(frozen=True)
class Comparison:
    """Several plans side by side; the first one is what the others are measured against."""

    plans: tuple[ComparedPlan, ...]
    assumptions: tuple[AssumptionDifference, ...]
    indicators: tuple[ComparedIndicator, ...]
    options: tuple[ComparedOption, ...]
    villages: tuple[ComparedVillage, ...]
    fairness_prices: tuple[FairnessPrice, ...]

    @property
    def differs(self) -> bool:
        """Whether the plans differ in any assumption or outcome."""
        return bool(self.assumptions or self.options or self.villages or any(i.differs for i in self.indicators))

    def to_dict(self) -> dict[str, Any]:
        """Plain content for JSON."""
        return asdict(self)

    def tables(self) -> dict[str, pd.DataFrame]:
        """One table a subject: assumptions, indicators, options, villages."""
        content = self.to_dict()
        return {name: pd.DataFrame(content[name]) for name in ("assumptions", "indicators", "options", "villages")}


def compare(plans: Sequence[Plan]) -> Comparison:
    """Compare two or more plans with the first of them. Raises ValueError for fewer than two."""
    if len(plans) < 2:
        raise ValueError("A comparison takes at least two plans.")
    names = plan_titles(plans)
    titles = Titles(plans[0].basin)
    return Comparison(
        plans=tuple(
            ComparedPlan(name, verdict(plan), is_result(plan), plan.basin.settings.base_year)
            for name, plan in zip(names, plans, strict=True)
        ),
        assumptions=(
            *policy_differences([plan.scenario.policy for plan in plans], titles),
            *basin_differences([plan.basin for plan in plans], titles),
        ),
        indicators=_indicators(plans),
        options=_options(plans),
        villages=tuple(_moved_villages(plans, names, titles)),
        fairness_prices=fairness_prices(plans, names),
    )


def plan_titles(plans: Sequence[Plan]) -> list[str]:
    """A different title for each plan: its scenario's, with a number where two are called the same."""
    labels = [plan.scenario.label for plan in plans]
    return [
        label if labels.count(label) == 1 else f"{label} ({labels[: place + 1].count(label)})"
        for place, label in enumerate(labels)
    ]


def judge(indicator: Indicator, reference: float | None, value: float | None) -> Judgement:
    """Whether a value is better or worse than the reference, by the direction that the indicator declares."""
    return judge_by(indicator.better, reference, value)


def relative_difference(reference: float | None, value: float | None) -> float | None:
    """The difference as a share of the reference; None where that is no figure: a missing value, a reference of zero."""
    if reference is None or value is None or not reference:
        return None
    share = (value - reference) / abs(reference)
    return share if math.isfinite(share) else None


def judge_by(better: str, reference: float | None, value: float | None) -> Judgement:
    """Whether a value is better or worse than the reference, where `better` is lower, higher or neither."""
    if reference is None or value is None:
        return "same" if reference is value else "neutral"
    if abs(value - reference) <= SAME_WITHIN + SAME_WITHIN_SHARE * max(abs(value), abs(reference)):
        return "same"
    if better == "neither":
        return "neutral"
    return "better" if (value < reference) == (better == "lower") else "worse"


def _indicators(plans: Sequence[Plan]) -> tuple[ComparedIndicator, ...]:
    by_plan = [{i.name: i for i in indicators(plan)} for plan in plans]
    known = {name: indicator for found in reversed(by_plan) for name, indicator in found.items()}
    ordered = dict.fromkeys(name for found in by_plan for name in found)
    return tuple(_indicator(known[name], [found.get(name) for found in by_plan]) for name in ordered)


def _indicator(indicator: Indicator, found: list[Indicator | None]) -> ComparedIndicator:
    values = tuple(None if i is None or pd.isna(i.value) else float(i.value) for i in found)
    base = values[0]
    absolute = tuple(None if v is None or base is None else v - base for v in values)
    return ComparedIndicator(
        name=indicator.name,
        title=indicator.title,
        unit=indicator.unit,
        group=indicator.group,
        better=indicator.better,
        values=values,
        absolute=absolute,
        relative=tuple(relative_difference(base, v) for v in values),
        judgement=tuple(judge(indicator, base, v) for v in values),
    )


def _options(plans: Sequence[Plan]) -> tuple[ComparedOption, ...]:
    built = [_built(plan) for plan in plans]
    everywhere = set.intersection(*(set(b.index) for b in built))
    described = pd.concat([plan.basin.tables["options"] for plan in plans]).drop_duplicates("option")
    described = described[described["option"].isin({o for b in built for o in b.index} - everywhere)]
    titles = [Titles(plan.basin) for plan in plans]
    rows: Any = described[["option", "kind"]].itertuples(index=False)
    compared = [
        ComparedOption(
            option=str(row.option),
            title=titles[0].of("options", row.option),
            kind=str(row.kind),
            stages=tuple(
                t.of("stages", b.loc[row.option, "stage"]) if row.option in b.index else None
                for b, t in zip(built, titles, strict=True)
            ),
            capital_usd=tuple(float(b["capital_usd"].get(row.option, 0.0)) for b in built),
        )
        for row in rows
    ]
    return tuple(sorted(compared, key=lambda o: (-max(o.capital_usd), o.title)))


def _built(plan: Plan) -> pd.DataFrame:
    """Options that ever serve: the stage in which they first do, and the capital paid for them in all stages."""
    table = plan.tables["investments"]
    order = {stage: place for place, stage in enumerate(plan.basin.tables["stages"]["stage"])}
    serving = table[table["serves"]].assign(order=lambda t: t["stage"].map(order)).sort_values("order", kind="stable")
    first = serving.groupby("option", sort=False)["stage"].first()
    return pd.DataFrame({"stage": first, "capital_usd": table.groupby("option")["capital_usd"].sum()}).dropna()


def _moved_villages(plans: Sequence[Plan], names: Sequence[str], titles: Titles) -> Iterator[ComparedVillage]:
    first, *others = [_last_stage(plan) for plan in plans]
    for other, name in zip(others, names[1:], strict=True):
        yield from _villages((first, other), name, titles)


def _villages(sides: tuple[pd.DataFrame, pd.DataFrame], other_title: str, titles: Titles) -> list[ComparedVillage]:
    """Villages whose people moved between rungs, those with the most persons moved first."""
    common = sides[0].index.intersection(sides[1].index, sort=False)
    before, after = (side.loc[common] for side in sides)
    shares = [side.div(side.sum(axis=1).where(side.sum(axis=1) > 0), axis=0).fillna(0.0) for side in (before, after)]
    # Half the total variation: the least number of persons who must change rung to get from one plan to the other.
    moved = 0.5 * (shares[1] - shares[0]).abs().sum(axis=1) * before.sum(axis=1)
    figures = pd.DataFrame({
        "moved": moved,
        "mean_a": mean_rung(before), "mean_b": mean_rung(after),
        "basic_a": share_at_least(before, 3), "basic_b": share_at_least(after, 3),
        "safe_a": share_at_least(before, 4), "safe_b": share_at_least(after, 4),
    })  # fmt: skip
    figures = figures[figures["moved"] > 0.5].dropna().sort_values("moved", ascending=False, kind="stable")
    rows: Any = figures.itertuples()
    return [
        ComparedVillage(
            village=str(row.Index),
            title=titles.of("villages", row.Index),
            plan=other_title,
            direction="rises" if row.mean_b >= row.mean_a else "falls",
            persons_moved=float(row.moved),
            mean_rung=(float(row.mean_a), float(row.mean_b)),
            share_at_rung_3=(float(row.basic_a), float(row.basic_b)),
            share_at_rung_4=(float(row.safe_a), float(row.safe_b)),
        )
        for row in rows
    ]


def _last_stage(plan: Plan) -> pd.DataFrame:
    return persons_in_stage(plan.basin, plan.tables, str(plan.basin.tables["stages"]["stage"].iloc[-1]))
