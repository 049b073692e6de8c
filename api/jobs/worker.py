"""A worker: takes one run after another out of the queue, and outlives every one of them."""

import threading
import time
from dataclasses import dataclass

import structlog

from api.jobs import durable
from api.jobs.attempt import Attempt, Solve, solve_scenario
from api.jobs.helper import Helper
from api.jobs.identity import register
from api.jobs.link import Link
from api.jobs.patience import is_lost, patiently
from api.jobs.pulse import Pulse
from api.jobs.reaper import Reaper
from api.persistence.clock import clock
from api.persistence.content import ContentStore
from api.persistence.database import Database
from api.persistence.models import Run, Worker
from api.persistence.repositories import queue, workers
from api.services import run_states
from api.services.run_states import FencedError
from api.settings import Settings

_log = structlog.get_logger("rivershare.worker")
_LOOK_SECONDS = 0.5
_LOOK_AGAIN_SECONDS = 0.2
_WARM_SECONDS = 10.0
"""After a piece the next one often comes soon."""


def work(settings: Settings, name: str, stopping: threading.Event, solver: Solve = solve_scenario) -> None:
    """Work at runs, without one at pieces of others', until `stopping` is set; the run at hand then goes back into the queue."""
    database = Database(settings.database, pool_size=5)
    try:
        row = patiently(lambda: _registered(database, name), stopping)
        pulse, reaper = Pulse(database, row.id, settings.heartbeat_seconds), Reaper(database, settings)
        pulse.start()
        reaper.start()
        try:
            with durable.durable(database, row.id):
                _log.info("worker ready", worker=name)
                helper = Helper(settings, database, row.id, stopping)
                _Worker(settings, database, ContentStore(settings.store), row, solver, helper, stopping).take_turns()
        finally:
            reaper.stop()
            pulse.stop()
            _stop(database, row)
    finally:
        database.close()


@dataclass(frozen=True)
class _Worker:
    settings: Settings
    database: Database
    store: ContentStore
    row: Worker
    solver: Solve
    helper: Helper
    stopping: threading.Event

    def take_turns(self) -> None:
        last_helped = -_WARM_SECONDS
        while not self.stopping.is_set():
            try:
                run = self._claimed()
            except Exception as error:
                if not is_lost(error):
                    _log.exception("claiming a run failed")
                run = None
            if run is not None:
                self._do(run)
            elif self._helped():
                last_helped = time.monotonic()
            else:
                warm = time.monotonic() - last_helped < _WARM_SECONDS
                self.stopping.wait(_LOOK_AGAIN_SECONDS if warm else _LOOK_SECONDS)

    def _helped(self) -> bool:
        try:
            return self.helper.help()
        except Exception as error:
            if not is_lost(error):
                _log.exception("working at a piece failed")
            return False

    def _claimed(self) -> Run | None:
        with self.database.reading() as session:
            if not queue.has_queued(session):
                return None
        with self.database.writing() as session:
            return run_states.claim(session, self.row.id, self.row.name, self.settings.runs_at_once_per_user)

    def _do(self, run: Run) -> None:
        """One attempt. Whatever comes of it, the worker goes on."""
        log = _log.bind(run=run.id, attempt=run.attempt)
        log.info("run begun", number=run.tries)
        with Link(self.database, run, self.row.id, self.settings.dead_after_seconds, self.stopping) as link:
            attempt = Attempt(self.database, self.store, run, self.solver, link, self.stopping)
            try:
                plan_id = durable.execute(attempt)
                log.info("run ended", plan=plan_id)
            except FencedError:
                log.warning("run was taken over, given back or ended elsewhere: its result is thrown away")
            except Exception as error:
                log.exception("run failed by a mistake of the service's own")
                self._write_down(attempt, error, last=run.tries >= self.settings.tries_at_most)

    def _write_down(self, attempt: Attempt, error: Exception, *, last: bool) -> None:
        """A run that the database kept from ending is tried again; any other failure is its end."""
        try:
            if is_lost(error) and not last:
                attempt.give_back("The database did not answer.")
            else:
                attempt.fail(error)
        except FencedError:
            return
        except Exception:
            _log.exception("the failure could not be written down", run=attempt.run_id)


def _registered(database: Database, name: str) -> Worker:
    with database.writing() as session:
        return register(session, name)


def _stop(database: Database, row: Worker) -> None:
    try:
        with database.writing() as session:
            workers.stop(session, row.id, clock(session))
    except Exception as error:
        if not is_lost(error):
            raise
        _log.warning("could not say good-bye: the database does not answer")
