"""Plans as files: what is downloaded opens again, and no text in it is run."""

import io
import re
import shlex
import zipfile
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from fastapi.testclient import TestClient
from python_calamine import load_workbook
from starlette.requests import Request

from api.http.files import send_file
from api.services import comparisons, plan_content, plans
from planner.basin import Basin
from planner.plan.plan import Plan
from tests.api.service.access.scene import Scene, basin_of_tutorial
from tests.api.service.house import House
from tests.api.service.plans_made import publish
from tests.conftest import PlanOnPaper

PAGE = Path(__file__).parents[3] / "docs" / "how-to" / "query-plans-over-http.md"
COMMAND = "=HYPERLINK(1)"


@pytest.fixture
def reader(scene: tuple[House, Scene]) -> TestClient:
    house, made = scene
    return house.client(Authorization=f"Bearer {made.keys['reader']}")


@pytest.fixture
def plan(scene: tuple[House, Scene]) -> str:
    return f"/v1/plans/{scene[1].places['plan_id']}"


@pytest.fixture
def risky(scene: tuple[House, Scene], plan_on_paper: PlanOnPaper) -> str:
    """A plan of a basin whose first village is called like a formula."""
    basin = basin_of_tutorial()
    villages = basin.tables["villages"].copy()
    villages.loc[0, "title"] = COMMAND
    renamed = Basin(basin.settings, {**basin.tables, "villages": villages})
    return f"/v1/plans/{publish(*scene, plan_on_paper(renamed))}"


def test_the_archive_of_a_plan_is_its_folder_which_opens_again(reader: TestClient, plan: str, tmp_path: Path) -> None:
    answer = reader.get(f"{plan}/export?format=zip")
    assert answer.headers["content-type"] == "application/zip"
    zipfile.ZipFile(io.BytesIO(answer.content)).extractall(tmp_path / "plan")
    again = Plan.read(tmp_path / "plan")
    service = reader.get(f"{plan}/tables/service", params={"limit": 500}).json()["items"]
    assert again.tables["service"]["persons"].tolist() == [row["persons"] for row in service]
    assert again.verdict == reader.get(plan).json()["verdict"]


def test_a_table_comes_as_a_workbook_with_titles_beside_the_names(reader: TestClient, plan: str) -> None:
    asked = {"format": "xlsx", "titles": True, "columns": "village,persons", "sort": "-persons"}
    answer = reader.get(f"{plan}/tables/service", params=asked)
    assert 'filename="service.xlsx"' in answer.headers["content-disposition"]
    header, first, *_ = load_workbook(io.BytesIO(answer.content)).get_sheet_by_name("service").to_python()
    rows = reader.get(f"{plan}/tables/service", params={**asked, "format": "json"}).json()
    assert header == rows["columns"] == ["village", "village_title", "persons"]
    assert first == list(rows["items"][0].values())


def test_a_title_like_a_formula_is_text_to_every_spreadsheet(reader: TestClient, risky: str) -> None:
    asked = {"titles": True, "columns": "village"}
    comma = pd.read_csv(io.BytesIO(reader.get(f"{risky}/tables/village_plans", params={**asked, "format": "csv"}).content))
    assert not comma["village_title"].astype(str).str.match(r"[=+\-@]").any()
    rows = reader.get(f"{risky}/tables/service", params={**asked, "limit": 500}).json()["items"]
    assert COMMAND in {row["village_title"] for row in rows}
    book = reader.get(f"{risky}/tables/service", params={**asked, "format": "xlsx"}).content
    sheets = zipfile.ZipFile(io.BytesIO(book))
    assert all(b"<f>" not in sheets.read(name) for name in sheets.namelist())
    page = reader.get(f"{risky}/summary")
    assert "<script" not in page.text


@pytest.mark.parametrize("name", ['x"\r\nSet-Cookie: a=b', "../../etc/passwd", ".hidden", "บ้าน"])
def test_a_file_s_name_can_neither_end_a_header_nor_leave_a_folder(name: str) -> None:
    answer = send_file(Request({"type": "http", "headers": []}), "W/1", "csv", lambda: b"a", name=name)
    told = answer.headers["content-disposition"]
    assert re.fullmatch(r"""attachment; filename="[A-Za-z0-9_\-][A-Za-z0-9_.\-]*"; filename\*=UTF-8''[A-Za-z0-9_.\-~%]+""", told)


def test_what_never_changes_may_be_kept_for_an_hour_by_its_reader_alone(reader: TestClient, plan: str) -> None:
    answer = reader.get(f"{plan}/tables/service")
    assert answer.headers["cache-control"] == "private, max-age=3600, immutable"
    assert {"Authorization", "Cookie"} <= {part.strip() for part in answer.headers["vary"].split(",")}


def test_a_page_is_made_once(scene: tuple[House, Scene], reader: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = publish(*scene)
    first = reader.get(f"/v1/plans/{plan}/summary")
    monkeypatch.setattr(plan_content, "plan_of", None)
    again = reader.get(f"/v1/plans/{plan}/summary")
    assert (again.status_code, again.content) == (200, first.content)


@pytest.mark.parametrize("how", [{"params": {"language": "lo"}}, {"headers": {"Accept-Language": "fr, lo-LA;q=0.8, en;q=0.5"}}])
def test_a_page_is_told_in_the_language_that_is_asked_for(reader: TestClient, plan: str, how: dict[str, Any]) -> None:
    page = reader.get(f"{plan}/summary", **how)
    assert page.headers["content-language"] == "lo"
    assert '<html lang="lo">' in page.text
    assert "ໃຜຈ່າຍ" in page.text
    english = reader.get(f"{plan}/summary")
    assert ('<html lang="en">' in english.text, english.headers["content-language"]) == (True, "en")
    assert page.headers["etag"] != english.headers["etag"]
    assert "font-src data:" in page.headers["content-security-policy"]
    assert reader.get(f"{plan}/summary", params={"language": "fr"}).status_code == 422


def test_a_comparison_as_a_page_is_told_in_the_language(scene: tuple[House, Scene], reader: TestClient, plan: str) -> None:
    asked = {"plan": [plan.rpartition("/")[2], publish(*scene)], "format": "html"}
    assert "ប្រៀបធៀប" in reader.get("/v1/comparisons", params={**asked, "language": "km"}).text
    assert "Compared" in reader.get("/v1/comparisons", params=asked).text


def test_what_would_take_minutes_is_refused_with_another_way(
    scene: tuple[House, Scene], reader: TestClient, plan: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plans, "WORKBOOK_ROWS_AT_MOST", 5)
    monkeypatch.setattr(comparisons, "ROWS_AT_MOST", 5)
    other = publish(*scene)
    compared = f"/v1/comparisons?plan={scene[1].places['plan_id']}&plan={other}"
    for path in (f"{plan}/tables/service?format=xlsx", f"/v1/plans/{other}/export?format=xlsx", compared):
        refused = reader.get(path)
        assert refused.status_code == 413, path
        assert refused.json()["remedy"]
    assert reader.get(f"{plan}/tables/service?format=xlsx&limit=1&filter=persons:gt:1e9").status_code == 200


@pytest.mark.parametrize(
    "asked",
    [
        {"limit": 501}, {"limit": 0}, {"limit": "1e9"}, {"cursor": "bm9uc2Vuc2U"}, {"format": "exe"},
        {"filter": ["persons:ge:nan"]}, {"filter": ["persons:ge:1e400"]}, {"filter": ["x" * 30_000]},
        {"filter": ["stage:eq:s"] * 51},
        {"filter": ["village:in:" + ",".join("v" * 3 for _ in range(1001))]}, {"columns": "persons,persons"},
        {"columns": "__class__"}, {"sort": "persons;drop table plans"}, {"sort": "\x00"},
    ],
)  # fmt: skip
def test_a_hostile_question_is_refused_in_words(reader: TestClient, plan: str, asked: dict[str, object]) -> None:
    answer = reader.get(f"{plan}/tables/service", params=asked)  # type: ignore[arg-type]
    assert answer.status_code == 422, answer.text
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_link_to_one_plan_opens_that_plan_and_no_other(scene: tuple[House, Scene]) -> None:
    house, made = scene
    owner = house.client(Authorization=f"Bearer {made.keys['owner']}")
    one, other, basin = (made.places[name] for name in ("plan_id", "other_plan_id", "basin_id"))
    asked = {"name": "one plan", "plan_id": one}
    token = owner.post(f"/v1/basins/{basin}/share-links", json=asked).json()["token"]
    holder = house.client(Authorization=f"Bearer {token}")
    for path in ("", "/indicators", "/tables/service", "/summary", "/export", "/audit"):
        assert holder.get(f"/v1/plans/{one}{path}").status_code == 200, path
        assert holder.get(f"/v1/plans/{other}{path}").status_code == 404, path
    assert holder.get("/v1/comparisons", params={"plan": [one, other]}).status_code == 404
    assert holder.get(f"/v1/basins/{basin}/plans").status_code == 404
    assert holder.delete(f"/v1/plans/{one}").status_code == 403


def test_the_commands_on_the_page_about_querying_plans_work(scene: tuple[House, Scene], reader: TestClient) -> None:
    values = {"$SERVER": "", "$PLAN": scene[1].places["plan_id"], "$OTHER": scene[1].places["other_plan_id"],
              "$BASIN": scene[1].places["basin_id"], "$KEY": scene[1].keys["reader"]}  # fmt: skip
    text = PAGE.read_text(encoding="utf-8").replace("\\\n", " ")
    commands = [line for line in text.splitlines() if line.startswith("curl ")]
    assert len(commands) > 10
    for command in commands:
        for name, value in values.items():
            command = command.replace(name, value)
        address = next(word for word in shlex.split(command) if word.startswith("/v1/"))
        assert reader.get(address).status_code == 200, command
