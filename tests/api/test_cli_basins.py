"""Commands about basins: each ends in words, with the exit code that its outcome has."""

import json
import os
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from api.cli.main import app

PLANLESS = ["check", "convert", "plan", "compare", "summary", "cases", "init", "synthetic", "template", "schema", "demo"]


def run(*arguments: str | Path, code: int = 0) -> Any:
    result = CliRunner().invoke(app, [str(argument) for argument in arguments])
    assert "Traceback" not in result.output
    assert result.exit_code == code, result.output
    return result


def documents(*arguments: str | Path, code: int = 0) -> Any:
    return json.loads(run(*arguments, "--json", code=code).stdout)


@pytest.fixture
def tutorial(tmp_path: Path) -> Path:
    run("init", tmp_path / "start")
    return tmp_path / "start"


def test_the_version_is_the_packages() -> None:
    from importlib.metadata import version

    assert run("--version").stdout.strip() == f"rivershare {version('rivershare')}"


def test_help_names_every_command_and_the_exit_codes() -> None:
    words = run("--help").stdout
    assert all(f"  {command} " in words for command in PLANLESS)
    assert "4 stopped" in " ".join(words.split())


def test_the_bundled_cases_are_listed_with_their_scenarios() -> None:
    tutorial = next(case for case in documents("cases") if case["name"] == "tutorial")
    assert tutorial["villages"] == 3
    assert "least_cost" in tutorial["scenarios"]
    assert "tutorial" in run("cases").stdout


def test_a_sound_basin_passes_the_check_by_name_and_by_folder(tutorial: Path) -> None:
    assert "errors" not in run("check", "tutorial").stdout
    assert not [f for f in documents("check", tutorial) if f["severity"] == "error"]
    assert documents("check", tutorial / "basin", "--scenario", "least_cost") == documents("check", tutorial)


def test_a_broken_basin_is_told_with_line_and_remedy_and_exit_code_2(tutorial: Path) -> None:
    stages = tutorial / "basin" / "stages.csv"
    stages.write_text(stages.read_text().replace("2027", "soon"))
    found = documents("check", tutorial, code=2)
    assert [(f["table"], f["row"], f["column"]) for f in found if f["code"] == "cell.not_an_integer"] == [
        ("stages", 2, "first_year")
    ]
    assert all(f["remedy"] for f in found)
    words = run("check", tutorial, code=2).stdout
    assert "first_year" in words
    assert "1 error" in words


def test_a_scenario_that_does_not_fit_is_found_by_the_check(tutorial: Path) -> None:
    wrong = tutorial / "wrong.yaml"
    wrong.write_text("name: wrong\nchanges: [{table: villages, set: {elevation: 3}}]")
    found = documents("check", tutorial, "--scenario", wrong, code=2)
    assert [(f["code"], f["column"]) for f in found] == [("scenario.column", "changes[0].set.elevation")]


def test_names_in_brackets_are_not_taken_for_markup(tutorial: Path) -> None:
    villages = tutorial / "basin" / "villages.csv"
    villages.write_text(villages.read_text().replace("hilltop,", "[bold]hilltop[/nope],", 1))
    assert "[bold]" in run("check", tutorial, code=2).stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ("check", "nowhere"),
        ("check", "tutoral"),
        ("check", "/dev/null"),
        ("plan", "nowhere"),
        ("plan", "tutorial", "--scenario", "none_such"),
        ("plan", "tutorial", "--time", "0"),
        ("plan", "tutorial", "--time", "nan"),
        ("plan", "tutorial", "--gap", "2"),
        ("plan", "tutorial", "--seed", "-1"),
        ("plan", "tutorial", "--threads", "0"),
        ("plan", "tutorial", "--colour", "blue"),
        ("compare", "nowhere"),
        ("compare", "nowhere", "neither"),
        ("summary", "nowhere"),
        ("init", "/dev/null/x"),
        ("synthetic", "x", "--villages", "0"),
        ("schema", "rivers"),
        ("demo", "--case", "nile"),
        ("fly",),
    ],
)
def test_arguments_that_name_nothing_end_in_a_sentence_and_exit_code_2(
    arguments: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run(*arguments, code=2)
    assert result.output.strip()
    assert not list(tmp_path.iterdir())


def test_a_near_name_is_suggested() -> None:
    assert "Did you mean tutorial?" in run("plan", "tutoral", code=2).output
    assert "Did you mean least_cost?" in run("plan", "tutorial", "-s", "leastcost", code=2).output


def test_with_json_a_mistake_is_a_document_too() -> None:
    assert "neither" in documents("plan", "nowhere", code=2)["message"]
    assert documents("check", "nowhere", code=2)[0]["code"] == "folder.missing"


def test_the_tutorial_is_copied_but_never_over_something(tutorial: Path) -> None:
    assert {"basin", "scenarios", "README.md"} <= {path.name for path in tutorial.iterdir()}
    before = sorted(tutorial.rglob("*"))
    assert "Name another folder" in run("init", tutorial, code=2).output
    assert sorted(tutorial.rglob("*")) == before


def test_a_template_has_every_table(tmp_path: Path) -> None:
    from planner.basin.tables import ROW_OF

    run("template", tmp_path / "mine")
    assert {path.stem for path in (tmp_path / "mine").glob("*.csv")} == set(ROW_OF)


def test_the_schema_describes_basins_and_scenarios() -> None:
    both = json.loads(run("schema").stdout)
    assert set(both) >= {"basin", "scenario", "policy"}
    assert json.loads(run("schema", "scenario").stdout) == both["scenario"]
    assert "changes" in both["scenario"]["properties"]


def test_a_synthetic_basin_is_sound_and_the_same_for_the_same_seed(tmp_path: Path) -> None:
    size = ("--villages", "6", "--sites", "2", "--stages", "1", "--seasons", "2", "--members", "1", "--seed", "5")
    run("synthetic", tmp_path / "one", *size)
    run("synthetic", tmp_path / "two", *size)
    for file in (tmp_path / "one").iterdir():
        assert file.read_bytes() == (tmp_path / "two" / file.name).read_bytes()
    run("check", tmp_path / "one")


@pytest.mark.skipif(os.geteuid() == 0, reason="the administrator may write anywhere")
def test_a_folder_that_may_not_be_written_is_said_before_any_work(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    assert "written" in run("plan", "tutorial", "-o", tmp_path / "plan", code=2).output


@pytest.mark.parametrize("suffix", ["", ".zip", ".xlsx", ".json"])
def test_a_basin_goes_from_format_to_format_and_is_checked_in_each(tmp_path: Path, suffix: str) -> None:
    place = tmp_path / f"copy{suffix}"
    run("convert", "tutorial", "-o", place)
    assert [f["code"] for f in documents("check", place)] == [f["code"] for f in documents("check", "tutorial")]
    again = documents("convert", place, "-o", tmp_path / "again.json")
    assert again["basin"] == "tutorial"
    run("convert", "tutorial", "-o", tmp_path / "first.json")
    assert (tmp_path / "again.json").read_bytes() == (tmp_path / "first.json").read_bytes()


def test_a_conversion_never_writes_over_anything(tmp_path: Path) -> None:
    (tmp_path / "mine.json").write_text("years of work")
    assert "there already" in run("convert", "tutorial", "-o", tmp_path / "mine.json", code=2).output
    assert "no format" in run("convert", "tutorial", "-o", tmp_path / "basin.docx", code=2).output
    assert [path.name for path in tmp_path.iterdir()] == ["mine.json"]


def test_findings_of_a_file_name_its_own_places(tmp_path: Path) -> None:
    document = tmp_path / "basin.json"
    run("convert", "tutorial", "-o", document)
    content = json.loads(document.read_text())
    content["villages"][1]["latitude"] = 100
    document.write_text(json.dumps(content))
    assert "/villages/1/latitude" in [f["where"] for f in documents("check", document, code=2)]
    document.write_text("{")
    assert [f["code"] for f in documents("check", document, code=2)] == ["document.syntax"]
    assert documents("plan", document, code=2)["findings"][0]["code"] == "document.syntax"


def test_a_map_is_read_back_with_a_basin_for_the_rest(tmp_path: Path) -> None:
    written = tmp_path / "map.geojson"
    run("convert", "tutorial", "-o", written)
    assert json.loads(written.read_text())["type"] == "FeatureCollection"
    assert "geojson.rest" in [f["code"] for f in documents("check", written, code=2)]
    assert "geojson.rest" not in [f["code"] for f in documents("check", written, "--rest", "tutorial")]
    run("convert", written, "--rest", "tutorial", "-o", tmp_path / "again.json")
    run("convert", "tutorial", "-o", tmp_path / "as_it_was.json")
    assert (tmp_path / "again.json").read_bytes() == (tmp_path / "as_it_was.json").read_bytes()


def test_a_workbook_to_fill_in_is_made_once(tmp_path: Path) -> None:
    run("template", tmp_path / "basin.xlsx")
    assert "Sheet administrations, cell D2" in [f["where"] for f in documents("check", tmp_path / "basin.xlsx", code=2)]
    assert "there already" in run("template", tmp_path / "basin.xlsx", code=2).output
