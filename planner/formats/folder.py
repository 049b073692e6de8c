"""A folder of CSV and basin.yaml ↔ Basin."""

import os
import shutil
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from planner.basin.basin import Basin
from planner.basin.horizon import Settings
from planner.basin.tables import ROW_OF, columns
from planner.checks import check_meaning
from planner.checks.finding import BasinError, Finding, errors
from planner.checks.report import did_you_mean, found
from planner.checks.structure import check_structure
from planner.checks.values import outside
from planner.formats.bytes_on_disk import load
from planner.formats.settings import read_settings, settings_bytes
from planner.formats.table import empty_table, read_table, table_bytes
from planner.formats.whole_folder import write_whole

SETTINGS_FILE = "basin.yaml"
IGNORED_PATTERNS = ("*.md", "LICENSE*", ".*")


@dataclass
class _Reading:
    """A folder as far as it could be read."""

    settings: Settings | None = None
    tables: dict[str, pd.DataFrame] = field(default_factory=dict)
    original: dict[str, bytes] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    unsound: set[tuple[str, str]] = field(default_factory=set)

    @property
    def basin(self) -> Basin:
        # Where basin.yaml cannot be read, the checks that need it are left out, so any settings will do.
        settings = self.settings or Settings.model_construct(name="unread", base_year=0)
        return Basin(settings, self.tables, self.original)


def read_basin(place: str | Path) -> Basin:
    """Read a folder of CSV and basin.yaml.

    Raises `BasinError` with every finding that forbids reading: syntax, types, ranges, keys, references. Whether the
    basin makes sense is for `planner.checks.check` to say.
    """
    reading = _read(Path(place))
    fatal = errors(reading.findings)
    if fatal:
        raise BasinError(fatal)
    return reading.basin


def inspect(place: str | Path) -> tuple[Basin | None, list[Finding]]:
    """Read a folder and check it. Returns the basin (None if it cannot be read) and all findings at once.

    Where a table cannot be read in full, the checks that need it are left out and the others still made.
    """
    reading = _read(Path(place))
    readable = not errors(reading.findings)
    findings = list(reading.findings)
    if reading.tables:
        unsound = {f.table for f in errors(reading.findings) if f.table and f.code != "column.unknown"}
        missing = set(ROW_OF) - set(reading.tables)
        findings += check_meaning(reading.basin, unsound | missing)
    return (reading.basin if readable else None), findings


def _read(folder: Path) -> _Reading:
    reading = _Reading(findings=_folder_findings(folder))
    if reading.findings:
        return reading
    reading.findings += _unknown_files(folder)
    _read_settings(folder, reading)
    for table in ROW_OF:
        _read_table(folder, table, reading)
    reading.findings += check_structure(reading.basin, reading.unsound)
    return reading


def _folder_findings(folder: Path) -> list[Finding]:
    try:
        if not folder.exists():
            siblings = [p.name for p in folder.parent.iterdir() if p.is_dir()] if folder.parent.is_dir() else []
            message = f"There is no folder {folder}."
            return [found("folder.missing", message, value=folder, remedy=did_you_mean(folder.name, siblings))]
        if not folder.is_dir():
            return [found("folder.not_a_folder", f"{folder} is a file, not a folder.", value=folder)]
        next(folder.iterdir(), None)
    except (OSError, ValueError) as error:
        return [found("folder.unreadable", f"{folder} cannot be opened: {error}.", value=folder)]
    return []


def _unknown_files(folder: Path) -> list[Finding]:
    findings = []
    known = {SETTINGS_FILE, *(f"{table}.csv" for table in ROW_OF)}
    for path in sorted(folder.iterdir()):
        if path.name in known or any(path.match(pattern) for pattern in IGNORED_PATTERNS):
            continue
        if path.suffix.lower() == ".csv":
            remedy = did_you_mean(path.name, known)
            findings.append(
                found("table.unknown", f"There is no table {path.stem}.", table=path.stem, value=path.name, remedy=remedy)
            )
        else:
            findings.append(found("file.unknown", f"{path.name} is not part of a basin.", value=path.name))
    return findings


def _read_settings(folder: Path, reading: _Reading) -> None:
    path = folder / SETTINGS_FILE
    if not os.path.lexists(path):
        message = f"The folder has no {SETTINGS_FILE}."
        reading.findings.append(found("settings.missing", message, table=Settings.table, value=folder))
        return
    data, findings = load(path, Settings.table)
    reading.findings += findings
    if data is not None:
        reading.original[SETTINGS_FILE] = data
        reading.settings, findings = read_settings(data)
        reading.findings += findings


def _read_table(folder: Path, table: str, reading: _Reading) -> None:
    path = folder / f"{table}.csv"
    if not os.path.lexists(path):
        if ROW_OF[table].optional_table:
            reading.tables[table] = empty_table(table)
        else:
            message = f"The folder has no {table}.csv."
            allowed = ",".join(column.name for column in columns(table))
            reading.findings.append(found("table.missing", message, table=table, value=folder, allowed=allowed))
        return
    data, findings = load(path, table)
    reading.findings += findings
    if data is None:
        return
    reading.original[path.name] = data
    result = read_table(table, data)
    reading.findings += result.findings
    if result.frame is None:
        return
    reading.tables[table] = result.frame
    reading.unsound |= {(table, name) for name in result.unsound}
    for column in columns(table):
        # A whole number that could not be read stands as 0, which would be found out of range once more.
        if column.kind != "integer" or column.name not in result.unsound:
            reading.findings += outside(table, result.frame, column)


def write_basin(basin: Basin, folder: str | Path) -> None:
    """Write a basin as a folder of CSV and basin.yaml; nothing is left half-written.

    A table that says what its original file says is written back byte for byte, a changed one in canonical form.
    Notes and licences (`*.md`, `LICENSE*`) of an older basin in that folder stay. Raises `BasinError` if the folder
    holds anything else.
    """
    target = Path(folder)
    kept = _kept_files(target)

    def fill(draft: Path) -> None:
        for name, data in _files(basin).items():
            (draft / name).write_bytes(data)
        for path in kept:
            shutil.copy2(path, draft / path.name)

    write_whole(target, fill)


def _kept_files(target: Path) -> list[Path]:
    """Files beside the basin's own that an older basin in the folder has; an error if it is no basin's folder."""
    if not os.path.lexists(target):
        return []
    if not target.is_dir() or target.is_symlink():
        raise BasinError([found("folder.occupied", f"{target} is not a folder.", value=target)])
    own = {SETTINGS_FILE, *(f"{table}.csv" for table in ROW_OF)}
    others = [path for path in target.iterdir() if path.name not in own]
    strange = [p for p in others if not p.is_file() or not any(p.match(pattern) for pattern in IGNORED_PATTERNS)]
    if strange:
        message = f"{target} holds {strange[0].name}, which is not part of a basin."
        raise BasinError([found("folder.occupied", message, value=target)])
    return others


def _files(basin: Basin) -> dict[str, bytes]:
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
