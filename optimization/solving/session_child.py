"""The solver's process as the parent sees it: started, written to, listened to, stopped."""

import contextlib
import os
import pickle
import queue
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

from optimization.solving.child_messages import CANCEL, Message, Task

_START = Path(__file__).with_name("child_start.py")
_LAST_WORDS_CHARACTERS = 2000


class ChildProcess:
    """Starts the child and hands the task over in the background; messages come by `next_message`. Use as a context."""

    def __init__(self, task: Task) -> None:
        environment = dict(os.environ)
        # One thread for the algebra libraries: they would reserve memory and steal cores that HiGHS is not given.
        environment.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1", MKL_NUM_THREADS="1")
        self._errors: BinaryIO = tempfile.TemporaryFile()  # noqa: SIM115 (closed when the child has ended)
        self._process = subprocess.Popen(
            [sys.executable, "-P", str(_START), str(os.getpid())],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            env=environment,
            # Ctrl-C at a terminal goes to a whole group: it is for the run, which then asks the child to stop.
            process_group=0,
        )
        self._messages: queue.SimpleQueue[Message | None] = queue.SimpleQueue()
        self._writing = threading.Lock()
        threading.Thread(target=self._hand_over, args=(task,), daemon=True).start()
        threading.Thread(target=self._listen, daemon=True).start()

    @property
    def process_id(self) -> int:
        return self._process.pid

    def next_message(self, seconds: float) -> Message | None:
        """The next message; None once the child has said its last. Raises queue.Empty after `seconds` of silence."""
        return self._messages.get(timeout=seconds)

    def ask_to_cancel(self) -> None:
        """Asks HiGHS to stop where it can; from the background, as a full pipe may keep one waiting."""
        threading.Thread(target=self._write, args=(CANCEL,), daemon=True).start()

    def kill(self) -> None:
        self._process.kill()

    def how_it_ended(self) -> str:
        """What is known of a child that fell silent: its exit code or signal, and the end of the errors it wrote."""
        code = self._process.wait()
        self._errors.seek(0)
        words = self._errors.read().decode(errors="replace").strip()[-_LAST_WORDS_CHARACTERS:]
        if code < 0:
            how = f"the solver's process was killed (signal {-code}); the system does so when memory runs out"
        else:
            how = f"the solver's process ended with code {code}"
        return f"{how}: {words}" if words else how

    def __enter__(self) -> "ChildProcess":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None) -> None:
        self._process.kill()
        self._process.wait()
        self._errors.close()

    def _hand_over(self, task: Task) -> None:
        self._write(pickle.dumps(task, protocol=pickle.HIGHEST_PROTOCOL))

    def _write(self, data: bytes) -> None:
        pipe = self._process.stdin
        assert pipe is not None
        with self._writing, contextlib.suppress(BrokenPipeError, ValueError):
            pipe.write(data)
            pipe.flush()

    def _listen(self) -> None:
        pipe = self._process.stdout
        assert pipe is not None
        # A child that is killed may leave half a pickle behind.
        with contextlib.suppress(EOFError, pickle.UnpicklingError, OSError, ValueError):
            while True:
                self._messages.put(pickle.load(pipe))
        self._messages.put(None)
