"""The database: SQLite in a file, or PostgreSQL. One transaction a request."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from pydantic_core import from_json
from sqlalchemy import event
from sqlalchemy.orm import Session

from api.persistence.changes import Changes

_BUSY_MILLISECONDS = 15_000
WRITES = "rivershare_writes"


class Database:
    """Engine and sessions. A session is for reading, or for writing: on SQLite a writing one takes the lock at once."""

    def __init__(self, url: str, *, pool_size: int = 20) -> None:
        self.url, self.pool_size = sa.make_url(url), pool_size
        if self.is_sqlite:
            assert self.url.database is not None
            Path(self.url.database).parent.mkdir(parents=True, exist_ok=True)
        self.engine = sa.create_engine(self.url, **self._engine_settings(pool_size))
        if self.is_sqlite:
            event.listen(self.engine, "connect", _prepare_sqlite)
            event.listen(self.engine, "begin", _begin_sqlite)
        self.changes = Changes(self.engine, Path(str(self.url.database))) if self.is_sqlite else None
        self._binds = {writes: self.engine.execution_options(**{WRITES: writes}) for writes in (False, True)}

    @property
    def is_sqlite(self) -> bool:
        return self.url.get_backend_name() == "sqlite"

    def _engine_settings(self, pool_size: int) -> dict[str, Any]:
        # A plan is found by its row with all its documents: the faster reader of JSON is a fifth of what finding it takes.
        common: dict[str, Any] = {
            "json_deserializer": from_json,
            "pool_size": pool_size,
            "max_overflow": pool_size,
            "pool_timeout": 20,
        }
        if self.is_sqlite:
            # A request's session moves between threads, one at a time.
            return {**common, "connect_args": {"check_same_thread": False, "timeout": _BUSY_MILLISECONDS / 1000}}
        return {
            **common,
            "pool_pre_ping": True,
            "connect_args": {"connect_timeout": 10, "options": f"-c lock_timeout={_BUSY_MILLISECONDS}"},
        }

    def session(self, *, writes: bool) -> Session:
        """A new session. Nothing is kept unless it is committed."""
        return Session(self._binds[writes], expire_on_commit=False)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that sees one state of the database and changes nothing."""
        with self.session(writes=False) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session that is committed at the end, or rolled back where something is raised."""
        with self.session(writes=True) as session, session.begin():
            yield session

    def close(self) -> None:
        self.engine.dispose()


def _prepare_sqlite(connection: Any, _: Any) -> None:
    connection.isolation_level = None  # SQLAlchemy's own BEGIN below, instead of the driver's
    cursor = connection.cursor()
    for pragma in (
        f"busy_timeout = {_BUSY_MILLISECONDS}",
        "journal_mode = WAL",
        "synchronous = FULL",  # what was acknowledged survives a power cut
        "foreign_keys = ON",
        "cache_size = -32000",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: sa.Connection) -> None:
    # A writer that starts as a reader would fail as soon as somebody else has written meanwhile.
    writes = connection.get_execution_options().get(WRITES, True)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
