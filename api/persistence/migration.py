"""Bringing a database to the newest state, or to any other."""

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
    with database.engine.begin() as connection:
        if not database.is_sqlite:
            connection.execute(sa.text("SELECT pg_advisory_xact_lock(:number)"), {"number": _LOCK})
        config = _config()
        config.attributes["connection"] = connection
        newer = revision == "head" or _position(revision) >= _position(current_revision(connection))
        (command.upgrade if newer else command.downgrade)(config, revision)


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
