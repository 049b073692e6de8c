"""The commands with --server do what they do here, with the same words and exit codes."""

import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from api.cli.answer import NO_PLAN
from api.cli.main import app
from benchmarks.served import Served
from datasets.cases import find
from planner.plan.plan import Plan
from planner.plan.tree import PlanTree
from planner.scenario.scenario import Scenario
from rivershare_client import Rivershare


class CommandLine:
    """`rivershare …`, with the service of the test or, with `here=True`, without."""

    def __init__(self, service: Served) -> None:
        self.runner = CliRunner()
        self.environment = {"RIVERSHARE_SERVER": service.address, "RIVERSHARE_KEY": service.key}

    def __call__(self, *arguments: str, code: int = 0, here: bool = False, **environment: str) -> str:
        """What it prints on standard output; what it prints on standard error where it fails."""
        without = {"RIVERSHARE_SERVER": None} if here else {}
        result = self.runner.invoke(app, arguments, env={**self.environment, **environment, **without})
        assert result.exit_code == code, result.output
        return result.stderr if code and not result.stdout else result.stdout


@pytest.fixture
def rivershare(served_service: Served, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    shutil.copytree(find("tutorial").parent, tmp_path / "mine")
    monkeypatch.chdir(tmp_path)
    return CommandLine(served_service)


def test_the_cases_are_the_services(rivershare: CommandLine) -> None:
    assert "tutorial" in rivershare("cases")


def test_a_basin_and_a_scenario_on_disk_are_planned_by_the_service_and_written_here(
    rivershare: CommandLine, served_service: Served, tmp_path: Path
) -> None:
    arguments = ("plan", "mine/basin", "--scenario", "least_cost", "--time", "60")
    told = rivershare(*arguments, "-o", "there")
    again = rivershare(*arguments, "-o", "again")
    here = rivershare(*arguments, "-o", "here", here=True)
    plans = [Plan.read(tmp_path / name) for name in ("there", "again", "here")]
    assert len({plan.resolved_hash for plan in plans}) == 1
    assert len({plan.verdict for plan in plans}) == 1
    with Rivershare(served_service.address, served_service.key) as service:
        basins = [basin for basin in service.basins.all(text="tutorial") if basin.role == "owner"]
        assert all(len(list(service.scenarios.all(basin))) <= 3 for basin in basins)
    assert len({words.partition("Written to")[0] for words in (told, again, here)}) == 1


def test_plans_of_the_service_are_compared_and_summarised_here(
    rivershare: CommandLine, served_service: Served, tmp_path: Path
) -> None:
    with Rivershare(served_service.address, served_service.key) as service:
        basin = service.basins.named("tutorial")
        scenarios = [service.scenarios.named(basin, name) for name in ("least_cost", "equity_first")]
        plans = [service.runs.start(scenario, time=60).plan().id for scenario in scenarios]
    assert "Cost" in rivershare("compare", *plans)
    rivershare("summary", *plans, "-o", "page.html")
    assert "<svg" in (tmp_path / "page.html").read_text(encoding="utf-8")


def test_a_scenario_with_branches_is_planned_by_the_service_as_here(rivershare: CommandLine, tmp_path: Path) -> None:
    branches = [{"name": name, "from_stage": "stage_2", "members": [f"{name}_year"]} for name in ("dry", "normal")]
    scenario = Scenario.from_dict({"name": "parted", "policy": {"branches": branches}})
    (tmp_path / "parted.yaml").write_text(scenario.to_yaml(), encoding="utf-8")
    arguments = ("plan", "mine/basin", "--scenario", "parted.yaml", "--time", "60")
    told = [rivershare(*arguments, "-o", "there"), rivershare(*arguments, "-o", "here", here=True)]
    there, here = (PlanTree.read(tmp_path / name) for name in ("there", "here"))
    assert told[0].replace("there", "here") == told[1]
    assert there.passed and there.verdict == here.verdict and there.scenario == here.scenario
    for name, plan in here.plans.items():
        assert there.plans[name].resolved_hash == plan.resolved_hash
        assert there.plans[name].audit == plan.audit
    assert there.audit == here.audit


def test_findings_of_the_service_have_the_exit_code_of_findings_here(rivershare: CommandLine, tmp_path: Path) -> None:
    assert rivershare("check", "mine/basin") == rivershare("check", "mine/basin", here=True)
    villages = tmp_path / "mine" / "basin" / "villages.csv"
    villages.write_text(villages.read_text(encoding="utf-8").replace("upper_district", "uper_district"), encoding="utf-8")
    told = rivershare("check", "mine/basin", code=2)
    assert told == rivershare("check", "mine/basin", code=2, here=True)
    rivershare("plan", "mine/basin", code=2)


def test_a_scenario_that_no_plan_meets_ends_with_the_exit_code_of_no_plan(rivershare: CommandLine, tmp_path: Path) -> None:
    impossible = "name: impossible\npolicy: {floors: [{rung: 5, share: 1.0, within: village, hard: true}]}\n"
    (tmp_path / "impossible.yaml").write_text(impossible, encoding="utf-8")
    arguments = ("plan", "mine/basin", "--scenario", "impossible.yaml", "--time", "60")
    here = rivershare(*arguments, code=NO_PLAN, here=True)
    there = rivershare(*arguments, code=NO_PLAN)
    assert here.splitlines()[-1] == there.splitlines()[-1]


def test_what_the_service_does_not_know_is_said_in_a_sentence(rivershare: CommandLine) -> None:
    assert "neither a folder or file nor a basin" in rivershare("plan", "nowhere", code=2)
    assert "RIVERSHARE_KEY" in rivershare("plan", "tutorial", code=2, RIVERSHARE_KEY="rsk_wrong")
    assert "does not answer" in rivershare("cases", code=2, RIVERSHARE_SERVER="http://127.0.0.1:9")
