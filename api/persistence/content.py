"""The content store: bytes by their digest, written whole and safely on disk before anything refers to them."""

import hashlib
import os
import secrets
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import fsspec

GRACE_SECONDS = 24 * 3600.0


class MissingContentError(LookupError):
    """The store does not have what something refers to."""


class ContentStore:
    """Contents in a folder, or in any place that fsspec knows.

    What is put is there for good once `put` returns. A content that was put again, or touched, is younger than the grace
    time, within which the collector never removes it: whoever puts has that long to refer to it.
    """

    def __init__(self, url: str) -> None:
        self.files: Any
        self.files, self.root = fsspec.core.url_to_fs(url)
        self.is_folder = "file" in _protocols(self.files)
        if self.is_folder:
            Path(self.root).mkdir(parents=True, exist_ok=True)

    def put(self, data: bytes) -> str:
        """Keep bytes; returns their digest (SHA-256). Raises OSError where the disk refuses."""
        digest = hashlib.sha256(data).hexdigest()
        path = self._path(digest)
        if self.is_folder:
            self._put_file(Path(path), data)
        else:
            # Object stores write an object whole or not at all.
            self.files.makedirs(self.files._parent(path), exist_ok=True)
            self.files.pipe_file(path, data)
        return digest

    def get(self, digest: str) -> bytes:
        """The bytes of a digest. Raises MissingContentError where there are none."""
        try:
            data: bytes = self.files.cat_file(self._path(digest))
        except FileNotFoundError:
            raise MissingContentError(f"The content store has no {digest}.") from None
        return data

    def has(self, digest: str) -> bool:
        return bool(self.files.exists(self._path(digest)))

    def digests(self) -> Iterator[tuple[str, float]]:
        """Every digest in the store with its age in seconds."""
        now = time.time()
        for path, details in self.files.find(self.root, detail=True).items():
            name = path.rsplit("/", 1)[-1]
            if len(name) == 64:
                yield name, now - _moment(details, now)

    def age(self, digest: str) -> float | None:
        """Seconds since a content was last put; None where there is none."""
        path, now = self._path(digest), time.time()
        self.files.invalidate_cache(self.files._parent(path))
        try:
            return now - _moment(self.files.info(path), now)
        except FileNotFoundError:
            return None

    def remove(self, digest: str) -> None:
        """Remove a content. Only the collector does."""
        self.files.rm_file(self._path(digest))

    def _path(self, digest: str) -> str:
        if len(digest) != 64 or not digest.isalnum():
            raise MissingContentError(f"{digest[:80]!r} is not a digest.")
        return f"{self.root.rstrip('/')}/{digest[:2]}/{digest}"

    def _put_file(self, path: Path, data: bytes) -> None:
        try:
            os.utime(path)
            return
        except FileNotFoundError:
            path.parent.mkdir(exist_ok=True)
        draft = path.with_name(f".{secrets.token_hex(8)}.draft")
        try:
            with draft.open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            draft.rename(path)
            _sync_folder(path.parent)
        finally:
            draft.unlink(missing_ok=True)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _protocols(files: Any) -> tuple[str, ...]:
    return (files.protocol,) if isinstance(files.protocol, str) else tuple(files.protocol)


def _moment(details: dict[str, Any], now: float) -> float:
    """When a content was put, as its place tells it; now where it does not."""
    told: Any = next((details[key] for key in ("mtime", "LastModified", "created") if details.get(key) is not None), now)
    return float(told.timestamp()) if hasattr(told, "timestamp") else float(told)
