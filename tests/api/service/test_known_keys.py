"""A key is looked up once for many requests, and what happens to it or its account holds at once."""

import pytest
import sqlalchemy as sa

from api.http import remembered_answers
from api.persistence.database import Database
from api.persistence.migration import migrate
from api.persistence.models import ApiKey, User
from api.persistence.repositories import people
from api.security import known_keys
from api.security.tokens import digest_of
from tests.api.service.house import House, Person

pytestmark = pytest.mark.both_databases


@pytest.fixture
def looks(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every look into the database for a key, by requests of which each is answered anew."""
    monkeypatch.setattr(remembered_answers, "SECONDS", 0.0)
    seen: list[str] = []
    found = people.api_key

    def noted(session: sa.orm.Session, digest: str) -> people.KeyHolder | None:
        seen.append(digest)
        return found(session, digest)

    monkeypatch.setattr(people, "api_key", noted)
    return seen


def test_many_requests_in_a_row_look_a_key_up_once(ada: Person, looks: list[str]) -> None:
    for _ in range(5):
        assert ada.http.get("/v1/users/me").status_code == 200
    assert len(looks) == 1


def test_a_key_is_looked_up_again_after_a_moment(ada: Person, looks: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    ada.http.get("/v1/users/me")
    monkeypatch.setattr(known_keys, "SECONDS", 0.0)
    ada.http.get("/v1/users/me")
    assert len(looks) == 2


def test_a_disabled_account_and_a_revoked_key_are_refused_at_once(house: House, ada: Person, ben: Person) -> None:
    for person in (ada, ben):
        assert person.http.get("/v1/users/me").status_code == 200
    with house.service.database.writing() as session:
        session.get_one(User, ada.user_id).state = "disabled"
        session.delete(session.scalars(sa.select(ApiKey).where(ApiKey.user_id == ben.user_id)).one())
    assert ada.http.get("/v1/users/me").status_code == 401
    assert ben.http.get("/v1/users/me").status_code == 401


def test_what_was_rolled_back_changes_nothing(house: House, ada: Person, looks: list[str]) -> None:
    ada.http.get("/v1/users/me")
    with house.service.database.session(writes=True) as session:
        session.get_one(User, ada.user_id).state = "disabled"
        session.flush()
        session.rollback()
    assert ada.http.get("/v1/users/me").status_code == 200


def test_a_key_of_one_database_is_none_of_another(house: House, ada: Person, tmp_path_factory: pytest.TempPathFactory) -> None:
    ada.http.get("/v1/users/me")
    other = Database(f"sqlite:///{tmp_path_factory.mktemp('other') / 'other.db'}")
    migrate(other)
    with other.reading() as session:
        assert known_keys.KNOWN_KEYS.find(session, digest_of(ada.key)) is None
    other.close()
