"""Trees with several aims: one branch is the plain plan, equal branches are too, and no tree is worse than one plan for all."""

import threading

import numpy as np
import pytest

from optimization import Limits, solve
from optimization.member_tree.solve import solve_tree
from planner.scenario.members import only_members
from tests.optimization.member_tree.test_member_tree import DRY, FILTERS, FLOORS, NORMAL, OTHERS, TAPS, UNUSED, with_rice
from tests.optimization.tiny_basins import resolved

EXACT = Limits(time_seconds=120, relative_gap=0.0)
ALL = {"name": "all", "from_stage": "stage_2", "members": ["dry_year", "normal_year"]}
ACCESS = [{"objective": "access"}, {"objective": "cost"}]
FAIR = [{"objective": "max_min"}, {"objective": "cost"}]
LEXIMIN = [{"objective": "leximin"}, {"objective": "access"}]
RIVER = [{"objective": "environmental_flow_deficit"}, {"objective": "cost"}]
BETWEEN_VILLAGES = {"between": "villages", "rung": 4, "stage": "stage_2"}
WEIGHTED = {
    "objectives": [{"objective": "weighted_sum"}],
    "weighted_aims": [{"objective": "cost", "weight": 1.0}, {"objective": "below_rung_4", "weight": 2.0}],
}
SAME_WATER = [
    {"table": "inflow", "set": {"inflow_m3_per_day": 30_000.0}},
    {"table": "source_yields", "set": {"yield_m3_per_day": 60.0}},
]
POLICIES = [
    {"objectives": ACCESS},
    {"objectives": LEXIMIN, "fairness": BETWEEN_VILLAGES},
    WEIGHTED,
]


def values_of(levels):
    return [level["value"] for level in levels]


def within(policy):
    """What a level's plan may be from its best: a hundredth of a person, of a thousandth of a share, of a dollar."""
    return pytest.approx(policy, rel=1e-4, abs=0.06)


@pytest.mark.parametrize("policy", POLICIES)
def test_with_one_branch_it_is_the_plain_plan(policy):
    tree = solve_tree(resolved(**policy, branches=[ALL]), EXACT)
    plain = solve(resolved(**policy), EXACT)
    assert tree.passed, tree.verdict
    assert [level["objective"] for level in tree.record["levels"]] == [level["objective"] for level in plain.record["levels"]]
    assert values_of(tree.record["levels"]) == within(values_of(plain.record["levels"]))
    (plan,) = tree.plans.values()
    told, known = (one.tables["objectives"].set_index("objective") for one in (plan, plain))
    assert told["order"].equals(known["order"])
    sought = known["order"] > 0
    assert told["value"][sought].tolist() == within(known["value"][sought].tolist())


@pytest.mark.parametrize("policy", POLICIES)
def test_two_branches_with_the_same_water_are_the_plain_plan_twice(policy):
    tree = solve_tree(resolved(*SAME_WATER, **policy, branches=[DRY, NORMAL]), EXACT)
    plain = solve(resolved(*SAME_WATER, **policy), EXACT)
    assert tree.passed, tree.verdict
    assert values_of(tree.record["levels"]) == within(values_of(plain.record["levels"]))
    assert values_of(tree.record["levels"]) == within(values_of(tree.plans["dry"].record["levels"]))


@pytest.mark.parametrize("policy", [{"objectives": ACCESS}, {"objectives": FAIR, "fairness": BETWEEN_VILLAGES}])
def test_no_tree_is_worse_than_one_plan_for_all_nor_better_than_knowing_at_once(policy):
    scenario = with_rice(DRY, NORMAL, floors=[], **policy)
    tree = solve_tree(scenario, EXACT)
    one = solve(with_rice(floors=[], **policy), EXACT)
    alone = [
        solve(only_members(with_rice(floors=[], **policy), [member], "alone", "Alone"), EXACT).record["levels"][0]["value"]
        for member in ("dry_year", "normal_year")
    ]
    reached = tree.record["levels"][0]["value"]
    assert tree.passed, tree.verdict
    assert reached <= one.record["levels"][0]["value"] + 0.06
    assert reached >= 0.25 * alone[0] + 0.75 * alone[1] - 0.06


@pytest.mark.parametrize(
    "policy",
    [
        {"objectives": RIVER, "floors": FLOORS},
        {"objectives": FAIR, "fairness": BETWEEN_VILLAGES, "floors": []},
    ],
)
def test_cost_after_another_aim_is_worked_out_by_hand(policy):
    """Where the river lacks nothing in any plan, and nobody rung 4 in the fairest one, cost is as without that aim."""
    tree = solve_tree(with_rice(DRY, NORMAL, **policy), EXACT)
    first, last = tree.record["levels"]
    assert tree.passed, tree.verdict
    assert first["value"] == pytest.approx(0.0, abs=1e-3)
    assert last["value"] == pytest.approx(OTHERS + 0.75 * TAPS + 0.25 * (FILTERS + UNUSED), rel=1e-4)
    assert tree.verdict.startswith("2 plans that agree until they are told apart: no such plans are better for all")


def test_what_an_earlier_aim_may_give_up_is_a_share_of_its_mean():
    """Access may give up a tenth: the mean of the branches does, and cost takes it."""
    access = {"objective": "access", "tolerance_share": 0.1}
    policy = {"objectives": [access, {"objective": "cost"}], "floors": []}
    tree = solve_tree(with_rice(DRY, NORMAL, **policy), EXACT)
    strict = solve_tree(with_rice(DRY, NORMAL, **(policy | {"objectives": ACCESS})), EXACT)
    chances = tree.record["branches"]
    for level in tree.record["levels"][:-1]:
        name, best = level["objective"], level["value"]
        reached = sum(
            chances[branch] * plan.tables["objectives"].set_index("objective").loc[name, "value"]
            for branch, plan in tree.plans.items()
        )
        assert reached <= 1.1 * best + 0.06
    assert tree.record["levels"][-1]["value"] <= strict.record["levels"][-1]["value"] + 0.01


def test_a_tree_that_is_stopped_before_its_search_keeps_one_plan_for_all_branches():
    stop, seen = threading.Event(), []

    def news(progress):
        seen.append(progress)
        if progress.incumbent is not None:
            stop.set()

    tree = solve_tree(with_rice(DRY, NORMAL), EXACT, news, stop)
    assert tree.passed, tree.verdict
    dry, normal = (tree.plans[name].tables["investments"]["serves"].to_numpy() for name in ("dry", "normal"))
    assert {plan.status for plan in tree.plans.values()} == {"cancelled"}
    assert np.array_equal(dry, normal)


def test_news_of_a_tree_always_have_the_best_plan_once_there_is_one():
    """The one plan for all members is one until the tree has another: whoever stops then keeps it."""
    news = []
    tree = solve_tree(with_rice(DRY, NORMAL), EXACT, news.append)
    known = [progress.incumbent is not None for progress in news]
    assert all(known[known.index(True) :])
    assert news[-1].incumbent == pytest.approx(tree.record["levels"][0]["value"])


def test_news_of_a_tree_claim_no_bound_that_its_plans_beat():
    news = []
    tree = solve_tree(with_rice(DRY, NORMAL), EXACT, news.append)
    value = tree.record["levels"][0]["value"]
    assert tree.record["two_stage"]["value"] > value + 1
    bounds = [progress.bound for progress in news if progress.bound is not None]
    assert bounds
    assert max(bounds) <= value * (1 + 1e-9)
