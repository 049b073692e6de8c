"""Signing in by an OpenID Connect provider, and by what pretends to be one."""

import time
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient
from pydantic import HttpUrl, SecretStr

from api.persistence.models import ProviderIdentity, SignIn, User
from api.settings import Settings
from tests.api.service.house import House, Person, houses
from tests.api.service.provider import CLIENT, OTHER_KEY, SECRET, FakeProvider, fake_provider

OIDC = "/v1/session/oidc"


@pytest.fixture
def provider() -> Iterator[FakeProvider]:
    with fake_provider() as running:
        yield running


@pytest.fixture
def settings(settings: Settings, provider: FakeProvider) -> Settings:
    values = {"oidc_issuer": HttpUrl(provider.issuer), "oidc_client_id": CLIENT, "oidc_client_secret": SecretStr(SECRET)}
    return settings.model_copy(update=values)


def back_from(provider: FakeProvider, browser: TestClient) -> dict[str, str]:
    """Go to the provider and sign in there; returns what it sends the browser back with."""
    gone = browser.get(OIDC, follow_redirects=False)
    assert gone.status_code == 303, gone.text
    return provider.authorize(gone.headers["location"])


def test_somebody_with_an_account_signs_in_by_the_provider(house: House, ada: Person, provider: FakeProvider) -> None:
    browser = house.client()
    answer = browser.post(OIDC, json=back_from(provider, browser))
    assert answer.status_code == 200, answer.text
    assert answer.json()["user"]["id"] == ada.user_id
    assert browser.get("/v1/session").json()["via"] == "session"
    assert "rivershare_sign_in" not in browser.cookies


def test_going_to_the_provider_changes_nothing_here(house: House, provider: FakeProvider) -> None:
    gone = house.client().get(OIDC, follow_redirects=False)
    cookie = gone.headers["set-cookie"]
    assert {"HttpOnly", "SameSite=lax", "Path=/v1/session/oidc", "Max-Age=600"} <= {part.strip() for part in cookie.split(";")}
    assert "code_challenge_method=S256" in gone.headers["location"]
    assert house.client().get("/signing-in", params={"code": "x", "state": "y"}).status_code == 200
    with house.service.database.reading() as session:
        assert session.query(SignIn).count() == 0


def test_the_account_stays_theirs_when_their_address_changes(house: House, ada: Person, provider: FakeProvider) -> None:
    for email in ("ada@example.org", "ada.l@example.org"):
        provider.claims["email"] = email
        browser = house.client()
        assert browser.post(OIDC, json=back_from(provider, browser)).json()["user"]["id"] == ada.user_id
    with house.service.database.reading() as session:
        assert session.query(ProviderIdentity).count() == 1


def test_the_provider_makes_no_accounts(house: House, ada: Person, provider: FakeProvider) -> None:
    provider.claims["email"] = "stranger@example.org"
    browser = house.client()
    answer = browser.post(OIDC, json=back_from(provider, browser))
    assert answer.status_code == 403
    with house.service.database.reading() as session:
        assert session.query(User).count() == 1


def test_a_disabled_account_is_not_opened(house: House, ada: Person, provider: FakeProvider) -> None:
    with house.service.database.writing() as session:
        session.get_one(User, ada.user_id).state = "disabled"
    browser = house.client()
    assert browser.post(OIDC, json=back_from(provider, browser)).status_code == 403


@pytest.mark.parametrize("verified", [False, None, "false", 1])
def test_an_address_that_the_provider_has_not_verified_opens_no_account(
    house: House, ada: Person, provider: FakeProvider, verified: Any
) -> None:
    provider.claims["email_verified"] = verified
    browser = house.client()
    assert browser.post(OIDC, json=back_from(provider, browser)).status_code == 403


@pytest.mark.parametrize(
    "wrong",
    [
        {"iss": "https://elsewhere.example.org"},
        {"aud": "another service"},
        {"exp": int(time.time()) - 3600},
        {"nonce": "another"},
        {"azp": "another service"},
        {"iat": int(time.time()) + 3600},
    ],
    ids=lambda wrong: next(iter(wrong)),
)
def test_a_token_for_something_else_is_refused(house: House, ada: Person, provider: FakeProvider, wrong: dict[str, Any]) -> None:
    provider.claims |= wrong
    browser = house.client()
    answer = browser.post(OIDC, json=back_from(provider, browser))
    assert answer.status_code == 401
    assert "rivershare_session" not in browser.cookies


def test_a_token_that_somebody_else_signed_is_refused(house: House, ada: Person, provider: FakeProvider) -> None:
    provider.key = OTHER_KEY
    browser = house.client()
    assert browser.post(OIDC, json=back_from(provider, browser)).status_code == 401


def test_a_sign_in_is_finished_where_it_was_begun(house: House, ada: Person, provider: FakeProvider) -> None:
    attacker, victim = house.client(), house.client()
    theirs = back_from(provider, attacker)
    assert victim.post(OIDC, json=theirs).status_code == 401
    back_from(provider, victim)
    assert victim.post(OIDC, json=theirs).status_code == 401
    forged = attacker.cookies["rivershare_sign_in"][:-4] + "AAAA"
    assert house.client(Cookie=f"rivershare_sign_in={forged}").post(OIDC, json=theirs).status_code == 401
    assert provider.asked.count("/token") == 0
    assert attacker.post(OIDC, json=theirs).status_code == 200


def test_a_code_is_used_once(house: House, ada: Person, provider: FakeProvider) -> None:
    browser = house.client()
    back = back_from(provider, browser)
    kept = browser.cookies["rivershare_sign_in"]
    assert browser.post(OIDC, json=back).status_code == 200
    again = house.client(Cookie=f"rivershare_sign_in={kept}").post(OIDC, json=back)
    assert again.status_code == 401


@pytest.mark.parametrize("address", ["http://169.254.169.254/latest", "file:///etc/passwd", "http://localhost:1/t", "", "//x"])
def test_nothing_is_fetched_from_addresses_that_a_provider_has_no_use_for(
    house: House, ada: Person, provider: FakeProvider, address: str
) -> None:
    provider.description["token_endpoint"] = address
    browser = house.client()
    answer = browser.post(OIDC, json=back_from(provider, browser))
    assert answer.status_code == 503
    assert answer.json()["detail"] == "The provider for signing in cannot be used."


def test_a_description_of_another_issuer_is_refused(house: House, provider: FakeProvider) -> None:
    provider.description["issuer"] = "https://elsewhere.example.org"
    assert house.client().get(OIDC, follow_redirects=False).status_code == 503


def test_a_service_without_provider_says_so(settings: Settings) -> None:
    for house in houses(settings.model_copy(update={"oidc_issuer": None})):
        assert house.client().get("/v1/session/ways").json() == {"provider": None}
        assert house.client().get(OIDC, follow_redirects=False).status_code == 404


def test_a_service_with_provider_names_it(house: House, provider: FakeProvider) -> None:
    assert house.client().get("/v1/session/ways").json() == {"provider": provider.issuer}
