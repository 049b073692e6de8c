"""The service's data as its settings name it, for commands that work on it directly."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from api.cli.answer import CliError

if TYPE_CHECKING:
    from api.persistence.content import ContentStore
    from api.persistence.database import Database


@contextmanager
def service_data() -> Iterator[tuple["Database", "ContentStore"]]:
    """The database and the store that the settings name."""
    from sqlalchemy.exc import SQLAlchemyError

    from api.persistence.content import ContentStore
    from api.persistence.database import Database
    from api.settings import Settings

    settings = Settings()
    database = Database(settings.database)
    try:
        yield database, ContentStore(settings.store)
    except SQLAlchemyError as error:
        reason = str(getattr(error, "orig", None) or error).splitlines()[0]
        raise CliError(f"The database cannot be used: {reason}") from None
    finally:
        database.close()
