"""Entries of a ZIP archive that can be trusted: counted while they are unpacked, never by what the archive says."""

import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import NoReturn

from planner.checks.finding import BasinError
from planner.checks.report import found, shown

CENTRAL_ENTRY = b"PK\x01\x02"
PIECE_BYTES = 1 << 16
RATIO_COUNTS_FROM_BYTES = 1_000_000
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
ENCRYPTED = 0x1
# What the standard library raises where an archive is not what it says.
BROKEN = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError)


@dataclass(frozen=True)
class Limits:
    """How much an archive may hold: bytes as it is, bytes unpacked in all, entries, and unpacked bytes for a packed one."""

    archive_bytes: int = 200_000_000
    unpacked_bytes: int = 400_000_000
    entries: int = 500
    ratio: int = 200


class Entries:
    """The ordinary files of an archive. Raises `BasinError` with a finding for whatever no honest archive has."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        self._limits = limits
        self._unpacked = 0
        # Before the directory is read: reading one of a million entries would fill the memory.
        if data.count(CENTRAL_ENTRY) > limits.entries:
            refuse("archive.too_large", f"The archive has more than {limits.entries} entries.")
        with _whole():
            self._archive = zipfile.ZipFile(BytesIO(data))
            self._infos = {info.filename: info for info in self._honest(self._archive.infolist())}

    @property
    def names(self) -> list[str]:
        """The path of each file in the archive."""
        return list(self._infos)

    def pieces(self, name: str) -> Iterator[bytes]:
        """The content of a file, piece by piece; what was unpacked so far counts for all files together."""
        info = self._infos[name]
        here = 0
        with _whole(name), self._archive.open(info) as file:
            while piece := file.read(PIECE_BYTES):
                here += len(piece)
                self._unpacked += len(piece)
                if self._unpacked > self._limits.unpacked_bytes:
                    what = f"more than {self._limits.unpacked_bytes} bytes once it is unpacked"
                    refuse("archive.too_large", f"The archive holds {what}.", name)
                if here > RATIO_COUNTS_FROM_BYTES and here > self._limits.ratio * max(info.compress_size, 1):
                    refuse("archive.too_large", f"{shown(name)} is packed more than {self._limits.ratio} times.", name)
                yield piece

    def _honest(self, infos: list[zipfile.ZipInfo]) -> list[zipfile.ZipInfo]:
        seen: set[PurePosixPath] = set()
        for info in infos:
            name = info.filename
            if PurePosixPath(name) in seen:
                refuse("archive.twice", f"{shown(name)} stands twice in the archive.", name)
            seen.add(PurePosixPath(name))
            _demand_inside(info.orig_filename)
            if stat.S_ISLNK(info.external_attr >> 16):
                refuse("archive.link", f"{shown(name)} is a link.", name)
            if info.flag_bits & ENCRYPTED:
                refuse("archive.encrypted", f"{shown(name)} is encrypted.", name)
            if info.compress_type not in METHODS:
                refuse("archive.method", f"{shown(name)} is packed by method {info.compress_type}.", name)
        return [info for info in infos if not info.is_dir()]


def archive_bytes(archive: bytes | Path, limits: Limits) -> bytes:
    """The bytes of an archive in memory or on disk. Raises `BasinError` where it is too large or cannot be read."""
    try:
        size = len(archive) if isinstance(archive, bytes) else archive.stat().st_size
        if size > limits.archive_bytes:
            refuse("archive.too_large", f"The file has {size} bytes; at most {limits.archive_bytes} are read.", size)
        return archive if isinstance(archive, bytes) else archive.read_bytes()
    except OSError as error:
        refuse("file.unreadable", f"{archive!s} cannot be read: {error.strerror or type(error).__name__}.")


def refuse(code: str, message: str, value: object = None) -> NoReturn:
    """Raise `BasinError` with one finding."""
    raise BasinError([found(code, message, value=value)]) from None


def _demand_inside(name: str) -> None:
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or "\\" in name or ":" in name or "\0" in name or not path.parts:
        refuse("archive.path", f"{shown(name)} is no path inside the archive.", name)


@contextmanager
def _whole(name: str | None = None) -> Iterator[None]:
    """What goes wrong with the archive's own form becomes a finding."""
    try:
        yield
    except BasinError:
        raise
    except BROKEN as error:
        what = "The archive" if name is None else shown(name)
        refuse("archive.unreadable", f"{what} cannot be unpacked: {shown(error)}.", name)
