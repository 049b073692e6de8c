"""A plan's folder holds all of the plan, is never half-written, and betrays a table that was changed later."""

import hashlib
import json
import math
from pathlib import Path

import pandas as pd
import pytest

from planner.basin import Basin
from planner.plan.audit.check import Audit, AuditCheck
from planner.plan.outcome import NoPlan
from planner.plan.plan import Plan, is_plan
from planner.plan.store import PlanError
from planner.scenario.scenario import Scenario

CHECK = AuditCheck("balance", "Water in is water out", True, 1e-9, 1e-3, "m³/day", "", 0)


@pytest.fixture
def plan(small_basin: Path) -> Plan:
    period = {"stage": "s1", "season": "dry", "member": "normal"}
    tables = {
        "investments": pd.DataFrame({
            "option": ["a", "NA"], "stage": ["s1", "s2"], "serves": [False, True], "count": [0, 1],
            "capacity_m3_per_day": [0.0, 0.1 + 0.2], "capital_usd": [1 / 3, 1e6], "running_cost_usd_per_year": [0, 3],
        }),
        "flows": pd.DataFrame([
            {"link": "l", "train": None, **period, "flow_m3_per_day": 96.0},
            {"link": "l", "train": "slow", **period, "flow_m3_per_day": 1e-7},
        ]),
        "objectives": pd.DataFrame([
            {"objective": "cost", "order": 1, "value": 10.5, "bound": 10.0, "unit": "USD"},
            {"objective": "access", "order": 0, "value": 3.0, "bound": None, "unit": "persons"},
        ]),
    }  # fmt: skip
    return Plan(
        basin=Basin.read(small_basin),
        scenario=Scenario.from_dict({"name": "tried", "policy": {"environmental_flow": "priced"}}),
        status="gap_reached",
        tables=tables,
        audit=Audit((CHECK,)),
        record={"gap": 0.01, "seed": 7, "phases": [{"phase": "guided"}]},
        resolved_hash="ab" * 32,
    )


@pytest.mark.parametrize("parquet", [False, True])
def test_a_plan_is_read_back_as_it_was_written(plan: Plan, tmp_path: Path, parquet: bool) -> None:
    plan.write(tmp_path / "plan", parquet=parquet)
    again = Plan.read(tmp_path / "plan")
    assert again.scenario == plan.scenario
    assert (again.status, again.audit, dict(again.record), again.resolved_hash) == (
        plan.status, plan.audit, dict(plan.record), plan.resolved_hash,
    )  # fmt: skip
    assert again.passed
    assert again.basin.tables["villages"].equals(plan.basin.tables["villages"])
    investments = again.tables["investments"]
    assert investments["option"].tolist() == ["a", "NA"]
    assert investments["serves"].tolist() == [False, True]
    assert investments["capacity_m3_per_day"].tolist() == [0.0, 0.1 + 0.2]
    assert investments["capital_usd"].tolist() == [1 / 3, 1e6]
    assert again.tables["flows"]["train"].isna().tolist() == [True, False]
    assert math.isnan(again.tables["objectives"]["bound"][1])
    assert list(again.tables) == list(plan.tables)
    assert again.tables["tariffs"].empty


@pytest.mark.parametrize("parquet", [False, True])
def test_a_plan_of_an_earlier_release_lacks_what_came_later(plan: Plan, tmp_path: Path, parquet: bool) -> None:
    plan.write(tmp_path / "plan", parquet=parquet)
    content = json.loads((tmp_path / "plan" / "plan.json").read_text(encoding="utf-8"))
    for name in ("operators", "energy"):
        (tmp_path / "plan" / content["tables"].pop(name)["file"]).unlink()
    place = tmp_path / "plan" / content["tables"]["investments"]["file"]
    earlier = (pd.read_parquet(place) if parquet else pd.read_csv(place, keep_default_na=False)).drop(columns="count")
    if parquet:
        earlier.to_parquet(place)
    else:
        earlier.to_csv(place, index=False)
    content["tables"]["investments"]["sha256"] = hashlib.sha256(place.read_bytes()).hexdigest()
    (tmp_path / "plan" / "plan.json").write_text(json.dumps(content), encoding="utf-8")
    read = Plan.read(tmp_path / "plan")
    assert read.tables["operators"].empty and read.tables["energy"].empty
    assert read.tables["investments"]["count"].tolist() == [1, 1]
    pd.testing.assert_frame_equal(read.tables["flows"], plan.tables["flows"])


def test_a_plan_that_lacks_what_every_plan_has_is_refused(plan: Plan, tmp_path: Path) -> None:
    plan.write(tmp_path / "plan")
    content = json.loads((tmp_path / "plan" / "plan.json").read_text(encoding="utf-8"))
    del content["tables"]["flows"]
    (tmp_path / "plan" / "plan.json").write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(PlanError, match="not complete: 'flows'"):
        Plan.read(tmp_path / "plan")


def test_the_same_plan_makes_the_same_bytes(plan: Plan, tmp_path: Path) -> None:
    plan.write(tmp_path / "one")
    Plan.read(tmp_path / "one").write(tmp_path / "two")
    files = sorted(path.relative_to(tmp_path / "one") for path in (tmp_path / "one").rglob("*") if path.is_file())
    assert len(files) > 20
    for file in files:
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes()


def test_the_scenario_in_the_folder_can_be_planned_again(plan: Plan, tmp_path: Path) -> None:
    plan.write(tmp_path / "plan")
    assert Scenario.read(tmp_path / "plan" / "scenario.yaml") == plan.scenario
    assert Basin.read(tmp_path / "plan" / "basin").name == plan.basin.name


def test_a_table_that_was_changed_after_the_audit_is_refused(plan: Plan, tmp_path: Path) -> None:
    plan.write(tmp_path / "plan")
    table = tmp_path / "plan" / "tables" / "flows.csv"
    table.write_text(table.read_text().replace("96.0", "97.0"))
    with pytest.raises(PlanError, match="changed after the plan was audited"):
        Plan.read(tmp_path / "plan")


def test_an_older_plan_is_replaced_but_nothing_else_is(plan: Plan, tmp_path: Path) -> None:
    plan.write(tmp_path / "plan")
    (tmp_path / "plan" / "tables" / "leftover.csv").write_text("a\n")
    plan.write(tmp_path / "plan")
    assert not (tmp_path / "plan" / "tables" / "leftover.csv").exists()
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("dear")
    with pytest.raises(PlanError, match="is not a plan"):
        plan.write(tmp_path / "mine")
    assert (tmp_path / "mine" / "letter.txt").read_text() == "dear"


def test_a_write_that_fails_leaves_the_older_plan_and_no_rest(
    plan: Plan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan.write(tmp_path / "out" / "plan")

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("planner.plan.plan.write_table", full)
    with pytest.raises(OSError, match="No space"):
        plan.write(tmp_path / "out" / "plan")
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["plan"]
    assert Plan.read(tmp_path / "out" / "plan").record["seed"] == 7


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (None, "it has no plan.json"),
        ("{", "cannot be read"),
        ("[]", "not the record of a plan"),
        ('{"format": "rivershare plan", "version": 99}', "version 99"),
        ('{"format": "rivershare plan", "version": 1}', "not complete"),
        ('{"format": "rivershare plan", "version": 1, "status": "wonderful"}', "wonderful"),
        ('{"format": "rivershare plan", "version": 1, "status": "optimal", "scenario": {}}', "not complete|cannot be"),
    ],
)
def test_a_folder_that_is_not_a_plan_is_refused_with_the_reason(tmp_path: Path, content: str | None, reason: str) -> None:
    if content is not None:
        (tmp_path / "plan.json").write_text(content)
    with pytest.raises(PlanError, match=reason):
        Plan.read(tmp_path)


def test_a_folder_that_is_not_there_is_no_plan(tmp_path: Path) -> None:
    assert not is_plan(tmp_path / "none")
    with pytest.raises(PlanError, match="There is no folder"):
        Plan.read(tmp_path / "none")


def test_plan_json_holds_the_audit_and_the_digests(plan: Plan, tmp_path: Path) -> None:
    plan.write(tmp_path / "plan")
    content = json.loads((tmp_path / "plan" / "plan.json").read_text())
    assert content["audit"]["passed"] is True
    assert content["tables"]["flows"]["file"] == "tables/flows.csv"
    assert len(content["tables"]["flows"]["sha256"]) == 64


def test_only_infeasibility_proves_that_no_plan_exists() -> None:
    assert NoPlan("infeasible").proven
    assert not NoPlan("no_plan_in_time").proven
    assert "may exist" in str(NoPlan("cancelled"))
