"""The trail: every change, who made it, from what to what."""

import csv
import io

import pytest

from tests.api.service.house import House, Person
from tests.api.service.shared_basin import SharedBasin, shared_basin

pytestmark = pytest.mark.both_databases


@pytest.fixture
def basin(house: House, ada: Person) -> SharedBasin:
    return shared_basin(house, ada)


def test_an_owner_reads_who_changed_what_from_what_to_what(house: House, basin: SharedBasin, ada: Person, ben: Person) -> None:
    place = f"{basin.place}/roles/{ben.user_id}"
    ada.http.put(place, json={"role": "reader"})
    ada.http.put(place, json={"role": "analyst"}, headers={"X-Request-ID": "change-12345"})
    entry = ada.http.get(f"{basin.place}/trail").json()["items"][0]
    assert (entry["user_id"], entry["via"], entry["request_id"]) == (ada.user_id, "api_key", "change-12345")
    assert (entry["subject"], entry["subject_id"]) == ("basin_roles", f"{basin.basin_id}/{ben.user_id}")
    assert (entry["action"], entry["before"], entry["after"]) == ("changed", {"role": "reader"}, {"role": "analyst"})


def test_the_trail_is_filtered_and_comes_in_pages(basin: SharedBasin, ada: Person, ben: Person) -> None:
    for role in ("reader", "analyst", "planner"):
        ada.http.put(f"{basin.place}/roles/{ben.user_id}", json={"role": role})
    wanted = {"subject": "basin_roles", "user_id": ada.user_id, "limit": 2}
    first = ada.http.get(f"{basin.place}/trail", params=wanted).json()
    second = ada.http.get(f"{basin.place}/trail", params={**wanted, "cursor": first["next_cursor"]}).json()
    roles = [entry["after"]["role"] for entry in first["items"] + second["items"]]
    assert roles == ["planner", "analyst", "reader"]
    assert second["next_cursor"] is None
    middle = first["items"][1]["created_at"]
    assert len(ada.http.get(f"{basin.place}/trail", params={**wanted, "until": middle}).json()["items"]) == 1
    assert len(ada.http.get(f"{basin.place}/trail", params={**wanted, "since": middle}).json()["items"]) == 2


def test_the_trail_is_exported_as_a_table_without_formulas(basin: SharedBasin, ada: Person, ben: Person) -> None:
    request_id = "-2+3+cmd-calc"
    ada.http.put(f"{basin.place}/roles/{ben.user_id}", json={"role": "reader"}, headers={"X-Request-ID": "--2.3--cmd--"})
    answer = ada.http.get(f"{basin.place}/trail", params={"format": "csv"})
    assert answer.headers["content-type"].startswith("text/csv")
    assert "attachment" in answer.headers["content-disposition"]
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert rows[0]["request_id"] == "'--2.3--cmd--"
    assert request_id not in answer.text
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row.values())
    assert len(rows) == len(ada.http.get(f"{basin.place}/trail").json()["items"])


def test_others_do_not_read_it(house: House, basin: SharedBasin, ben: Person) -> None:
    assert ben.http.get(f"{basin.place}/trail").status_code == 404
    house.give_role(ben, basin.basin_id, "planner")
    assert ben.http.get(f"{basin.place}/trail").status_code == 403
    assert ben.http.get("/v1/trail").status_code == 403


def test_an_administrator_reads_the_service_s(house: House, ben: Person) -> None:
    root = house.person("root", administrator=True)
    root.http.post("/v1/users", json={"email": "sokha@example.org"})
    found = root.http.get("/v1/trail", params={"subject": "users", "user_id": root.user_id}).json()["items"]
    assert [entry["after"]["email"] for entry in found] == ["sokha@example.org"]
    assert found[0]["after"]["password_hash"] is None


def test_a_time_that_no_clock_shows_is_refused(ada: Person, basin: SharedBasin) -> None:
    for moment in ("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "yesterday"):
        assert ada.http.get(f"{basin.place}/trail", params={"since": moment}).status_code == 422
