"""The best of a run, kept in the database so that the next attempt begins with it."""

import math
import threading
import time
from dataclasses import dataclass

import numpy as np
import structlog
from numpy.typing import NDArray
from sqlalchemy.orm import Session

from api.jobs.patience import patiently
from api.persistence.clock import clock
from api.persistence.database import Database
from api.persistence.repositories import pieces
from optimization import Best
from optimization.solving.packing import UnreadableError, pack, unpack

_log = structlog.get_logger("rivershare.worker")
PLAN_SECONDS = 5.0
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Change:
    """What of a problem's best has not been written: its bound, and its plan where `with_plan`."""

    digest: str
    best: Best
    with_plan: bool


class KeptBests:
    """The keeper of one attempt at a run. Bounds are written with the next news, plans at most every few seconds."""

    def __init__(self, database: Database, run_id: str, fenced: threading.Event) -> None:
        self._database, self._run_id, self._fenced = database, run_id, fenced
        self._lock = threading.Lock()
        self._bests: dict[str, Best] = {}
        self._bounds_written: dict[str, float] = {}
        self._plans_written: dict[str, Floats] = {}
        self._plan_at = -PLAN_SECONDS

    def kept(self, digest: str) -> Best | None:
        """What an earlier attempt had of the problem. Raises what the database does once the attempt is fenced out."""

        def read() -> Best | None:
            with self._database.reading() as session:
                row = pieces.best(session, self._run_id, digest)
            return None if row is None else Best(-math.inf if row.bound is None else row.bound, _values(row.plan))

        return patiently(read, self._fenced)

    def keep(self, digest: str, best: Best) -> None:
        with self._lock:
            self._bests[digest] = best

    def changes(self, *, at_once: bool = False) -> list[Change]:
        """What is to be written now; `at_once`: plans, too, however young the last one is."""
        due = at_once or time.monotonic() - self._plan_at >= PLAN_SECONDS
        with self._lock:
            bests = dict(self._bests)
        found = []
        for digest, best in bests.items():
            with_plan = due and best.values is not None and self._plans_written.get(digest) is not best.values
            if with_plan or self._bounds_written.get(digest) != best.bound:
                found.append(Change(digest, best, with_plan))
        return found

    def write(self, session: Session, changes: list[Change]) -> None:
        """In a transaction that has made sure of the attempt."""
        for change in changes:
            bound = change.best.bound if math.isfinite(change.best.bound) else None
            values = change.best.values if change.with_plan else None
            plan = None if values is None else pack({}, {"values": values})
            pieces.keep_best(session, self._run_id, change.digest, clock(session), bound, plan)

    def written(self, changes: list[Change]) -> None:
        """The transaction is through."""
        for change in changes:
            self._bounds_written[change.digest] = change.best.bound
            if change.with_plan and change.best.values is not None:
                self._plan_at = time.monotonic()
                self._plans_written[change.digest] = change.best.values


def _values(plan: bytes | None) -> Floats | None:
    if plan is None:
        return None
    try:
        return np.asarray(unpack(plan)[1]["values"], dtype=np.float64)
    except (UnreadableError, KeyError) as error:
        _log.warning("a plan that was kept cannot be read", error=str(error))
        return None
