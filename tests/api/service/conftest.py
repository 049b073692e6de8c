"""The service runs on SQLite and on PostgreSQL.

Tests of what the databases do differently – jobs, persistence, and those marked `both_databases` – run on each. The others
take one each in turn, by their names, so that every subject is tried on both; `--both-databases` runs all on both.
"""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4
from zlib import crc32

import pytest
import sqlalchemy as sa
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from api.persistence.database import Database
from api.persistence.migration import migrate
from api.security import passwords
from api.settings import Settings
from tests.api.service.access.scene import Scene, basin_of_tutorial, build
from tests.api.service.concerned import Concerned, concerned
from tests.api.service.house import House, Person, houses
from tests.api.service.postgresql import PostgreSQL, postgresql_server
from tests.conftest import PlanOnPaper

KINDS = ("sqlite", "postgresql")
ALWAYS_BOTH = {"jobs", "persistence"}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out one of the two databases of most tests."""
    if config.getoption("both_databases"):
        return
    left_out = [item for item in items if _takes_its_turn(item)]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in set(left_out)]


def _takes_its_turn(item: pytest.Item) -> bool:
    parameters = item.callspec.params if isinstance(item, pytest.Function) and hasattr(item, "callspec") else {}
    kind = parameters.get("database_url") or parameters.get("scene")
    if kind is None or item.get_closest_marker("both_databases") or ALWAYS_BOTH & set(item.path.parts):
        return False
    return KINDS[crc32(item.nodeid.replace(kind, "").encode()) % len(KINDS)] != kind


@pytest.fixture(scope="session", autouse=True)
def quick_passwords() -> Iterator[None]:
    """Hashes that take a millisecond instead of half a second."""
    quick = PasswordHash((Argon2Hasher(time_cost=1, memory_cost=64, parallelism=1),))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "_HASHES", quick)
        patch.setattr(passwords, "_NOBODY_S", quick.hash("nobody's password"))
        yield


@pytest.fixture(scope="session", autouse=True)
def without_waiting_for_the_disk() -> Iterator[None]:
    """Nothing here outlives a power cut, which is what waiting for the disk is for: benchmarks/faults.py tries what does."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda _: None)
        sa.event.listen(sa.Engine, "connect", _without_waiting)
        yield
        sa.event.remove(sa.Engine, "connect", _without_waiting)


def _without_waiting(connection: Any, _: Any) -> None:
    if isinstance(connection, sqlite3.Connection):
        connection.execute("PRAGMA synchronous = OFF")


@pytest.fixture(scope="session")
def postgresql(testrun_uid: str) -> Iterator[PostgreSQL]:
    with postgresql_server(testrun_uid) as server:
        yield server


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sqlite") / "template.db"
    database = Database(f"sqlite:///{path}")
    migrate(database)
    database.close()
    return path


@pytest.fixture(params=KINDS)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database at the newest revision, of each kind in turn."""
    if request.param == "sqlite":
        path = tmp_path / "home" / "rivershare.db"
        path.parent.mkdir()
        shutil.copy(request.getfixturevalue("migrated_sqlite"), path)
        yield f"sqlite:///{path}"
    else:
        with request.getfixturevalue("postgresql").empty() as url:
            yield url


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "home", database_url=database_url)


@pytest.fixture
def house(settings: Settings) -> Iterator[House]:
    yield from houses(settings)


@pytest.fixture
def administrator(house: House) -> Person:
    return house.person("ada", administrator=True)


@pytest.fixture
def ada(house: House) -> Person:
    return house.person("ada")


@pytest.fixture
def ben(house: House) -> Person:
    return house.person("ben")


@pytest.fixture
def people(house: House) -> Concerned:
    return concerned(house)


@pytest.fixture(scope="session")
def scenes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[str, Path, Scene]]:
    """The scene in each kind of database, once it was built."""
    return {}


@pytest.fixture(params=KINDS)
def scene(
    request: pytest.FixtureRequest,
    scenes: dict[str, tuple[str, Path, Scene]],
    tmp_path_factory: pytest.TempPathFactory,
    plan_on_paper: PlanOnPaper,
    tmp_path: Path,
) -> Iterator[tuple[House, Scene]]:
    """A copy of the scene that a test may spoil."""
    postgresql: PostgreSQL | None = request.getfixturevalue("postgresql") if request.param == "postgresql" else None
    if request.param not in scenes:
        folder = tmp_path_factory.mktemp("scene")
        name = f"scene_{uuid4().hex}"
        url = f"sqlite:///{folder / name}" if postgresql is None else postgresql.create(name)
        database = Database(url)
        migrate(database)
        house = House(Settings(home=folder, database_url=url))
        made = build(house.service, plan_on_paper(basin_of_tutorial()))
        house.close()
        database.close()
        scenes[request.param] = name, folder, made
    name, folder, made = scenes[request.param]
    store = f"file://{folder / 'store'}"
    if postgresql is None:
        shutil.copy(folder / name, tmp_path / "copy.db")
        house = House(Settings(home=tmp_path, database_url=f"sqlite:///{tmp_path / 'copy.db'}", store_url=store))
        yield house, made
        house.close()
    else:
        with postgresql.database(f"copy_{uuid4().hex}", name) as url:
            house = House(Settings(home=tmp_path, database_url=url, store_url=store))
            yield house, made
            house.close()
