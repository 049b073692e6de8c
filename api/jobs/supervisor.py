"""The supervisor: keeps a number of worker processes alive beside the API."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable

import structlog

_log = structlog.get_logger("rivershare.supervisor")
_LOOK_SECONDS = 0.5
_PAUSE_AT_MOST_SECONDS = 8.0
_STEADY_AFTER_SECONDS = 60.0


class Supervisor:
    """Starts workers, starts those anew that end, each time after a longer pause, and stops them with the service."""

    def __init__(self, workers: int, on_exit: Callable[[str], None]) -> None:
        self._names = [f"worker-{number}" for number in range(1, workers + 1)]
        self._on_exit = on_exit
        self._stopping = threading.Event()
        self._threads = [threading.Thread(target=self._keep_alive, args=(name,), daemon=True) for name in self._names]

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def stop(self, seconds: float = 20.0) -> None:
        """Ask the workers to stop, wait, and end those that do not."""
        self._stopping.set()
        deadline = time.monotonic() + seconds
        for thread in self._threads:
            thread.join(max(0.1, deadline - time.monotonic()))

    def _keep_alive(self, name: str) -> None:
        """One worker after the other."""
        pause = 1.0
        while not self._stopping.is_set():
            started = time.monotonic()
            process = subprocess.Popen(
                [sys.executable, "-m", "api.cli", "worker", "--name", name, "--with-parent", str(os.getpid())],
                stdin=subprocess.DEVNULL,
                process_group=0,
            )
            code = self._wait(process)
            if self._stopping.is_set():
                return
            _log.warning("worker ended", worker=name, code=code)
            self._report(name)
            pause = 1.0 if time.monotonic() - started > _STEADY_AFTER_SECONDS else min(2 * pause, _PAUSE_AT_MOST_SECONDS)
            self._stopping.wait(pause)

    def _wait(self, process: "subprocess.Popen[bytes]") -> int:
        while process.poll() is None:
            if self._stopping.wait(_LOOK_SECONDS):
                process.send_signal(signal.SIGTERM)
                try:
                    return process.wait(timeout=15)
                except subprocess.TimeoutExpired:
                    process.kill()
        return process.wait()

    def _report(self, name: str) -> None:
        try:
            self._on_exit(name)
        except Exception as error:  # the reaper finds it later all the same
            _log.warning("worker's end not reported", worker=name, error=str(error))
