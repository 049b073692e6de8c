"""Planning again from an earlier plan: taken where it holds, mended where it does not, by names, the same each time."""

import json
import zlib
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from datasets.cases import find
from datasets.synthetic import make
from optimization import Limits, solve
from optimization.aims import levels_of
from optimization.earlier import earlier_plan, level_key, plan_hash
from optimization.formulation import build
from optimization.handed import problem_of
from optimization.kept_basis import FORMAT_VERSION, KeptBasis
from optimization.solving.session import solve_relaxation
from planner import Basin, Scenario, resolve
from planner.plan.plan import Plan

TUTORIAL = find("tutorial")
BASIN = Basin.read(TUTORIAL)
SCENARIO = Scenario.read(TUTORIAL.parent / "scenarios" / "least_cost.yaml")
MONEY = {"table": "channel_amounts", "multiply": {"amount_usd": 3.0}}
LAST = solve(resolve(BASIN, SCENARIO))


def changed(*changes: dict[str, object], share: float | None = None) -> Scenario:
    """The scenario with changes of the basin, and with one share for all its floors."""
    told = SCENARIO.model_dump(mode="json")
    told["changes"] = [*told["changes"], *changes]
    for floor in told["policy"]["floors"]:
        floor["share"] = floor["share"] if share is None else share
    return Scenario.from_dict(told)


def messages(plan: Plan) -> list[str]:
    """What the phases of a plan's first level say of themselves."""
    return [phase["message"] for phase in plan.record["levels"][0]["solver"]["phases"]]


def cost(plan: Plan) -> float:
    return float(plan.tables["objectives"].set_index("objective")["value"]["cost"])


def test_a_plan_that_holds_is_taken_and_recorded() -> None:
    again = solve(resolve(BASIN, SCENARIO), start=LAST)
    assert messages(again)[0] == "the plan to start from still holds"
    assert cost(again) == pytest.approx(cost(LAST), rel=1e-6)
    assert again.passed
    start = again.record["start"]
    assert (start["hash"], start["resolved_hash"], start["scenario"]) == (plan_hash(LAST), LAST.resolved_hash, "least_cost")
    assert start["basis"]
    assert start["told"] == start["decisions"] > 0
    assert "start" not in LAST.record


def test_the_relaxation_begins_where_it_ended() -> None:
    again = solve(resolve(BASIN, SCENARIO), start=LAST)
    first, second = messages(LAST)[1], messages(again)[1]
    assert second == "0 simplex iterations"
    assert first != second


@pytest.mark.parametrize(
    "scenario",
    [
        changed({"table": "channel_amounts", "multiply": {"amount_usd": 0.97}}),
        changed(MONEY, {"table": "population", "multiply": {"persons": 1.3}}),
        changed(MONEY, {"table": "options", "multiply": {"capex_usd": 2.0}}),
    ],
    ids=["less money", "more people", "dearer works"],
)
def test_a_changed_policy_comes_to_the_same_cost_from_the_last_plan(scenario: Scenario) -> None:
    resolved = resolve(BASIN, scenario)
    scratch, again = solve(resolved), solve(resolved, start=LAST)
    assert again.passed
    assert cost(again) == pytest.approx(cost(scratch), rel=0.01)


def test_a_plan_with_works_that_are_gone_is_mended() -> None:
    built = LAST.tables["investments"].loc[LAST.tables["investments"]["serves"], "option"]
    assert len(built)
    gone = {"table": "options", "where": {"option": str(built.iloc[0])}, "remove": True, "with_dependents": True}
    resolved = resolve(BASIN, changed(gone))
    again = solve(resolved, start=LAST)
    assert messages(again)[0].startswith("the plan to start from holds no longer")
    assert any("integers open" in one for one in messages(again))
    assert again.passed
    assert cost(again) == pytest.approx(cost(solve(resolved)), rel=0.01)


def test_the_same_start_gives_the_same_plan() -> None:
    resolved = resolve(BASIN, changed(MONEY, {"table": "population", "multiply": {"persons": 1.3}}))
    one, other = solve(resolved, start=LAST), solve(resolved, start=LAST)
    for name, table in one.tables.items():
        pd.testing.assert_frame_equal(table, other.tables[name])
    assert one.record["start"] == other.record["start"]


def test_a_plan_is_mapped_by_names_not_by_places() -> None:
    turned = {name: table.iloc[::-1].reset_index(drop=True) for name, table in BASIN.tables.items()}
    for name in ("stages", "seasons", "members"):
        turned[name] = BASIN.tables[name]
    basin = Basin(settings=BASIN.settings, tables=turned)
    scenario = resolve(basin, SCENARIO)
    compiled = build(scenario).compile()
    told = earlier_plan(LAST, scenario, compiled)
    level = levels_of(scenario.policy, scenario, compiled)[0]
    problem = problem_of(scenario, compiled, level, [], None)
    basis = told.of_level(level, compiled, problem.row_count).basis
    assert basis is not None
    serves = compiled.values(told.values, "serves")
    built = LAST.tables["investments"].query("serves").groupby("option").size()
    assert {str(name): int(count) for name, count in zip(scenario.works.options, serves.sum(axis=1), strict=True) if count} == {
        str(name): int(count) for name, count in built.items()
    }
    again = solve_relaxation(problem)
    assert again.status == "optimal"
    own = resolve(BASIN, SCENARIO)
    before = build(own).compile()
    kept = KeptBasis(LAST.basis).of(level_key(level), before, len(before.row_lower))
    assert kept is not None
    for name in ("serves", "chosen"):
        family, other = compiled.variables[name], before.variables[name]
        here = dict(zip(map(compiled.column_name, family.columns.ravel()), basis.columns[family.columns.ravel()], strict=True))
        there = dict(zip(map(before.column_name, other.columns.ravel()), kept.columns[other.columns.ravel()], strict=True))
        assert here == there


def test_a_basis_that_cannot_be_read_is_left_out() -> None:
    resolved = resolve(BASIN, SCENARIO)
    for basis in (b"", b"not one of ours"):
        again = solve(resolved, start=replace(LAST, basis=basis))
        assert again.passed
        assert again.record["start"]["basis"] is False


def test_what_is_new_is_not_told() -> None:
    villages = BASIN.tables["options"]
    first = {name: value for name, value in villages.iloc[0].items() if value == value and value is not None}
    scenario = resolve(BASIN, changed({"table": "options", "add": [{**first, "option": "one_more"}]}))
    compiled = build(scenario).compile()
    told = earlier_plan(LAST, scenario, compiled)
    at = [str(option) for option in scenario.works.options].index("one_more")
    assert np.isnan(compiled.values(told.values, "serves")[at]).all()
    assert told.record["told"] < told.record["decisions"]
    assert solve(scenario, start=LAST).passed


def test_a_written_plan_hands_on_the_same(tmp_path: object) -> None:
    folder = f"{tmp_path}/plan"
    LAST.write(folder)
    assert plan_hash(Plan.read(folder)) == plan_hash(LAST)


@pytest.mark.parametrize("strange", [{}, {"levels": 3}, {"levels": {"KEY": {"columns": "12", "rows": "9"}}, "columns": {}}])
def test_a_basis_of_somebody_else_is_no_basis(strange: dict[str, object]) -> None:
    scenario = resolve(BASIN, SCENARIO)
    compiled = build(scenario).compile()
    level = levels_of(scenario.policy, scenario, compiled)[0]
    text = json.dumps({"version": FORMAT_VERSION, **strange}).replace("KEY", level_key(level))
    told = replace(LAST, basis=zlib.compress(text.encode()))
    assert earlier_plan(told, scenario, compiled).of_level(level, compiled, len(compiled.row_lower)).basis is None


def test_a_status_that_there_is_not_makes_no_basis() -> None:
    scenario = resolve(BASIN, SCENARIO)
    compiled = build(scenario).compile()
    level = levels_of(scenario.policy, scenario, compiled)[0]
    content = json.loads(zlib.decompress(LAST.basis))
    kept = content["levels"][level_key(level)]
    kept["columns"] = "9" + kept["columns"][1:]
    assert KeptBasis(zlib.compress(json.dumps(content).encode())).of(level_key(level), compiled, len(compiled.row_lower)) is None


def test_rows_of_what_lasts_are_handed_on_and_named_again() -> None:
    """So the relaxation stands at once where it ended, and near there where villages have other numbers of people."""
    at_home = {"rung": 5, "share": 0.3, "within": "account", "stage": "stage_2"}
    policy = {"objectives": [{"objective": "cost"}], "floors": [{"rung": 3, "share": 0.7, "within": "village"}, at_home]}
    scenario = Scenario.model_validate({"name": "floors", "title": "Floors", "policy": policy})
    basin = make(16, stages=3, seasons=1, members=1, tightness=0.0)
    nearly = Limits(time_seconds=60, relative_gap=0.2)
    last = solve(resolve(basin, scenario), nearly)
    compiled = build(resolve(basin, scenario)).compile()
    level = levels_of(scenario.policy, resolve(basin, scenario), compiled)[0]
    basis = KeptBasis(last.basis).of(level_key(level), compiled, compiled.row_count)
    assert basis is not None
    assert len(basis.named.row)
    assert len(basis.rows) == compiled.row_count + len(basis.named.row)
    more = {"table": "population", "multiply": {"persons": 1.02}}
    other = Scenario.from_dict({**scenario.model_dump(mode="json"), "changes": [more]})
    for asked in (scenario, other):
        steps = [
            next(int(told.split()[0]) for told in messages(solve(resolve(basin, asked), nearly, start=one)) if "simplex" in told)
            for one in (None, last)
        ]
        assert steps[1] < steps[0] / 3
