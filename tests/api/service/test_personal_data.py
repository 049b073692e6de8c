"""A person's data: all of it on request, and its end."""

import json

import pytest

from api.persistence.models import (
    ApiKey,
    BasinRole,
    Comment,
    KeptAnswer,
    Membership,
    ShareLink,
    SignIn,
    StakeholderProfile,
    TrailEntry,
    User,
)
from api.persistence.trail import Actor, acting
from api.security.tokens import digest_of
from tests.api.service.house import House, Person
from tests.api.service.shared_basin import shared_basin

pytestmark = pytest.mark.both_databases

ADDRESS, NAME, POST = "ben@example.org", "Benedikt Sok", "Chair of the Ta Veng committee"


def with_traces(house: House, ada: Person, ben: Person) -> str:
    """Ben leaves traces everywhere; returns the basin."""
    basin = shared_basin(house, ada)
    house.set_password(ben)
    browser = house.sign_in(ben)
    read = browser.get("/v1/users/me").headers["etag"]
    assert browser.patch("/v1/users/me", json={"name": NAME}, headers={"If-Match": read}).status_code == 200
    house.give_role(ben, basin.basin_id, "owner")
    ben.http.post(f"{basin.place}/share-links", json={"name": "Donors"})
    ben.http.post("/v1/api-keys", json={"name": "x", "scopes": ["read"]}, headers={"Idempotency-Key": "some-key"})
    with house.service.database.writing() as session:
        acting(session, Actor(ben.user_id, "session"))
        common = {"basin_id": basin.basin_id, "user_id": ben.user_id}
        profile = StakeholderProfile(speaks_for="village", preferences=[], title="Member", **common)
        session.add_all([profile, Comment(text="The spring is dry in April.", **common)])
        session.flush()
        profile.title = POST
        session.add(
            KeptAnswer(
                user_id=ben.user_id,
                key="k",
                created_at=profile.created_at,
                request_digest="",
                status=200,
                headers={},
                body=b"ben",
            )
        )
    return basin.basin_id


def test_people_get_everything_that_is_held_about_them(house: House, ada: Person, ben: Person) -> None:
    basin_id = with_traces(house, ada, ben)
    answer = ben.http.get("/v1/users/me/data")
    told = answer.json()
    assert told["account"]["email"] == ADDRESS
    held = told["held"]
    assert held["comments"][0]["text"] == "The spring is dry in April."
    assert held["stakeholder_profiles"][0]["title"] == POST
    assert [role["basin_id"] for role in held["basin_roles"]] == [basin_id]
    assert len(held["sign_ins"]) == 1
    assert held["trail"]
    assert {len(held[kind]) for kind in ("memberships", "share_links")} == {1}
    assert "password_hash" not in told["account"]
    for secret in ("argon2", digest_of(ben.key), ben.key):
        assert secret not in answer.text


def test_a_deleted_person_is_named_nowhere(house: House, ada: Person, ben: Person) -> None:
    basin_id = with_traces(house, ada, ben)
    assert ben.http.delete("/v1/users/me").status_code == 204
    assert ben.http.get("/v1/session").status_code == 401
    with house.service.database.reading() as session:
        user = session.get_one(User, ben.user_id)
        assert (user.state, user.email, user.name, user.password_hash) == ("deleted", None, "(deleted account)", None)
        for kind in (ApiKey, BasinRole, Membership, SignIn, KeptAnswer):
            assert session.query(kind).filter_by(user_id=ben.user_id).count() == 0
        assert session.query(ShareLink).count() == 0
        [comment] = session.query(Comment)
        assert (comment.user_id, comment.text, comment.basin_id) == (ben.user_id, "The spring is dry in April.", basin_id)
        trail = json.dumps([[entry.before, entry.after] for entry in session.query(TrailEntry)])
        for word in (ADDRESS, NAME, POST, '"ben"'):
            assert word not in trail
        assert "ada@example.org" in trail
        assert "(erased)" in trail


def test_the_address_of_a_deleted_person_can_have_an_account_again(house: House, administrator: Person, ben: Person) -> None:
    assert administrator.http.delete(f"/v1/users/{ben.user_id}").status_code == 204
    assert administrator.http.get(f"/v1/users/{ben.user_id}").status_code == 404
    assert administrator.http.post("/v1/users", json={"email": ADDRESS}).status_code == 201


def test_nobody_deletes_somebody_else(ada: Person, ben: Person) -> None:
    assert ada.http.delete(f"/v1/users/{ben.user_id}").status_code == 404
    assert ben.http.get("/v1/users/me").status_code == 200
