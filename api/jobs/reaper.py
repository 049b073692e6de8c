"""The reaper: runs of workers that are gone go back into the queue. One ticks in every worker and in the service."""

import threading
from datetime import timedelta

import structlog

from api.jobs.identity import end_of_gone
from api.jobs.patience import is_lost
from api.persistence.clock import clock
from api.persistence.database import Database
from api.persistence.repositories import queue
from api.services import run_states
from api.settings import Settings

_log = structlog.get_logger("rivershare.reaper")


def give_back_runs_of(database: Database, settings: Settings, name: str) -> list[str]:
    """Take over at once from workers of this name on this machine whose process has ended, as a supervisor saw."""
    with database.writing() as session:
        end_of_gone(session, name)
        return run_states.take_over(session, settings.dead_after_seconds, settings.tries_at_most)


class Reaper:
    """Looks for runs without a living worker as often as workers give signs of life."""

    def __init__(self, database: Database, settings: Settings) -> None:
        self._database, self._settings = database, settings
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._tick_on, name="reaper", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """End after the present tick."""
        self._stopping.set()
        self._thread.join(timeout=5)

    def tick(self) -> list[str]:
        """Take over what has no living worker; returns the identifiers of those runs."""
        with self._database.reading() as session:
            silent_since = clock(session) - timedelta(seconds=self._settings.dead_after_seconds)
            if not queue.any_without_a_living_worker(session, silent_since):
                return []
        with self._database.writing() as session:
            taken = run_states.take_over(session, self._settings.dead_after_seconds, self._settings.tries_at_most)
        if taken:
            _log.warning("taken over from workers that are gone", runs=taken)
        return taken

    def _tick_on(self) -> None:
        pause = self._settings.heartbeat_seconds
        while not self._stopping.wait(pause):
            pause = self._settings.heartbeat_seconds
            try:
                self.tick()
            except Exception as error:
                if not is_lost(error):
                    _log.exception("tick failed")
                # Where the database was away, no worker could give a sign of life: they have time to do so first.
                pause = 2 * self._settings.heartbeat_seconds + 5.0
