"""Plans over HTTP: what they may claim, their tables as one asks, as files, side by side."""

import csv
import io
import json
import zipfile
from typing import Any

import pandas as pd
import pyarrow as pa
import pytest
from fastapi.testclient import TestClient

from api.persistence.models import PlanRow
from tests.api.service.access.scene import Scene
from tests.api.service.house import House


@pytest.fixture
def reader(scene: tuple[House, Scene]) -> TestClient:
    house, made = scene
    return house.client(Authorization=f"Bearer {made.keys['reader']}")


@pytest.fixture
def plan(scene: tuple[House, Scene]) -> str:
    return f"/v1/plans/{scene[1].places['plan_id']}"


def test_a_plan_says_what_it_may_claim_and_why_it_is_stale(reader: TestClient, plan: str) -> None:
    told = reader.get(plan).json()
    assert told["verdict"]
    assert told["scenario"]["name"] == "least_cost"
    assert [reason["code"] for reason in told["stale"]] == ["software_changed"]


def test_rows_are_filtered_ordered_and_paged_on_the_server(reader: TestClient, plan: str) -> None:
    asked = {"filter": ["stage:eq:stage_1", "persons:gt:0"], "columns": "village,persons", "sort": "-persons", "limit": 3}
    found: list[dict[str, Any]] = []
    cursor = None
    while True:
        page = reader.get(f"{plan}/tables/service", params=asked | ({"cursor": cursor} if cursor else {})).json()
        found += page["items"]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    persons = [row["persons"] for row in found]
    assert len(found) == page["total"] > 3
    assert persons == sorted(persons, reverse=True)
    assert all(set(row) == {"village", "persons"} and row["persons"] > 0 for row in found)


def test_the_same_rows_come_in_every_format(reader: TestClient, plan: str) -> None:
    rows = reader.get(f"{plan}/tables/service", params={"limit": 500}).json()["items"]
    comma = pd.read_csv(io.BytesIO(reader.get(f"{plan}/tables/service?format=csv").content))
    parquet = pd.read_parquet(io.BytesIO(reader.get(f"{plan}/tables/service?format=parquet").content))
    arrow = pa.ipc.open_stream(reader.get(f"{plan}/tables/service?format=arrow").content).read_pandas()
    for frame in (comma, parquet, arrow):
        assert frame["persons"].tolist() == [row["persons"] for row in rows]
        assert frame["village"].tolist() == [row["village"] for row in rows]


@pytest.mark.parametrize(
    ("asked", "place"),
    [
        ({"filter": "colour:eq:blue"}, "filter[0]"),
        ({"filter": "persons:eq:many"}, "filter[0]"),
        ({"filter": "persons:gt:nan"}, "filter[0]"),
        ({"filter": "village:gt:a"}, "filter[0]"),
        ({"columns": "persons,people"}, "columns[1]"),
        ({"sort": "-people"}, "sort[0]"),
    ],
)
def test_a_question_that_cannot_be_answered_is_told_where(
    reader: TestClient, plan: str, asked: dict[str, str], place: str
) -> None:
    answer = reader.get(f"{plan}/tables/service", params=asked)
    assert answer.status_code == 422
    assert [finding["column"] for finding in answer.json()["findings"]] == [place]
    assert answer.json()["findings"][0]["remedy"]


def test_a_table_that_is_none_is_told_with_the_nearest_name(reader: TestClient, plan: str) -> None:
    answer = reader.get(f"{plan}/tables/servise")
    assert answer.status_code == 422
    assert "service" in answer.json()["findings"][0]["remedy"]


def test_persons_put_together_by_stage_are_everybody(reader: TestClient, plan: str) -> None:
    asked = {"table": "service", "measure": "persons", "by": "stage"}
    sums = {row["stage"]: row["persons"] for row in reader.get(f"{plan}/aggregate", params=asked).json()["items"]}
    rows = reader.get(f"{plan}/tables/service", params={"limit": 500}).json()["items"]
    for stage, persons in sums.items():
        assert persons == pytest.approx(sum(row["persons"] for row in rows if row["stage"] == stage))


def test_a_plan_is_exported_as_workbook_archive_and_map(reader: TestClient, plan: str) -> None:
    assert reader.get(f"{plan}/export").content[:2] == b"PK"
    archive = zipfile.ZipFile(io.BytesIO(reader.get(f"{plan}/export?format=zip").content))
    assert "service.csv" in {name.rpartition("/")[2] for name in archive.namelist()}
    features = reader.get(f"{plan}/export?format=geojson").json()["features"]
    assert {feature["properties"]["kind"] for feature in features} >= {"village", "reach"}


def test_the_summary_runs_nothing(reader: TestClient, plan: str) -> None:
    page = reader.get(f"{plan}/summary")
    assert page.headers["content-type"].startswith("text/html")
    assert "<h2>At a glance</h2>" in page.text
    assert "script-src" not in page.headers["content-security-policy"]
    assert "default-src 'none'" in page.headers["content-security-policy"]


def test_what_was_read_is_not_sent_again(reader: TestClient, plan: str) -> None:
    for path in (plan, f"{plan}/tables", f"{plan}/tables/service", f"{plan}/summary", f"{plan}/indicators"):
        first = reader.get(path)
        assert reader.get(path, headers={"If-None-Match": first.headers["etag"]}).status_code == 304, path


def test_plans_side_by_side_as_json_csv_and_page(reader: TestClient, scene: tuple[House, Scene]) -> None:
    both = {"plan": [scene[1].places["plan_id"], scene[1].places["other_plan_id"]]}
    content = reader.get("/v1/comparisons", params=both).json()
    assert [told["id"] for told in content["plans"]] == both["plan"]
    assert all(set(one["judgement"]) == {"same"} for one in content["indicators"])
    lines = list(
        csv.DictReader(io.StringIO(reader.get("/v1/comparisons", params=both | {"format": "csv"}).content.decode("utf-8-sig")))
    )
    assert {line["kind"] for line in lines} >= {"plan", "indicator"}
    assert "Compared" in reader.get("/v1/comparisons", params=both | {"format": "html"}).text


def test_one_plan_or_the_same_twice_is_no_comparison(reader: TestClient, scene: tuple[House, Scene]) -> None:
    one = scene[1].places["plan_id"]
    assert reader.get("/v1/comparisons", params={"plan": [one]}).status_code == 422
    assert reader.get("/v1/comparisons", params={"plan": [one, one]}).status_code == 422
    assert reader.get("/v1/comparisons", params={"plan": [one, "none"]}).status_code == 404


def test_figures_of_a_plan_whose_audit_failed_are_no_results(reader: TestClient, plan: str, scene: tuple[House, Scene]) -> None:
    house, made = scene
    with house.service.database.writing() as session:
        session.get_one(PlanRow, made.places["plan_id"]).passed = False
    assert reader.get(f"{plan}/indicators").json() == []
    both = {"plan": [made.places["plan_id"], made.places["other_plan_id"]]}
    assert reader.get("/v1/comparisons", params=both).status_code == 409


def test_an_archived_plan_is_read_but_not_listed(scene: tuple[House, Scene], plan: str) -> None:
    house, made = scene
    planner = house.client(Authorization=f"Bearer {made.keys['planner']}")
    listed = f"/v1/basins/{made.places['basin_id']}/plans"
    assert planner.delete(plan).status_code == 204
    assert made.places["plan_id"] not in json.dumps(planner.get(listed).json())
    assert made.places["plan_id"] in json.dumps(planner.get(listed, params={"archived": True}).json())
    assert planner.get(plan).json()["archived_at"]
    assert planner.post(f"{plan}/restore").json()["archived_at"] is None
