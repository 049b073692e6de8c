"""A basin in whatever its path says: a folder, or a file .zip, .xlsx, .json or .geojson."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from planner.basin.basin import Basin
from planner.checks.finding import BasinError, Finding
from planner.checks.report import found
from planner.formats import folder
from planner.formats.archive import read_archive, write_archive
from planner.formats.document import document_of, read_document
from planner.formats.geojson import geojson_of
from planner.formats.geojson_reading import read_geojson
from planner.formats.json_text import parse_json
from planner.formats.whole_file import write_whole_file
from planner.formats.workbook import read_workbook
from planner.formats.workbook_writing import write_workbook

Inspected = tuple[Basin | None, list[Finding]]
DOCUMENT_BYTES_AT_MOST = 200_000_000


def inspect_at(place: Path, rest: Basin | None = None) -> tuple[Basin | None, list[Finding]]:
    """Read a basin from a folder or file and check it; `rest` gives what a map does not hold.

    Returns the basin (None if it cannot be read) and all findings at once, each with its place as the format counts.
    """
    if place.is_file() and place.suffix.lower() == ".geojson":
        return _read_json(place, lambda content: read_geojson(content, rest))
    read = READERS.get(place.suffix.lower()) if place.is_file() else None
    return folder.inspect(place) if read is None else read(place)


def write_at(basin: Basin, place: Path) -> None:
    """Write a basin to a file of the kind that the suffix says, or as a folder where it says none.

    Nothing is left half-written. Raises `BasinError` if a folder holds something else, OSError where the disk refuses.
    """
    write = WRITERS.get(place.suffix.lower())
    if write is None:
        folder.write_basin(basin, place)
    else:
        write_whole_file(place, write(basin))


def _read_json(place: Path, read: Callable[[Any], Inspected]) -> Inspected:
    try:
        size = place.stat().st_size
        if size > DOCUMENT_BYTES_AT_MOST:
            message = f"{place.name} has {size} bytes."
            return None, [found("file.too_large", message, value=size, allowed=f"at most {DOCUMENT_BYTES_AT_MOST} bytes")]
        return read(parse_json(place.read_bytes()))
    except BasinError as error:
        return None, list(error.findings)
    except OSError as error:
        message = f"{place.name} cannot be read: {error.strerror or type(error).__name__}."
        return None, [found("file.unreadable", message)]


def _json(content: Any) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode()


READERS: dict[str, Callable[[Path], Inspected]] = {
    ".zip": read_archive,
    ".xlsx": read_workbook,
    ".json": lambda place: _read_json(place, read_document),
}
WRITERS: dict[str, Callable[[Basin], bytes]] = {
    ".zip": write_archive,
    ".xlsx": write_workbook,
    ".json": lambda basin: _json(document_of(basin)),
    ".geojson": lambda basin: _json(geojson_of(basin)),
}
