"""What is kept of a run: how it went, on what, with what."""

import platform
from dataclasses import dataclass, field
from functools import cache
from importlib import metadata
from typing import Any, Literal

from optimization.solving.limits import Limits
from optimization.solving.problem import Problem
from optimization.solving.progress import Phase, ProgressEvent

PACKAGES = ("highspy", "pyomo", "numpy", "scipy", "rivershare")
Status = Literal[
    "optimal",
    "gap_reached",
    "time_limit",
    "node_limit",
    "cancelled",
    "infeasible",
    "unbounded",
    "memory_limit",
    "failed",
    "no_plan_in_time",
]
StoppedBy = Literal["gap", "optimal", "clock", "nodes", "stall", "cancel", "memory", "infeasible", "unbounded", "failure"]


@dataclass(frozen=True)
class PhaseRecord:
    """One phase: its wall and CPU seconds, what ended it, and the events in which plan or bound moved."""

    phase: Phase
    wall_seconds: float
    cpu_seconds: float
    nodes: int
    stopped_by: StoppedBy
    message: str
    events: tuple[ProgressEvent, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        return {
            "phase": self.phase,
            "wall_seconds": round(self.wall_seconds, 3),
            "cpu_seconds": round(self.cpu_seconds, 3),
            "nodes": self.nodes,
            "stopped_by": self.stopped_by,
            "message": self.message,
            "events": [event.to_dict() for event in self.events],
        }


@dataclass(frozen=True)
class SolverRecord:
    """A run in figures. `reproducible`: no phase was cut short by the clock, so the same seed gives the same plan.

    `resumed`: it began with what an earlier process had found of the same problem. `pieces_elsewhere`: answers it used that were
    found by other workers.
    """

    status: Status
    stopped_by: StoppedBy
    message: str
    objective: float | None
    bound: float | None
    gap: float | None
    wall_seconds: float
    cpu_seconds: float
    hand_over_seconds: float
    peak_memory_bytes: int
    sizes: dict[str, int]
    limits: Limits
    phases: tuple[PhaseRecord, ...]
    reproducible: bool
    resumed: bool = False
    pieces_elsewhere: int = 0
    versions: dict[str, str] = field(default_factory=lambda: versions())

    def to_dict(self) -> dict[str, Any]:
        """The record as plain values that JSON can hold."""
        return {
            "status": self.status,
            "stopped_by": self.stopped_by,
            "message": self.message,
            "objective": self.objective,
            "bound": self.bound,
            "gap": self.gap,
            "wall_seconds": round(self.wall_seconds, 3),
            "cpu_seconds": round(self.cpu_seconds, 3),
            "hand_over_seconds": round(self.hand_over_seconds, 3),
            "peak_memory_bytes": self.peak_memory_bytes,
            "sizes": dict(self.sizes),
            "limits": dict(vars(self.limits)),
            "seed": self.limits.seed,
            "threads": self.limits.threads,
            "reproducible": self.reproducible,
            "resumed": self.resumed,
            "pieces_elsewhere": self.pieces_elsewhere,
            "phases": [phase.to_dict() for phase in self.phases],
            "versions": dict(self.versions),
        }


def sizes_of(problem: Problem) -> dict[str, int]:
    """Rows, columns, entries, integer and structural columns of a problem."""
    return {
        "rows": problem.row_count,
        "columns": problem.column_count,
        "nonzeros": int(problem.matrix.nnz),
        "integers": int(problem.integer.sum()),
        "structural": int(problem.structural.sum()),
    }


def versions() -> dict[str, str]:
    """Versions of Python and of the packages that shape a result; "not installed" where a package is missing."""
    return dict(_versions())


@cache
def _versions() -> tuple[tuple[str, str], ...]:
    return (("python", platform.python_version()), *((name, _version(name)) for name in PACKAGES))


def _version(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "not installed"
