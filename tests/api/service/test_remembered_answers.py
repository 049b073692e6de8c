"""The same question asked again is answered without asking the database, and never with what is no longer true."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import sqlalchemy as sa

from api.http import remembered_answers
from api.persistence.changes import Changes
from api.persistence.database import Database
from api.persistence.models import BasinRole, BasinRow
from tests.api.service.concerned import Concerned
from tests.api.service.house import House, Person

ONLY_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
pytestmark = [ONLY_SQLITE, pytest.mark.both_databases]


@pytest.fixture(autouse=True)
def a_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    """Long enough that nothing here is answered anew because a second went by."""
    monkeypatch.setattr(remembered_answers, "SECONDS", 60.0)


@contextmanager
def statements(house: House) -> Iterator[list[str]]:
    """What the database is asked meanwhile."""
    asked: list[str] = []
    engine = house.service.database.engine

    def note(_: object, __: object, statement: str, *___: object) -> None:
        asked.append(statement)

    sa.event.listen(engine, "before_cursor_execute", note)
    yield asked
    sa.event.remove(engine, "before_cursor_execute", note)


def test_the_same_question_asks_the_database_once(people: Concerned) -> None:
    first = people.reader.http.get(people.basin)
    with statements(people.house) as asked:
        again = people.reader.http.get(people.basin)
    assert asked == []
    assert (again.status_code, again.content) == (200, first.content)
    own = {"x-request-id", "content-length"}
    assert {k: v for k, v in again.headers.items() if k not in own} == {k: v for k, v in first.headers.items() if k not in own}
    assert again.headers["x-request-id"] != first.headers["x-request-id"]


def test_each_person_is_answered_for_themselves(people: Concerned) -> None:
    for person in (people.owner, people.reader):
        assert person.http.get("/v1/users/me").json()["name"] == person.name
        assert person.http.get(people.basin).status_code == 200
    assert people.stranger.http.get(people.basin).status_code == 404
    assert people.house.client().get(people.basin).status_code in (401, 404)


def test_what_was_written_is_read(people: Concerned) -> None:
    comments = f"{people.basin}/comments"
    for number in range(3):
        assert len(people.reader.http.get(comments).json()["items"]) == number
        assert people.stakeholder.http.post(comments, json={"text": "It floods here."}).status_code == 201


def test_what_another_process_writes_is_read(people: Concerned) -> None:
    title = people.reader.http.get(people.basin).json()["title"]
    other = Database(people.house.settings.database)
    with other.writing() as session:
        session.get_one(BasinRow, people.basin_id).title = f"{title}, anew"
    other.close()
    assert people.reader.http.get(people.basin).json()["title"] == f"{title}, anew"


def test_what_was_undone_is_not_read(people: Concerned) -> None:
    title = people.reader.http.get(people.basin).json()["title"]
    with people.house.service.database.session(writes=True) as session:
        session.get_one(BasinRow, people.basin_id).title = "never"
        session.flush()
        session.rollback()
    assert people.reader.http.get(people.basin).json()["title"] == title


def test_whoever_loses_their_role_is_refused_at_once(people: Concerned) -> None:
    assert people.reader.http.get(people.basin).status_code == 200
    with people.house.service.database.writing() as session:
        session.delete(session.get_one(BasinRole, (people.basin_id, people.reader.user_id)))
    assert people.reader.http.get(people.basin).status_code == 404


def test_what_goes_with_what_is_deleted_counts_as_changed(people: Concerned) -> None:
    changes = people.house.service.database.changes
    assert isinstance(changes, Changes)
    people.stakeholder.http.post(f"{people.basin}/comments", json={"text": "It floods here."})
    trail = f"{people.basin}/comments"
    assert len(people.owner.http.get(trail).json()["items"]) == 1
    with people.house.service.database.writing() as session:
        session.execute(sa.delete(BasinRow).where(BasinRow.id == people.basin_id))
    assert people.owner.http.get(trail).status_code == 404


def test_secrets_and_what_needs_no_database_are_not_kept(ada: Person, house: House) -> None:
    for path in ("/v1/openapi.json", "/health/live", "/v1/technologies"):
        ada.http.get(path)
    with statements(house) as asked:
        assert ada.http.get("/v1/users/me").status_code == 200
    assert asked


def test_memory_is_bounded(people: Concerned, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remembered_answers, "BYTES_AT_MOST", 10_000)
    paths = [f"{people.basin}/comments?limit={number}" for number in range(1, 20)]
    for path in paths:
        assert people.reader.http.get(path).status_code == 200
    with statements(people.house) as asked:
        people.reader.http.get(paths[-1])
        assert asked == []
        people.reader.http.get(paths[0])
        assert asked
