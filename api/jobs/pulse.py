"""A worker's signs of life, from a thread of their own, so that no solve keeps them back."""

import threading

import structlog

from api.jobs.patience import is_lost
from api.persistence.clock import clock
from api.persistence.database import Database
from api.persistence.repositories import workers

_log = structlog.get_logger("rivershare.worker")


class Pulse:
    """Beats until it is stopped; says once when the database does not answer and once when it does again."""

    def __init__(self, database: Database, worker_id: str, seconds: float) -> None:
        self._database, self._worker_id, self._seconds = database, worker_id, seconds
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._beat_on, name="pulse", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        self._thread.join(timeout=5)

    def _beat_on(self) -> None:
        silent = False
        while not self._stopping.wait(self._seconds):
            try:
                with self._database.writing() as session:
                    workers.beat(session, self._worker_id, clock(session))
                if silent:
                    _log.info("the database answers again")
                silent = False
            except Exception as error:
                if not is_lost(error):
                    _log.exception("sign of life failed")
                elif not silent:
                    _log.warning("no sign of life: the database does not answer")
                silent = True
