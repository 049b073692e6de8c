"""Pieces shared out between threads here and places elsewhere, their answers in the order of the pieces.

Who works at a piece is left to chance, and does not matter: a piece has one answer. Here are begun, in their order, those that
nobody has taken; one whose turn has come is worked at here even if somebody has, and the first of the two answers ends the other.
"""

import math
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, Generic, TypeVar

from optimization.solving.engine_answers import IntegerSolution
from optimization.solving.outside import Outside
from optimization.solving.piece_work import work_at
from optimization.solving.pieces import Piece

Answer = TypeVar("Answer")
Timed = Callable[[Callable[[], Any]], Any]

AHEAD = 4
"""Pieces drawn ahead for each that could be begun elsewhere: news take longer than small pieces."""
COLUMNS_WORTH_SENDING = 200
"""A piece with fewer takes some 10 ms, less than to send it: most parts of the map are one village."""
_LOOK_SECONDS = 0.2


class Portable(Generic[Answer]):
    """Work that may be done here or elsewhere: a piece, what its answer means here, and when to give it up.

    It may be made well before it is begun: `seconds_left` is asked then.
    """

    def __init__(
        self,
        piece: Piece,
        meaning: Callable[[IntegerSolution], Answer],
        should_stop: Callable[[], bool] = lambda: False,
        seconds_left: Callable[[], float] = lambda: math.inf,
    ) -> None:
        self.piece, self.meaning, self.should_stop, self.seconds_left = piece, meaning, should_stop, seconds_left
        self.is_worth_sending = piece.problem.column_count >= COLUMNS_WORTH_SENDING
        self.answered = threading.Event()

    def __call__(self) -> Answer:
        """The work, done here."""
        stops = self.should_stop
        return self.meaning(work_at(self.piece, lambda: stops() or self.answered.is_set(), self.seconds_left()))


class _Entry(Generic[Answer]):
    """A piece of work that was drawn: offered or not, begun here or not, and the answer from elsewhere in a list."""

    def __init__(self, work: Callable[[], Answer]) -> None:
        self.work = work
        self.portable: Portable[Answer] | None = work if isinstance(work, Portable) and work.is_worth_sending else None
        self.offered = False
        self.here: Future[Answer] | None = None
        self.answer: list[Answer] = []

    @property
    def done(self) -> bool:
        return bool(self.answer) or (self.here is not None and self.here.done())

    def result(self) -> Answer:
        if self.answer:
            return self.answer[0]
        assert self.here is not None
        return self.here.result()


class SharedOut:
    """Up to `threads` pieces at a time here, each through `timed`; others `outside`."""

    def __init__(self, threads: int, outside: Outside, timed: Timed) -> None:
        self._threads, self._outside, self._timed = threads, outside, timed

    def in_order(self, pieces: Iterable[Callable[[], Answer]]) -> Iterator[Answer]:
        """The pieces' answers. Whoever stops asking waits until those begun here have stopped."""
        source, window = iter(pieces), deque[_Entry[Answer]]()
        more = True
        with ThreadPoolExecutor(self._threads) as pool:
            try:
                while True:
                    while more and len(window) < self._threads + AHEAD * self._outside.wanted:
                        work = next(source, None)
                        more = work is not None
                        if work is not None:
                            window.append(_Entry(work))
                    if not window:
                        return
                    self._look(window)
                    if window[0].done:
                        yield window.popleft().result()
                        continue
                    self._begin(pool, window)
                    self._offer(window)
                    with self._outside.changed:
                        if not window[0].done:
                            self._outside.changed.wait(_LOOK_SECONDS)
            finally:
                for entry in window:
                    self._leave(entry)

    def _look(self, window: Iterable["_Entry[Answer]"]) -> None:
        """Takes what has come from elsewhere; who is still at work on it here stops."""
        for entry in window:
            if entry.portable is None or entry.done:
                continue
            with self._outside.changed:
                answer = self._outside.answer_to(entry.portable.piece)
            if answer is not None:
                entry.answer.append(entry.portable.meaning(answer))
                entry.portable.answered.set()

    def _begin(self, pool: ThreadPoolExecutor, window: "deque[_Entry[Answer]]") -> None:
        """Begins as many as threads are idle."""
        idle = self._threads - sum(1 for entry in window if entry.here is not None and not entry.here.done())
        open_ones = [entry for entry in window if entry.here is None and not entry.done]
        for entry in [entry for entry in open_ones if not self._is_taken(entry)][: max(idle, 0)]:
            self._begin_one(pool, entry)
            idle -= 1
        if idle > 0 and window[0].here is None and not window[0].done:
            self._begin_one(pool, window[0])

    def _begin_one(self, pool: ThreadPoolExecutor, entry: "_Entry[Answer]") -> None:
        if entry.offered and entry.portable is not None and not self._is_taken(entry):
            self._outside.withdraw(entry.portable.piece)
            entry.offered = False
        entry.here = pool.submit(self._timed, entry.work)
        entry.here.add_done_callback(lambda _: self._notify())

    def _offer(self, window: Iterable["_Entry[Answer]"]) -> None:
        if self._outside.wanted <= 0:
            return
        for entry in window:
            if entry.portable is not None and not (entry.offered or entry.done or entry.here is not None):
                entry.offered = True
                self._outside.offer(entry.portable.piece)

    def _leave(self, entry: "_Entry[Answer]") -> None:
        """Nobody asks for it any more."""
        if entry.portable is not None:
            if entry.offered and not entry.answer:
                self._outside.withdraw(entry.portable.piece)
            entry.portable.answered.set()

    def _is_taken(self, entry: "_Entry[Answer]") -> bool:
        return entry.offered and entry.portable is not None and self._outside.is_taken(entry.portable.piece)

    def _notify(self) -> None:
        with self._outside.changed:
            self._outside.changed.notify_all()
