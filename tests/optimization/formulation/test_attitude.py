"""Attitudes to risk, on the tutorial with dear rice.

Taps for Hilltop cost 16530.92 USD with the rest, and take 8 m³ a day from rice in the dry season of a dry year: 8 m³ × 165 days,
in two stages whose years are worth 1.8 and 1.152. Filters instead cost 17047.56 USD and take nothing from rice.
"""

import numpy as np
import pytest

from optimization.algebra import Model
from optimization.algebra.check import differences_from_plain_pyomo
from optimization.explained import explain
from optimization.formulation import attitude as attitudes
from optimization.formulation import build
from optimization.frozen import whole_values
from optimization.results.members import tail_mean
from optimization.results.missed_alike import missed_alike_usd
from optimization.solve import solve
from optimization.solving.limits import Limits
from optimization.solving.problem import plain_problem
from planner.plan.audit import audit
from planner.plan.audit.members import _dearest_years
from planner.plan.verdict import verdict
from planner.scenario.policy import Objective, Policy, RiskAttitude
from tests.optimization.tiny_basins import optimum, planned, resolved
from tests.planner.plan.altering import change, drop

FLOORS = [{"rung": 4, "share": 0.5}, {"rung": 4, "share": 1.0, "stage": "stage_2"}]
TAPS, FILTERS = 16530.9208, 17047.5608
MISSED_PER_USD = 8 * 165 * (1.8 + 1.152)
COSTS, CHANCES = np.array([10.0, 20.0, 30.0, 100.0]), np.array([0.4, 0.3, 0.2, 0.1])


def with_rice(usd_per_m3, *changes, **attitude):
    rice = {"table": "other_uses", "set": {"value_usd_per_m3": usd_per_m3}}
    return resolved(rice, *changes, floors=FLOORS, risk_attitude=attitude)


@pytest.mark.parametrize(("tail_share", "expected"), [(0.0, 26.0), (0.5, 40.0), (0.8, 65.0), (0.9, 100.0)])
def test_the_mean_of_the_dearest_years_is_the_published_one(tail_share, expected):
    # 0.5: of the dearest half, 0.1 cost 100, 0.2 cost 30 and 0.2 cost 20: (10 + 6 + 4) / 0.5.
    assert tail_mean(COSTS, CHANCES, tail_share) == pytest.approx(expected)
    assert _dearest_years(COSTS, CHANCES, 1 - tail_share) == pytest.approx(expected)
    model = Model("tail")
    model.index_set("member", 4)
    model.index_set("weighed", 4)
    model.data("member_weighed", np.arange(4))
    model.data("weight_of_member", CHANCES)
    for name, values in (("runs_in", COSTS), ("missed_in", 0 * COSTS)):
        model.variable(name, model.member, lower=values, upper=values)
    attitudes._tail(model, tail_share, 1.0)
    compiled = model.compile()
    objective, _ = compiled.objective_vector({"risk": 1.0})
    problem = plain_problem(
        compiled.matrix, (compiled.row_lower, compiled.row_upper), (compiled.column_lower, compiled.column_upper),
        compiled.integer, objective,
    )  # fmt: skip
    assert optimum(problem)[1] == pytest.approx(expected)


def test_the_mean_takes_water_from_rice_and_the_worst_year_does_not():
    mean = planned(with_rice(0.2))
    assert mean.plan_of("hilltop") == "taps_for_all"
    dry = mean.row("member_costs", member="dry_year")
    assert (dry["weight_share"], dry["missed_usd"]) == pytest.approx((0.25, 0.2 * MISSED_PER_USD))
    assert dry["cost_usd"] == pytest.approx(TAPS + 0.2 * MISSED_PER_USD)
    worst = planned(with_rice(0.2, attitude="worst"))
    assert worst.audit.passed, worst.audit.failures
    assert worst.plan_of("hilltop") == "filters_for_half"
    assert worst.values.risk_usd == pytest.approx(FILTERS)
    assert planned(with_rice(0.1, attitude="worst")).values.risk_usd == pytest.approx(TAPS + 0.1 * MISSED_PER_USD)


@pytest.mark.parametrize(
    ("tail_share", "tail_weight", "expected"),
    [
        (0.5, 1.0, TAPS + 0.2 * MISSED_PER_USD / 2),  # of the dearest half of the years every second is dry
        (0.75, 1.0, FILTERS),
        (0.75, 0.5, TAPS + 0.2 * MISSED_PER_USD * (0.5 * 0.25 + 0.5)),
        (0.9, 0.0, TAPS + 0.2 * MISSED_PER_USD / 4),
    ],
)
def test_the_dearest_years_count_as_much_as_they_are_given_weight(tail_share, tail_weight, expected):
    plan = planned(with_rice(0.2, attitude="cvar", tail_share=tail_share, tail_weight=tail_weight))
    assert plan.audit.passed, plan.audit.failures
    assert plan.values.risk_usd == pytest.approx(expected)


@pytest.fixture(scope="module")
def regretting():
    return solve(with_rice(0.2, attitude="minimax_regret"), Limits(time_seconds=240, relative_gap=1e-6))


def test_the_least_regret_is_against_each_member_s_own_best_plan(regretting):
    # Taps regret 779.33 - 516.64 in a dry year and nothing in a normal one, filters 516.64 in a normal year.
    assert regretting.audit.passed, regretting.audit.failures
    members = regretting.tables["member_costs"].set_index("member")
    assert members.loc["normal_year", "own_bound_usd"] == pytest.approx(TAPS, rel=1e-5)
    assert members.loc["dry_year", "own_best_usd"] == pytest.approx(FILTERS, rel=1e-5)
    told = regretting.tables["objectives"].set_index("objective").loc["risk"]
    assert told["value"] == pytest.approx(TAPS + 0.2 * MISSED_PER_USD - FILTERS, abs=0.5)
    assert told["value"] == pytest.approx(members["regret_usd"].max())
    assert told["bound"] == pytest.approx(told["value"], abs=0.5)
    assert [own["member"] for own in regretting.record["members_alone"]] == ["normal_year", "dry_year"]
    assert "attitude to risk" in verdict(regretting) or "Proven optimal" in verdict(regretting)
    assert explain(regretting).aim == "risk"


def test_regret_counts_what_every_plan_misses_of_the_floors():
    demands = {
        "floors": [{"rung": 5, "share": 1.0, "within": "basin", "stage": "stage_2"}, {"rung": 5, "share": 0.9}],
        "institution_floors": [{"share": 1.0}],
        "gap_caps": [{"rung": 5, "largest_gap_share": 0.0}],
        "risk": {"highest": "low"},
    }
    cattle = {"table": "hazards", "add": {"hazard": "cattle", "place": "hilltop", "likelihood": 4, "severity": 3}}
    scenario = resolved(cattle, risk_attitude={"attitude": "minimax_regret"}, **demands)
    plan = solve(scenario, Limits(time_seconds=240, relative_gap=1e-4))
    assert plan.audit.passed, plan.audit.failures
    members = plan.tables["member_costs"]
    missed = missed_alike_usd(scenario, plan.tables)
    assert missed > members["cost_usd"].max()
    regret = members["cost_usd"] + missed - members["own_bound_usd"]
    assert members["regret_usd"].to_numpy() == pytest.approx(regret.to_numpy(), abs=0.01)
    assert regret.min() > -0.01
    told = plan.tables["objectives"].set_index("objective").loc["risk"]
    assert told["value"] == pytest.approx(regret.max(), abs=0.01)
    assert told["bound"] <= told["value"] + 0.01
    # The model's own penalty of what is missed in all members alike is what the tables say.
    compiled = build(scenario).compile()
    assert missed == pytest.approx(1000 * _least_missed_alike(compiled, scenario, plan), rel=1e-6)


def _least_missed_alike(compiled, scenario, plan):
    """In thousand USD, with everything built and chosen as planned."""
    objective, constant = compiled.objective_vector({"penalty_alike": 1.0})
    held, values = compiled.integer, whole_values(plan, scenario, compiled)
    problem = plain_problem(
        compiled.matrix, (compiled.row_lower, compiled.row_upper),
        (np.where(held, values, compiled.column_lower), np.where(held, values, compiled.column_upper)),
        compiled.integer, objective,
    )  # fmt: skip
    return optimum(problem)[1] + constant


@pytest.mark.parametrize("attitude", ["cvar", "worst", "minimax_regret"])
@pytest.mark.parametrize("members", ["design", "all"])
def test_compiled_rows_are_those_of_plain_pyomo(attitude, members):
    priced = dict.fromkeys(("environmental_flow", "obligations", "groundwater", "load_limits"), "priced")
    assert differences_from_plain_pyomo(build(resolved(risk_attitude={"attitude": attitude, "members": members}, **priced))) == []


def test_the_mean_adds_no_row_and_no_column():
    assert not {"runs_in", "missed_in"} & set(build(with_rice(0.2)).compile().variables)


DRY_IS_STRESS = (
    {"table": "members", "where": {"member": "dry_year"}, "set": {"kind": "stress", "probability": 0.1}},
    {"table": "members", "where": {"member": "normal_year"}, "set": {"probability": 1.0}},
)


def test_stress_years_are_expected_beside_or_weighed_themselves():
    beside = planned(with_rice(0.2, *DRY_IS_STRESS, attitude="worst"))
    assert beside.audit.passed, beside.audit.failures
    # Only the normal year is weighed; one year in ten misses rice.
    assert beside.values.risk_usd == pytest.approx(beside.row("member_costs", member="normal_year")["cost_usd"])
    assert beside.values.risk_usd <= TAPS + 0.1 * 0.2 * MISSED_PER_USD + 1e-6
    weighed = planned(with_rice(0.2, *DRY_IS_STRESS, attitude="worst", members="all"))
    assert weighed.audit.passed, weighed.audit.failures
    assert weighed.tables["member_costs"]["weight_share"].tolist() == pytest.approx([0.9, 0.1])
    assert weighed.values.risk_usd == pytest.approx(weighed.tables["member_costs"]["cost_usd"].max())


@pytest.mark.parametrize(
    ("column", "value", "code"),
    [
        ("weight_share", lambda v: v / 2, "member_weight"),
        ("running_usd", lambda v: v - 10.0, "member_running"),
        ("missed_usd", lambda v: v + 10.0, "member_missed"),
        ("cost_usd", lambda v: v - 10.0, "member_cost"),
        ("own_bound_usd", lambda v: v + 2000.0, "member_own_bound"),
        ("regret_usd", lambda v: v - 10.0, "member_regret"),
    ],
)
def test_the_audit_sees_falsified_members(regretting, column, value, code):
    tables = {name: frame.copy() for name, frame in regretting.tables.items()}
    change(tables, "member_costs", column, value)
    assert code in failures(regretting, tables)


def test_the_audit_misses_a_member_and_sees_a_polished_risk(regretting):
    tables = {name: frame.copy() for name, frame in regretting.tables.items()}
    drop(tables, "member_costs", member="dry_year")
    change(tables, "objectives", "value", lambda v: v - 10.0, objective="risk")
    assert {"member_told", "objective_risk"} <= failures(regretting, tables)


def test_only_regret_tells_of_own_best_plans(regretting):
    policy = regretting.scenario.policy.model_copy(update={"risk_attitude": RiskAttitude(attitude="worst")})
    found = {check.code for check in audit(regretting.basin, policy, regretting.tables).failures}
    assert {"member_own_told", "objective_risk"} <= found


def failures(plan, tables):
    return {check.code for check in audit(plan.basin, plan.scenario.policy, tables).failures}


def test_an_attitude_without_cost_is_refused():
    with pytest.raises(ValueError, match="attitude to risk"):
        Policy(objectives=(Objective(objective="access"),), risk_attitude=RiskAttitude(attitude="worst"))


def test_what_a_member_costs_is_its_share_of_the_mean():
    plan = planned(with_rice(0.2))
    members = plan.tables["member_costs"]
    mean = float(members["weight_share"] @ members["cost_usd"])
    assert mean == pytest.approx(plan.values.cost_usd + plan.penalty_usd)
