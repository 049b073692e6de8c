"""Patience with the database: what could not be done is tried again until it answers."""

import threading
from collections.abc import Callable
from typing import TypeVar

import structlog
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

_log = structlog.get_logger("rivershare.database")
_FIRST_PAUSE_SECONDS = 0.2
_LONGEST_PAUSE_SECONDS = 5.0

Result = TypeVar("Result")


def is_lost(error: Exception) -> bool:
    """Whether an error says that the database does not answer, rather than that it was asked wrongly."""
    if isinstance(error, OperationalError | InterfaceError | PoolTimeoutError):
        return True
    return isinstance(error, DBAPIError) and error.connection_invalidated


def patiently(action: Callable[[], Result], given_up: threading.Event) -> Result:
    """What the action returns, repeated while the database does not answer. Raises its error once `given_up` is set."""
    pause = _FIRST_PAUSE_SECONDS
    while True:
        try:
            return action()
        except Exception as error:
            if not is_lost(error):
                raise
            _log.warning("database does not answer", error=str(error).splitlines()[0], again_in_seconds=pause)
            if given_up.wait(pause):
                raise
            pause = min(2 * pause, _LONGEST_PAUSE_SECONDS)
