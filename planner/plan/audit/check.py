"""What the audit says: one check for each rule, all of them always run."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from planner.plan.audit.tolerances import Tolerance

LARGEST = 1e300  # stands for a violation without size, so that a check can be kept as JSON


@dataclass(frozen=True)
class AuditCheck:
    """One rule: the worst violation (0 where nothing is violated), what would be tolerated there, and the place."""

    code: str
    title: str
    passed: bool
    worst: float
    tolerance: float
    unit: str
    place: str
    count_failed: int


@dataclass(frozen=True)
class Audit:
    """All checks of a plan."""

    checks: tuple[AuditCheck, ...]

    @property
    def passed(self) -> bool:
        return all(check.passed for check in self.checks)

    @property
    def failures(self) -> tuple[AuditCheck, ...]:
        return tuple(check for check in self.checks if not check.passed)

    def to_dict(self) -> dict[str, Any]:
        return {"passed": self.passed, "checks": [asdict(check) for check in self.checks]}

    @classmethod
    def from_dict(cls, content: dict[str, Any]) -> "Audit":
        return cls(tuple(AuditCheck(**check) for check in content["checks"]))


def judge(
    code: str,
    title: str,
    excess: ArrayLike,
    tolerance: Tolerance,
    place: Callable[..., str],
    size: ArrayLike = 0.0,
) -> AuditCheck:
    """The check of one rule.

    `excess` says by how much the rule is violated, an array of any shape (0 or less: not at all); `size` is the figure
    that the relative tolerance refers to; `place` names an element of the array by its indices.
    """
    over = np.nan_to_num(np.asarray(excess, dtype=float), nan=LARGEST, posinf=LARGEST, neginf=0.0)
    if over.size == 0:
        return AuditCheck(code, title, True, 0.0, tolerance.absolute, tolerance.unit, "", 0)
    allowed = np.broadcast_to(tolerance.absolute + tolerance.relative * np.abs(size), over.shape)
    where = np.unravel_index(int(np.argmax(over - allowed)), over.shape)
    worst = max(0.0, float(over[where]))
    return AuditCheck(
        code=code,
        title=title,
        passed=bool((over <= allowed).all()),
        worst=worst,
        tolerance=float(allowed[where]),
        unit=tolerance.unit,
        place=place(*(int(i) for i in where)) if worst > 0 else "",
        count_failed=int((over > allowed).sum()),
    )
