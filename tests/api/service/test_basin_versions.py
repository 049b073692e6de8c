"""Versions of a basin: never changed, made whole or by changes, all of them or none."""

import io
from typing import Any

import pandas as pd
import pytest

from tests.api.service.basins import Kept, made_basin, tutorial_document
from tests.api.service.house import House, Person

pytestmark = pytest.mark.both_databases

DEARER = {"table": "options", "multiply": {"capex_usd": 2}}
HIGHER = {"table": "villages", "where": {"village": "hilltop"}, "set": {"elevation_m": 310}}
NOWHERE = {"table": "villages", "where": {"village": "atlantis"}, "set": {"elevation_m": 310}}


def changed(person: Person, basin: Kept, *changes: Any, **query: Any) -> Any:
    body = {"changes": list(changes), "note": "A test"}
    return person.http.post(f"{basin.place}/changes", json=body, headers=basin.match, params=query)


def test_changes_make_a_new_version_and_leave_the_old_one(ada: Person) -> None:
    basin = made_basin(ada)
    answer = changed(ada, basin, HIGHER)
    assert answer.status_code == 201, answer.text
    assert answer.headers["location"] == f"{basin.place}/versions/2"
    assert answer.json()["difference"]["tables"]["villages"]["changed"] == [
        {"key": {"village": "hilltop"}, "column": "elevation_m", "before": 300.0, "after": 310.0}
    ]
    heights = [ada.http.get(f"{basin.place}/versions/{n}/tables/villages").json()["items"][0]["elevation_m"] for n in (1, 2)]
    assert heights == [300.0, 310.0]
    assert ada.http.get(basin.place).headers["etag"] == answer.headers["etag"] != basin.match["If-Match"]


def test_of_two_editors_the_second_is_told_and_nothing_is_overwritten(ada: Person) -> None:
    basin = made_basin(ada)
    assert [changed(ada, basin, change).status_code for change in (HIGHER, DEARER)] == [201, 412]
    assert ada.http.get(basin.place).json()["latest_version"] == 2


def test_changes_take_the_etag_of_the_basin(ada: Person) -> None:
    basin = made_basin(ada)
    assert ada.http.post(f"{basin.place}/changes", json={"changes": [HIGHER]}).status_code == 428


def test_where_one_change_fits_nothing_none_is_made(ada: Person) -> None:
    basin = made_basin(ada)
    answer = changed(ada, basin, HIGHER, NOWHERE, {"table": "villages", "set": {"elevation": 1}})
    assert answer.status_code == 422
    assert [finding["where"] for finding in answer.json()["findings"]] == ["/changes/1/where/village", "/changes/2/set/elevation"]
    assert ada.http.get(basin.place).json()["latest_version"] == 1


def test_changes_that_make_the_basin_unsound_are_refused_with_all_findings(ada: Person) -> None:
    basin = made_basin(ada)
    answer = changed(ada, basin, {"table": "villages", "where": {"village": "hilltop"}, "remove": True})
    assert answer.status_code == 422
    assert "reference.unknown" in {finding["code"] for finding in answer.json()["findings"]}


def test_a_village_is_removed_with_everything_that_names_it(ada: Person) -> None:
    basin = made_basin(ada)
    change = {"table": "villages", "where": {"village": "farside"}, "remove": True, "with_dependents": True}
    answer = changed(ada, basin, change)
    assert answer.status_code == 201, answer.text
    tables = answer.json()["difference"]["tables"]
    assert tables["villages"]["removed"] == [{"village": "farside"}]
    assert tables["population"]["removed_count"] > 0


def test_a_dry_run_says_what_changes_would_do_and_keeps_nothing(ada: Person) -> None:
    basin = made_basin(ada)
    sound = changed(ada, basin, HIGHER, dry_run=True)
    unsound = changed(ada, basin, NOWHERE, dry_run=True)
    assert (sound.status_code, sound.json()["sound"], sound.json()["version"]) == (200, True, None)
    assert sound.json()["difference"]["tables"]["villages"]["changed_count"] == 1
    assert (unsound.status_code, unsound.json()["sound"], unsound.json()["difference"]) == (200, False, None)
    assert ada.http.get(basin.place).json()["latest_version"] == 1


def test_changes_that_change_nothing_make_no_version(ada: Person) -> None:
    answer = changed(ada, made_basin(ada), {**HIGHER, "set": {"elevation_m": 300}})
    assert (answer.status_code, answer.json()["version"]["number"]) == (200, 1)


@pytest.mark.parametrize(
    "changes",
    [[{"table": "villages", "set": {"title": "\x00"}}], [{"a": [[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]}],
     [{"table": "villages", "set": {"elevation_m": 10**400}}], [1], [None], ["set"], []],
)  # fmt: skip
def test_hostile_changes_are_refused(ada: Person, changes: list[Any]) -> None:
    basin = made_basin(ada)
    assert changed(ada, basin, *changes).status_code == 422


def test_half_a_character_is_refused(ada: Person) -> None:
    basin = made_basin(ada)
    body = b'{"changes": [{"table": "villages", "set": {"title": "\\ud800"}}]}'
    headers = {**basin.match, "Content-Type": "application/json"}
    assert ada.http.post(f"{basin.place}/changes", content=body, headers=headers).status_code == 422


def test_a_whole_document_becomes_the_next_version(ada: Person) -> None:
    basin = made_basin(ada)
    document = tutorial_document(ada, basin)
    before = document["basin"]["discount_rate_share_per_year"]
    document["basin"]["discount_rate_share_per_year"] = 0.08
    answer = ada.http.post(f"{basin.place}/versions", json={"document": document, "note": "8 %"}, headers=basin.match)
    assert answer.status_code == 201, answer.text
    difference = ada.http.get(f"{basin.place}/versions/latest/difference", params={"from": "1"})
    assert difference.json()["settings"] == [{"column": "discount_rate_share_per_year", "before": before, "after": 0.08}]
    assert difference.json()["tables"] == {}


def test_a_file_becomes_the_next_version(ada: Person) -> None:
    basin, other = made_basin(ada), made_basin(ada, name="other")
    changed(ada, other, HIGHER)
    file = ada.http.get(f"{other.place}/versions/2/archive").content
    headers = {**basin.match, "Content-Type": "application/zip"}
    answer = ada.http.post(f"{basin.place}/import", params={"note": "From other"}, content=file, headers=headers)
    assert answer.status_code == 201, answer.text
    assert (answer.json()["number"], answer.json()["note"]) == (2, "From other")
    assert [v["number"] for v in ada.http.get(f"{basin.place}/versions").json()["items"]] == [2, 1]


def test_an_analyst_may_not_change_a_basin(house: House, ada: Person, ben: Person) -> None:
    basin = made_basin(ada)
    house.give_role(ben, basin.id, "analyst")
    assert changed(ben, basin, HIGHER).status_code == 403


def test_a_version_that_there_is_not_is_not_found(ada: Person) -> None:
    basin = made_basin(ada)
    assert ada.http.get(f"{basin.place}/versions/2").status_code == 404
    assert ada.http.get(f"{basin.place}/versions/newest").status_code == 422


def test_findings_of_a_version_come_in_pages_by_severity(ada: Person) -> None:
    basin = made_basin(ada)
    doubtful = {"table": "seasons", "set": {"demand_factor": 1.5}}, {"settings": {"base_year": 2060}}
    version = changed(ada, basin, *doubtful).json()["version"]
    place = f"{basin.place}/versions/2/findings"
    every = ada.http.get(place, params={"limit": 500}).json()["items"]
    assert len(every) == version["warnings"] + version["notes"] > 1
    first = ada.http.get(place, params={"limit": 1}).json()
    second = ada.http.get(place, params={"limit": 1, "cursor": first["next_cursor"]}).json()
    assert [first["items"][0], second["items"][0]] == every[:2]
    warnings = ada.http.get(place, params={"severity": "warning", "limit": 500}).json()["items"]
    assert len(warnings) == version["warnings"]


def test_a_table_comes_in_pages_and_whole_as_csv_and_parquet(ada: Person) -> None:
    place = f"{made_basin(ada).place}/versions/latest/tables/villages"
    first = ada.http.get(place, params={"limit": 2}).json()
    second = ada.http.get(place, params={"limit": 2, "cursor": first["next_cursor"]}).json()
    names = [row["village"] for page in (first, second) for row in page["items"]]
    assert (names, first["total"], second["next_cursor"]) == (["hilltop", "riverside", "farside"], 3, None)
    assert first["columns"][-1] == {"name": "elevation_m", "title": "Elevation", "unit": "m", "unit_title": "m", "kind": "number"}
    csv = pd.read_csv(io.BytesIO(ada.http.get(place, params={"format": "csv"}).content))
    parquet = pd.read_parquet(io.BytesIO(ada.http.get(place, params={"format": "parquet"}).content))
    assert list(csv["village"]) == list(parquet["village"]) == names


def test_a_table_that_there_is_not_is_told_with_the_nearest(ada: Person) -> None:
    answer = ada.http.get(f"{made_basin(ada).place}/versions/1/tables/vilages")
    assert (answer.status_code, answer.json()["remedy"]) == (404, "Did you mean villages?")


def test_the_map_holds_every_village(ada: Person) -> None:
    answer = ada.http.get(f"{made_basin(ada).place}/versions/1/geojson")
    assert answer.headers["content-type"] == "application/geo+json"
    villages = [f for f in answer.json()["features"] if f["properties"]["table"] == "villages"]
    assert villages[0]["geometry"]["coordinates"] == [107.10, 13.81]


def test_a_map_of_some_tables_has_these_and_no_others(ada: Person) -> None:
    place = f"{made_basin(ada).place}/versions/1/geojson"
    some = ada.http.get(place, params={"only": ["villages", "reaches"]})
    assert {feature["properties"]["table"] for feature in some.json()["features"]} == {"villages", "reaches"}
    assert some.headers["etag"] != ada.http.get(place).headers["etag"]
    assert ada.http.get(place, params={"only": "🌊"}).status_code == 422


@pytest.mark.parametrize("what", ["", "/document", "/archive", "/workbook", "/geojson", "/tables/villages"])
def test_a_version_that_was_read_is_not_sent_again(ada: Person, what: str) -> None:
    place = f"{made_basin(ada).place}/versions/1{what}"
    etag = ada.http.get(place).headers["etag"]
    again = ada.http.get(place, headers={"If-None-Match": etag})
    assert (again.status_code, again.content) == (304, b"")
