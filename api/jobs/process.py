"""The process of a worker: gentle to requests, stopped by signals, and never left behind by the process that began it."""

import os
import signal
import threading
import time
from types import FrameType

from api.jobs.parent import ParentWatch
from api.jobs.worker import work
from api.settings import Settings

_NICENESS = 10  # requests go before solves
_SECONDS_TO_STOP = 8.0


def run_worker(settings: Settings, name: str, parent: ParentWatch | None = None) -> None:
    """Work until SIGTERM or SIGINT comes, or the process that began this one is gone.

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
        parent.on_gone = stopping.set
    work(settings, name, stopping)


def _end_in_time(stopping: threading.Event) -> None:
    stopping.wait()
    time.sleep(_SECONDS_TO_STOP)
    os._exit(1)
