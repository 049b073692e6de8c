"""What a worker without a run does: it works at pieces of the runs of others, each in a process of its own."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import structlog

from api.jobs.patience import is_lost
from api.persistence.clock import clock
from api.persistence.database import Database
from api.persistence.models import RunPiece
from api.persistence.repositories import pieces, queue
from api.settings import Settings
from optimization.solving.packing import UnreadableError
from optimization.solving.pieces import Piece, kind_of_pieces, pack_answer
from optimization.solving.session import work_at_piece

_log = structlog.get_logger("rivershare.worker")
LEASE_SECONDS = 30.0
"""More than any piece takes. If it is over, its worker is gone, or too slow to be waited for."""
_LOOK_SECONDS = 0.5


class Helper:
    """Takes one piece after the other, until a run waits or the worker is `stopping`."""

    def __init__(self, settings: Settings, database: Database, worker_id: str, stopping: threading.Event) -> None:
        self._settings, self._database, self._worker_id, self._stopping = settings, database, worker_id, stopping
        self._kind = kind_of_pieces()

    def help(self) -> bool:
        """Work at a piece, if one is free; says whether there was one."""
        leased = self._leased()
        if leased is None or leased.packed is None:
            return False
        try:
            piece = Piece.unpacked(leased.packed)
        except UnreadableError as error:
            # Its lease stands: whoever has the run works at it when its turn has come.
            _log.warning("a piece cannot be read", run=leased.run_id, error=str(error))
            return True
        cancel = threading.Event()
        with self._watching(leased, cancel):
            answer = work_at_piece(piece, self._settings.run_bytes_at_most, cancel)
        with self._database.writing() as session:
            if answer is None:
                pieces.give_back(session, leased.run_id, leased.digest, self._worker_id)
            else:
                pieces.answer(session, leased.run_id, leased.digest, self._worker_id, pack_answer(answer), clock(session))
        return True

    def _leased(self) -> RunPiece | None:
        with self._database.reading() as session:
            if not pieces.any_free(session, self._kind, clock(session)):
                return None
        with self._database.writing() as session:
            return pieces.lease(session, self._kind, self._worker_id, clock(session), LEASE_SECONDS)

    @contextmanager
    def _watching(self, leased: RunPiece, cancel: threading.Event) -> Iterator[None]:
        """Cancels the work once nobody needs it, or something else comes first."""
        done = threading.Event()

        def watch() -> None:
            while not done.wait(_LOOK_SECONDS):
                if self._stopping.is_set() or not self._is_needed(leased):
                    cancel.set()
                    return

        thread = threading.Thread(target=watch, name="piece", daemon=True)
        thread.start()
        try:
            yield
        finally:
            done.set()
            thread.join()

    def _is_needed(self, leased: RunPiece) -> bool:
        """Runs come before pieces. While the database does not answer, work goes on."""
        try:
            with self._database.reading() as session:
                waits = queue.any_in_line(session, self._settings.runs_at_once_per_user)
                return not waits and pieces.is_leased(session, leased.run_id, leased.digest, self._worker_id)
        except Exception as error:
            if not is_lost(error):
                raise
            return True
