"""Uploaded files → basins, and basins → files."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from planner.basin import Basin
from planner.basin.horizon import Settings
from planner.basin.tables import ROW_OF
from planner.checks.finding import BasinError, Finding
from planner.formats.archive import read_archive
from planner.formats.document import read_document, rows_of
from planner.formats.geojson_reading import read_geojson
from planner.formats.json_text import parse_json
from planner.formats.workbook import read_workbook

FileKind = Literal["document", "archive", "workbook", "map"]
ROWS_AT_ONCE = 5000


def inspect(file: Path, kind: FileKind, rest: Basin | None = None) -> tuple[Basin | None, list[Finding]]:
    """Read and check a basin from a file. Returns the basin (None if it cannot be read) and all findings. Never raises.

    `rest` gives what a map does not hold.
    """
    if kind == "archive":
        return read_archive(file)
    if kind == "workbook":
        return read_workbook(file)
    try:
        content = parse_json(file.read_bytes())
    except BasinError as error:
        return None, list(error.findings)
    return read_geojson(content, rest) if kind == "map" else read_document(content)


def document_text(basin: Basin) -> Iterator[str]:
    """The document of a basin as JSON text, a piece at a time: never all of its rows at once."""
    yield f'{{"{Settings.table}": {_json(basin.settings.model_dump(mode="json"))}'
    for table in ROW_OF:
        yield f',\n"{table}": ['
        frame = basin.tables[table]
        for start in range(0, len(frame), ROWS_AT_ONCE):
            rows = rows_of(table, frame.iloc[start : start + ROWS_AT_ONCE])
            yield ("," if start else "") + ",\n".join(_json(row) for row in rows)
        yield "]"
    yield "}\n"


def _json(content: object) -> str:
    return json.dumps(content, ensure_ascii=False, allow_nan=False)
