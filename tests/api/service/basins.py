"""Basins and scenarios for tests, made through HTTP."""

from dataclasses import dataclass
from typing import Any

from tests.api.service.house import Person


@dataclass
class Kept:
    """Something that was made: its identifier, its address, and the ETag that edits of it take."""

    id: str
    place: str
    match: dict[str, str]


def organisation_of(person: Person) -> str:
    """The organisation that somebody is in."""
    return str(person.http.get("/v1/organisations").json()["items"][0]["id"])


def made_basin(person: Person, **values: Any) -> Kept:
    """A basin of the tutorial case, owned by somebody."""
    body = {"organisation_id": organisation_of(person), "case": "tutorial", **values}
    return _kept(person.http.post("/v1/basins", json=body))


def made_scenario(person: Person, basin: Kept, **values: Any) -> Kept:
    """A scenario of a basin; without values it changes nothing."""
    return _kept(person.http.post(f"{basin.place}/scenarios", json={"name": "plain", **values}))


def _kept(answer: Any) -> Kept:
    assert answer.status_code == 201, answer.text
    return Kept(answer.json()["id"], answer.headers["location"], {"If-Match": answer.headers["etag"]})


def tutorial_document(person: Person, basin: Kept) -> dict[str, Any]:
    """The newest version of a basin as a document."""
    document: dict[str, Any] = person.http.get(f"{basin.place}/versions/latest/document").json()
    return document
