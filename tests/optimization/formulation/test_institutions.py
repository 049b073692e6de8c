"""Institutions, on the tutorial: Riverside's school of 200 children at 10 L, 2 m³ a day, beside 1000 persons at taps."""

import pytest

from optimization.algebra.check import differences_from_plain_pyomo
from optimization.demands import DEMANDS
from optimization.formulation import build
from planner.plan.audit import audit
from planner.scenario.policy import InstitutionFloor
from tests.optimization.formulation.test_water_laws import riverside
from tests.optimization.tiny_basins import RICH, Impossible, planned, resolved
from tests.planner.plan.altering import change

SCHOOLS = {"kind": "school", "stage": "stage_2"}
STRESS = {"table": "members", "add": {"member": "drought", "kind": "stress", "probability": 0.1}}
"""The spring and the river are as in a dry year, but the intake yields a quarter of what the taps draw."""


def drought(intake):
    return [
        STRESS,
        {"table": "inflow", "add": [{"reach": r, "season": s, "member": "drought", "inflow_m3_per_day": q}
                                    for r, s, q in (("upper_reach", "dry", 200.0), ("upper_reach", "wet", 1000.0),
                                                    ("lower_reach", "dry", 100.0), ("lower_reach", "wet", 500.0))]},
        {"table": "source_yields", "add": [{"source": source, "season": season, "member": "drought",
                                            "yield_m3_per_day": {"hill_spring": 10.0, "river_intake": intake}[source]}
                                           for source in ("hill_spring", "river_intake") for season in ("dry", "wet")]},
    ]  # fmt: skip


def test_every_school_has_safe_water_by_stage_2_where_the_policy_says_so():
    idle = planned(resolved(RICH))
    assert set(idle.tables["institutions"]["served"]) == {False}
    plan = planned(resolved(RICH, institution_floors=[{**SCHOOLS, "hard": True}]))
    assert plan.audit.passed, plan.audit.failures
    assert plan.row("institutions", stage="stage_1")["delivered_m3_per_day"] == 0.0
    row = plan.row("institutions", institution="riverside_school", stage="stage_2")
    # 200 children × 10 L = 2 m³ a day
    assert (row["served"], row["need_m3_per_day"], row["delivered_m3_per_day"]) == (True, 2.0, 2.0)


def test_a_priced_floor_is_missed_where_pipes_are_dearer_and_its_price_is_no_cost():
    idle = planned(resolved(RICH))
    plan = planned(resolved(RICH, institution_floors=[{**SCHOOLS, "missed_price_usd_per_institution_year": 10.0}]))
    assert plan.audit.passed, plan.audit.failures
    # One school missed in the second stage, whose years are worth 1.152.
    assert plan.penalty_usd - idle.penalty_usd == pytest.approx(10.0 * 1.152)
    assert plan.values.cost_usd == pytest.approx(idle.values.cost_usd)


def test_a_hard_floor_without_a_network_is_impossible_and_said():
    without = {"table": "service_plans", "remove": True, "where": {"mode": ["public_tap", "house_tap"]}}
    with pytest.raises(Impossible):
        planned(resolved(RICH, without, institution_floors=[{**SCHOOLS, "hard": True}]))
    said = DEMANDS["institutions_are_served"].said(1.0, "1:basin:school:1")
    assert said == "Floor 1 for institutions misses 1 of them in basin, however much money and water there is."


def test_a_school_keeps_its_share_in_a_drought_and_bears_its_part_of_the_shortage():
    plan = riverside(*drought(10.0))
    assert plan.audit.passed, plan.audit.failures
    # Taps want 1000 × 40 L + 2 m³ = 42; 20 L each and half the school's need, 21 m³, must stay. The intake gives 10: of 42,
    # 21 are done without and 11 are hauled. The school does without all that it may: half of 2.
    short = plan.rows("shortage", village="riverside", member="drought", stage="stage_1", season="dry").iloc[0]
    assert short["shortage_m3_per_day"] == pytest.approx(21.0)
    assert short["hauled_m3_per_day"] == pytest.approx(11.0)
    assert plan.row("institutions", stage="stage_1")["largest_shortage_m3_per_day"] == pytest.approx(1.0)


def test_a_clinic_that_keeps_everything_lacks_nothing():
    whole = {"table": "institutions", "set": {"survival_share": 1.0}}
    plan = riverside(*drought(30.0), whole)
    assert plan.audit.passed, plan.audit.failures
    short = plan.rows("shortage", village="riverside", member="drought", stage="stage_1", season="dry").iloc[0]
    assert short["shortage_m3_per_day"] == pytest.approx(12.0)
    assert set(plan.tables["institutions"]["largest_shortage_m3_per_day"]) == {0.0}


def test_compiled_rows_are_those_of_plain_pyomo():
    floors = [{"share": 0.5}, {**SCHOOLS, "hard": True, "administration": "lower_district"}]
    assert differences_from_plain_pyomo(build(resolved(institution_floors=floors))) == []


@pytest.mark.parametrize(
    ("column", "value", "code"),
    [
        ("served", False, "institution_served"),
        ("need_m3_per_day", 3.0, "institution_need"),
        ("delivered_m3_per_day", 1.0, "institution_delivered"),
        ("largest_shortage_m3_per_day", 0.0, "institution_shortage"),
    ],
)
def test_the_audit_sees_falsified_institutions(column, value, code):
    plan = riverside(*drought(10.0))
    tables = {name: frame.copy() for name, frame in plan.tables.items()}
    change(tables, "institutions", column, value)
    assert {check.code for check in audit(plan.scenario.basin, plan.scenario.policy, tables).failures} == {code}


def test_the_audit_holds_a_hard_floor():
    plan = planned(resolved(RICH))
    policy = plan.scenario.policy.model_copy(update={"institution_floors": (InstitutionFloor(hard=True),)})
    assert {check.code for check in audit(plan.scenario.basin, policy, plan.tables).failures} == {"institution_floor"}
