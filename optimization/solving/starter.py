"""The process that begins solvers, as those see it that want one: one for each process, begun with its first solver."""

import contextlib
import os
import socket
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

from optimization.solving.child_messages import KILL, NO_PROCESS, START

_FILE = Path(__file__).with_name("child_start.py")
_ANSWER_BYTES = 64


class Starter:
    """Begins and kills solvers. It may be asked by any thread; a fork of the asking process begins its own."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._line: socket.socket | None = None
        self._owner = 0

    def start(self, ends: list[int]) -> int:
        """The number of a new solver, which has these ends: orders, replies, errors and exit code. They stay open here, too.

        Raises OSError where the system gives no further process.
        """
        with self._lock:
            for _ in range(2):  # the one that is there may have been killed meanwhile
                line = self._ready()
                answer = b""
                with contextlib.suppress(OSError):
                    socket.send_fds(line, [START], ends)
                    answer = line.recv(_ANSWER_BYTES)
                if answer and (number := int(answer)) != NO_PROCESS:
                    return number
                if answer:
                    raise OSError("the system gives no process for the solver: there are too many, or memory is short")
                line.close()
                self._process.kill()
                self._process.wait()
                self._line = None
            raise OSError(f"the process that begins solvers does not answer: {self._last_words()}")

    def kill(self, process_id: int) -> None:
        """Puts an end to a solver, unless it has ended. With the process that began it, it has."""
        with self._lock, contextlib.suppress(OSError):
            if self._line is not None:
                self._line.send(KILL + str(process_id).encode())

    def _ready(self) -> socket.socket:
        if self._line is None or self._owner != os.getpid():
            ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
            environment = dict(os.environ)
            # One thread for the algebra libraries: they would reserve memory and steal cores that HiGHS is not given.
            environment.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1", MKL_NUM_THREADS="1")
            self._errors = tempfile.TemporaryFile()  # noqa: SIM115 (as long as the process)
            with theirs:
                self._process = subprocess.Popen(
                    [sys.executable, "-P", str(_FILE), str(theirs.fileno())],
                    stdin=subprocess.DEVNULL,
                    stdout=self._errors,
                    stderr=self._errors,
                    pass_fds=(theirs.fileno(),),
                    env=environment,
                    process_group=0,
                )
            self._line, self._owner = ours, os.getpid()
        return self._line

    def _last_words(self) -> str:
        self._errors.seek(0)
        return self._errors.read().decode(errors="replace").strip()[-2000:]


STARTER = Starter()
