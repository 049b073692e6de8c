"""News of a run in the units of its objective."""

from dataclasses import dataclass

from optimization.aims import Level, Unit
from optimization.solving.progress import Phase, ProgressEvent


@dataclass(frozen=True)
class Progress:
    """Where a run stands: best plan and proven bound in `unit`, the gap as a share of the cost or of all people."""

    objective: str
    unit: Unit
    phase: Phase
    elapsed_seconds: float
    incumbent: float | None
    bound: float | None
    gap: float | None
    message: str


def in_units(event: ProgressEvent, level: Level, before_seconds: float) -> Progress:
    """An engine's event as news of a level that began `before_seconds` after the run."""
    incumbent = None if event.incumbent is None else event.incumbent / level.scale
    bound = None if event.bound is None else event.bound / level.scale
    gap = event.gap
    if level.people and incumbent is not None and bound is not None:
        gap = max(incumbent - bound, 0.0) / level.people
    return Progress(
        objective=level.name,
        unit=level.unit,
        phase=event.phase,
        elapsed_seconds=before_seconds + event.elapsed_seconds,
        incumbent=incumbent,
        bound=bound,
        gap=gap,
        message=event.message,
    )
