"""The catalogue, the cases and the schemas, which anybody may read."""

import csv
import io

import jsonschema_rs
import pytest
from fastapi.testclient import TestClient

from planner.catalogue import technologies
from tests.api.service.house import House

TECHNOLOGIES = "/v1/catalogue/technologies"


@pytest.fixture
def anybody(house: House) -> TestClient:
    return house.client()


def test_every_figure_has_its_range_and_says_where_it_comes_from(anybody: TestClient) -> None:
    page = anybody.get(TECHNOLOGIES, params={"limit": 500}).json()
    figures = [figure for technology in page["items"] for figure in technology["figures"]]
    assert page["next_cursor"] is None
    assert len(figures) == len(technologies())
    assert all(figure["low"] <= figure["value"] <= figure["high"] for figure in figures)
    assert all(figure["citation"] or figure["assumed"] for figure in figures)


def test_technologies_come_in_pages_that_hold_each_once(anybody: TestClient) -> None:
    names: list[str] = []
    query: dict[str, str | int] = {"limit": 7}
    while True:
        page = anybody.get(TECHNOLOGIES, params=query).json()
        names += [item["technology"] for item in page["items"]]
        if page["next_cursor"] is None:
            break
        query["cursor"] = page["next_cursor"]
    assert names == list(dict.fromkeys(technologies()["technology"]))


def test_a_category_and_a_technology_narrow_the_list(anybody: TestClient) -> None:
    points = anybody.get(TECHNOLOGIES, params={"category": "points"}).json()["items"]
    one = anybody.get(TECHNOLOGIES, params={"technology": "handpump_point"}).json()["items"]
    none = anybody.get(TECHNOLOGIES, params={"technology": "handpump_point", "category": "treatment"}).json()["items"]
    assert {item["category"] for item in points} == {"points"}
    assert [item["technology"] for item in one] == ["handpump_point"]
    assert none == []


@pytest.mark.parametrize("how", [{"params": {"format": "csv"}}, {"headers": {"Accept": "text/csv"}}])
def test_the_catalogue_as_csv_is_whole(anybody: TestClient, how: dict[str, dict[str, str]]) -> None:
    answer = anybody.get(TECHNOLOGIES, **how)
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    lines = list(csv.DictReader(io.StringIO(answer.text)))
    assert [line["quantity"] for line in lines] == technologies()["quantity"].tolist()


@pytest.mark.parametrize("path", ["technologies", "citations", "log-removals"])
def test_a_table_of_the_catalogue_is_not_sent_twice_but_in_another_format(anybody: TestClient, path: str) -> None:
    first = anybody.get(f"/v1/catalogue/{path}")
    again = {"If-None-Match": first.headers["etag"]}
    assert first.json()["items"]
    assert anybody.get(f"/v1/catalogue/{path}", headers=again).status_code == 304
    assert anybody.get(f"/v1/catalogue/{path}?format=csv", headers=again).status_code == 200


def test_a_cursor_of_another_list_is_refused(anybody: TestClient) -> None:
    answer = anybody.get(TECHNOLOGIES, params={"cursor": "bm9uc2Vuc2U"})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["parameter"] == "cursor"


def test_a_case_says_what_is_in_it_and_its_scenarios_can_be_sent_back(anybody: TestClient) -> None:
    listed = {case["name"]: case for case in anybody.get("/v1/cases").json()}
    tutorial = anybody.get("/v1/cases/tutorial").json()
    assert listed["tutorial"]["villages"] == tutorial["counts"]["villages"] == 3
    assert tutorial["licence"]
    assert {scenario["name"] for scenario in tutorial["scenarios"]} == set(listed["tutorial"]["scenarios"])
    schema = anybody.get("/v1/schemas/scenario").json()
    assert all(jsonschema_rs.is_valid(schema, scenario["content"]) for scenario in tutorial["scenarios"])


def test_the_ground_of_a_case_is_a_picture_that_is_sent_once(anybody: TestClient) -> None:
    listed = {case["name"]: case for case in anybody.get("/v1/cases").json()}
    relief = listed["ratanakiri"]["relief"]
    assert (
        relief["west"] < 107 < relief["east"] and relief["south"] < 14 < relief["north"] and "public domain" in relief["source"]
    )
    picture = anybody.get("/v1/cases/ratanakiri/relief")
    assert picture.headers["content-type"] == "image/png" and picture.content.startswith(b"\x89PNG")
    assert anybody.get("/v1/cases/ratanakiri/relief", headers={"If-None-Match": picture.headers["etag"]}).status_code == 304
    assert listed["tutorial"]["relief"] is None
    assert anybody.get("/v1/cases/tutorial/relief").status_code == 404


def test_a_case_that_is_not_there_is_not_found_and_the_others_are_named(anybody: TestClient) -> None:
    answer = anybody.get("/v1/cases/..%2Ftutorial")
    assert answer.status_code == 404
    answer = anybody.get("/v1/cases/rivers")
    assert answer.status_code == 404
    assert "tutorial" in answer.json()["remedy"]


@pytest.mark.parametrize("form", ["basin", "scenario", "policy"])
def test_a_schema_is_one_and_its_fields_have_titles(anybody: TestClient, form: str) -> None:
    schema = anybody.get(f"/v1/schemas/{form}").json()
    jsonschema_rs.meta.validate(schema)
    assert all(inner.keys() & {"title", "properties", "$ref"} for inner in schema["properties"].values())


def test_a_form_of_the_policy_has_titles_units_help_and_references(anybody: TestClient) -> None:
    schema = anybody.get("/v1/schemas/policy").json()
    price = schema["properties"]["hauled_price_usd_per_m3"]
    assert (price["title"], price["x-unit"]) == ("Price of water hauled", "USD/m³")
    assert schema["$defs"]["Floor"]["properties"]["stage"]["x-refers-to"] == ["stages"]


@pytest.mark.parametrize("how", [{"params": {"language": "vi"}}, {"headers": {"Accept-Language": "fr, vi-VN;q=0.8, en;q=0.5"}}])
def test_a_form_is_in_the_language_that_is_wanted(anybody: TestClient, how: dict[str, dict[str, str]]) -> None:
    answer = anybody.get("/v1/schemas/basin", **how)
    village = answer.json()["properties"]["villages"]["items"]["properties"]["village"]
    assert village["title"] == "Làng"
    assert answer.headers["content-language"] == "vi"
    assert "Accept-Language" in answer.headers["vary"]
    assert answer.json()["x-translation"] == "unreviewed"


@pytest.mark.parametrize("header", ["", "fr", "vi;q=0", ";;;,", "vi;q=nan", "vi;q=1e400", "vi;q=x"])
def test_a_form_is_in_english_where_no_language_of_ours_is_asked_for(anybody: TestClient, header: str) -> None:
    answer = anybody.get("/v1/schemas/basin", headers={"Accept-Language": header})
    assert answer.headers["content-language"] == "en"
    assert answer.json()["x-translation"] == "reviewed"
    assert answer.json()["properties"]["villages"]["items"]["properties"]["village"]["title"] == "Village"


def test_a_language_that_is_not_there_is_refused_and_a_schema_in_another_language_is_sent_again(anybody: TestClient) -> None:
    refused = anybody.get("/v1/schemas/basin", params={"language": "xx"})
    assert refused.status_code == 422
    assert "km" in refused.json()["errors"][0]["message"]
    english = anybody.get("/v1/schemas/basin")
    again = {"If-None-Match": english.headers["etag"]}
    assert anybody.get("/v1/schemas/basin", headers=again).status_code == 304
    assert anybody.get("/v1/schemas/basin", params={"language": "th"}, headers=again).status_code == 200
