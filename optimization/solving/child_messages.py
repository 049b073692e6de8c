"""What parent and child say to each other: pickles over the child's standard input and output.

Both ends are this package in the same version, so pickle is safe here; nothing else writes to these pipes.
"""

from dataclasses import dataclass
from typing import Literal

from optimization.solving.elsewhere import Best, News
from optimization.solving.engine_answers import Conflict, IntegerSolution, LinearSolution, Relaxation
from optimization.solving.limits import Limits
from optimization.solving.pieces import Piece
from optimization.solving.problem import FloatArray, Problem
from optimization.solving.progress import Phase
from optimization.solving.record import StoppedBy

START, KILL = b"start", b"kill"
NO_PROCESS = 0


@dataclass(frozen=True)
class Task:
    """What the child is to do. `started` is the parent's monotonic clock at the call, which both processes share.

    "plan" runs the whole strategy, from the `best` that an earlier process had of the same problem, if that is known; `shares`
    says that its pieces may be worked at elsewhere. "relaxation" is one LP; "integers fixed" one with the integers at `fixed_at`;
    "conflict" what cannot all hold in the relaxation; "piece" a piece of another search.
    """

    kind: Literal["plan", "relaxation", "integers fixed", "conflict", "piece"]
    problem: Problem
    limits: Limits
    started: float
    fixed_at: FloatArray | None = None
    best: Best | None = None
    shares: bool = False
    piece: Piece | None = None


@dataclass(frozen=True)
class Cancel:
    """The child is to end what it does where it can."""


Order = Cancel | News
"""What the parent says after the task."""


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
    """A sign of life. `pieces_elsewhere`: how many of the answers that were used so far came from elsewhere."""

    cpu_seconds: float
    peak_memory_bytes: int
    message: str
    pieces_elsewhere: int = 0


@dataclass(frozen=True)
class PieceOffered:
    """A piece that may be worked at elsewhere."""

    digest: str
    packed: bytes


@dataclass(frozen=True)
class PieceWithdrawn:
    """One whose answer is not needed any more."""

    digest: str


@dataclass(frozen=True)
class Finished:
    """The last word of the child: why it stopped, and the answer of the LP, the conflict or the piece if one was asked for."""

    stopped_by: StoppedBy
    message: str
    cpu_seconds: float
    peak_memory_bytes: int
    reproducible: bool
    linear: LinearSolution | None = None
    conflict: Conflict | None = None
    answer: IntegerSolution | None = None


Message = (
    PhaseStarted | PhaseEnded | PlanFound | BoundRaised | RelaxationSolved | Heartbeat | PieceOffered | PieceWithdrawn | Finished
)
