"""What parent and child say to each other: pickles over the child's standard input and output.

Both ends are this package in the same version, so pickle is safe here; nothing else writes to these pipes.
"""

from dataclasses import dataclass
from typing import Literal

from optimization.solving.engine_answers import Conflict, LinearSolution, Relaxation
from optimization.solving.limits import Limits
from optimization.solving.problem import FloatArray, Problem
from optimization.solving.progress import Phase
from optimization.solving.record import StoppedBy

CANCEL = b"c"
START, KILL = b"start", b"kill"
NO_PROCESS = 0


@dataclass(frozen=True)
class Task:
    """What the child is to do. `started` is the parent's monotonic clock at the call, which both processes share.

    "plan" runs the whole strategy; "relaxation" one LP; "integers fixed" one LP with the integers at `fixed_at`;
    "conflict" what cannot all hold in the relaxation.
    """

    kind: Literal["plan", "relaxation", "integers fixed", "conflict"]
    problem: Problem
    limits: Limits
    started: float
    fixed_at: FloatArray | None = None


@dataclass(frozen=True)
class PhaseStarted:
    phase: Phase
    message: str


@dataclass(frozen=True)
class PhaseEnded:
    phase: Phase
    wall_seconds: float
    cpu_seconds: float
    nodes: int
    stopped_by: StoppedBy
    message: str


@dataclass(frozen=True)
class PlanFound:
    """A better plan that holds in every row of the problem."""

    objective: float
    values: FloatArray


@dataclass(frozen=True)
class BoundRaised:
    bound: float


@dataclass(frozen=True)
class RelaxationSolved:
    """The linear relaxation of the whole is solved."""

    relaxation: Relaxation


@dataclass(frozen=True)
class Heartbeat:
    cpu_seconds: float
    peak_memory_bytes: int
    message: str


@dataclass(frozen=True)
class Finished:
    """The last word of the child: why it stopped, and the LP's answer or the conflict if one was asked for."""

    stopped_by: StoppedBy
    message: str
    cpu_seconds: float
    peak_memory_bytes: int
    reproducible: bool
    linear: LinearSolution | None = None
    conflict: Conflict | None = None


Message = PhaseStarted | PhaseEnded | PlanFound | BoundRaised | RelaxationSolved | Heartbeat | Finished
