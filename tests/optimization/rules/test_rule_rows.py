"""Rules in the model: what they ask for is done, their rows equal the reference, and a plan that breaks one is refused."""

import re
from pathlib import Path

import numpy as np
import pytest
import yaml

from benchmarks.rule_texts import Texts
from benchmarks.rules import Trial
from datasets.cases import find
from optimization import Limits, solve
from optimization.formulation import build
from optimization.rules.preview import preview
from planner.formats.folder import read_basin
from planner.plan.audit import audit
from planner.plan.outcome import NoPlan
from planner.rules import Rule
from planner.scenario.resolved import resolve
from planner.scenario.scenario import Scenario, ScenarioError

PAGE = Path(__file__).parents[3] / "docs" / "how-to" / "write-a-rule.md"
EXAMPLES = [
    content
    for content in map(yaml.safe_load, re.findall(r"```yaml\n(.*?)```", PAGE.read_text(encoding="utf-8"), flags=re.DOTALL))
    if "expression" in content
]
FLOORS = [{"rung": 4, "share": 0.9, "within": "village"}]


@pytest.fixture(scope="module")
def tutorial():
    return read_basin(find("tutorial"))


@pytest.fixture(scope="module")
def ratanakiri():
    return resolve(read_basin(find("ratanakiri")), Scenario(name="none"))


def planned(basin, *rules, floors=FLOORS):
    policy = {"floors": floors, "rules": list(rules)}
    return solve(resolve(basin, Scenario.from_dict({"name": "x", "policy": policy})), Limits(time_seconds=30))


def cost(plan):
    return float(plan.tables["objectives"].set_index("objective").loc["cost", "value"])


def test_there_are_fourteen_examples():
    assert len(EXAMPLES) == 14


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda one: one["name"])
def test_an_example_applies_to_ratanak_kiri(example, ratanakiri):
    found = preview(Rule(**example), ratanakiri)
    assert found.rows > 0
    assert found.entries >= found.rows
    assert found.examples


def test_a_plan_keeps_all_examples_that_fit_the_tutorial(tutorial):
    # The upper account of the tutorial may take no aid, so half of all aid cannot go there: it goes to the lower one.
    plan = planned(tutorial, *EXAMPLES)
    assert plan.passed
    assert plan.tables["rules"]["rule"].tolist() == [one["name"] for one in EXAMPLES]
    checks = {check.code for check in plan.audit.checks}
    assert {f"rule_{one['name']}" for one in EXAMPLES} <= checks


def test_more_works_than_are_best_are_built_where_a_rule_says_so_and_cost_more(tutorial):
    free = planned(tutorial, floors=[])
    standing = len(free.tables["investments"].query("serves and stage == 'stage_2'"))
    works = 'sum(option: investments.serves[option, "stage_2"])'
    more = planned(tutorial, {"name": "more", "expression": f"{works} >= {standing + 1}"}, floors=[])
    assert more.passed
    assert len(more.tables["investments"].query("serves and stage == 'stage_2'")) == standing + 1
    assert more.tables["rules"].iloc[0][["applies", "binding", "least_room"]].tolist() == [1, 1, 0.0]
    assert cost(more) > cost(free)


def test_the_audit_refuses_a_plan_that_breaks_a_rule(tutorial):
    rule = {"name": "few", "foreach": ["stage"], "expression": "sum(option: investments.serves[option, stage]) <= 20"}
    plan = planned(tutorial, rule)
    assert plan.passed
    serving = int(plan.tables["investments"].query("stage == 'stage_2'")["serves"].sum())
    stricter = {**rule, "expression": f"sum(option: investments.serves[option, stage]) <= {serving - 1}"}
    policy = Scenario.from_dict({"name": "x", "policy": {"floors": FLOORS, "rules": [stricter]}}).policy
    failed = list(audit(plan.basin, policy, plan.tables).failures)
    assert [(check.code, check.worst) for check in failed] == [("rule_few", 1.0)]
    assert "stage_" in failed[0].place


def test_an_untold_rule_is_refused(tutorial):
    plan = planned(tutorial, {"name": "few", "expression": "sum(option, stage: investments.serves[option, stage]) <= 99"})
    tables = {**plan.tables, "rules": plan.tables["rules"].iloc[:0]}
    policy = plan.scenario.policy
    assert "rules_told" in [check.code for check in audit(plan.basin, policy, tables).failures]


def test_an_inactive_rule_is_no_row_and_a_wrong_one_a_finding_with_its_place(tutorial):
    off = {"name": "off", "active": False, "expression": "nonsense"}
    scenario = Scenario.from_dict({"name": "x", "policy": {"rules": [off]}})
    assert not any(name.startswith("rule_") for name in build(resolve(tutorial, scenario)).laws)
    wrong = {"name": "on", "expression": 'sum(option: investments.serves[option, "stage_9"]) <= 1'}
    with pytest.raises(ScenarioError) as caught:
        resolve(tutorial, Scenario.from_dict({"name": "x", "policy": {"rules": [wrong]}}))
    (finding,) = caught.value.findings
    assert (finding.code, finding.column) == ("scenario.rule", "policy.rules[0].expression")
    assert "no stage 'stage_9'" in finding.message


def test_a_rule_is_a_law_like_others_in_plain_pyomo(tutorial):
    rule = {"name": "few", "foreach": ["stage"], "expression": "sum(option: investments.serves[option, stage]) <= 3"}
    model = build(resolve(tutorial, Scenario.from_dict({"name": "x", "policy": {"rules": [rule]}})))
    plain, compiled = model.to_pyomo({"cost": 1.0}), model.compile()
    own = plain.law_rule_1_1
    assert len(own) == 2 == compiled.families["rule_1_1"].count
    options = len(tutorial.tables["options"])
    assert str(own[0].expr).count("serves") == options
    assert str(own[0].expr).replace(" ", "").endswith("<=3.0")


def test_a_pyomo_rule_joins_the_model_and_is_named_in_the_record(tutorial):
    def few(m, t):
        return sum(m.serves[o, t] for o in m.option) <= 2

    scenario = resolve(tutorial, Scenario(name="few"))
    plan = solve(scenario, Limits(time_seconds=30), rules={"few": (few, "stage")})
    assert plan.record["rules_not_audited"] == ["few"]
    assert len(plan.tables["investments"].query("serves and stage == 'stage_2'")) <= 2


def test_random_and_hostile_texts_are_refused_or_equal_their_reference():
    trial = Trial(7)
    source = Texts(7, trial.members)
    outcomes = [trial.outcome(source.rule()) for _ in range(1500)]
    assert set(outcomes) == {"refused", "equal"}
    assert outcomes.count("equal") > 100
    assert np.isfinite(trial.plan).all()


def test_a_rule_that_nothing_planned_can_keep_leaves_no_plan(tutorial):
    text = 'sum(option where option.capex_usd > 1000000: investments.serves[option, "stage_1"]) >= 1'
    with pytest.raises(NoPlan) as caught:
        planned(tutorial, {"name": "never", "title": "A dam", "expression": text})
    assert any(finding.code == "conflict.rule" and "A dam" in finding.message for finding in caught.value.findings)
