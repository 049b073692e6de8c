"""What the parent keeps while a run goes on: the best plan, the bound, the news and the phases."""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from optimization.solving.child_messages import (
    BoundRaised,
    Finished,
    Heartbeat,
    Message,
    PhaseEnded,
    PhaseStarted,
    PlanFound,
    RelaxationSolved,
)
from optimization.solving.elsewhere import Best
from optimization.solving.engine_answers import Relaxation
from optimization.solving.problem import FloatArray
from optimization.solving.progress import Phase, ProgressEvent, relative_gap
from optimization.solving.record import PhaseRecord, StoppedBy


@dataclass
class _OpenPhase:
    """When a phase began, what the child had used by then, and its news that are kept."""

    began: float
    cpu_seconds_before: float
    events: list[ProgressEvent] = field(default_factory=list)


class RunLog:
    """Follows the child's messages and turns them into progress events and phase records.

    `keep` gets the best of the search before `on_progress` tells of it.
    """

    def __init__(self, on_progress: Callable[[ProgressEvent], None] | None, keep: Callable[[Best], None] | None = None) -> None:
        self.started = time.monotonic()
        self.values: FloatArray | None = None
        self.incumbent: float | None = None
        self.bound = -math.inf
        self.relaxation: Relaxation | None = None
        self.phase: Phase = "hand-over"
        self.phases: list[PhaseRecord] = []
        self.hand_over_seconds = 0.0
        self.cpu_seconds = 0.0
        self.peak_memory_bytes = 0
        self.pieces_elsewhere = 0
        self.last_news = self.started
        self._on_progress, self._keep_best = on_progress, keep
        self._open: dict[Phase, _OpenPhase] = {}
        self.tell("handing the model over", keep=True)

    @property
    def elapsed(self) -> float:
        return time.monotonic() - self.started

    def tell(self, message: str, keep: bool = False) -> None:
        """Sends news; those that are kept stand in the record of their phase."""
        bound = self.bound if math.isfinite(self.bound) else None
        event = ProgressEvent(self.phase, self.elapsed, self.incumbent, bound, relative_gap(self.incumbent, bound), message)
        self.last_news = time.monotonic()
        if keep and self.phase in self._open:
            self._open[self.phase].events.append(event)
        if self._on_progress is not None:
            self._on_progress(event)

    def follow(self, message: Message) -> None:
        """Takes in one message of the child."""
        match message:
            case PhaseStarted():
                self._start_phase(message)
            case PhaseEnded():
                self._end_phase(message)
            case PlanFound():
                self.values, self.incumbent = message.values, message.objective
                self.bound = min(self.bound, message.objective)
                self._keep()
                self.tell("a better plan", keep=True)
            case BoundRaised():
                self.bound = max(self.bound, message.bound)
                self._keep()
                self.tell("a better bound", keep=True)
            case RelaxationSolved():
                self.relaxation = message.relaxation
            case Heartbeat():
                self.cpu_seconds = message.cpu_seconds
                self.peak_memory_bytes = message.peak_memory_bytes
                self.pieces_elsewhere = message.pieces_elsewhere
                self.tell(message.message)
            case Finished():
                self.cpu_seconds = message.cpu_seconds
                self.peak_memory_bytes = message.peak_memory_bytes

    def _keep(self) -> None:
        if self._keep_best is not None:
            self._keep_best(Best(self.bound, self.values))

    def close(self, stopped_by: StoppedBy, message: str) -> None:
        """Ends the phase that a stopped child left open, and says the last word."""
        for phase, open_ in list(self._open.items()):
            wall = time.monotonic() - open_.began
            cpu = max(self.cpu_seconds - open_.cpu_seconds_before, 0.0)
            self._end_phase(PhaseEnded(phase, wall, cpu, 0, stopped_by, message))
        self.phase = "done"
        self.tell(message or f"stopped by {stopped_by}")

    def _start_phase(self, message: PhaseStarted) -> None:
        if self.phase == "hand-over":
            self.hand_over_seconds = self.elapsed
        self.phase = message.phase
        self._open[message.phase] = _OpenPhase(time.monotonic(), self.cpu_seconds)
        self.tell(message.message, keep=True)

    def _end_phase(self, message: PhaseEnded) -> None:
        """Ends one of the phases that are open: two may go on beside each other. What is left goes on as the present one."""
        self.phase = message.phase
        self.tell(message.message or f"stopped by {message.stopped_by}", keep=True)
        events = self._open.pop(message.phase).events
        self.phases.append(
            PhaseRecord(
                message.phase,
                message.wall_seconds,
                message.cpu_seconds,
                message.nodes,
                message.stopped_by,
                message.message,
                tuple(events),
            )
        )
        if self._open:
            self.phase = next(reversed(self._open))
