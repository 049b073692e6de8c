"""Alembic's environment: the database is handed over by `api.persistence.migration`, or named by the settings."""

from typing import Any, Literal

import sqlalchemy as sa
from alembic import context

from api.persistence.database import Database
from api.persistence.migration import migrating
from api.persistence.models import Base
from api.persistence.types import Moment
from api.settings import Settings


def _rendered(kind: str, thing: Any, _: Any) -> str | Literal[False]:
    """Our own column types as plain ones: a migration stays what it was when they change."""
    if kind == "type" and isinstance(thing, Moment):
        return "sa.DateTime(timezone=True)"
    return "DOCUMENT" if kind == "type" and isinstance(thing, sa.JSON) else False


def _run(connection: object) -> None:
    context.configure(
        connection=connection,  # type: ignore[arg-type]
        target_metadata=Base.metadata,
        render_as_batch=True,
        compare_type=True,
        render_item=_rendered,
        include_object=lambda thing, name, kind, reflected, _: (
            not (kind == "table" and reflected and name not in Base.metadata.tables)
        ),
    )
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    _run(given)
else:
    database = Database(Settings().database)
    with migrating(database) as own:
        _run(own)
    database.close()
