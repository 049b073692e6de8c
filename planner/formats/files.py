"""The files of a basin, wherever they lie: basin.yaml and one CSV file a table ↔ Basin."""

from collections.abc import Callable, Collection
from pathlib import PurePath

import pandas as pd

from planner.basin.basin import Basin
from planner.basin.horizon import Settings
from planner.basin.tables import ROW_OF
from planner.checks.finding import Finding
from planner.checks.report import did_you_mean, found, shown
from planner.formats.reading import Reading
from planner.formats.settings import read_settings, settings_bytes
from planner.formats.table import read_table, table_bytes
from planner.formats.typed import empty_table

SETTINGS_FILE = "basin.yaml"
TABLE_OF = {SETTINGS_FILE: Settings.table, **{f"{table}.csv": table for table in ROW_OF}}
IGNORED_PATTERNS = ("*.md", "LICENSE*", ".*")

Load = Callable[[str, str], tuple[bytes | None, list[Finding]]]


def ignored(name: str) -> bool:
    """Whether a file is a note, a licence or hidden: it may lie beside a basin and is not read."""
    return any(PurePath(name).match(pattern) for pattern in IGNORED_PATTERNS)


def read_files(names: Collection[str], load: Load, holder: str) -> Reading:
    """A basin from its files. `load` gives the bytes of a file and its table, or None and why there are none."""
    reading = Reading(holder, findings=_unknown(names))
    for name, table in TABLE_OF.items():
        if name not in names:
            if table == Settings.table:
                reading.lacks_settings(name)
            else:
                reading.lacks_table(table, name)
            continue
        data, findings = load(name, table)
        reading.findings += findings
        if data is not None:
            reading.original[name] = data
            _take(table, data, reading)
    return reading.with_structure()


def _take(table: str, data: bytes, reading: Reading) -> None:
    if table == Settings.table:
        reading.settings, findings = read_settings(data)
        reading.findings += findings
    else:
        reading.take(table, read_table(table, data))


def _unknown(names: Collection[str]) -> list[Finding]:
    findings = []
    for name in sorted(names):
        if name in TABLE_OF or ignored(name):
            continue
        path = PurePath(name)
        if path.suffix.lower() == ".csv":
            message = f"There is no table {shown(path.stem)}."
            remedy = did_you_mean(name, TABLE_OF)
            findings.append(found("table.unknown", message, table=path.stem, value=name, remedy=remedy))
        else:
            findings.append(found("file.unknown", f"{shown(name)} is not part of a basin.", value=name))
    return findings


def files_of(basin: Basin) -> dict[str, bytes]:
    """The bytes of every file of a basin by name.

    A table that says what its original file says stays byte for byte, a changed one is in canonical form.
    """
    files = {SETTINGS_FILE: _settings_file(basin)}
    for table, row in ROW_OF.items():
        name = f"{table}.csv"
        frame = basin.tables.get(table, empty_table(table))
        original = basin.original.get(name)
        if original is not None and _says_the_same(table, original, frame):
            files[name] = original
        elif original is not None or len(frame) or not row.optional_table:
            files[name] = table_bytes(table, frame)
    return files


def _settings_file(basin: Basin) -> bytes:
    original = basin.original.get(SETTINGS_FILE)
    if original is not None and read_settings(original)[0] == basin.settings:
        return original
    return settings_bytes(basin.settings)


def _says_the_same(table: str, original: bytes, frame: pd.DataFrame) -> bool:
    read = read_table(table, original).frame
    return read is not None and read.reset_index(drop=True).equals(frame.reset_index(drop=True))
