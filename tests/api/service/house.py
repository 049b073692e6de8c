"""A service with people in it, for tests: its database, its application, a client for each person."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from fastapi import FastAPI
from fastapi.testclient import TestClient

from api.app import create_app
from api.persistence.models import ApiKey, BasinRole, Membership, Organisation, User
from api.security.identity import ALL_SCOPES
from api.security.passwords import hashed
from api.security.tokens import API_KEY_PREFIX, digest_of, new_token
from api.settings import Settings
from api.work import Service

PASSWORD = "the river keeps its share"
kept = cache(hashed)  # hashing takes its time, and the tests need few passwords


@dataclass
class Person:
    """Somebody with an account: `http` sends requests with their API key."""

    user_id: str
    name: str
    key: str
    http: TestClient


@dataclass
class House:
    """A running service. People are made straight in the database; everything else goes through HTTP."""

    settings: Settings
    app: FastAPI = field(init=False)

    def __post_init__(self) -> None:
        self.app = create_app(self.settings)

    @property
    def service(self) -> Service:
        service: Service = self.app.state.service
        return service

    def client(self, **headers: str) -> TestClient:
        """A client that is not signed in."""
        return TestClient(self.app, headers=headers, raise_server_exceptions=False)

    def person(self, name: str, *, administrator: bool = False, scopes: list[str] | None = None) -> Person:
        """A new account with an API key, member of the organisation `authority`."""
        key = new_token(API_KEY_PREFIX)
        with self.service.database.writing() as session:
            user = User(email=f"{name}@example.org", name=name, is_administrator=administrator)
            session.add(user)
            session.flush()
            session.add(ApiKey(user_id=user.id, name="tests", token_hash=digest_of(key), scopes=scopes or sorted(ALL_SCOPES)))
            session.add(Membership(organisation_id=self._organisation(session), user_id=user.id, role="member"))
            user_id = user.id
        return Person(user_id, name, key, self.client(Authorization=f"Bearer {key}"))

    def set_password(self, person: Person, password: str = PASSWORD) -> None:
        """Give somebody a password."""
        with self.service.database.writing() as session:
            session.get_one(User, person.user_id).password_hash = kept(password)

    def sign_in(self, person: Person, password: str = PASSWORD) -> TestClient:
        """A browser in which somebody with a password is signed in; it sends the CSRF token with everything."""
        browser = self.client()
        answer = browser.post("/v1/session", json={"email": f"{person.name}@example.org", "password": password})
        assert answer.status_code == 200, answer.text
        browser.headers["X-CSRF-Token"] = answer.json()["csrf_token"]
        return browser

    def give_role(self, person: Person, basin_id: str, role: str) -> None:
        """Give somebody a role in a basin."""
        with self.service.database.writing() as session:
            session.merge(BasinRole(basin_id=basin_id, user_id=person.user_id, role=role))

    def _organisation(self, session: Any) -> str:
        found = session.query(Organisation).filter_by(name="authority").one_or_none()
        if found is None:
            found = Organisation(name="authority", title="Basin authority")
            session.add(found)
            session.flush()
        return str(found.id)

    def close(self) -> None:
        self.service.database.close()


def houses(settings: Settings) -> Iterator[House]:
    house = House(settings)
    yield house
    house.close()
