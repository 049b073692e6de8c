"""`rivershare user`: accounts without the service's API, for whoever runs it."""

import json
from typing import Any

import pytest
from typer.testing import CliRunner

from api.cli.main import app
from api.persistence.models import TrailEntry, User
from tests.api.service.house import PASSWORD, House, Person


@pytest.fixture
def run(house: House, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("RIVERSHARE_HOME", str(house.settings.home))
    monkeypatch.setenv("RIVERSHARE_DATABASE_URL", house.settings.database)
    monkeypatch.setenv("RIVERSHARE_PUBLIC_URL", "https://water.example.org/")

    def call(*arguments: str, code: int = 0) -> Any:
        result = CliRunner().invoke(app, ["user", *arguments, "--json"])
        assert result.exit_code == code, result.output
        return json.loads(result.stdout)

    return call


def test_an_account_is_made_with_a_link_that_the_service_takes(run: Any, house: House, ada: Person) -> None:
    told = run("add", "Sokha@example.org", "--name", "Sokha", "--organisation", "authority")
    place, _, token = told["one_time_link"].partition("#")
    assert place == "https://water.example.org/set-password"
    body = {"token": token, "password": PASSWORD}
    assert house.client().post("/v1/one-time-links/redeem", json=body).json() == {"email": "sokha@example.org"}
    with house.service.database.reading() as session:
        assert {entry.via for entry in session.query(TrailEntry).filter_by(subject_id=told["id"], action="created")} == {
            "command_line"
        }


def test_an_account_is_listed_disabled_enabled_promoted_and_reset(run: Any, house: House, ada: Person) -> None:
    assert [user["email"] for user in run("list")["users"]] == ["ada@example.org"]
    assert run("list", "nobody")["users"] == []
    assert run("disable", "ADA@example.org")["state"] == "disabled"
    assert ada.http.get("/v1/users/me").status_code == 401
    assert run("enable", "ada@example.org")["state"] == "active"
    assert run("promote", "ada@example.org")["is_administrator"] is True
    assert ada.http.get("/v1/users").status_code == 200
    assert run("reset", "ada@example.org")["one_time_link"]
    refused = run("demote", "ada@example.org", code=2)
    assert "no administrator left" in refused["message"]
    with house.service.database.reading() as session:
        assert session.get_one(User, ada.user_id).is_administrator


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("add", "ada@example.org"), "already"),
        (("add", "not an address"), "email"),
        (("add", "new@example.org", "--name", "a\nb"), "name"),
        (("add", "new@example.org", "--organisation", "none"), "no organisation none"),
        (("reset", "nobody@example.org"), "no account"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(run: Any, ada: Person, arguments: tuple[str, ...], message: str) -> None:
    assert message in run(*arguments, code=2)["message"]


def test_people_read_a_table(run: Any, ada: Person) -> None:
    result = CliRunner().invoke(app, ["user", "list"])
    assert "ada@example.org" in result.stdout
    assert "active" in result.stdout
