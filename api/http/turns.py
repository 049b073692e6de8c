"""Who may use the database when, and threads to finish with.

A request holds a connection while it goes from thread to thread. If requests waited for connections, or on SQLite for the one
lock for writing, in threads, no thread would be left in which those who hold them could go on. So they wait for their turn
here, where waiting takes no thread.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from weakref import WeakKeyDictionary

import anyio
from starlette.requests import Request

from api.persistence.database import Database

_FINISHING_AT_ONCE = 10


@dataclass
class _Queues:
    """What requests of one event loop wait for."""

    places: asyncio.Semaphore
    writer: asyncio.Lock = field(default_factory=asyncio.Lock)
    threads: anyio.CapacityLimiter = field(default_factory=lambda: anyio.CapacityLimiter(_FINISHING_AT_ONCE))


class Turns:
    """The turns of one process: as many at once as there are connections; on SQLite one of them writing."""

    def __init__(self, database: Database) -> None:
        self._one_writer, self._places = database.is_sqlite, database.pool_size
        self.close_is_quick = database.is_sqlite  # a reader gives its connection back without asking any server
        self._queues: WeakKeyDictionary[asyncio.AbstractEventLoop, _Queues] = WeakKeyDictionary()

    async def take(self, request: Request) -> None:
        """Wait until this request may use the database. It keeps its turn until `give_back`."""
        if request.state.has_turn:
            return
        await self._queue(request).acquire()
        request.state.has_turn = True

    def give_back(self, request: Request) -> None:
        """Let the next one go on."""
        if request.state.has_turn:
            request.state.has_turn = False
            self._queue(request).release()

    async def finish(self, work: Callable[[], Any]) -> None:
        """Commit or close in a thread of those kept for it, so that one is always to be had."""
        await anyio.to_thread.run_sync(work, limiter=self._own().threads)

    def _queue(self, request: Request) -> asyncio.Semaphore | asyncio.Lock:
        """The one writer does not wait behind those who read: there are connections enough for one more."""
        queues = self._own()
        return queues.writer if self._one_writer and request.state.writes else queues.places

    def _own(self) -> _Queues:
        loop = asyncio.get_running_loop()
        queues = self._queues.get(loop)
        if queues is None:
            queues = self._queues[loop] = _Queues(asyncio.Semaphore(self._places))
        return queues
