"""A ZIP archive of basin.yaml and CSV ↔ Basin. Nothing is ever unpacked to disk."""

import zipfile
from io import BytesIO
from pathlib import Path, PurePosixPath

from planner.basin.basin import Basin
from planner.checks.finding import BasinError, Finding
from planner.checks.report import found, listed
from planner.formats.bytes_on_disk import bytes_at_most
from planner.formats.files import TABLE_OF, files_of, read_files
from planner.formats.zip_entries import Entries, Limits, archive_bytes, refuse

LIMITS = Limits()
EARLIEST = (1980, 1, 1, 0, 0, 0)  # the first moment that a ZIP archive knows
ORDINARY_FILE = 0o100644 << 16
UNIX = 3
FOREIGN_FOLDER = "__MACOSX"


def read_archive(archive: bytes | Path) -> tuple[Basin | None, list[Finding]]:
    """Read and check a basin from a ZIP archive whose files lie at the top or all in one folder.

    Returns the basin (None if it cannot be read) and all findings at once. Never raises; an archive that is not honest
    (a bomb, paths that lead out, links, encryption) is one finding, and no more of it is read.
    """
    try:
        entries = Entries(archive_bytes(archive, LIMITS), LIMITS)
        paths = _paths(entries.names)

        def load(name: str, table: str) -> tuple[bytes | None, list[Finding]]:
            return _load(entries, paths[name], table)

        return read_files(paths, load, "archive").inspected()
    except BasinError as error:
        return None, list(error.findings)


def _paths(names: list[str]) -> dict[str, str]:
    """The files beside basin.yaml by name, and those elsewhere by their path."""
    paths = {PurePosixPath(name): name for name in names if FOREIGN_FOLDER not in PurePosixPath(name).parts}
    homes = list(dict.fromkeys(path.parent for path in paths if path.name in TABLE_OF))
    if len(homes) > 1:
        refuse("archive.layout", f"Files of a basin lie in {listed(str(home) for home in homes)}.")
    home = homes[0] if homes else PurePosixPath()
    return {path.name if path.parent == home else str(path): name for path, name in paths.items()}


def _load(entries: Entries, path: str, table: str) -> tuple[bytes | None, list[Finding]]:
    limit = bytes_at_most(table)
    data = bytearray()
    for piece in entries.pieces(path):
        data += piece
        if len(data) > limit:
            message = f"{PurePosixPath(path).name} has more than {limit} bytes."
            return None, [found("file.too_large", message, table=table, allowed=f"at most {limit} bytes")]
    return bytes(data), []


def write_archive(basin: Basin) -> bytes:
    """The basin as a ZIP archive, its files at the top. Equal basins give equal bytes."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in sorted(files_of(basin).items()):
            info = zipfile.ZipInfo(name, EARLIEST)
            info.compress_type, info.external_attr, info.create_system = zipfile.ZIP_DEFLATED, ORDINARY_FILE, UNIX
            archive.writestr(info, data)
    return buffer.getvalue()
