"""Accounts: made with a one-time link, kept by their owners, administered."""

from datetime import timedelta
from typing import Any

import pytest

from api.persistence.clock import now
from api.persistence.models import Membership, OneTimeLink, User
from api.services.accounts import first_administrator
from tests.api.service.house import PASSWORD, House, Person

SOKHA = {"email": "Sokha@example.org", "name": "Sokha"}
REDEEM = "/v1/one-time-links/redeem"


def made(administrator: Person, **more: Any) -> dict[str, Any]:
    answer = administrator.http.post("/v1/users", json={**SOKHA, **more})
    assert answer.status_code == 201, answer.text
    content: dict[str, Any] = answer.json()
    return content


def redeem(house: House, token: str, password: str = PASSWORD) -> Any:
    return house.client().post(REDEEM, json={"token": token, "password": password})


def etag(person: Person, place: str) -> dict[str, str]:
    return {"If-Match": person.http.get(place).headers["etag"]}


def test_a_new_account_gets_its_password_by_a_one_time_link(house: House, administrator: Person) -> None:
    link = made(administrator)["one_time_link"]
    assert link["url"] == f"http://testserver/set-password#{link['token']}"
    assert redeem(house, link["token"]).json() == {"email": "sokha@example.org"}
    signed_in = house.client().post("/v1/session", json={"email": "SOKHA@example.org", "password": PASSWORD})
    assert signed_in.json()["user"]["name"] == "Sokha"


def test_a_one_time_link_works_once(house: House, administrator: Person) -> None:
    token = made(administrator)["one_time_link"]["token"]
    assert redeem(house, token).status_code == 200
    assert redeem(house, token, "another password of theirs").status_code == 410
    assert redeem(house, token + "x").status_code == 404


def test_a_one_time_link_expires(house: House, administrator: Person) -> None:
    token = made(administrator)["one_time_link"]["token"]
    with house.service.database.writing() as session:
        session.query(OneTimeLink).update({"expires_at": now() - timedelta(seconds=1)})
    assert redeem(house, token).status_code == 410


@pytest.mark.parametrize("password", ["short", "password1234", "PassWord1234", "aaaaaaaaaaaaaaa", "sokha@example.org"])
def test_a_password_that_is_easily_guessed_is_refused_and_the_link_stays(
    house: House, administrator: Person, password: str
) -> None:
    token = made(administrator)["one_time_link"]["token"]
    refused = redeem(house, token, password)
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["pointer"] == "/password"
    assert redeem(house, token).status_code == 200


def test_a_link_with_a_secret_is_not_kept_for_a_repeated_post(house: House, administrator: Person) -> None:
    answer = administrator.http.post("/v1/users", json=SOKHA, headers={"Idempotency-Key": "one-and-the-same"})
    token = answer.json()["one_time_link"]["token"]
    with house.service.database.reading() as session:
        kept = session.connection().exec_driver_sql("SELECT body FROM kept_answers").scalars().all()
    assert not any(token.encode() in bytes(body) for body in kept)
    assert redeem(house, token).status_code == 200


def test_a_reset_ends_password_and_sessions_until_the_link_is_used(house: House, administrator: Person, ben: Person) -> None:
    house.set_password(ben)
    browser = house.sign_in(ben)
    answer = administrator.http.post(f"/v1/users/{ben.user_id}/password-reset")
    assert answer.status_code == 201
    assert browser.get("/v1/session").status_code == 401
    body = {"email": "ben@example.org", "password": PASSWORD}
    assert house.client().post("/v1/session", json=body).status_code == 401
    assert redeem(house, answer.json()["token"]).status_code == 200
    assert house.client().post("/v1/session", json=body).status_code == 200


def test_only_the_newest_link_of_an_account_works(house: House, administrator: Person) -> None:
    first = made(administrator)
    second = administrator.http.post(f"/v1/users/{first['user']['id']}/password-reset").json()
    assert redeem(house, first["one_time_link"]["token"]).status_code == 410
    assert redeem(house, second["token"]).status_code == 200


def test_an_address_has_one_account(administrator: Person) -> None:
    made(administrator)
    assert administrator.http.post("/v1/users", json={"email": "sokha@EXAMPLE.org"}).status_code == 409


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", "Sokha\r\nSet-Cookie: a=b"),
        ("name", "Sokha\x00"),
        ("name", "  "),
        ("name", "x" * 201),
        ("email", "sokha@example.org\nBcc: all@example.org"),
        ("email", "Sokha <sokha@example.org>"),
        ("email", "nobody"),
        ("language", "en_US; drop"),
    ],
)
def test_names_and_addresses_carry_nothing_but_themselves(administrator: Person, field: str, value: str) -> None:
    answer = administrator.http.post("/v1/users", json={**SOKHA, field: value})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == f"/{field}"


def test_people_change_their_own_name_and_nobody_overwrites_it(ada: Person) -> None:
    read = etag(ada, "/v1/users/me")
    first = ada.http.patch("/v1/users/me", json={"name": "Ada L.", "language": "km"}, headers=read)
    assert (first.json()["name"], first.json()["language"]) == ("Ada L.", "km")
    assert ada.http.patch("/v1/users/me", json={"name": "B"}, headers=read).status_code == 412
    assert ada.http.patch("/v1/users/me", json={"name": "B"}).status_code == 428


def test_another_password_ends_all_other_sessions(house: House, ada: Person) -> None:
    house.set_password(ada)
    here, there = house.sign_in(ada), house.sign_in(ada)
    new = "a hundred villages upstream"
    answer = here.post("/v1/users/me/password", json={"old_password": PASSWORD, "new_password": new})
    assert answer.status_code == 204
    assert here.get("/v1/session").status_code == 200
    assert there.get("/v1/session").status_code == 401
    assert house.sign_in(ada, new)


def test_a_wrong_present_password_changes_nothing_and_counts(house: House, ada: Person) -> None:
    house.set_password(ada)
    browser = house.sign_in(ada)
    wrong = {"old_password": "something else", "new_password": "a hundred villages upstream"}
    answers = [browser.post("/v1/users/me/password", json=wrong).status_code for _ in range(11)]
    assert answers == [401] * 10 + [429]
    assert house.client().post("/v1/session", json={"email": "ada@example.org", "password": PASSWORD}).status_code == 429


def test_administrators_find_accounts(administrator: Person, ben: Person) -> None:
    made(administrator)
    names = [one["name"] for one in administrator.http.get("/v1/users").json()["items"]]
    assert sorted(names) == ["Sokha", "ada", "ben"]
    found = administrator.http.get("/v1/users", params={"q": "SOK"}).json()["items"]
    assert [one["email"] for one in found] == ["sokha@example.org"]
    assert administrator.http.get("/v1/users", params={"q": "%"}).json()["items"] == []
    assert ben.http.get("/v1/users").status_code == 403
    assert ben.http.get(f"/v1/users/{administrator.user_id}").status_code == 403


def test_an_administrator_disables_and_enables_an_account(house: House, administrator: Person, ben: Person) -> None:
    place = f"/v1/users/{ben.user_id}"
    house.set_password(ben)
    browser = house.sign_in(ben)
    disabled = administrator.http.patch(place, json={"state": "disabled"}, headers=etag(administrator, place))
    assert disabled.json()["state"] == "disabled"
    assert ben.http.get("/v1/users/me").status_code == 401
    administrator.http.patch(place, json={"state": "active"}, headers=etag(administrator, place))
    assert ben.http.get("/v1/users/me").status_code == 200
    assert browser.get("/v1/users/me").status_code == 401


@pytest.mark.parametrize("change", [{"state": "disabled"}, {"is_administrator": False}])
def test_the_last_administrator_of_the_service_stays(administrator: Person, ben: Person, change: dict[str, Any]) -> None:
    mine = f"/v1/users/{administrator.user_id}"
    assert administrator.http.patch(mine, json=change, headers=etag(administrator, mine)).status_code == 409
    assert administrator.http.delete(mine).status_code == 409
    bens = f"/v1/users/{ben.user_id}"
    raised = administrator.http.patch(bens, json={"is_administrator": True}, headers=etag(administrator, bens))
    assert raised.json()["is_administrator"] is True
    assert administrator.http.patch(mine, json=change, headers=etag(administrator, mine)).status_code == 200


def test_an_empty_service_gets_its_first_administrator_once(house: House) -> None:
    with house.service.database.writing() as session:
        made = first_administrator(session, house.settings)
    assert made is not None
    assert redeem(house, made.token).json() == {"email": "admin@localhost"}
    with house.service.database.writing() as session:
        assert first_administrator(session, house.settings) is None
        user = session.query(User).one()
        assert user.is_administrator
        assert [row.role for row in session.query(Membership)] == ["administrator"]
