"""Pieces of a run between the solve and the database: offers go out, answers come in, and nobody waits."""

import threading
import time
from dataclasses import replace
from datetime import timedelta

from api.persistence.clock import clock
from api.persistence.database import Database
from api.persistence.repositories import pieces, queue, workers
from api.services.run_states import FencedError
from optimization import News
from optimization.solving.pieces import kind_of_pieces

_IDLE_SECONDS = 2.0


class SharedPieces:
    """The places elsewhere of one attempt at a run: workers without a run of their own.

    `exchange` is called by the attempt's link, soon after something was `offered`.
    """

    def __init__(self, database: Database, run_id: str, attempt: int, worker_id: str, dead_after_seconds: float) -> None:
        self._database, self._run_id, self._attempt = database, run_id, attempt
        self._worker_id, self._dead_after = worker_id, timedelta(seconds=dead_after_seconds)
        self._kind = kind_of_pieces()
        self.offered = threading.Event()
        self._lock = threading.Lock()
        self._offers: dict[str, bytes] = {}
        self._withdrawn: set[str] = set()
        self._open: set[str] = set()
        self._news = News()
        self._knows_earlier = False
        self._asked_at = -_IDLE_SECONDS

    def offer(self, digest: str, packed: bytes) -> None:
        with self._lock:
            self._offers[digest] = packed
            self._withdrawn.discard(digest)
            self._open.add(digest)
        self.offered.set()

    def withdraw(self, digest: str) -> None:
        with self._lock:
            self._open.discard(digest)
            if self._offers.pop(digest, None) is None:
                self._withdrawn.add(digest)

    def news(self) -> News:
        with self._lock:
            news, self._news = self._news, replace(self._news, answers={})
            return news

    @property
    def awaited(self) -> bool:
        """Whether somebody is at work on a piece, so that an answer may come soon."""
        return bool(self._news.taken)

    def exchange(self) -> None:
        """Write what is offered and withdrawn, and look what has come. Raises FencedError."""
        self._write()
        with self._lock:
            asked = set(self._open)
        earlier = not self._knows_earlier
        idle = time.monotonic() - self._asked_at >= _IDLE_SECONDS
        if not (asked or earlier or idle):
            return
        with self._database.reading() as session:
            at = clock(session)
            taken, found = pieces.state_of(session, self._run_id, asked, at) if asked else (set(), {})
            if earlier:
                found |= pieces.answers(session, self._run_id)
            wanted = workers.idle_count(session, at - self._dead_after, self._worker_id) if idle else self._news.wanted
        self._knows_earlier = True
        self._asked_at = time.monotonic() if idle else self._asked_at
        with self._lock:
            self._open -= set(found)
            self._news = News(wanted, frozenset(taken & self._open), {**self._news.answers, **found})

    def _write(self) -> None:
        with self._lock:
            offers, self._offers = self._offers, {}
            withdrawn, self._withdrawn = self._withdrawn, set()
        if not (offers or withdrawn):
            return
        try:
            with self._database.writing() as session:
                if not queue.is_held(session, self._run_id, self._attempt):
                    raise FencedError
                pieces.withdraw(session, self._run_id, withdrawn)
                pieces.offer(session, self._run_id, self._kind, offers, clock(session))
        except Exception:
            with self._lock:
                self._offers = {**{one: packed for one, packed in offers.items() if one in self._open}, **self._offers}
                self._withdrawn |= withdrawn - self._open
            raise
