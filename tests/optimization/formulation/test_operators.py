"""Operators, on the tutorial: Riverside's slow sand works need two, its ten public taps a tenth of one each."""

import pytest

from optimization.algebra.check import differences_from_plain_pyomo
from optimization.conflicts import lacks
from optimization.formulation import build
from optimization.mending import mending
from optimization.solving.limits import Limits
from planner.plan.audit import audit
from planner.scenario.resolved import resolve
from planner.scenario.scenario import Scenario
from tests.optimization.formulation.test_water_laws import option, riverside
from tests.optimization.tiny_basins import (
    NO_FILTERS,
    NO_MEMBRANES,
    RICH,
    RIVERSIDE_TAPS,
    TAPS_COST_USD,
    Impossible,
    codes_of,
    compiled_problem,
    planned,
    resolved,
)
from tests.planner.plan.altering import change

WORKS_NEED_TWO = option("works_slow_sand", needed_operators=2.0)
TAPS_NEED_A_TENTH = {"table": "assets", "where": {"asset": "tap_stand"}, "set": {"needed_operators": 0.1}}
NEEDS = (NO_MEMBRANES, WORKS_NEED_TWO, TAPS_NEED_A_TENTH)
COURSE = {
    "option": "course", "kind": "operator_training", "place": "lower_district", "technology": "training", "category": "taps",
    "administration": "lower_district", "capex_usd": 500.0, "life_years": 20, "trained_operators": 2.0,
}  # fmt: skip


def present(operators, administration="lower_district"):
    row = {"administration": administration, "present_operators": operators}
    return {"table": "operators_present", "add": row}


def course(**values):
    return {"table": "options", "add": {**COURSE, **values}}


def test_works_serve_where_there_are_operators_enough():
    # The works need 2, ten tap stands a tenth each: 2 + 10 × 0.1 = 3.
    plan = riverside(*NEEDS, present(3.0))
    assert plan.audit.passed, plan.audit.failures
    assert plan.values.cost_usd == pytest.approx(TAPS_COST_USD)
    row = plan.row("operators", account="lower_district", stage="stage_1")
    assert tuple(row[["needed_operators", "present_operators", "trained_operators"]]) == pytest.approx((3.0, 3.0, 0.0))
    with pytest.raises(Impossible):
        riverside(*NEEDS, present(2.99))


def test_operators_of_another_account_are_no_help():
    with pytest.raises(Impossible):
        riverside(*NEEDS, present(9.0, "upper_district"), present(9.0, "province"))


def test_a_training_is_built_where_it_is_needed_and_only_there():
    # One is there, two are trained for 500 USD. At the end 16 of 20 years of life are left: 500 × (1 - 0.8 × 0.4096) = 336.16.
    plan = riverside(*NEEDS, present(1.0), course())
    assert plan.audit.passed, plan.audit.failures
    assert "course" in plan.serving("stage_1")
    assert plan.values.cost_usd == pytest.approx(TAPS_COST_USD + 336.16)
    assert plan.row("operators", account="lower_district", stage="stage_2")["trained_operators"] == pytest.approx(2.0)
    assert "course" not in riverside(*NEEDS, present(3.0), course()).serving("stage_2")


def test_nothing_serves_before_its_operators_are_trained():
    late = course(lead_time_stages=1)
    with pytest.raises(Impossible):
        riverside(*NEEDS, present(1.0), late)
    plan = riverside(*NEEDS, present(1.0), late, floor={**RIVERSIDE_TAPS, "stage": "stage_2"})
    assert plan.audit.passed, plan.audit.failures
    assert "works_slow_sand" not in plan.serving("stage_1")
    assert plan.serving("stage_2") >= {"works_slow_sand", "course"}


def test_without_needs_there_is_no_row():
    model = build(resolved(course(), present(1.0))).compile()
    assert model.families["works_have_operators"].count == 0
    assert riverside().tables["operators"].empty


def test_compiled_rows_are_those_of_plain_pyomo():
    assert differences_from_plain_pyomo(build(resolved(*NEEDS, present(1.0), course()))) == []


def test_why_there_is_no_plan_says_who_lacks_how_many_and_the_mending_helps():
    scenario = resolved(NO_FILTERS, RICH, *NEEDS, present(1.0), floors=[RIVERSIDE_TAPS])
    compiled, problem = compiled_problem(scenario)
    lacking = lacks(compiled, problem, Limits(time_seconds=20))
    assert {lack.demand.code for lack in lacking} == {"conflict.operators"}
    # The relaxation builds a part of the works, so it lacks less than the two.
    assert lacking[0].finding.message == "lower_district lacks 1.787 operators in stage_1."
    changes, words = mending(scenario, lacking, 1.25)
    assert words == ["find 3 operators more for lower_district"]
    mended = Scenario(name="mended", changes=changes, policy=scenario.policy)
    assert planned(resolve(scenario.basin, mended)).audit.passed


@pytest.mark.parametrize(
    ("column", "code"),
    [
        ("needed_operators", {"operators_needed"}),
        ("present_operators", {"operators_present"}),
        ("trained_operators", {"operators_trained"}),
    ],
)
def test_the_audit_sees_falsified_operators(column, code):
    plan = riverside(*NEEDS, present(1.0), course())
    tables = {name: frame.copy() for name, frame in plan.tables.items()}
    change(tables, "operators", column, lambda v: v + 1.0)
    assert {check.code for check in audit(plan.scenario.basin, plan.scenario.policy, tables).failures} == code


def test_the_audit_sees_works_without_operators():
    plan = riverside(*NEEDS, present(3.0))
    basin = resolved(*NEEDS, present(2.0), NO_FILTERS, RICH).basin
    tables = {name: frame.copy() for name, frame in plan.tables.items()}
    change(tables, "operators", "present_operators", 2.0)
    assert {check.code for check in audit(basin, plan.scenario.policy, tables).failures} == {"operators_enough"}


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ((course(trained_operators=0.0),), "operators.trains_nobody"),
        ((option("works_slow_sand", trained_operators=1.0),), "operators.no_training"),
        ((WORKS_NEED_TWO, present(1.0)), "operators.too_few"),
        ((TAPS_NEED_A_TENTH, present(9.0, "province")), "operators.too_few"),
        ((course(capacity_m3_per_day=3.0),), "option.capacity_unused"),
        ((course(place="works"),), "option.place"),
    ],
)
def test_what_no_operator_can_run_is_found(changes, code):
    assert code in codes_of(*changes)


def test_what_training_makes_enough_is_not_found():
    assert "operators.too_few" not in codes_of(WORKS_NEED_TWO, present(0.5), course())
    rivals = (
        course(exclusive_group="school", trained_operators=1.0),
        course(option="other", exclusive_group="school", trained_operators=1.0),
    )
    assert "operators.too_few" in codes_of(WORKS_NEED_TWO, present(0.5), *rivals)
