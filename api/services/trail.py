"""The trail as a table for spreadsheets."""

import csv
import io
import json
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from api.persistence.database import Database
from api.persistence.models import TrailEntry

COLUMNS = (
    "created_at",
    "user_id",
    "via",
    "request_id",
    "basin_id",
    "organisation_id",
    "subject",
    "subject_id",
    "action",
    "before",
    "after",
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_ROWS_AT_ONCE = 500


def as_csv(database: Database, query: "sa.Select[TrailEntry]") -> Iterator[str]:
    """Entries as lines of CSV, the newest first, a few at a time. Nothing in them is a formula to a spreadsheet."""
    yield _line(COLUMNS)
    with database.reading() as session:
        rows = session.scalars(query.order_by(TrailEntry.id.desc()).execution_options(yield_per=_ROWS_AT_ONCE))
        for entry in rows:
            yield _line([_cell(getattr(entry, column)) for column in COLUMNS])


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False)
    text = value.isoformat() if hasattr(value, "isoformat") else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


def _line(cells: Any) -> str:
    out = io.StringIO()
    csv.writer(out).writerow(cells)
    return out.getvalue()
