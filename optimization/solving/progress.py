"""News of a run while it goes on."""

import math
from dataclasses import dataclass
from typing import Any, Literal, get_args

Phase = Literal["hand-over", "points only", "relaxation", "guided", "improving", "proving", "done"]
PHASES: tuple[Phase, ...] = get_args(Phase)


@dataclass(frozen=True)
class ProgressEvent:
    """Where a run stands: the best plan's objective, the proven bound, the gap between them as a share of the plan's.

    `incumbent` is None before the first plan, `bound` before the first valid bound, `gap` while either is missing.
    """

    phase: Phase
    elapsed_seconds: float
    incumbent: float | None
    bound: float | None
    gap: float | None
    message: str

    def to_dict(self) -> dict[str, Any]:
        """The event as plain values that JSON can hold."""
        return {
            "phase": self.phase,
            "elapsed_seconds": round(self.elapsed_seconds, 3),
            "incumbent": self.incumbent,
            "bound": self.bound,
            "gap": self.gap,
            "message": self.message,
        }

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> "ProgressEvent":
        """The event that `to_dict` wrote. Raises ValueError for a phase that does not exist."""
        if data["phase"] not in PHASES:
            raise ValueError(f"there is no phase {data['phase']!r}; phases are {', '.join(PHASES)}")
        return cls(data["phase"], data["elapsed_seconds"], data["incumbent"], data["bound"], data["gap"], data["message"])


def relative_gap(incumbent: float | None, bound: float | None) -> float | None:
    """(incumbent - bound) / |incumbent|, 0 if they agree, None while one is missing or the ratio has no meaning."""
    if incumbent is None or bound is None or not math.isfinite(bound):
        return None
    difference = max(incumbent - bound, 0.0)
    if difference <= 1e-9:
        return 0.0
    return difference / abs(incumbent) if abs(incumbent) > 1e-12 else None
