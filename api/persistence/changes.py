"""Which tables were changed, told to every process that has the same SQLite file open.

SQLite itself tells that something was committed, not what; and a service that is asked the same again and again need not ask
its database again while the tables it read are as they were. So each commit puts a new stamp on the tables it changed, in a
small file beside the database that all processes have in their memory.
"""

import mmap
import os
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from pathlib import Path
from typing import Any, Final
from zlib import crc32

import sqlalchemy as sa
from sqlalchemy import event

from api.persistence.models import Base

_SLOTS, _BYTES = 256, 8
_CHANGED: Final = "rivershare_changed"
_WORD = re.compile(r"\w+")
_ASKS = frozenset({"SELECT", "BEGIN", "PRAGMA", "WITH", "SAVEPOINT", "RELEASE", "ROLLBACK", "EXPLAIN"})
_READ: ContextVar[set[int] | None] = ContextVar("slots_read", default=None)


class Changes:
    """The stamps of one database's tables. Two tables may share one: then more counts as changed than was."""

    def __init__(self, engine: sa.Engine, beside: Path) -> None:
        handle = os.open(beside.with_name(f"{beside.name}-changes"), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            os.ftruncate(handle, _SLOTS * _BYTES)
            self._stamps = mmap.mmap(handle, _SLOTS * _BYTES)
        finally:
            os.close(handle)
        event.listen(engine, "before_cursor_execute", _note)
        event.listen(engine.pool, "checkin", self._tell)

    def now(self) -> bytes:
        """The stamps of all tables. What is read after this is as new as they are."""
        return bytes(self._stamps)

    def same(self, slots: frozenset[int], then: bytes) -> bool:
        """Whether none of these tables was changed since."""
        stamps = self._stamps
        return all(stamps[slot : slot + _BYTES] == then[slot : slot + _BYTES] for slot in slots)

    def _tell(self, connection: Any, record: Any) -> None:
        """A connection is given back: what it changed is committed by now, or undone."""
        changed = record.info.pop(_CHANGED, ())
        if changed:
            stamp = (time.monotonic_ns() ^ os.getpid() << 44 & 2**64 - 1).to_bytes(_BYTES, "little")
            for slot in changed:
                self._stamps[slot : slot + _BYTES] = stamp


@contextmanager
def reads_noted() -> Iterator[set[int]]:
    """Fills the set with the slots of the tables that are read, in threads begun from here too."""
    read: set[int] = set()
    token = _READ.set(read)
    try:
        yield read
    finally:
        _READ.reset(token)


def _note(connection: sa.Connection, _: Any, statement: str, *__: Any) -> None:
    slots, changes = _slots(statement)
    if changes:
        connection.info.setdefault(_CHANGED, set()).update(slots)
    read = _READ.get()
    if read is not None:
        read.update(slots)


@lru_cache(maxsize=2_000)
def _slots(statement: str) -> tuple[frozenset[int], bool]:
    """The slots of the tables that a statement names, and whether it changes them."""
    words = _WORD.findall(statement)
    first = words[0].upper() if words else ""
    tables = Base.metadata.tables.keys() & set(words)
    if first == "DELETE":
        tables = _with_dependents(tables)
    changes = first not in _ASKS
    # A change that names no table of ours could be of any.
    named = tables or (Base.metadata.tables.keys() if changes else ())
    return frozenset(crc32(table.encode()) % _SLOTS * _BYTES for table in named), changes


def _with_dependents(tables: set[str]) -> set[str]:
    """The tables, and those whose rows go or change with theirs."""
    found, new = set(tables), set(tables)
    while new:
        new = {
            table.name
            for table in Base.metadata.tables.values()
            for key in table.foreign_keys
            if key.column.table.name in new and table.name not in found
        }
        found |= new
    return found
