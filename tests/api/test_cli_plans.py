"""Commands about plans: what is planned, compared and shown, and how a run without a plan ends."""

import json
import os
import signal
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import optimization
from api.cli.main import app
from planner.checks.finding import Finding
from planner.plan.audit.check import Audit, AuditCheck
from planner.plan.outcome import NoPlan
from planner.plan.plan import Plan

SCENARIOS = ("least_cost", "equity_first")


def run(*arguments: str | Path, code: int = 0) -> Any:
    result = CliRunner().invoke(app, [str(argument) for argument in arguments])
    assert "Traceback" not in result.output
    assert result.exit_code == code, result.output
    return result


@pytest.fixture(scope="module")
def plans(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The tutorial planned under both its scenarios."""
    folder = tmp_path_factory.mktemp("plans")
    for name in SCENARIOS:
        run("plan", "tutorial", "--scenario", name, "-o", folder / name, "--gap", "0.001")
    return {name: folder / name for name in SCENARIOS}


def solver(answer: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(optimization, "solve", answer)


def test_a_plan_is_written_whole_and_its_audit_passed(plans: dict[str, Path]) -> None:
    plan = Plan.read(plans["least_cost"])
    assert plan.passed
    assert plan.scenario.name == "least_cost"
    assert plan.tables["service"]["persons"].sum() > 0


def test_planning_says_what_came_out_and_shows_progress_apart(tmp_path: Path) -> None:
    result = run("plan", "tutorial", "-s", "least_cost", "-o", tmp_path / "plan")
    assert Plan.read(tmp_path / "plan").verdict in result.stdout
    assert "Reading tutorial" in result.stderr
    assert "Reading" not in result.stdout


def test_with_json_one_document_holds_the_outcome(tmp_path: Path) -> None:
    result = run("plan", "tutorial", "-s", "least_cost", "-o", tmp_path / "plan", "--parquet", "--json")
    document = json.loads(result.stdout)
    assert document["passed"] is True
    assert document["plan"] == str(tmp_path / "plan")
    assert document["indicators"]
    assert (tmp_path / "plan" / "tables" / "service.parquet").is_file()
    assert Plan.read(tmp_path / "plan").resolved_hash == document["resolved_hash"]


def test_the_same_seed_gives_the_same_tables(plans: dict[str, Path], tmp_path: Path) -> None:
    run("plan", "tutorial", "-s", "least_cost", "-o", tmp_path / "again", "--gap", "0.001")
    for table in (plans["least_cost"] / "tables").iterdir():
        assert table.read_bytes() == (tmp_path / "again" / "tables" / table.name).read_bytes()


def test_a_plan_is_not_written_over_something_else(tmp_path: Path) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "dear.txt").write_text("friend")
    assert "is not a plan" in run("plan", "tutorial", "-o", tmp_path / "letters", code=2).output
    assert (tmp_path / "letters" / "dear.txt").read_text() == "friend"


def test_a_comparison_says_what_was_assumed_before_what_came_of_it(plans: dict[str, Path]) -> None:
    words = run("compare", *plans.values()).stdout
    assert words.index("What they assume differently") < words.index("What comes of it")
    document = json.loads(run("compare", *plans.values(), "--json").stdout)
    assert document["assumptions"] and document["indicators"]


def test_a_plan_compared_with_itself_does_not_differ(plans: dict[str, Path]) -> None:
    assert "do not differ" in run("compare", plans["least_cost"], plans["least_cost"]).stdout


def test_the_summary_is_one_page(plans: dict[str, Path], tmp_path: Path) -> None:
    run("summary", *plans.values(), "-o", tmp_path / "new" / "page.html")
    page = (tmp_path / "new" / "page.html").read_text(encoding="utf-8")
    assert page.lstrip().lower().startswith("<!doctype html>")
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["page.html"]
    run("summary", *plans.values(), "--language", "th", "-o", tmp_path / "thai.html")
    thai = (tmp_path / "thai.html").read_text(encoding="utf-8")
    assert '<html lang="th">' in thai
    assert "ใครจ่าย" in thai
    assert "languages are en, km" in run("summary", plans["least_cost"], "--language", "fr", code=2).output
    assert "is a folder" in run("summary", plans["least_cost"], "-o", tmp_path, code=2).output


def test_a_plan_is_tried_in_other_futures(plans: dict[str, Path], tmp_path: Path) -> None:
    told = json.loads(run("futures", plans["least_cost"], "--count", "4", "-o", tmp_path / "futures.csv", "--json").stdout)
    assert [stage["futures"] for stage in told["stages"]] == [4, 4]
    assert len((tmp_path / "futures.csv").read_text(encoding="utf-8").splitlines()) == 1 + 4 * 2


@pytest.mark.parametrize(
    ("option", "value", "reason"),
    [("--water", "2:1", "no smaller"), ("--demand", "nan:1", "no smaller"), ("--water", "much", "written as LEAST:MOST")],
)
def test_ranges_of_futures_that_make_no_sense_are_told(plans: dict[str, Path], option: str, value: str, reason: str) -> None:
    result = run("futures", plans["least_cost"], option, value, code=2)
    assert reason in " ".join(result.output.split())


def test_what_knowing_is_worth_is_told_in_words_and_as_json() -> None:
    told = json.loads(run("foresight", "tutorial", "--json").stdout)
    assert told["perfect_information"] == pytest.approx({"low_usd": 0.0, "high_usd": 0.0}, abs=1e-6)
    assert [row["member"] for row in told["unseen_fares"]] == ["normal_year", "dry_year"]


def test_what_knowing_is_worth_is_told_of_plans_of_least_cost_alone() -> None:
    assert "cost as the only aim" in run("foresight", "tutorial", "--scenario", "equity_first", code=2).output


def test_a_scenario_with_branches_gets_a_folder_with_a_plan_for_each(tmp_path: Path) -> None:
    scenario = tmp_path / "parted.yaml"
    scenario.write_text(
        "name: parted\npolicy:\n  branches:\n"
        "    - {name: dry, from_stage: stage_2, members: [dry_year]}\n"
        "    - {name: usual, title: Usual years, from_stage: stage_2, members: [normal_year]}\n"
    )
    told = json.loads(run("plan", "tutorial", "-s", scenario, "-o", tmp_path / "tree", "--json").stdout)
    assert told["passed"] and told["record"]["branches"] == {"dry": 0.25, "usual": 0.75}
    for name in ("dry", "usual"):
        assert Plan.read(tmp_path / "tree" / name).passed
        assert told["branches"][name]["verdict"].startswith("One of 2 plans of a member tree")
    words = run("plan", "tutorial", "-s", scenario, "-o", tmp_path / "tree").stdout
    assert "2 plans that agree until they are told apart" in words and "Usual years" in words
    assert "is not a plan" in run("plan", "tutorial", "-s", scenario, "-o", tmp_path, code=2).output


def test_an_altered_plan_is_neither_compared_nor_shown(plans: dict[str, Path], tmp_path: Path) -> None:
    run("plan", "tutorial", "-s", "least_cost", "-o", tmp_path / "plan")
    table = tmp_path / "plan" / "tables" / "service.csv"
    table.write_text(table.read_text() + "\n")
    assert "changed after" in run("compare", tmp_path / "plan", plans["least_cost"], code=2).output
    assert "changed after" in run("summary", tmp_path / "plan", "-o", tmp_path / "page.html", code=2).output


def test_a_scenario_that_does_not_fit_is_told_before_any_solve(tmp_path: Path) -> None:
    scenario = tmp_path / "wrong.yaml"
    scenario.write_text("name: wrong\nchanges: [{table: villages, where: {village: atlantis}, remove: true}]")
    document = json.loads(run("plan", "tutorial", "-s", scenario, "-o", tmp_path / "plan", "--json", code=2).stdout)
    assert [finding["column"] for finding in document["findings"]] == ["changes[0].where.village"]
    assert "hilltop" in document["findings"][0]["allowed"]


def test_without_money_no_plan_exists(tmp_path: Path) -> None:
    scenario = tmp_path / "penniless.yaml"
    scenario.write_text(
        "name: penniless\n"
        "changes: [{table: channel_amounts, set: {amount_usd: 0}}]\n"
        "policy: {floors: [{rung: 4, share: 1, within: village}]}\n"
    )
    result = run("plan", "tutorial", "-s", scenario, "-o", tmp_path / "plan", code=3)
    assert "No plan exists" in result.output
    assert not (tmp_path / "plan").exists()


@pytest.mark.parametrize(
    ("status", "code"),
    [("infeasible", 3), ("no_plan_in_time", 4), ("cancelled", 4), ("memory_limit", 4), ("failed", 4)],
)
def test_without_a_plan_the_exit_code_says_whether_one_may_exist(
    status: Any, code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    finding = Finding("floors.conflict", "error", "The floor asks for more than money pays.", remedy="Lower it.")

    def no_plan(*_: Any, **__: Any) -> Plan:
        raise NoPlan(status, [finding])

    solver(no_plan, monkeypatch)
    result = run("plan", "tutorial", "-o", tmp_path / "plan", "--json", code=code)
    document = json.loads(result.stdout)
    assert (document["status"], document["findings"][0]["code"]) == (status, "floors.conflict")
    assert not (tmp_path / "plan").exists()
    assert "Lower it." in run("plan", "tutorial", "-o", tmp_path / "plan", code=code).output


def test_a_plan_whose_audit_failed_is_not_shown_as_a_result(
    plans: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = Plan.read(plans["least_cost"])
    failed = AuditCheck("balance", "Water in is water out", False, 5.0, 1e-3, "m³/day", "hilltop", 1)
    bad = Plan(good.basin, good.scenario, "optimal", good.tables, Audit((failed,)))
    solver(lambda *_, **__: bad, monkeypatch)
    result = run("plan", "tutorial", "-o", tmp_path / "plan", code=2)
    assert "the audit failed" in result.output
    assert "ptimal" not in result.output


def test_ctrl_c_keeps_the_best_plan(plans: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    good = Plan.read(plans["least_cost"])

    def until_cancelled(*_: Any, cancel: threading.Event, **__: Any) -> Plan:
        os.kill(os.getpid(), signal.SIGINT)
        assert cancel.wait(5)
        return Plan(good.basin, good.scenario, "cancelled", good.tables, good.audit)

    solver(until_cancelled, monkeypatch)
    before = signal.getsignal(signal.SIGINT)
    result = run("plan", "tutorial", "-o", tmp_path / "plan")
    assert "best plan found so far is kept" in result.stderr
    assert Plan.read(tmp_path / "plan").status == "cancelled"
    assert signal.getsignal(signal.SIGINT) is before


def test_figures_of_earlier_stages_are_left_out_unless_asked_for(plans: dict[str, Path]) -> None:
    few, all_of_them = (run("compare", *plans.values(), *more).stdout for more in ((), ("--all",)))
    assert "more figures" in few
    assert "more figures" not in all_of_them
    assert len(all_of_them.splitlines()) > len(few.splitlines())


def test_the_mathematics_of_a_scenario_is_a_page_or_latex(tmp_path: Path) -> None:
    run("mathematics", "tutorial", "--scenario", "least_cost", "-o", tmp_path / "model.html")
    page = (tmp_path / "model.html").read_text(encoding="utf-8")
    assert page.startswith("<!DOCTYPE html>") and "<math" in page
    assert r"\begin{document}" in run("mathematics", "tutorial", "--format", "latex").output
