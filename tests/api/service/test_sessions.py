"""Sessions of browsers: who gets one, what keeps it safe, how it ends."""

from datetime import timedelta

import pytest

from api.persistence.clock import now
from api.persistence.models import FailedSignIns, SignIn, User
from api.security.tokens import digest_of
from api.settings import Settings
from tests.api.service.house import PASSWORD, House, Person, houses

ADA = {"email": "ada@example.org", "password": PASSWORD}
WRONG = {**ADA, "password": "not the password of hers"}


@pytest.fixture
def known(house: House, ada: Person) -> Person:
    house.set_password(ada)
    return ada


def test_whoever_signs_in_is_known_by_their_cookie(house: House, known: Person) -> None:
    browser = house.sign_in(known)
    told = browser.get("/v1/session").json()
    assert told["user"]["id"] == known.user_id
    assert told["via"] == "session"
    assert told["csrf_token"] == browser.headers["X-CSRF-Token"]


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(house: House, known: Person) -> None:
    answer = house.client().post("/v1/session", json=ADA)
    cookie = answer.headers["set-cookie"]
    assert {"HttpOnly", "SameSite=lax", "Path=/"} <= {part.strip() for part in cookie.split(";")}
    assert "Secure" not in cookie
    assert answer.headers["cache-control"] == "no-store"


def test_the_cookie_travels_by_https_alone_where_the_service_has_it(settings: Settings) -> None:
    for house in houses(settings.model_copy(update={"public_url": "https://water.example.org"})):
        house.set_password(house.person("ada"))
        assert "Secure" in house.client().post("/v1/session", json=ADA).headers["set-cookie"]


def test_the_cookie_is_kept_nowhere_in_the_clear(house: House, known: Person) -> None:
    token = house.sign_in(known).cookies["rivershare_session"]
    with house.service.database.reading() as session:
        assert [row.token_hash for row in session.query(SignIn)] == [digest_of(token)]


@pytest.mark.parametrize("token", [None, "", "wrong", "ünsinn"])
def test_a_change_from_another_page_is_refused(house: House, known: Person, token: str | None) -> None:
    browser = house.sign_in(known)
    del browser.headers["X-CSRF-Token"]
    headers = {} if token is None else {"X-CSRF-Token": token.encode("latin-1")}
    answer = browser.post("/v1/api-keys", json={"name": "x", "scopes": ["read"]}, headers=headers)
    assert answer.status_code == 403
    assert "CSRF" in answer.json()["detail"]
    assert browser.get("/v1/session").status_code == 200


def test_the_csrf_token_of_another_session_does_not_help(house: House, known: Person) -> None:
    first, second = house.sign_in(known), house.sign_in(known)
    first.headers["X-CSRF-Token"] = second.headers["X-CSRF-Token"]
    assert first.delete("/v1/session").status_code == 403


def test_a_session_that_was_put_into_the_browser_is_not_used_for_signing_in(house: House, known: Person, ben: Person) -> None:
    house.set_password(ben)
    planted = house.sign_in(ben).cookies["rivershare_session"]
    victim = house.client(Cookie=f"rivershare_session={planted}")
    answer = victim.post("/v1/session", json=ADA)
    assert answer.status_code == 200
    assert "rivershare_session=" in answer.headers["set-cookie"]
    assert planted not in answer.headers["set-cookie"]
    assert house.client(Cookie=f"rivershare_session={planted}").get("/v1/session").status_code == 401


def test_signing_out_ends_the_session_for_good(house: House, known: Person) -> None:
    browser = house.sign_in(known)
    token = browser.cookies["rivershare_session"]
    answer = browser.delete("/v1/session")
    assert answer.status_code == 204
    assert "rivershare_session" not in browser.cookies
    assert house.client(Cookie=f"rivershare_session={token}").get("/v1/session").status_code == 401


def test_signing_out_everywhere_ends_all_sessions(house: House, known: Person) -> None:
    first, second = house.sign_in(known), house.sign_in(known)
    assert first.delete("/v1/session", params={"everywhere": True}).status_code == 204
    assert second.get("/v1/session").status_code == 401


def test_a_session_ends_with_its_time(house: House, known: Person) -> None:
    browser = house.sign_in(known)
    with house.service.database.writing() as session:
        session.query(SignIn).update({"expires_at": now() - timedelta(seconds=1)})
    assert browser.get("/v1/session").status_code == 401
    assert browser.get("/v1/users/me").status_code == 401


def test_a_disabled_account_loses_access_at_once(house: House, known: Person) -> None:
    browser = house.sign_in(known)
    with house.service.database.writing() as session:
        session.get_one(User, known.user_id).state = "disabled"
    assert browser.get("/v1/users/me").status_code == 401
    assert known.http.get("/v1/users/me").status_code == 401
    assert house.client().post("/v1/session", json=ADA).status_code == 401


def test_nobody_learns_which_addresses_have_an_account(house: House, known: Person, ben: Person) -> None:
    bodies = [WRONG, {**WRONG, "email": "nobody@example.org"}, {**WRONG, "email": "ben@example.org"}]
    answers = [house.client(**{"X-Request-ID": "the-same-1"}).post("/v1/session", json=body) for body in bodies]
    assert {answer.status_code for answer in answers} == {401}
    assert len({answer.text for answer in answers}) == 1


def few_tries(settings: Settings) -> Settings:
    return settings.model_copy(update={"failed_logins_at_most": 3, "logins_per_minute": 1000})


def test_too_many_wrong_passwords_lock_an_address_for_a_while(settings: Settings) -> None:
    for house in houses(few_tries(settings)):
        house.set_password(house.person("ada"))
        for _ in range(3):
            assert house.client().post("/v1/session", json=WRONG).status_code == 401
        locked = house.client().post("/v1/session", json=ADA)
        assert locked.status_code == 429
        assert 800 < int(locked.headers["retry-after"]) <= 900
        with house.service.database.writing() as session:
            session.query(FailedSignIns).update({"locked_until": now() - timedelta(seconds=1)})
        assert house.client().post("/v1/session", json=ADA).status_code == 200


def test_an_address_without_account_is_locked_alike(settings: Settings) -> None:
    for house in houses(few_tries(settings)):
        body = {**WRONG, "email": "nobody@example.org"}
        assert [house.client().post("/v1/session", json=body).status_code for _ in range(4)] == [401, 401, 401, 429]


def test_a_right_password_ends_the_counting(settings: Settings) -> None:
    for house in houses(few_tries(settings)):
        house.set_password(house.person("ada"))
        bodies = [WRONG, WRONG, ADA, WRONG, WRONG, ADA]
        assert [house.client().post("/v1/session", json=body).status_code for body in bodies] == [401, 401, 200, 401, 401, 200]


def test_attempts_to_sign_in_are_limited_for_each_address(settings: Settings) -> None:
    for house in houses(settings.model_copy(update={"logins_per_minute": 2})):
        answers = [house.client().post("/v1/session", json={**WRONG, "email": f"{n}@example.org"}) for n in range(3)]
        assert [answer.status_code for answer in answers] == [401, 401, 429]
        assert 50 < int(answers[-1].headers["retry-after"]) <= 61
        assert answers[-1].headers["ratelimit"].startswith('"default";r=0;t=')


def test_a_wrong_password_is_not_shown_again(house: House) -> None:
    answer = house.client().post("/v1/session", json={**ADA, "password": "s3cret" * 50})
    assert answer.status_code == 422
    assert "s3cret" not in answer.text


def test_a_key_and_a_share_link_learn_what_they_are(house: House, ada: Person) -> None:
    told = ada.http.get("/v1/session").json()
    assert (told["via"], told["csrf_token"]) == ("api_key", None)
    assert house.client().get("/v1/session").status_code == 401


def test_a_key_has_no_session_to_end(ada: Person) -> None:
    assert ada.http.delete("/v1/session").status_code == 409


def test_another_site_cannot_sign_a_browser_in(house: House, known: Person) -> None:
    content = '{"email": "ada@example.org", "password": "the river keeps its share"}'
    for headers in ({}, {"Content-Type": "text/plain"}, {"Content-Type": "application/x-www-form-urlencoded"}):
        answer = house.client().post("/v1/session", content=content, headers=headers)
        assert answer.status_code == 422, headers
        assert "set-cookie" not in answer.headers
