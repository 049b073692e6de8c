"""Weighted aims, on the tutorial without filters and with money enough.

Nothing costs 0 USD and leaves 1530 persons below rung 4; taps for all cost 19 270 USD and leave nobody.
"""

import pytest

from optimization.explained import force
from optimization.solve import solve
from optimization.solving.limits import Limits
from planner.plan.aims import aims_in_words
from planner.plan.audit import audit
from planner.plan.titles import Titles
from planner.scenario.scenario import ScenarioError
from tests.optimization.tiny_basins import NO_FILTERS, RICH, planned, resolved

SUM = ({"objective": "weighted_sum"},)
COST = {"objective": "cost", "best": 0.0, "worst": 20000.0}
BELOW = {"objective": "below_rung_4", "best": 0.0, "worst": 1530.0}
FOUND = ({"objective": "cost"}, {"objective": "below_rung_4"})
EXACT = Limits(time_seconds=60, relative_gap=0.0)


def weighted(*aims, objectives=SUM, **policy):
    return resolved(NO_FILTERS, RICH, objectives=objectives, weighted_aims=aims, **policy)


def shares(plan):
    return plan.tables["weighted_aims"].set_index("objective")["way_share"].to_dict()


@pytest.mark.parametrize(
    ("weight", "cost_usd", "below"),
    [(0.1, 0.0, 1530.0), (0.75, 5994.8928, 830.0), (1.0, 14853.8808, 130.0), (6.0, 19270.3064, 0.0)],
)
def test_the_more_an_aim_weighs_the_better_it_fares(weight, cost_usd, below):
    plan = planned(weighted(COST, BELOW | {"weight": weight}))
    assert plan.audit.passed, plan.audit.failures
    assert plan.values.cost_usd == pytest.approx(cost_usd, abs=1e-3)
    assert plan.values.below_rungs[3] == pytest.approx(below)
    assert shares(plan) == pytest.approx({"cost": cost_usd / 20000, "below_rung_4": below / 1530})
    by_hand = (cost_usd / 20000 + weight * below / 1530) / (1 + weight)
    assert plan.row("objectives", objective="weighted_sum")["value"] == pytest.approx(by_hand)
    # What is missed counts as cost: the objective is the sum and, on the same way, what rice misses at its price.
    assert plan.objective / 1000 == pytest.approx(by_hand + plan.penalty_usd / 20000 / (1 + weight))


def test_no_plan_with_as_few_below_costs_less_than_that_of_the_least_sum():
    cheapest = solve(resolved(NO_FILTERS, RICH, bounds=[{"objective": "below_rung_4", "at_most": 130.0}]), EXACT)
    cost = cheapest.tables["objectives"].set_index("objective").loc["cost", "value"]
    assert cost == pytest.approx(14853.8808, abs=1e-3)


def test_best_and_worst_are_those_of_the_single_aims_unless_stated():
    plan = solve(weighted(*FOUND), EXACT)
    assert plan.audit.passed, plan.audit.failures
    told = plan.tables["weighted_aims"].set_index("objective")
    assert told["best"].to_dict() == pytest.approx({"cost": 0.0, "below_rung_4": 0.0}, abs=1e-6)
    assert told.loc["below_rung_4", "worst"] == pytest.approx(1530.0)
    # Taps for all, and what rice misses then.
    assert told.loc["cost", "worst"] == pytest.approx(19319.0144, abs=1e-2)
    assert [one["objective"] for one in plan.record["single_aims"]] == ["cost", "below_rung_4"]
    mixed = solve(weighted({"objective": "cost"}, BELOW), EXACT)
    assert mixed.tables["weighted_aims"].set_index("objective")["worst"].to_dict() == pytest.approx(told["worst"].to_dict())


def test_the_sum_has_bound_gap_and_verdict_and_stands_in_the_order_of_the_policy():
    plan = solve(weighted(COST, BELOW, objectives=(*SUM, {"objective": "environmental_flow_deficit"})), EXACT)
    assert plan.audit.passed, plan.audit.failures
    assert plan.verdict.startswith("Proven optimal")
    level = plan.record["levels"][0]
    assert (level["objective"], level["order"], level["unit"]) == ("weighted_sum", 1, "share")
    assert level["bound"] == pytest.approx(level["value"], abs=1e-6)
    places = plan.tables["objectives"].set_index("objective")["order"]
    assert (places["weighted_sum"], places["environmental_flow_deficit"], places["cost"]) == (1, 2, 0)
    # Its levels are stated again as they were: what is built already costs nothing more to have.
    assert force(plan, str(plan.tables["investments"]["option"].iloc[0]), EXACT).value == pytest.approx(level["value"], abs=1e-6)


def test_aims_of_fairness_and_conservation_are_weighed_too_and_need_no_place_of_their_own():
    aims = ({"objective": "conservation", "best": 0.0, "worst": 1.0}, {"objective": "max_min", "best": 0.0, "worst": 1.0})
    plan = planned(weighted(*aims))
    assert plan.audit.passed, plan.audit.failures
    rows = plan.tables["objectives"].set_index("objective")
    assert rows.loc[["conservation", "max_min"], "order"].tolist() == [0, 0]
    assert rows.loc["weighted_sum", "value"] == pytest.approx(0.5 * rows.loc[["conservation", "max_min"], "value"].sum())


@pytest.mark.parametrize(
    ("column", "changed", "code"),
    [
        ("weight_share", 0.4, "weighted_aims_weight"),
        ("worst", 30000.0, "weighted_aims_way"),
        ("value", 1.0, "weighted_aims_value"),
        ("way_share", 0.0, "weighted_aims_share"),
        ("objective", "owa", "weighted_aims_told"),
    ],
)
def test_the_audit_refuses_what_is_told_wrong(column, changed, code):
    plan = planned(weighted(COST, BELOW))
    wrong = plan.tables["weighted_aims"].copy()
    wrong.loc[0, column] = changed
    failed = audit(plan.scenario.basin, plan.scenario.policy, {**plan.tables, "weighted_aims": wrong}).failures
    assert code in {check.code for check in failed}


@pytest.mark.parametrize(
    ("aims", "objectives"),
    [
        ((), SUM),
        ((COST,), SUM),
        ((COST, COST), SUM),
        ((COST, BELOW), ({"objective": "cost"},)),
        ((COST | {"worst": None}, BELOW), SUM),
        ((COST | {"worst": 0.0}, BELOW), SUM),
        ((COST | {"weight": 0.0}, BELOW), SUM),
        ((COST, {"objective": "leximin"}), SUM),
    ],
)
def test_a_sum_of_nothing_or_with_a_way_of_no_length_is_a_finding(aims, objectives):
    with pytest.raises(ScenarioError):
        weighted(*aims, objectives=objectives)


def test_a_sum_is_put_in_words():
    scenario = weighted(COST, BELOW | {"weight": 3.0})
    words = aims_in_words(scenario.policy, Titles(scenario.basin))
    assert words["Aims, the first one first"] == "the least weighted sum of aims"
    assert words["Weighted aims"] == "25 %: least cost, from 0 to 20,000; 75 %: fewest people below rung 4, from 0 to 1,530"
