"""The process of a worker: gentle to requests, stopped by signals, and never left behind by the process that began it."""

import os
import signal
import threading
import time
from types import FrameType

import structlog

from api.jobs.worker import work
from api.settings import Settings

_log = structlog.get_logger("rivershare.worker")
_NICENESS = 10  # requests go before solves
_SECONDS_TO_STOP = 10.0
_LOOK_SECONDS = 0.5


def run_worker(settings: Settings, name: str, parent: int | None = None) -> None:
    """Work until SIGTERM or SIGINT comes, or the process `parent` that began this one is gone.

    The run at hand is given back first. What does not end in time is ended; its run is then taken over.
    """
    stopping = threading.Event()

    def stop(number: int, _: FrameType | None) -> None:
        stopping.set()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    os.nice(_NICENESS)
    threading.Thread(target=_end_in_time, args=(stopping,), daemon=True).start()
    if parent is not None:
        threading.Thread(target=_stop_without, args=(parent, stopping), daemon=True).start()
    work(settings, name, stopping)


def _stop_without(parent: int, stopping: threading.Event) -> None:
    while os.getppid() == parent:
        if stopping.wait(_LOOK_SECONDS):
            return
    _log.warning("the process that began this worker is gone")
    stopping.set()


def _end_in_time(stopping: threading.Event) -> None:
    stopping.wait()
    time.sleep(_SECONDS_TO_STOP)
    os._exit(1)
