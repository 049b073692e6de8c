"""Member trees, on the tutorial with dear rice and a pipe that takes a stage to lay; everyone on rung 4 in stage 2, money enough.

Hilltop, 200 persons, all in stage 2. A dollar of 20 years bought there is worth 0.27136, bought a stage before 0.67232; of 10
years 0.31232, of filters 0.64; a year's running 1.152. With a spring box of 100 USD:
taps:    pipe 1000 · 0.67232 (paid in stage 1) + box 100 · 0.27136 + 2 stands 1000 · 0.31232 + 70 · 1.152 = 1092.416
filters: 2 handpumps 2000 · 0.31232 + 40 filters 1000 · 0.64 + 300 · 1.152                              = 1610.24
Taps take 8 m³ a day from rice in the dry season of a dry year: 8 · 165 · 1.152 = 1520.64 m³, at 2 USD.

One plan for both years has filters: taps would miss 0.25 · 3041.28 on the mean. Known beforehand, a normal year has taps. Known
from stage 2 on, the pipe must have been begun: in a dry year it then stands unused, with the box that feeds it.
"""

import ast
import dataclasses
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from optimization import Limits, formulation, solve
from optimization.formulation import build
from optimization.member_tree.decided import DECIDED, DELIVERED, RUN, decided
from optimization.member_tree.solve import solve_tree
from planner.plan.audit.shared_stages import audit_shared_stages
from planner.plan.outcome import NoPlan
from planner.plan.plan import Plan
from planner.plan.store import PlanError
from planner.plan.tree import PlanTree
from planner.plan.verdict import verdict
from planner.scenario.members import only_members
from planner.scenario.resolved import resolve
from tests.optimization.tiny_basins import RICH, compiled_problem, optimum, resolved, tutorial

TAPS, FILTERS = 1092.416, 1610.24
UNUSED = 672.32 + 20 * 1.152 + 27.136 + 10 * 1.152
OTHERS = 8050 * 0.27136 + 5000 * 0.31232 + 1139.9 * 1.152 + 1000 * 0.31232 + 500 * 0.64 + 150 * 1.152
"""Riverside's works and Farside's filters, from stage 2 on in all of these plans."""
FLOORS = [{"rung": 4, "share": 1.0, "stage": "stage_2", "hard": True}]
DRY = {"name": "dry", "from_stage": "stage_2", "members": ["dry_year"]}
NORMAL = {"name": "normal", "from_stage": "stage_2", "members": ["normal_year"]}
EXACT = Limits(time_seconds=120, relative_gap=0.0)


def with_rice(*branches, **policy):
    return resolved(
        RICH,
        {"table": "other_uses", "set": {"value_usd_per_m3": 2.0}},
        {"table": "options", "where": {"option": "spring_pipe_dn63"}, "set": {"lead_time_stages": 1}},
        {"table": "options", "where": {"option": "spring_box"}, "multiply": {"capex_usd": 0.1}},
        **{"floors": FLOORS, "branches": list(branches), **policy},
    )


@pytest.fixture(scope="module")
def tree():
    return solve_tree(with_rice(DRY, NORMAL), EXACT)


def followed(plan):
    return plan.tables["village_plans"].set_index(["village", "stage"])["service_plan"]


def test_what_rounding_leaves_is_worth_nothing(tree):
    year = next(iter(tree.plans.values())).basin.settings.base_year
    alike = dataclasses.replace(tree, record={**tree.record, "adapting_usd": {"low": -4e-12, "high": 3e-12}})
    assert f"That later stages may differ is worth 0 USD of {year}, against" in alike.verdict


def test_what_adapting_is_worth_is_worked_out_by_hand(tree):
    assert tree.passed, tree.verdict
    assert tree.record["two_stage"]["value"] == pytest.approx(OTHERS + FILTERS)
    expected = OTHERS + 0.75 * TAPS + 0.25 * (FILTERS + UNUSED)
    assert tree.record["levels"][0]["value"] == pytest.approx(expected)
    assert tree.record["levels"][0]["bound"] == pytest.approx(expected)
    worth = tree.record["adapting_usd"]
    assert worth["low"] == pytest.approx(204.864, abs=0.01) and worth["high"] == pytest.approx(204.864, abs=0.01)
    assert "205 USD of 2027" in tree.verdict


def test_it_costs_no_more_than_one_plan_and_no_less_than_waiting_to_see(tree):
    alone = [
        1000 * optimum(compiled_problem(only_members(with_rice(), [member], "alone", "Alone"))[1])[1]
        for member in ("normal_year", "dry_year")
    ]
    assert alone == pytest.approx([OTHERS + TAPS, OTHERS + FILTERS])
    assert 0.75 * alone[0] + 0.25 * alone[1] < tree.record["levels"][0]["value"] < tree.record["two_stage"]["value"]


def test_the_pipe_is_begun_for_both_before_it_is_known(tree):
    dry, normal = tree.plans["dry"], tree.plans["normal"]
    assert followed(normal)["hilltop", "stage_2"] == "taps_for_all"
    assert followed(dry)["hilltop", "stage_2"] == "filters_for_all"
    for plan in (dry, normal):
        assert followed(plan)["hilltop", "stage_1"] == "as_before"
        pipe = plan.tables["investments"].set_index(["option", "stage"]).loc["spring_pipe_dn63"]
        assert pipe.loc["stage_1", "capital_usd"] == pytest.approx(1000.0) and pipe.loc["stage_2", "serves"]


def test_each_branch_has_an_ordinary_plan_that_can_be_planned_again(tree):
    again = resolve(tutorial(), tree.plans["dry"].scenario)
    assert again.hash == tree.plans["dry"].resolved_hash
    assert list(again.horizon.members) == ["dry_year"]
    assert not again.policy.branches
    assert verdict(tree.plans["dry"]).startswith("One of 2 plans of a member tree, for the branch dry: no such plans")


def test_with_one_branch_it_is_the_ordinary_plan():
    branch = {"name": "all", "from_stage": "stage_2", "members": ["dry_year", "normal_year"]}
    (plan,) = solve_tree(with_rice(branch), EXACT).plans.values()
    ordinary = solve(with_rice(), EXACT)
    assert plan.resolved_hash == ordinary.resolved_hash
    assert plan.record["levels"][0]["value"] == pytest.approx(ordinary.record["levels"][0]["value"])
    for table in ("investments", "village_plans", "finance"):
        pd.testing.assert_frame_equal(plan.tables[table], ordinary.tables[table], check_exact=False, rtol=1e-6)


@pytest.mark.parametrize(
    ("table", "column", "change", "stage"),
    [
        ("investments", "capital_usd", lambda v: v + 100.0, "stage_1"),
        ("investments", "serves", lambda v: ~v, "stage_1"),
        ("village_plans", "service_plan", lambda v: "taps_for_all", "stage_1"),
        ("village_assets", "units", lambda v: v + 1.0, "stage_1"),
        ("service", "persons", lambda v: v + 1.0, "stage_1"),
        ("finance", "amount_usd", lambda v: v + 1.0, "stage_1"),
    ],
)
def test_plans_that_differ_where_they_must_agree_are_no_result(tree, table, column, change, stage):
    tables = [dict(plan.tables) for plan in tree.plans.values()]
    frame = tables[0][table].copy()
    frame.loc[frame["stage"] == stage, column] = change(frame.loc[frame["stage"] == stage, column])
    tables[0][table] = frame
    found = audit_shared_stages(tutorial(), with_rice(DRY, NORMAL).policy.branches, tables)
    assert [check.code for check in found.failures] == [f"shared_{table}_{column}"]
    told = dataclasses.replace(tree, audit=found)
    assert not told.passed and told.verdict.startswith("Not shown as a result: the plans differ")


def test_what_serves_later_was_decided_a_lead_time_before(tree):
    tables = [dict(plan.tables) for plan in tree.plans.values()]
    frame = tables[1]["investments"].copy()
    rows = (frame["option"] == "spring_pipe_dn63") & (frame["stage"] == "stage_2")
    tables[1]["investments"] = frame.assign(serves=frame["serves"].mask(rows, False))
    scenario = with_rice(DRY, NORMAL)
    found = audit_shared_stages(scenario.basin, scenario.policy.branches, tables)
    assert [check.place for check in found.failures] == ["spring_pipe_dn63/stage_2"]


def test_a_tree_is_written_and_read_again_and_nothing_else_is_replaced(tree, tmp_path):
    tree.write(tmp_path / "tree")
    again = PlanTree.read(tmp_path / "tree")
    assert again.verdict == tree.verdict and again.passed
    assert Plan.read(tmp_path / "tree" / "dry").resolved_hash == tree.plans["dry"].resolved_hash
    tree.write(tmp_path / "tree")
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "file").write_text("mine")
    with pytest.raises(PlanError):
        tree.write(tmp_path / "mine")
    with pytest.raises(PlanError):
        PlanTree.read(tmp_path / "mine")
    record = tmp_path / "tree" / "tree.json"
    record.write_text(record.read_text(encoding="utf-8").replace('"objective": "cost"', '"objective": "gold"'), encoding="utf-8")
    with pytest.raises(PlanError, match=r"tree\.json cannot be read"):
        PlanTree.read(tmp_path / "tree")


def test_without_a_plan_for_a_branch_there_is_no_tree():
    with pytest.raises(NoPlan) as refused:
        solve_tree(with_rice(DRY, NORMAL, floors=[{"rung": 5, "share": 1.0, "hard": True}]), EXACT)
    assert refused.value.proven


def test_a_policy_goes_to_the_solve_that_it_asks_for():
    with pytest.raises(ValueError, match="solve_tree"):
        solve(with_rice(DRY, NORMAL))
    with pytest.raises(ValueError, match=r"optimization\.solve"):
        solve_tree(with_rice())


def declared():
    """The names of all variables that the formulation declares, of those made for each grade both."""
    for file in sorted(Path(formulation.__file__).parent.glob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "variable":
                (name, *_) = node.args
                if isinstance(name, ast.Constant):
                    yield name.value
                else:
                    assert ast.unparse(name) == "f'{grade}_{kind}'", f"{file.name}: a variable whose name the test can't read"
                    yield from (f"{grade}_{kind}" for grade in ("raw", "safe") for kind in ("shortage", "hauled"))


def test_every_variable_of_the_formulation_is_known_as_decided_or_as_run():
    assert not DECIDED & RUN and not DELIVERED & (DECIDED | RUN)
    assert sorted(declared()) == sorted(DECIDED | DELIVERED | RUN)


def test_a_variable_that_is_not_known_stops_a_tree():
    compiled = build(with_rice()).compile()
    variable = compiled.variables.pop("serves")
    compiled.variables["newly_made"] = dataclasses.replace(variable, name="newly_made")
    with pytest.raises(Exception, match=r"newly_made.*member_tree/decided\.py"):
        decided(compiled)


def test_a_decision_is_made_a_lead_time_before_it_serves():
    compiled = build(with_rice()).compile()
    found = decided(compiled)
    serves = compiled.variables["serves"]
    of = dict(zip(serves.sets[0].names, found.stage[serves.columns], strict=True))
    assert of["spring_pipe_dn63"].tolist() == [0, 0]
    assert of["spring_box"].tolist() == [0, 1]
    assert (found.stage[compiled.variables["feed_flow"].columns] == -1).all()
    assert len(np.unique(found.key[found.key >= 0])) == (found.stage >= 0).sum() == (found.key >= 0).sum()
