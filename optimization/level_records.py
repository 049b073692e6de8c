"""What is kept of each level of a solve: value, bound and gap in its own unit, and what its bound is conditional on."""

from dataclasses import dataclass, field
from typing import Any

from optimization.aims import Level
from optimization.solving.session import Outcome
from planner.plan.verdict import PROVEN_WITHIN_SHARE


@dataclass(frozen=True)
class SolvedLevel:
    """A level with what the engine found, and the places at which the gap lies."""

    level: Level
    outcome: Outcome
    seconds_before: float
    open_places: list[dict[str, Any]] = field(default_factory=list)


def level_records(solved: list[SolvedLevel]) -> list[dict[str, Any]]:
    """Each level with value, bound and gap in its own unit. `conditional_on`: earlier levels that may still be improved, so
    that the bound of this one holds only for what they reached."""
    records: list[dict[str, Any]] = []
    for entry in solved:
        open_before = [r["objective"] for r in records if r["gap_share"] is None or r["gap_share"] > PROVEN_WITHIN_SHARE]
        records.append({**_level_record(entry), "conditional_on": open_before})
    return records


def _level_record(entry: SolvedLevel) -> dict[str, Any]:
    level, outcome = entry.level, entry.outcome
    value = None if outcome.objective is None else outcome.objective / level.scale
    bound = None if outcome.bound is None else outcome.bound / level.scale
    distance = None if value is None or bound is None else max(value - bound, 0.0)
    share = None
    if distance is not None:
        share = distance / level.people if level.people else outcome.gap
    return {
        "objective": level.name,
        "order": level.order,
        "unit": level.unit,
        "value": value,
        "bound": bound,
        "gap": distance,
        "gap_share": share,
        "gap_share_of": {"persons": "all people", "share": "one"}.get(
            level.unit, "the members' own best" if level.people else "the value"
        ),
        "open_places": [] if not distance else [place | {"gap": place["share"] * distance} for place in entry.open_places],
        "weights": level.weights,
        "began_after_seconds": round(entry.seconds_before, 3),
        "solver": outcome.record.to_dict(),
    }
