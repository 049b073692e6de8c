"""Rows of the database as lines of JSON, the same from SQLite and from PostgreSQL, and back."""

import base64
import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from api.persistence.models import Base

# What has no meaning in another place or time: processes and what goes between them, and sessions of browsers.
LEFT_OUT = frozenset({"workers", "sign_ins", "run_pieces", "run_bests"})
_ROWS_AT_ONCE = 500


def tables_of(connection: sa.Connection) -> list[sa.Table]:
    """The service's tables as they are in this database, those that are referred to first."""
    present = set(sa.inspect(connection).get_table_names())
    names = [name for name in Base.metadata.tables if name in present and name not in LEFT_OUT]
    metadata = sa.MetaData()
    metadata.reflect(connection, only=names)
    for table in metadata.tables.values():
        for column in table.columns:
            if isinstance(column.type, sa.JSON):
                column.type.none_as_null = True
    return [table for table in metadata.sorted_tables if table.name in names]


def lines_of(connection: sa.Connection, table: sa.Table) -> Iterator[bytes]:
    """Every row of a table as a line, in the order of its key."""
    query = sa.select(table).order_by(*table.primary_key.columns)
    rows = connection.execute(query, execution_options={"yield_per": _ROWS_AT_ONCE})
    for row in rows.mappings():
        content = {column.name: _plain(row[column.name], column) for column in table.columns}
        yield json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode() + b"\n"


def insert_lines(connection: sa.Connection, table: sa.Table, lines: Iterable[bytes]) -> None:
    """Put rows into an empty table. What refers to the table itself is filled in once all rows are there."""
    own = [column.name for key in table.foreign_keys if key.column.table is table for column in [key.parent]]
    batch: list[dict[str, Any]] = []
    later: list[dict[str, Any]] = []
    key = next(iter(table.primary_key.columns))

    def write() -> None:
        if batch:
            connection.execute(sa.insert(table), batch)
            batch.clear()

    for line in lines:
        row = {name: _typed(value, table.c[name]) for name, value in json.loads(line).items()}
        for name in own:
            if row[name] is not None:
                later.append({"_key": row[key.name], "_name": name, "_value": row[name]})
                row[name] = None
        batch.append(row)
        if len(batch) >= _ROWS_AT_ONCE:
            write()
    write()
    for entry in later:
        connection.execute(sa.update(table).where(key == entry["_key"]).values({entry["_name"]: entry["_value"]}))


def _plain(value: Any, column: sa.Column[Any]) -> Any:
    if isinstance(value, datetime):
        return (value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)).isoformat()
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(bytes(value)).decode()
    # SQLite has no truth values of its own; reflection finds the name that the column was made with.
    return bool(value) if isinstance(column.type, sa.Boolean) and value is not None else value


def _typed(value: Any, column: sa.Column[Any]) -> Any:
    if value is None:
        return None
    if isinstance(column.type, sa.DateTime):
        moment = datetime.fromisoformat(value)
        return moment if getattr(column.type, "timezone", False) else moment.replace(tzinfo=None)
    return base64.b64decode(value) if isinstance(column.type, sa.LargeBinary) else value
