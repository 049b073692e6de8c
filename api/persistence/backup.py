"""Backups: everything the service keeps in one file, taken while it runs, and restored only if every byte is right."""

import gzip
import hashlib
import io
import json
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import sqlalchemy as sa

from api.persistence.clock import now
from api.persistence.content import ContentStore, MissingContentError
from api.persistence.database import Database
from api.persistence.dump import insert_lines, lines_of, tables_of
from api.persistence.migration import current_revision, migrate, newest_revision, revisions
from api.persistence.references import referenced

FORMAT = "rivershare backup"
MANIFEST = "manifest.json"


class BackupError(ValueError):
    """A backup that cannot be taken or restored; nothing was changed."""


@dataclass(frozen=True)
class BackedUp:
    """What a backup holds."""

    rows: int
    contents: int


def back_up(database: Database, store: ContentStore, path: Path) -> BackedUp:
    """Write a backup of one state of the database, with every content that it refers to. Whole or not at all.

    Raises BackupError where a content is missing, OSError where the disk refuses.
    """
    draft = path.with_name(f".{path.name}.draft")
    try:
        with draft.open("wb") as file:
            backed_up = _write(database, store, file)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    return backed_up


def _write(database: Database, store: ContentStore, file: BinaryIO) -> BackedUp:
    with _one_state(database) as connection, tarfile.open(fileobj=file, mode="w|") as archive:
        tables: dict[str, dict[str, Any]] = {}
        for table in tables_of(connection):
            packed, digest, rows = _packed(lines_of(connection, table))
            tables[table.name] = {"rows": rows, "sha256": digest}
            _add(archive, f"tables/{table.name}.jsonl.gz", packed)
        with sa.orm.Session(connection) as session:
            digests = sorted(referenced(session))
        for digest in digests:
            try:
                _add(archive, f"contents/{digest}", store.get(digest))
            except MissingContentError as error:
                raise BackupError(f"{error} It is needed by what the database holds.") from None
        manifest = {
            "format": FORMAT,
            "version": 1,
            "made_at": now().isoformat(),
            "revision": current_revision(connection),
            "tables": tables,
            "contents": len(digests),
        }
        _add(archive, MANIFEST, json.dumps(manifest, indent=1).encode())
    return BackedUp(sum(entry["rows"] for entry in tables.values()), len(digests))


@contextmanager
def _one_state(database: Database) -> Iterator[sa.Connection]:
    """A connection that sees one state of the database however long it reads."""
    if database.is_sqlite:
        with database.reading() as session:
            yield session.connection()
    else:
        with database.engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection:
            yield connection


def _packed(lines: Iterator[bytes]) -> tuple[bytes, str, int]:
    digest, rows, buffer = hashlib.sha256(), 0, io.BytesIO()
    with gzip.GzipFile(fileobj=buffer, mode="wb", mtime=0) as packed:
        for line in lines:
            digest.update(line)
            packed.write(line)
            rows += 1
    return buffer.getvalue(), digest.hexdigest(), rows


def _add(archive: tarfile.TarFile, name: str, data: bytes) -> None:
    entry = tarfile.TarInfo(name)
    entry.size = len(data)
    archive.addfile(entry, io.BytesIO(data))


def restore(database: Database, store: ContentStore, path: Path) -> BackedUp:
    """Put a backup into an empty database and a store, and bring it to the newest revision.

    Every row and content is compared with its checksum; the database is left as it was if one is wrong. Runs that were
    being worked at wait in the queue again. Raises BackupError, or OSError where a file cannot be read or written.
    """
    try:
        with tarfile.open(path) as archive:
            manifest = _manifest(archive)
            with database.engine.connect() as connection:
                _demand_empty(connection)
            contents = _restore_contents(archive, store, manifest)
            migrate(database, manifest["revision"])
            with database.engine.begin() as connection:
                rows = _restore_tables(archive, connection, manifest)
    except (tarfile.TarError, EOFError, gzip.BadGzipFile, KeyError) as error:
        raise BackupError(f"{path} is damaged, or not a backup: {error}.") from None
    migrate(database)
    return BackedUp(rows, contents)


def _manifest(archive: tarfile.TarFile) -> dict[str, Any]:
    file = archive.extractfile(MANIFEST)
    assert file is not None
    try:
        manifest: dict[str, Any] = json.loads(file.read())
    except ValueError:
        raise BackupError("The backup's manifest cannot be read.") from None
    if manifest.get("format") != FORMAT or manifest.get("version") != 1:
        raise BackupError("This is not a backup that this version can restore.")
    if manifest["revision"] not in revisions():
        raise BackupError(f"The backup is of a newer version (revision {manifest['revision']}, here {newest_revision()}).")
    return manifest


def _demand_empty(connection: sa.Connection) -> None:
    for table in tables_of(connection):
        if connection.execute(sa.select(sa.literal(1)).select_from(table).limit(1)).first() is not None:
            raise BackupError("The database is not empty. Restore into a new one.")


def _restore_contents(archive: tarfile.TarFile, store: ContentStore, manifest: dict[str, Any]) -> int:
    number = 0
    for entry in archive:
        if entry.isfile() and entry.name.startswith("contents/"):
            file = archive.extractfile(entry)
            assert file is not None
            if store.put(file.read()) != entry.name.removeprefix("contents/"):
                raise BackupError(f"The content {entry.name} is damaged.")
            number += 1
    if number != manifest["contents"]:
        raise BackupError(f"The backup has {number} contents instead of {manifest['contents']}.")
    return number


def _restore_tables(archive: tarfile.TarFile, connection: sa.Connection, manifest: dict[str, Any]) -> int:
    rows = 0
    for table in tables_of(connection):
        if table.name not in manifest["tables"]:
            raise BackupError(f"The backup has no table {table.name}.")
        file = archive.extractfile(f"tables/{table.name}.jsonl.gz")
        assert file is not None
        with gzip.GzipFile(fileobj=file) as lines:
            insert_lines(connection, table, lines)
        _, digest, number = _packed(lines_of(connection, table))
        if digest != manifest["tables"][table.name]["sha256"]:
            raise BackupError(f"The table {table.name} is damaged: its checksum is not the backup's.")
        rows += number
    _queue_again(connection)
    return rows


def _queue_again(connection: sa.Connection) -> None:
    runs = sa.table("runs", sa.column("state"), sa.column("attempt"), sa.column("worker_id"))
    connection.execute(
        sa.update(runs).where(runs.c.state == "running").values(state="queued", attempt=runs.c.attempt + 1, worker_id=None)
    )
