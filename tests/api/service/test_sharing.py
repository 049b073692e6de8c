"""Roles and share links: who may see a basin, and who gives that away."""

from datetime import timedelta

import pytest
from starlette.requests import Request

from api.errors import NotAllowed, NotFound
from api.persistence.clock import now
from api.persistence.models import Membership, ShareLink, User
from api.security.identity import Identity, identify
from api.security.permissions import demand, demand_plan
from tests.api.service.house import House, Person
from tests.api.service.shared_basin import SharedBasin, shared_basin


@pytest.fixture
def basin(house: House, ada: Person) -> SharedBasin:
    return shared_basin(house, ada)


def identity_of(house: House, person: Person) -> Identity:
    scope = {"type": "http", "method": "GET", "headers": [(b"authorization", f"Bearer {person.key}".encode())], "state": {}}
    with house.service.database.reading() as session:
        return identify(Request(scope), session)


def leave_organisations(house: House, person: Person) -> None:
    with house.service.database.writing() as session:
        session.query(Membership).filter_by(user_id=person.user_id).delete()


def test_an_owner_gives_roles_by_identifier_and_by_address(basin: SharedBasin, ada: Person, ben: Person) -> None:
    by_address = ada.http.put(f"{basin.place}/roles", json={"email": "BEN@example.org", "role": "reader"})
    assert by_address.json() == {"user_id": ben.user_id, "name": "ben", "email": "ben@example.org", "role": "reader"}
    by_identifier = ada.http.put(f"{basin.place}/roles/{ben.user_id}", json={"role": "planner"})
    assert by_identifier.json()["role"] == "planner"
    listed = ada.http.get(f"{basin.place}/roles").json()["items"]
    assert {(one["name"], one["role"]) for one in listed} == {("ada", "owner"), ("ben", "planner")}
    assert ada.http.delete(f"{basin.place}/roles/{ben.user_id}").status_code == 204
    assert ada.http.delete(f"{basin.place}/roles/{ben.user_id}").status_code == 404


def test_a_planner_gives_no_roles_and_a_stranger_finds_no_basin(
    house: House, basin: SharedBasin, ada: Person, ben: Person
) -> None:
    body = {"role": "owner"}
    assert ben.http.put(f"{basin.place}/roles/{ben.user_id}", json=body).status_code == 404
    house.give_role(ben, basin.basin_id, "planner")
    assert ben.http.put(f"{basin.place}/roles/{ben.user_id}", json=body).status_code == 403
    assert ben.http.get(f"{basin.place}/roles").status_code == 403


def test_people_outside_one_s_organisations_are_told_from_nobody(
    house: House, basin: SharedBasin, ada: Person, ben: Person
) -> None:
    leave_organisations(house, ben)
    bodies = [{"email": "ben@example.org", "role": "reader"}, {"email": "nobody@example.org", "role": "reader"}]
    answers = [ada.http.put(f"{basin.place}/roles", json=body, headers={"X-Request-ID": "the-same-1"}) for body in bodies]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].text == answers[1].text


def test_somebody_with_a_role_keeps_it_changeable_after_leaving_the_organisation(
    house: House, basin: SharedBasin, ada: Person, ben: Person
) -> None:
    house.give_role(ben, basin.basin_id, "planner")
    leave_organisations(house, ben)
    assert ada.http.put(f"{basin.place}/roles/{ben.user_id}", json={"role": "reader"}).status_code == 200


def test_the_last_owner_stays(house: House, basin: SharedBasin, ada: Person, ben: Person) -> None:
    mine = f"{basin.place}/roles/{ada.user_id}"
    assert ada.http.put(mine, json={"role": "planner"}).status_code == 409
    assert ada.http.delete(mine).status_code == 409
    house.give_role(ben, basin.basin_id, "owner")
    assert ada.http.put(mine, json={"role": "planner"}).status_code == 200


def test_an_administrator_gives_an_ownerless_basin_an_owner_and_no_other(house: House, ada: Person, ben: Person) -> None:
    root = house.person("root", administrator=True)
    basin = shared_basin(house, ada)
    place = f"{basin.place}/roles/{ben.user_id}"
    assert root.http.put(place, json={"role": "owner"}).status_code == 404
    with house.service.database.writing() as session:
        session.get_one(User, ada.user_id).state = "disabled"
    assert root.http.put(place, json={"role": "owner"}).status_code == 200
    assert ben.http.get(f"{basin.place}/roles").status_code == 200
    assert root.http.put(place, json={"role": "reader"}).status_code == 404


def link(house: House, owner: Person, basin: SharedBasin, **more: str) -> tuple[Identity, str, str]:
    answer = owner.http.post(f"{basin.place}/share-links", json={"name": "Donors", **more})
    assert answer.status_code == 201, answer.text
    with house.service.database.reading() as session:
        return Identity(share_link=session.get_one(ShareLink, answer.json()["id"])), answer.json()["id"], answer.json()["token"]


def test_a_link_of_a_basin_opens_it_for_reading(house: House, basin: SharedBasin, ada: Person) -> None:
    identity, _, token = link(house, ada, basin)
    told = house.client(Authorization=f"Bearer {token}").get("/v1/session").json()
    assert told["share_link"]["basin_id"] == basin.basin_id
    with house.service.database.reading() as session:
        assert demand(session, identity, basin.basin_id, "reader").id == basin.basin_id
        assert demand_plan(session, identity, basin.plan_id)[0].id == basin.plan_id
        for role, scope in (("stakeholder", "read"), ("reader", "write"), ("owner", "read")):
            with pytest.raises(NotAllowed):
                demand(session, identity, basin.basin_id, role, scope)  # type: ignore[arg-type]


def test_a_link_of_a_plan_opens_that_plan_alone(house: House, basin: SharedBasin, ada: Person) -> None:
    identity, _, _ = link(house, ada, basin, plan_id=basin.plan_id)
    with house.service.database.reading() as session:
        plan, row = demand_plan(session, identity, basin.plan_id)
        assert (plan.id, row.id) == (basin.plan_id, basin.basin_id)
        with pytest.raises(NotFound):
            demand_plan(session, identity, basin.other_plan_id)
        with pytest.raises(NotFound):
            demand(session, identity, basin.basin_id, "reader")
        with pytest.raises(NotAllowed):
            demand_plan(session, identity, basin.plan_id, "stakeholder")


def test_a_plan_of_somebody_else_s_basin_is_not_found(house: House, basin: SharedBasin, ben: Person) -> None:
    with house.service.database.reading() as session, pytest.raises(NotFound) as caught:
        demand_plan(session, identity_of(house, ben), basin.plan_id)
    assert caught.value.detail == f"There is no plan {basin.plan_id}."


@pytest.mark.parametrize("ended", ["expired", "revoked", "maker disabled"])
def test_a_link_that_has_ended_opens_nothing(house: House, basin: SharedBasin, ada: Person, ended: str) -> None:
    _, link_id, token = link(house, ada, basin)
    if ended == "revoked":
        assert ada.http.delete(f"{basin.place}/share-links/{link_id}").status_code == 204
    with house.service.database.writing() as session:
        if ended == "expired":
            session.get_one(ShareLink, link_id).expires_at = now() - timedelta(seconds=1)
        elif ended == "maker disabled":
            session.get_one(User, ada.user_id).state = "disabled"
    assert house.client(Authorization=f"Bearer {token}").get("/v1/session").status_code == 401


def test_the_token_of_a_link_is_shown_once(house: House, basin: SharedBasin, ada: Person) -> None:
    _, link_id, token = link(house, ada, basin)
    listed = ada.http.get(f"{basin.place}/share-links")
    assert [one["id"] for one in listed.json()["items"]] == [link_id]
    assert token not in listed.text
    assert "token" not in listed.text


def test_a_link_opens_no_account_and_no_owner_s_page(house: House, basin: SharedBasin, ada: Person) -> None:
    _, _, token = link(house, ada, basin)
    holder = house.client(Authorization=f"Bearer {token}")
    assert holder.get("/v1/users/me").status_code == 401
    assert holder.get(f"{basin.place}/roles").status_code == 403
    assert holder.get(f"{basin.place}/share-links").status_code == 403
    assert holder.get(f"{basin.place}/trail").status_code == 403


def test_a_link_is_for_a_plan_of_its_basin_and_for_at_most_a_year(house: House, basin: SharedBasin, ada: Person) -> None:
    place = f"{basin.place}/share-links"
    assert ada.http.post(place, json={"name": "x", "plan_id": "another"}).status_code == 404
    end = (now() + timedelta(days=400)).isoformat()
    assert ada.http.post(place, json={"name": "x", "expires_at": end}).status_code == 422
    assert ada.http.post(place, json={"name": "x\r\nX-Header: y"}).status_code == 422
