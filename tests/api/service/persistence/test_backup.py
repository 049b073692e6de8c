"""A backup holds everything, of either database, and is restored into either only if every byte is right."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa

from api.persistence.backup import BackupError, back_up, restore
from api.persistence.clock import now
from api.persistence.collector import collect
from api.persistence.content import ContentStore
from api.persistence.database import Database
from api.persistence.models import BasinRow, BasinVersion, Comment, Organisation, Run, ScenarioRow
from tests.api.service.house import House, Person


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    if request.param == "sqlite":
        database = Database(f"sqlite:///{tmp_path / 'restored.db'}")
        yield database
        database.close()
    else:
        with request.getfixturevalue("postgresql").database(f"restored_{uuid4().hex}", "template0") as url:
            database = Database(url)
            yield database
            database.close()


@pytest.fixture
def digest(house: House, ada: Person) -> str:
    """The digest of a content that a basin version refers to; a scenario, a run that is worked at and a remark beside it."""
    digest = house.service.store.put(b"a table of villages")
    with house.service.database.writing() as session:
        organisation = session.scalars(sa.select(Organisation)).one()
        basin = BasinRow(organisation_id=organisation.id, name="sesan", title="ស្ទឹងសេសាន", created_by=ada.user_id)
        session.add(basin)
        session.flush()
        version: dict[str, Any] = {"number": 1, "settings": {"name": "sesan"}, "counts": {"villages": 3}, "findings": []}
        session.add(
            BasinVersion(basin_id=basin.id, digest="0" * 64, tables={"villages": digest}, created_by=ada.user_id, **version)
        )
        parent = ScenarioRow(basin_id=basin.id, name="parent", changes=[], policy=None, created_by=ada.user_id)
        session.add(parent)
        session.flush()
        child = ScenarioRow(basin_id=basin.id, name="child", parent_id=parent.id, changes=[], policy={}, created_by=ada.user_id)
        session.add(child)
        session.flush()
        parent.parent_id = None
        session.add(
            Run(
                basin_id=basin.id, scenario_id=child.id, organisation_id=organisation.id, user_id=ada.user_id, basin_version=1,
                scenario={}, lineage=[], limits={}, input_key="1" * 64, state="running", started_at=now(),
            )
        )  # fmt: skip
        first = Comment(basin_id=basin.id, user_id=ada.user_id, text="It floods here.")
        session.add(first)
        session.flush()
        session.add(Comment(basin_id=basin.id, user_id=ada.user_id, text="Yes.", answer_to=first.id))
    return digest


def test_a_backup_restored_elsewhere_holds_the_same(house: House, digest: str, empty: Database, tmp_path: Path) -> None:
    taken = back_up(house.service.database, house.service.store, tmp_path / "backup.tar")
    store = ContentStore(f"file://{tmp_path / 'elsewhere'}")
    restored = restore(empty, store, tmp_path / "backup.tar")
    assert restored == taken
    assert store.get(digest) == b"a table of villages"
    with empty.reading() as session:
        assert session.scalars(sa.select(BasinRow.title)).one() == "ស្ទឹងសេសាន"
        assert session.scalars(sa.select(ScenarioRow).where(ScenarioRow.name == "child")).one().parent_id is not None
        assert session.scalars(sa.select(ScenarioRow).where(ScenarioRow.policy.is_(None))).one().name == "parent"


def test_a_run_that_was_worked_at_waits_again_after_restoring(house: House, digest: str, empty: Database, tmp_path: Path) -> None:
    back_up(house.service.database, house.service.store, tmp_path / "backup.tar")
    restore(empty, ContentStore(f"file://{tmp_path / 'elsewhere'}"), tmp_path / "backup.tar")
    with empty.reading() as session:
        run = session.scalars(sa.select(Run)).one()
        assert (run.state, run.attempt) == ("queued", 1)


def test_a_damaged_backup_is_not_restored(house: House, digest: str, empty: Database, tmp_path: Path) -> None:
    path = tmp_path / "backup.tar"
    back_up(house.service.database, house.service.store, path)
    path.write_bytes(path.read_bytes().replace(b"a table of villages", b"a table of Villages"))
    with pytest.raises(BackupError, match="damaged"):
        restore(empty, ContentStore(f"file://{tmp_path / 'elsewhere'}"), path)
    path.write_bytes(path.read_bytes()[:3000])
    with pytest.raises(BackupError):
        restore(empty, ContentStore(f"file://{tmp_path / 'other'}"), path)


def test_nothing_is_restored_over_what_is_there(house: House, digest: str, tmp_path: Path) -> None:
    back_up(house.service.database, house.service.store, tmp_path / "backup.tar")
    with pytest.raises(BackupError, match="not empty"):
        restore(house.service.database, house.service.store, tmp_path / "backup.tar")


def test_a_backup_that_lacks_a_content_is_not_written(house: House, digest: str, tmp_path: Path) -> None:
    house.service.store.remove(digest)
    with pytest.raises(BackupError, match=digest):
        back_up(house.service.database, house.service.store, tmp_path / "backup.tar")
    assert list(tmp_path.glob("*backup*")) == []


def test_the_collector_removes_what_nothing_refers_to_and_nothing_else(house: House, digest: str) -> None:
    service = house.service
    unused = service.store.put(b"nobody's")
    assert collect(service.database, service.store).removed == 0, "it is younger than the grace time"
    assert collect(service.database, service.store, grace_seconds=0.0).removed == 1
    assert service.store.has(digest)
    assert not service.store.has(unused)


def test_what_is_put_again_is_young_again(house: House, tmp_path: Path) -> None:
    import os

    store = house.service.store
    digest = store.put(b"old")
    os.utime(Path(store.root) / digest[:2] / digest, (0, 0))
    assert (store.age(digest) or 0) > 1e9
    store.put(b"old")
    assert (store.age(digest) or 0) < 60
