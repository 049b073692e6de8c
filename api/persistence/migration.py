"""Bringing a database to the newest state, or to any other."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from api.persistence.database import Database

_LOCK = 7_254_118  # any number, the same for all processes


def migrate(database: Database, revision: str = "head") -> None:
    """Bring the database to a revision, forward or back; processes that start together do it one after the other."""
    with migrating(database) as connection:
        if not database.is_sqlite:
            connection.execute(sa.text("SELECT pg_advisory_xact_lock(:number)"), {"number": _LOCK})
        config = _config()
        config.attributes["connection"] = connection
        newer = revision == "head" or _position(revision) >= _position(current_revision(connection))
        (command.upgrade if newer else command.downgrade)(config, revision)


@contextmanager
def migrating(database: Database) -> Iterator[sa.Connection]:
    """A connection in one transaction, in which tables may be made anew.

    SQLite changes a table by copying and dropping it, which would take along all rows that refer to it: keys are not followed
    meanwhile, and looked at before the end. Raises IntegrityError where a row then refers to nothing.
    """
    with database.engine.connect() as connection:
        if not database.is_sqlite:
            with connection.begin():
                yield connection
            return
        driver = connection.connection.driver_connection
        assert driver is not None
        driver.execute("PRAGMA foreign_keys = OFF")  # has no effect within a transaction
        try:
            with connection.begin():
                yield connection
                broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
                if broken:
                    raise sqlite3.IntegrityError(f"rows refer to what is no longer there: {broken[:5]}")
        finally:
            driver.execute("PRAGMA foreign_keys = ON")


def current_revision(connection: sa.Connection) -> str | None:
    """The revision of the database; None where it is empty."""
    return MigrationContext.configure(connection).get_current_revision()


def newest_revision() -> str:
    """The revision that this version of the service works with."""
    head = ScriptDirectory.from_config(_config()).get_current_head()
    assert head is not None
    return head


def revisions() -> list[str]:
    """All revisions, the oldest first."""
    return [script.revision for script in reversed(list(ScriptDirectory.from_config(_config()).walk_revisions()))]


def _position(revision: str | None) -> int:
    return -1 if revision in (None, "base") else revisions().index(str(revision))


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")))
    return config
