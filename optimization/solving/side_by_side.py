"""Pieces of work at once, their answers in the order of the pieces: how many threads there are changes the time, not the answer.

HiGHS lets go of the interpreter while it works, so threads of one process share the problem and use a core each.
"""

import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from optimization.solving.outside import Outside
from optimization.solving.shared_out import SharedOut

Answer = TypeVar("Answer")


class SideBySide:
    """Up to `threads` pieces at a time. `cpu_seconds`: what they took outside the thread that asked for them.

    `outside`: other places where they may be worked at, if there are any.
    """

    def __init__(self, threads: int) -> None:
        self.threads = threads
        self.cpu_seconds = 0.0
        self.outside: Outside | None = None
        self._lock = threading.Lock()

    def in_order(self, pieces: Iterable[Callable[[], Answer]]) -> Iterator[Answer]:
        """The pieces' answers. Pieces are drawn as threads become free; whoever stops asking waits for those begun."""
        if self.outside is not None:
            yield from SharedOut(self.threads, self.outside, self.timed).in_order(pieces)
            return
        if self.threads == 1:
            yield from (piece() for piece in pieces)
            return
        with ThreadPoolExecutor(self.threads) as pool:
            begun: deque[Future[Answer]] = deque()
            for piece in pieces:
                begun.append(pool.submit(self.timed, piece))
                if len(begun) == self.threads:
                    yield begun.popleft().result()
            while begun:
                yield begun.popleft().result()

    def timed(self, piece: Callable[[], Answer]) -> Answer:
        """The piece's answer; what it takes of the thread that this is called in is counted."""
        began = time.thread_time()
        try:
            return piece()
        finally:
            with self._lock:
                self.cpu_seconds += time.thread_time() - began
