"""What was written at any revision is there at the newest; every step goes forward and back, on both databases."""

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from api.persistence.clock import now
from api.persistence.database import Database
from api.persistence.migration import current_revision, migrate, newest_revision, revisions
from api.persistence.models import Base
from api.persistence.types import new_identifier
from api.settings import Settings
from tests.api.service.house import House

REVISIONS = revisions()


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'upgraded.db'}"
    else:
        with request.getfixturevalue("postgresql").database(f"upgraded_{uuid4().hex}", "template0") as url:
            yield url


@pytest.fixture
def database(empty_url: str) -> Iterator[Database]:
    database = Database(empty_url)
    yield database
    database.close()


def revision_of(database: Database) -> str | None:
    with database.engine.connect() as connection:
        return current_revision(connection)


def tables_of(database: Database) -> set[str]:
    return set(sa.inspect(database.engine).get_table_names()) - {"alembic_version"}


def write_a_row_in_each(database: Database) -> dict[str, int]:
    """A row in every table as it is at this revision, those that are referred to first; how many rows there are then."""
    metadata = sa.MetaData()
    metadata.reflect(database.engine)
    keys: dict[str, str] = {}
    counts = {}
    with database.engine.begin() as connection:
        for table in metadata.sorted_tables:
            if table.name == "alembic_version":
                continue
            connection.execute(sa.insert(table).values(values_of(table, keys)))
            counts[table.name] = connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()
    return counts


def values_of(table: sa.Table, keys: dict[str, str]) -> dict[str, object]:
    values: dict[str, object] = {}
    for column in table.columns:
        reference = next(iter(column.foreign_keys), None)
        if reference is not None:
            target = reference.column.table.name
            values[column.name] = keys.get(target) if target != table.name else None
        elif isinstance(column.type, sa.DateTime):
            moment = now()
            values[column.name] = moment if column.type.timezone else moment.replace(tzinfo=None)
        elif isinstance(column.type, sa.JSON):
            values[column.name] = {"kept": "ស្ទឹង"}
        elif isinstance(column.type, sa.Boolean):
            values[column.name] = True
        elif isinstance(column.type, sa.Float):
            values[column.name] = 1.5
        elif isinstance(column.type, sa.Integer):
            values[column.name] = 1
        elif isinstance(column.type, sa.LargeBinary):
            values[column.name] = b"kept"
        else:
            length = getattr(column.type, "length", None) or 36
            values[column.name] = new_identifier()[:length]
    if "id" in table.columns:
        keys[table.name] = str(values["id"])
    return values


@pytest.mark.parametrize("revision", REVISIONS)
def test_what_was_written_at_a_revision_opens_at_the_newest(
    database: Database, empty_url: str, revision: str, tmp_path: Path
) -> None:
    migrate(database, revision)
    written = write_a_row_in_each(database)
    assert written
    migrate(database)
    with database.engine.connect() as connection:
        for table, count in written.items():
            assert connection.execute(sa.text(f"SELECT count(*) FROM {table}")).scalar_one() == count
    house = House(Settings(home=tmp_path, database_url=empty_url))
    assert house.client().get("/health/ready").json() == {"status": "ok", "reason": None}
    house.close()


def test_the_newest_revision_is_what_the_models_say(database: Database) -> None:
    migrate(database)
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": False})
        assert compare_metadata(context, Base.metadata) == []


def test_every_step_goes_back_and_leaves_nothing(database: Database) -> None:
    seen = {}
    for revision in REVISIONS:
        migrate(database, revision)
        seen[revision] = tables_of(database)
    assert revision_of(database) == newest_revision()
    for revision in reversed(REVISIONS[:-1]):
        migrate(database, revision)
        assert tables_of(database) == seen[revision]
    migrate(database, "base")
    assert tables_of(database) == set()
    migrate(database)
    assert tables_of(database) == seen[REVISIONS[-1]]


def test_a_service_on_an_older_revision_says_that_it_is_not_ready(database: Database, empty_url: str, tmp_path: Path) -> None:
    migrate(database, REVISIONS[0])
    house = House(Settings(home=tmp_path, database_url=empty_url))
    answer = house.client().get("/health/ready")
    assert answer.status_code == 503
    assert "rivershare migrate" in answer.json()["reason"]
    house.close()
