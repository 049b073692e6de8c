"""API keys: what they may do, how long, and what is kept of them."""

from datetime import timedelta

import pytest

from api.persistence.clock import now
from api.persistence.models import ApiKey, TrailEntry
from api.security.tokens import digest_of
from tests.api.service.house import House, Person

KEYS = "/v1/api-keys"


def made(person: Person, *scopes: str, **more: str) -> dict[str, str]:
    answer = person.http.post(KEYS, json={"name": "nightly import", "scopes": list(scopes), **more})
    assert answer.status_code == 201, answer.text
    content: dict[str, str] = answer.json()
    return content


def test_a_key_acts_for_its_account_within_its_scopes(house: House, ada: Person) -> None:
    client = house.client(Authorization=f"Bearer {made(ada, 'read')['key']}")
    assert client.get("/v1/users/me").json()["id"] == ada.user_id
    refused = client.delete("/v1/users/me")
    assert refused.status_code == 403
    assert "administer" in refused.json()["remedy"]


def test_the_secret_of_a_key_is_shown_once_and_kept_nowhere(house: House, ada: Person) -> None:
    key = made(ada, "read")
    assert key["key"] not in ada.http.get(KEYS).text
    assert "token_hash" not in ada.http.get(KEYS).text
    with house.service.database.reading() as session:
        assert session.get_one(ApiKey, key["id"]).token_hash == digest_of(key["key"])
        [entry] = session.query(TrailEntry).filter_by(subject="api_keys", subject_id=key["id"])
        assert entry.after["token_hash"] == "(secret)"


def test_a_key_makes_no_key_that_may_more(house: House, ada: Person) -> None:
    keeper = house.client(Authorization=f"Bearer {made(ada, 'read', 'administer')['key']}")
    refused = keeper.post(KEYS, json={"name": "x", "scopes": ["read", "run"]})
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["pointer"] == "/scopes"
    assert keeper.post(KEYS, json={"name": "x", "scopes": ["read"]}).status_code == 201


def test_a_key_makes_no_key_that_lives_longer(house: House, ada: Person) -> None:
    end = (now() + timedelta(hours=1)).isoformat()
    keeper = house.client(Authorization=f"Bearer {made(ada, 'read', 'administer', expires_at=end)['key']}")
    later = (now() + timedelta(hours=2)).isoformat()
    assert keeper.post(KEYS, json={"name": "x", "scopes": ["read"], "expires_at": later}).status_code == 422
    assert keeper.post(KEYS, json={"name": "x", "scopes": ["read"]}).json()["expires_at"][:19] == end[:19]


def test_a_key_without_administer_makes_none(house: House, ada: Person) -> None:
    client = house.client(Authorization=f"Bearer {made(ada, 'read', 'write', 'run')['key']}")
    assert client.post(KEYS, json={"name": "x", "scopes": ["read"]}).status_code == 403


@pytest.mark.parametrize("ended", ["expired", "revoked"])
def test_a_key_that_has_ended_opens_nothing(house: House, ada: Person, ended: str) -> None:
    key = made(ada, "read")
    if ended == "revoked":
        assert ada.http.delete(f"{KEYS}/{key['id']}").status_code == 204
    else:
        with house.service.database.writing() as session:
            session.get_one(ApiKey, key["id"]).expires_at = now() - timedelta(seconds=1)
    answer = house.client(Authorization=f"Bearer {key['key']}").get("/v1/users/me")
    assert answer.status_code == 401
    assert "expired or was revoked" in answer.json()["detail"]


def test_somebody_else_s_key_is_not_found(ada: Person, ben: Person) -> None:
    key = made(ada, "read")
    assert ben.http.delete(f"{KEYS}/{key['id']}").status_code == 404
    assert key["id"] not in ben.http.get(KEYS).text


@pytest.mark.parametrize(
    "end", ["2020-01-01T00:00:00Z", "2999-01-01T00:00:00Z", "2030-01-01T00:00:00", "9999-12-31T23:59:59-12:00"]
)
def test_a_key_ends_within_years(ada: Person, end: str) -> None:
    answer = ada.http.post(KEYS, json={"name": "x", "scopes": ["read"], "expires_at": end})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "/expires_at"


@pytest.mark.parametrize("header", ["Bearer", "Basic YWRhOmFkYQ==", "Bearer rsk_unknown", "Bearer rss_unknown", "Bearer ey.J.x"])
def test_an_authorization_that_is_none_is_refused(house: House, header: str) -> None:
    answer = house.client(Authorization=header).get("/v1/users/me")
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == "Bearer"
