"""A folder of CSV and basin.yaml ↔ Basin."""

import os
import shutil
from pathlib import Path

from planner.basin.basin import Basin
from planner.checks.finding import BasinError, Finding
from planner.checks.report import did_you_mean, found
from planner.formats.bytes_on_disk import load
from planner.formats.files import TABLE_OF, files_of, ignored, read_files
from planner.formats.reading import Reading
from planner.formats.whole_folder import write_whole


def read_basin(place: str | Path) -> Basin:
    """Read a folder of CSV and basin.yaml.

    Raises `BasinError` with every finding that forbids reading: syntax, types, ranges, keys, references. Whether the
    basin makes sense is for `planner.checks.check` to say.
    """
    return _read(Path(place)).sound_basin()


def inspect(place: str | Path) -> tuple[Basin | None, list[Finding]]:
    """Read a folder and check it. Returns the basin (None if it cannot be read) and all findings at once.

    Where a table cannot be read in full, the checks that need it are left out and the others still made.
    """
    return _read(Path(place)).inspected()


def _read(folder: Path) -> Reading:
    findings = _folder_findings(folder)
    if findings:
        return Reading("folder", findings=findings)
    names = {path.name for path in folder.iterdir()}
    return read_files(names, lambda name, table: load(folder / name, table), "folder")


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


def write_basin(basin: Basin, folder: str | Path) -> None:
    """Write a basin as a folder of CSV and basin.yaml; nothing is left half-written.

    A table that says what its original file says is written back byte for byte, a changed one in canonical form.
    Notes and licences (`*.md`, `LICENSE*`) of an older basin in that folder stay. Raises `BasinError` if the folder
    holds anything else.
    """
    target = Path(folder)
    kept = _kept_files(target)

    def fill(draft: Path) -> None:
        for name, data in files_of(basin).items():
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
    others = [path for path in target.iterdir() if path.name not in TABLE_OF]
    strange = [path for path in others if not path.is_file() or not ignored(path.name)]
    if strange:
        message = f"{target} holds {strange[0].name}, which is not part of a basin."
        raise BasinError([found("folder.occupied", message, value=target)])
    return others
