"""Plans by rule of thumb: audited, in the order of their rule, and never better than what is optimised."""

import pytest

from datasets.cases import find
from optimization import Limits, solve
from optimization.baselines import RULES, baseline
from planner.formats.folder import read_basin
from planner.plan.compare import compare
from planner.scenario.resolved import resolve
from planner.scenario.scenario import Scenario
from tests.optimization.tiny_basins import RICH

ACCESS = {"policy": {"objectives": [{"objective": "access"}]}}


def scenario(*changes):
    return resolve(read_basin(find("tutorial")), Scenario.from_dict({"name": "access", "changes": list(changes), **ACCESS}))


def served(plan, stage="stage_2", rung=3):
    table = plan.tables["service"].query("stage == @stage and rung >= @rung")
    return table.groupby("village")["persons"].sum()


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_makes_a_plan_that_passes_its_audit_and_is_no_better_than_the_best(rule):
    asked = scenario()
    plan, best = baseline(asked, rule), solve(asked, Limits(time_seconds=30, relative_gap=0.0))
    assert plan.passed, plan.audit.failures
    assert plan.verdict.startswith("Made by a rule of thumb")
    assert plan.tables["investments"].empty
    below = [one.tables["objectives"].set_index("objective").loc["below_rung_1"] for one in (plan, best)]
    assert below[0]["value"] >= below[1]["value"] - 1e-6
    assert below[0]["bound"] <= below[1]["value"] + 1e-6
    assert compare([best, plan]).to_dict()


def test_with_money_enough_every_village_is_served_at_once():
    plan = baseline(scenario(RICH, {"table": "subsidies", "multiply": {"amount_usd_per_year": 1000.0}}), "biggest_first")
    followed = plan.tables["village_plans"]
    assert (followed["service_plan"] != "as_before").all()


def test_with_little_money_the_order_of_the_rule_decides_who_is_served():
    some = {"table": "channel_amounts", "multiply": {"amount_usd": 0.5}}
    by_rule = {rule: baseline(scenario(some), rule) for rule in ("biggest_first", "nearest_first")}
    for plan in by_rule.values():
        assert plan.passed
        money = plan.tables["channel_balances"].groupby("channel")[["offered_usd", "spent_usd"]].cumsum()
        assert (money["spent_usd"] <= money["offered_usd"] + 0.01).all()
    assert any(len(served(plan)) for plan in by_rule.values())
