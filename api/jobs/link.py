"""The link between an attempt and its run's row: news go out; cancelling, fencing and stopping come in."""

import threading
import time
from dataclasses import asdict
from types import TracebackType
from typing import Any

import structlog

from api.jobs.kept_bests import KeptBests
from api.jobs.patience import is_lost
from api.jobs.shared_pieces import SharedPieces
from api.persistence.database import Database
from api.persistence.models import Run
from api.services import run_states
from api.services.run_states import FencedError
from optimization import Aid, Progress
from planner.plan.finite import finite

_log = structlog.get_logger("rivershare.worker")
_LOOK_SECONDS = 0.4
_SOON_SECONDS = 0.2
_GATHERING_SECONDS = 0.05
NEWS_SECONDS = 1.0


class Link:
    """Watches a run from a thread while it is worked at; others silent for so long count as dead. Use as a context.

    `aid` is what the solve is given: other workers for its pieces, and the keeper of its best.

    `cancel` is set when the solve is to end: on request, when the attempt was fenced out (`fenced`), or when the worker
    stops (`stopping`), whose run is then given back. A database that does not answer is waited for.
    """

    def __init__(
        self, database: Database, run: Run, worker_id: str, dead_after_seconds: float, stopping: threading.Event
    ) -> None:
        self._database, self._run_id, self._attempt, self._stopping = database, run.id, run.attempt, stopping
        self.cancel = threading.Event()
        self.fenced = threading.Event()
        self._pieces = SharedPieces(database, run.id, run.attempt, worker_id, dead_after_seconds)
        self._bests = KeptBests(database, run.id, self.fenced)
        self.aid = Aid(self._pieces, self._bests)
        self._ended = threading.Event()
        self._news: list[dict[str, Any]] = []
        self._last_sent = -NEWS_SECONDS
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._watch, name="link", daemon=True)

    def tell(self, progress: Progress) -> None:
        """Take news from the solver, without waiting for the database."""
        self.tell_content(finite(asdict(progress)))

    def tell_content(self, news: dict[str, Any]) -> None:
        """Take news as content with at least `phase`. Later news of a phase take the place of earlier ones."""
        with self._lock:
            if self._news and _subject(self._news[-1]) == _subject(news):
                self._news[-1] = news
            else:
                self._news.append(news)

    def demand_held(self) -> None:
        """Raises FencedError where the attempt is known to be fenced out."""
        if self.fenced.is_set():
            raise FencedError

    def __enter__(self) -> "Link":
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None) -> None:
        self._ended.set()
        self._pieces.offered.set()
        self._thread.join()

    def _watch(self) -> None:
        while self._next_look() and not self.fenced.is_set():
            try:
                self._look()
                self._send()
                self._pieces.exchange()
            except FencedError:
                self._fence()
            except Exception as error:
                if not is_lost(error):
                    _log.exception("watching a run failed", run=self._run_id)

    def _next_look(self) -> bool:
        """Waits for it; no once the attempt has ended. Pieces that go out or come in are looked for sooner."""
        if self._pieces.offered.wait(_SOON_SECONDS if self._pieces.awaited else _LOOK_SECONDS):
            self._pieces.offered.clear()
            self._ended.wait(_GATHERING_SECONDS)  # what is offered together goes out together
        return not self._ended.is_set()

    def _look(self) -> None:
        with self._database.reading() as session:
            run = session.get(Run, self._run_id)
        if run is None or run.attempt != self._attempt or run.state != "running":
            raise FencedError
        if self._stopping.is_set():
            with self._database.writing() as session:
                self._bests.write(session, self._bests.changes(at_once=True))
                run_states.give_back(session, self._run_id, self._attempt, "The worker was stopped.")
            raise FencedError
        if run.cancel_requested_at is not None:
            self.cancel.set()

    def _send(self) -> None:
        """At most one message a second, but for each change of phase."""
        with self._lock:
            if not self._news or (len(self._news) == 1 and time.monotonic() - self._last_sent < NEWS_SECONDS):
                return
            news, self._news = self._news, []
        bests = self._bests.changes()  # after the news: what is told was kept before
        try:
            with self._database.writing() as session:
                run_states.note_progress(session, self._run_id, self._attempt, news)
                self._bests.write(session, bests)
        except Exception:
            with self._lock:
                self._news = [*news, *self._news][-len(news) - 1 :]
            raise
        self._bests.written(bests)
        self._last_sent = time.monotonic()

    def _fence(self) -> None:
        self.fenced.set()
        self.cancel.set()


def _subject(news: dict[str, Any]) -> tuple[Any, Any]:
    return news.get("objective"), news.get("phase")
