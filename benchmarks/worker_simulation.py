"""Workers at the pieces of one run, event by event, as `optimization.solving.shared_out` and `api.jobs` share them out."""

import heapq
import itertools
from collections import deque
from dataclasses import dataclass, field

import numpy as np

from api.jobs.helper import LEASE_SECONDS
from optimization.solving.shared_out import AHEAD

OFFER_SECONDS = 0.15
"""From the search until a piece lies in the database."""
EXCHANGE_SECONDS = 0.3
"""Between two looks of the run's worker for answers, and on to the search."""
LOOK_SECONDS = 0.2
"""Between two looks of a worker that has helped before."""
SECONDS_AROUND_A_PIECE = 0.15
"""To lease it, to begin a process, to write the answer."""
SECONDS_TO_COME_BACK = 10.0
"""Of a worker that was lost."""


@dataclass(frozen=True)
class Pieces:
    """What pieces are like: seconds drawn from a lognormal distribution with this mean and spread (of their logarithm), cut.

    Those below `worth_seconds` are not sent.
    """

    seconds: float
    spread: float
    most_seconds: float
    packed_bytes: int
    answer_bytes: int
    worth_seconds: float = 0.0

    def draw(self, count: int, random: np.random.Generator) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
        drawn = random.lognormal(np.log(self.seconds) - self.spread**2 / 2, self.spread, count)
        return np.minimum(drawn, self.most_seconds)


@dataclass(frozen=True)
class Setting:
    """So many workers, one of them with the run; the share of pieces elsewhere that are never answered."""

    workers: int
    lost: float


@dataclass
class Ended:
    """What it came to. `twice`: pieces worked at here though somebody else had taken them."""

    seconds: float = 0.0
    sent_bytes: int = 0
    twice: int = 0
    lost: int = 0


@dataclass
class _Piece:
    seconds: float
    offered: bool = False
    taken: bool = False
    done: bool = False
    here: bool = False


@dataclass
class _Simulation:
    pieces: Pieces
    setting: Setting
    random: np.random.Generator
    ended: Ended = field(default_factory=Ended)
    now: float = 0.0

    def __post_init__(self) -> None:
        self._number = itertools.count()
        self._events: list[tuple[float, int, str, _Piece | None]] = []
        self._idle = self.setting.workers - 1
        self._free: deque[_Piece] = deque()
        self._here: _Piece | None = None

    def work(self, durations: "np.ndarray[tuple[int], np.dtype[np.float64]]") -> None:
        """One call of `in_order`: returns once all are answered."""
        source = iter(durations.tolist())
        window: deque[_Piece] = deque()
        helpers = self.setting.workers - 1
        while True:
            while window and window[0].done:
                window.popleft()
            while len(window) < 1 + AHEAD * helpers and (seconds := next(source, None)) is not None:
                window.append(_Piece(seconds))
            if not window:
                break
            self._begin_here(window)
            if helpers:
                for piece in window:
                    if not (piece.offered or piece.done or piece.here or piece.seconds < self.pieces.worth_seconds):
                        piece.offered = True
                        self.ended.sent_bytes += self.pieces.packed_bytes
                        self._after(self.random.uniform(0, OFFER_SECONDS), "visible", piece)
            self._next()
        self._free.clear()

    def _begin_here(self, window: "deque[_Piece]") -> None:
        if self._here is not None:
            return
        open_ones = (piece for piece in window if not (piece.done or piece.taken))
        piece = next(open_ones, window[0])
        self.ended.twice += piece.taken
        piece.here, self._here = True, piece
        self._after(piece.seconds, "done here", piece)

    def _next(self) -> None:
        self.now, _, what, piece = heapq.heappop(self._events)
        if what == "back":
            self._idle += 1
        assert piece is not None or what == "back"
        if piece is not None:
            self._follow(what, piece)
        while self._idle and self._free:
            # Who has just answered looks for the next piece at once.
            self._lease(self._free.popleft(), 0.0 if what == "answered" else self.random.uniform(0, LOOK_SECONDS))

    def _follow(self, what: str, piece: _Piece) -> None:
        if what == "visible" and not (piece.done or piece.here):
            self._free.append(piece)
        elif what == "lease over" and not piece.done:
            piece.taken = False
            if not piece.here:
                self._free.append(piece)
        elif what == "answered":
            self._idle += 1
            self.ended.sent_bytes += self.pieces.answer_bytes
            self._after(self.random.uniform(0, EXCHANGE_SECONDS), "known", piece)
        elif what in ("known", "done here") and not piece.done:
            piece.done = True
            if self._here is piece:
                self._here = None

    def _lease(self, piece: _Piece, wait: float) -> None:
        if piece.done or piece.here:
            return
        self._idle -= 1
        piece.taken = True
        wait += SECONDS_AROUND_A_PIECE
        if self.random.random() < self.setting.lost:
            self.ended.lost += 1
            self._after(LEASE_SECONDS, "lease over", piece)
            self._after(wait + SECONDS_TO_COME_BACK, "back", None)
        else:
            self._after(wait + piece.seconds, "answered", piece)

    def _after(self, seconds: float, what: str, piece: _Piece | None) -> None:
        heapq.heappush(self._events, (self.now + seconds, next(self._number), what, piece))


def simulated(pieces: Pieces, count: int, at_once: int, setting: Setting, seed: int) -> Ended:
    """So many pieces, `at_once` of them handed over together: each such round waits for all of the one before."""
    random = np.random.default_rng(seed)
    durations = pieces.draw(count, random)
    run = _Simulation(pieces, setting, random)
    for begin in range(0, count, at_once):
        run.work(durations[begin : begin + at_once])
    run.ended.seconds = run.now
    return run.ended
