"""The solver's process as the parent sees it: started, written to, listened to, stopped."""

import contextlib
import os
import pickle
import queue
import tempfile
import threading
from types import TracebackType
from typing import BinaryIO

from optimization.solving.child_messages import Message, Order, Task
from optimization.solving.starter import STARTER

_LAST_WORDS_CHARACTERS = 2000
_KILLED = -9


class ChildProcess:
    """Starts the child and hands the task over in the background; messages come by `next_message`. Use as a context.

    What is written to it goes from the background, in order, as a full pipe may keep one waiting.
    """

    def __init__(self, task: Task) -> None:
        self._errors: BinaryIO = tempfile.TemporaryFile()  # noqa: SIM115 (closed when the child has ended)
        orders, writes = os.pipe()
        reads, replies = os.pipe()
        self._exit_code, ended = os.pipe()
        try:
            self.process_id = STARTER.start([orders, replies, self._errors.fileno(), ended])
        except OSError:
            for end in (writes, reads, self._exit_code):
                os.close(end)
            raise
        finally:
            for end in (orders, replies, ended):
                os.close(end)
        self._orders, self._replies = os.fdopen(writes, "wb"), os.fdopen(reads, "rb")
        self._code: int | None = None
        self._messages: queue.SimpleQueue[Message | None] = queue.SimpleQueue()
        self._outbox: queue.SimpleQueue[Task | Order | None] = queue.SimpleQueue()
        self._outbox.put(task)
        threading.Thread(target=self._write, daemon=True).start()
        threading.Thread(target=self._listen, daemon=True).start()

    def next_message(self, seconds: float) -> Message | None:
        """The next message; None once the child has said its last. Raises queue.Empty after `seconds` of silence."""
        return self._messages.get(timeout=seconds)

    def tell(self, order: Order) -> None:
        """Gives an order, without waiting."""
        self._outbox.put(order)

    def kill(self) -> None:
        STARTER.kill(self.process_id)

    def how_it_ended(self) -> str:
        """What is known of a child that fell silent: its exit code or signal, and the end of the errors it wrote."""
        code = self._wait()
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
        self.kill()
        self._wait()
        self._outbox.put(None)
        with contextlib.suppress(OSError):
            self._orders.close()
        self._errors.close()

    def _wait(self) -> int:
        """The exit code, once it has ended; a signal's is negative. With the process that began it, it was killed."""
        if self._code is None:
            with os.fdopen(self._exit_code) as told:
                self._code = int(told.read() or _KILLED)
        return self._code

    def _write(self) -> None:
        with contextlib.suppress(BrokenPipeError, ValueError):
            while (content := self._outbox.get()) is not None:
                self._orders.write(pickle.dumps(content, protocol=pickle.HIGHEST_PROTOCOL))
                self._orders.flush()

    def _listen(self) -> None:
        # A child that is killed may leave half a pickle behind.
        with self._replies, contextlib.suppress(EOFError, pickle.UnpicklingError, OSError, ValueError):
            while True:
                self._messages.put(pickle.load(self._replies))
        self._messages.put(None)
