"""Plans in the content store: whole, or one table at a time."""

import json
from collections import OrderedDict
from threading import Lock
from typing import Any, Final

import pyarrow as pa

from api.persistence.content import ContentStore
from api.persistence.models import PlanRow
from planner.basin import Basin
from planner.basin.content import unpack_basin
from planner.formats.arrow import described, read_packed
from planner.plan.content import unpack
from planner.plan.plan import Plan
from planner.plan.tables import columns

TABLES_HELD_BYTES: Final = 100_000_000


class HeldTables:
    """The tables that were asked for last, as many as fit."""

    def __init__(self, bytes_at_most: int) -> None:
        self._bytes_at_most = bytes_at_most
        self._tables: OrderedDict[tuple[str, str], pa.Table] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()

    def get(self, store: ContentStore, digest: str, name: str) -> pa.Table:
        """A table of plans by its digest, with titles and units in its fields' metadata."""
        with self._lock:
            if (digest, name) in self._tables:
                self._tables.move_to_end((digest, name))
                return self._tables[digest, name]
        table = described(read_packed(store.get(digest)), columns(name))
        with self._lock:
            if (digest, name) not in self._tables and table.nbytes <= self._bytes_at_most:
                self._tables[digest, name] = table
                self._bytes += table.nbytes
                while self._bytes > self._bytes_at_most:
                    self._bytes -= self._tables.popitem(last=False)[1].nbytes
        return table


_HELD = HeldTables(TABLES_HELD_BYTES)


def table_of(store: ContentStore, row: PlanRow, name: str) -> pa.Table:
    """A table of a plan. Raises MissingContentError where the store has lost it."""
    return _HELD.get(store, row.tables[name], name)


def basin_of(store: ContentStore, row: PlanRow) -> Basin:
    """The basin that was planned, with the scenario's changes made."""
    return unpack_basin(row.basin_settings, {name: store.get(digest) for name, digest in row.basin_tables.items()})


def record_of(store: ContentStore, row: PlanRow) -> dict[str, Any]:
    """What the solver did."""
    record: dict[str, Any] = json.loads(store.get(row.record))
    return record


def plan_of(store: ContentStore, row: PlanRow) -> Plan:
    """The whole plan."""
    told = {
        "status": row.status,
        "scenario": row.scenario,
        "audit": row.audit,
        "record": record_of(store, row),
        "resolved_hash": row.resolved_hash,
    }
    tables = {name: store.get(digest) for name, digest in row.tables.items()}
    return unpack(told, tables, row.basin_settings, {name: store.get(digest) for name, digest in row.basin_tables.items()})
