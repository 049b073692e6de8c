"""How far plans satisfy somebody's preferences, each indicator on a scale from what is never acceptable to what is enough.

The scale is that of the reference point method (Wierzbicki, A. P. 1980: The use of reference objectives in multiobjective
optimization. In: Fandel and Gal (eds.), Multiple Criteria Decision Making Theory and Application, Springer, 468–486):
achievement is 0 at the reservation level (here: floor), 1 at the aspiration level, straight between, and cut off beyond.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from planner.basin.field import Identifier
from planner.checks.finding import Finding
from planner.plan.indicators import Better, Indicator
from planner.plan.query_findings import QueryError, asked, unknown

PREFERENCES_AT_MOST: Final = 100
_SAME_WITHIN: Final = 1e-9

Level = Annotated[float, Field(ge=-1e15, le=1e15)]
From = Literal["preference", "plans"]


class Preference(BaseModel):
    """What somebody wants of one indicator."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    indicator: Identifier = Field(
        title="Indicator", description="The name of an indicator of the plans.", examples=["environmental_flow_kept"]
    )
    weight: Annotated[float, Field(ge=0, le=1e6)] = Field(
        default=1.0,
        title="Weight",
        description="How much the indicator counts beside the others; 0: it is shown and does not count.",
        examples=[2.0],
    )
    floor: Level | None = Field(
        default=None,
        title="Never acceptable beyond",
        description="In the indicator's unit. A plan beyond it is not acceptable. Blank: the worst value among the plans is 0.",
        examples=[0.8],
    )
    aspiration: Level | None = Field(
        default=None,
        title="Fully satisfied at",
        description="In the indicator's unit. Better than this counts no more. Blank: the best value among the plans is 1.",
        examples=[1.0],
    )


@dataclass(frozen=True)
class Scale:
    """The scale of an indicator: 0 at the floor, 1 at the aspiration, and whether each was given or is a plan's value."""

    indicator: str
    title: str
    unit: str
    better: Better
    weight: float
    floor: float | None
    floor_from: From
    aspiration: float | None
    aspiration_from: From


@dataclass(frozen=True)
class Satisfied:
    """How far a plan satisfies one preference, 0 to 1. None where the plan has no such indicator."""

    indicator: str
    value: float | None
    satisfaction: float | None


@dataclass(frozen=True)
class FloorViolated:
    """A value that is never acceptable, and the floor that it is beyond."""

    indicator: str
    value: float
    floor: float


@dataclass(frozen=True)
class PlanSatisfaction:
    """`total`: the weighted mean of the satisfactions, 0 where a floor is violated, None where no indicator counts."""

    total: float | None
    indicators: tuple[Satisfied, ...]
    floors_violated: tuple[FloorViolated, ...]

    @property
    def acceptable(self) -> bool:
        return not self.floors_violated


@dataclass(frozen=True)
class Satisfaction:
    """The scales, which are the same for all plans, and each plan's satisfaction in the order of the plans."""

    scales: tuple[Scale, ...]
    plans: tuple[PlanSatisfaction, ...]


def satisfaction(plans: Sequence[Sequence[Indicator]], preferences: Sequence[Preference]) -> Satisfaction:
    """How far each plan, given by its indicators, satisfies the preferences.

    Better is what the indicator declares; where it declares nothing, it is the way from the floor to the aspiration, and
    both must be given. Raises QueryError with all findings: indicators that no plan has, levels that contradict the
    indicator, an indicator named twice, no weight at all.
    """
    by_plan = [{indicator.name: indicator for indicator in plan} for plan in plans]
    known = {name: indicator for plan in reversed(by_plan) for name, indicator in plan.items()}
    findings = _findings(known, preferences)
    if findings:
        raise QueryError(findings)
    values = {p.indicator: [_value(plan.get(p.indicator)) for plan in by_plan] for p in preferences}
    scales = tuple(_scale(known[p.indicator], p, values[p.indicator]) for p in preferences)
    judged = [_judged(scales, [values[s.indicator][place] for s in scales]) for place in range(len(plans))]
    return Satisfaction(scales, tuple(judged))


def achievement(scale: Scale, value: float) -> float:
    """Where a value stands between floor (0) and aspiration (1). Where both are the same: 1 from there on, 0 before."""
    sign = -1.0 if scale.better == "lower" else 1.0
    assert scale.floor is not None
    assert scale.aspiration is not None
    low, high, here = sign * scale.floor, sign * scale.aspiration, sign * value
    if here >= high - _margin(high) and high >= low:
        return 1.0
    return 0.0 if high <= low else min(1.0, max(0.0, (here - low) / (high - low)))


def _value(indicator: Indicator | None) -> float | None:
    return None if indicator is None or not math.isfinite(indicator.value) else float(indicator.value)


def _scale(indicator: Indicator, preference: Preference, values: Sequence[float | None]) -> Scale:
    better = _direction(indicator, preference)
    known = [value for value in values if value is not None]
    worst, best = (max, min) if better == "lower" else (min, max)
    floor, aspiration = preference.floor, preference.aspiration
    return Scale(
        indicator=indicator.name,
        title=indicator.title,
        unit=indicator.unit,
        better=better,
        weight=preference.weight,
        floor=worst(known, default=None) if floor is None else floor,
        floor_from="plans" if floor is None else "preference",
        aspiration=best(known, default=None) if aspiration is None else aspiration,
        aspiration_from="plans" if aspiration is None else "preference",
    )


def _direction(indicator: Indicator, preference: Preference) -> Better:
    if indicator.better != "neither" or preference.floor is None or preference.aspiration is None:
        return indicator.better
    return "higher" if preference.aspiration > preference.floor else "lower"


def _judged(scales: Sequence[Scale], values: Sequence[float | None]) -> PlanSatisfaction:
    satisfied = tuple(
        Satisfied(scale.indicator, value, None if value is None else achievement(scale, value))
        for scale, value in zip(scales, values, strict=True)
    )
    violated = tuple(
        FloorViolated(scale.indicator, value, scale.floor)
        for scale, value in zip(scales, values, strict=True)
        if value is not None and scale.floor is not None and scale.floor_from == "preference" and _beyond(scale, value)
    )
    counted = [(scale.weight, s.satisfaction) for scale, s in zip(scales, satisfied, strict=True) if s.satisfaction is not None]
    weight = sum(w for w, _ in counted)
    if weight <= 0:
        return PlanSatisfaction(None, satisfied, violated)
    total = 0.0 if violated else min(1.0, sum(w * s for w, s in counted) / weight)
    return PlanSatisfaction(total, satisfied, violated)


def _beyond(scale: Scale, value: float) -> bool:
    assert scale.floor is not None
    missing = value - scale.floor if scale.better == "lower" else scale.floor - value
    return missing > _margin(scale.floor)


def _margin(level: float) -> float:
    return _SAME_WITHIN * max(1.0, abs(level))


def _findings(known: dict[str, Indicator], preferences: Sequence[Preference]) -> list[Finding]:
    found: list[Finding] = []
    if len(preferences) > PREFERENCES_AT_MOST:
        message = f"There are {len(preferences)} preferences."
        return [asked("query.too_many", message, "preferences", allowed=f"at most {PREFERENCES_AT_MOST}")]
    if not any(preference.weight > 0 for preference in preferences):
        found.append(asked("query.preference", "No preference has a weight above 0.", "preferences"))
    named = [preference.indicator for preference in preferences]
    for place, preference in enumerate(preferences):
        where, name = f"preferences[{place}]", preference.indicator
        if name not in known:
            found.append(unknown("query.indicator", "indicator", name, known, f"{where}.indicator"))
        elif named.index(name) < place:
            found.append(asked("query.twice", f"{name} is named more than once.", f"{where}.indicator", value=name))
        else:
            found += _level_findings(known[name], preference, where)
    return found


def _level_findings(indicator: Indicator, preference: Preference, where: str) -> list[Finding]:
    floor, aspiration = preference.floor, preference.aspiration
    if indicator.better == "neither":
        if floor is not None and aspiration is not None and floor != aspiration:
            return []
        message = f"“{indicator.title}” is neither better higher nor lower by itself."
        return [asked("query.preference", message, where, remedy="Give both floor and aspiration, one unlike the other.")]
    if floor is None or aspiration is None or (aspiration - floor) * (-1 if indicator.better == "lower" else 1) >= 0:
        return []
    message = f"“{indicator.title}” is better {indicator.better}; the aspiration is worse than the floor."
    remedy = f"Give an aspiration {'at most' if indicator.better == 'lower' else 'at least'} the floor."
    return [asked("query.preference", message, f"{where}.aspiration", value=aspiration, remedy=remedy)]
