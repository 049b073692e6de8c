"""Groundwater at a price, where cost is no aim: Hilltop's spring is taken for a borehole of an aquifer that gives little.

200 persons on taps draw 8 m³ a day, 2920 m³ a year, of which the aquifer gives 100; filters, at as good a rung, draw nothing. Box
and pipe at a tenth of their cost make taps the cheaper of both as long as overdrawing is not dear.
"""

import pytest

from optimization import Limits, solve
from optimization.member_tree.solve import solve_tree
from tests.optimization.formulation.test_groundwater import aquifer
from tests.optimization.tiny_basins import RICH, resolved

EXACT = Limits(time_seconds=60, relative_gap=0.0)
OVERDRAWN = 8.0 * 365 - 100.0
BOREHOLE = {"table": "sources", "where": {"source": "hill_spring"}, "set": {"kind": "borehole", "aquifer": "basalt"}}
CHEAP_TAPS = {"table": "options", "where": {"option": ["spring_box", "spring_pipe_dn63"]}, "multiply": {"capex_usd": 0.1}}
FAIR = {"objectives": [{"objective": "max_min"}], "fairness": {"between": "villages", "rung": 4, "stage": "stage_2"}}
ACCESS = {"objectives": [{"objective": "access"}]}
BRANCHES = [{"name": name, "from_stage": "stage_2", "members": [f"{name}_year"]} for name in ("dry", "normal")]


def scenario(price, **policy):
    priced = {"groundwater": "priced", "groundwater_price_usd_per_m3": price} if price else {}
    return resolved(aquifer(100.0 if price else 3000.0), BOREHOLE, RICH, CHEAP_TAPS, **priced, **policy)


def hilltop(plan):
    followed = plan.tables["village_plans"].set_index(["village", "stage"])["service_plan"]
    return followed["hilltop", "stage_2"], plan.tables["groundwater"].query("stage == 'stage_2'")["overdraft_m3_per_year"].max()


@pytest.mark.parametrize("policy", [FAIR, ACCESS])
@pytest.mark.parametrize(
    ("price", "service_plan", "overdrawn"), [(0.01, "taps_for_all", OVERDRAWN), (20.0, "filters_for_all", 0.0)]
)
def test_of_plans_as_good_the_one_that_costs_least_with_what_is_overdrawn(policy, price, service_plan, overdrawn):
    plan = solve(scenario(price, **policy), EXACT)
    assert plan.passed, plan.audit.failures
    assert hilltop(plan) == (service_plan, pytest.approx(overdrawn, abs=1e-6))
    assert plan.record["ties_settled"]["objective"] == "cost"
    told = plan.tables["objectives"].set_index("objective")
    assert told.loc["cost", "order"] == 0 and told["bound"].isna()["cost"]
    assert plan.verdict == "Proven optimal: no plan is better within this model and its data."


def test_what_the_aims_have_reached_is_held():
    """A dear aquifer takes nobody's rung: as many are served as where overdrawing costs nearly nothing."""
    cheap, dear = (solve(scenario(price, **ACCESS), EXACT).tables["objectives"].set_index("objective") for price in (0.01, 20.0))
    rungs = [f"below_rung_{rung}" for rung in range(1, 6)]
    assert dear["value"][rungs].tolist() == pytest.approx(cheap["value"][rungs].tolist(), abs=0.3)
    assert dear.loc["cost", "value"] > cheap.loc["cost", "value"]


def test_a_tolerance_that_is_granted_to_later_aims_is_not_used_up():
    generous = {"objectives": [{"objective": "access", "tolerance_share": 0.5}]}
    strict, loose = (solve(scenario(20.0, **policy), EXACT) for policy in (ACCESS, generous))
    values = [plan.tables["objectives"].set_index("objective").loc["below_rung_5", "value"] for plan in (strict, loose)]
    assert values[1] == pytest.approx(values[0], abs=0.3)


@pytest.mark.parametrize(
    ("price", "policy"),
    [
        (None, FAIR),
        (20.0, {"objectives": [*FAIR["objectives"], {"objective": "cost"}], "fairness": FAIR["fairness"]}),
    ],
)
def test_nothing_is_settled_where_limits_are_hard_or_cost_is_an_aim(price, policy):
    assert "ties_settled" not in solve(scenario(price, **policy), EXACT).record


def test_plans_of_branches_are_settled_on_their_mean():
    tree = solve_tree(scenario(20.0, **FAIR, branches=BRANCHES), EXACT)
    assert tree.passed, tree.verdict
    for plan in tree.plans.values():
        assert hilltop(plan) == ("filters_for_all", pytest.approx(0.0, abs=1e-6))
        assert plan.record["ties_settled"]["objective"] == "cost"
