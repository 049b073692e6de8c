"""A plan whose audit failed is never shown as a result: it is named, with what failed, and its figures are withheld."""

import csv
import io
from dataclasses import replace

import pytest
from fastapi.testclient import TestClient

from tests.api.service.access.scene import Scene, basin_of_tutorial
from tests.api.service.house import House
from tests.api.service.plans_made import publish
from tests.conftest import PASSED, PlanOnPaper

FAILED = replace(PASSED, code="money.spending", title="Nobody spends more than there is", passed=False, count_failed=1)


@pytest.fixture
def reader(scene: tuple[House, Scene]) -> TestClient:
    house, made = scene
    return house.client(Authorization=f"Bearer {made.keys['reader']}")


@pytest.fixture
def failed(scene: tuple[House, Scene], plan_on_paper: PlanOnPaper) -> str:
    return publish(*scene, plan_on_paper(basin_of_tutorial(), checks=(PASSED, FAILED)))


def test_a_failed_plan_says_what_failed_and_shows_no_indicator(reader: TestClient, failed: str) -> None:
    told = reader.get(f"/v1/plans/{failed}").json()
    assert not told["passed"]
    assert "Nobody spends more than there is" in told["verdict"]
    checks = reader.get(f"/v1/plans/{failed}/audit").json()["checks"]
    assert [check["code"] for check in checks if not check["passed"]] == ["money.spending"]
    assert reader.get(f"/v1/plans/{failed}/indicators").json() == []


@pytest.mark.parametrize("path", ["tables/service", "aggregate?table=service&measure=persons&by=stage", "export"])
def test_figures_of_a_failed_plan_are_given_only_to_whom_asks_for_failed_ones(reader: TestClient, failed: str, path: str) -> None:
    refused = reader.get(f"/v1/plans/{failed}/{path}")
    assert refused.status_code == 409
    assert refused.json()["type"] == "urn:rivershare:problem:audit-failed"
    assert "failed=true" in refused.json()["remedy"]
    asked = f"/v1/plans/{failed}/{path}{'&' if '?' in path else '?'}failed=true"
    assert reader.get(asked).status_code == 200


def test_the_page_about_a_failed_plan_has_no_figures(reader: TestClient, failed: str) -> None:
    page = reader.get(f"/v1/plans/{failed}/summary").text
    assert "Nobody spends more than there is" in page
    assert "At a glance" not in page


def test_lists_are_narrowed_to_what_passed(reader: TestClient, scene: tuple[House, Scene], failed: str) -> None:
    listed = f"/v1/basins/{scene[1].places['basin_id']}/plans"
    found = {passed: {plan["id"] for plan in reader.get(listed, params={"passed": passed}).json()["items"]} for passed in (0, 1)}
    assert found[0] == {failed}
    assert found[1] == {scene[1].places["plan_id"], scene[1].places["other_plan_id"]}


def test_a_comparison_names_a_failed_plan_and_leaves_its_figures_out(
    reader: TestClient, scene: tuple[House, Scene], failed: str
) -> None:
    sound = [scene[1].places["plan_id"], scene[1].places["other_plan_id"]]
    answer = reader.get("/v1/comparisons", params={"plan": [failed, *sound]}).json()
    assert [plan["id"] for plan in answer["plans"]] == sound
    assert [plan["id"] for plan in answer["left_out"]] == [failed]
    assert "Nobody spends" in answer["left_out"][0]["verdict"]
    assert all(len(indicator["values"]) == 2 for indicator in answer["indicators"])


@pytest.mark.parametrize("form", ["json", "csv"])
def test_a_failed_plan_and_another_are_no_comparison_but_on_a_page(
    reader: TestClient, scene: tuple[House, Scene], failed: str, form: str
) -> None:
    both = {"plan": [failed, scene[1].places["plan_id"]]}
    assert reader.get("/v1/comparisons", params=both | {"format": form}).status_code == 409
    page = reader.get("/v1/comparisons", params=both | {"format": "html"})
    assert page.status_code == 200
    assert "Nobody spends more than there is" in page.text


def test_a_dearer_plan_is_worse_by_how_much_and_never_better(
    reader: TestClient, scene: tuple[House, Scene], plan_on_paper: PlanOnPaper
) -> None:
    dearer = publish(*scene, plan_on_paper(basin_of_tutorial(), options=["spring_box"], running=2000.0))
    both = {"plan": [scene[1].places["plan_id"], dearer]}
    told = {one["name"]: one for one in reader.get("/v1/comparisons", params=both).json()["indicators"]}
    assert told["cost"]["judgement"] == ["same", "worse"]
    assert told["cost"]["absolute"][1] == pytest.approx(told["cost"]["values"][1] - told["cost"]["values"][0])
    lines = csv.DictReader(io.StringIO(reader.get("/v1/comparisons", params=both | {"format": "csv"}).text.lstrip("\ufeff")))
    costs = [line["judgement"] for line in lines if line["name"] == "cost"]
    assert costs == ["same", "worse"]
