"""Licences of administrations, on the tutorial: Riverside's taps draw 42 × 365 = 15330 m³ a year from the lower district."""

import pytest

from optimization.algebra.check import differences_from_plain_pyomo
from optimization.conflicts import findings_of, lacks
from optimization.formulation import build
from optimization.mending import mending
from optimization.solving.limits import Limits
from planner.plan.audit import audit
from planner.plan.indicators import indicators
from planner.scenario.changes import apply
from planner.scenario.scenario import Scenario
from tests.optimization.formulation.test_protected_reaches import _with_basin
from tests.optimization.formulation.test_water_laws import riverside
from tests.optimization.tiny_basins import NO_FILTERS, RICH, RIVERSIDE_TAPS, Impossible, compiled_problem, resolved
from tests.planner.plan.altering import change, drop

DRAWN = 42.0 * 365


def licence(m3_per_year, administration="lower_district", stages=("stage_1", "stage_2")):
    rows = [{"administration": administration, "stage": s, "licence_m3_per_year": m3_per_year} for s in stages]
    return {"table": "administration_licences", "add": rows}


@pytest.mark.parametrize("administration", ["lower_district", "province"])
def test_all_sources_of_an_administration_and_of_those_below_stay_within_its_licence(administration):
    plan = riverside(licence(DRAWN, administration))
    assert plan.audit.passed, plan.audit.failures
    row = plan.row("licence_use", stage="stage_1", member="dry_year")
    assert row["drawn_m3_per_year"] == pytest.approx(DRAWN)
    assert row["exceeded_m3_per_year"] == 0.0
    with pytest.raises(Impossible):
        riverside(licence(DRAWN * 0.999, administration))


def test_other_administrations_and_stages_without_a_row_are_free():
    plan = riverside(licence(0.0, "upper_district"), licence(DRAWN, stages=("stage_2",)))
    assert plan.audit.passed, plan.audit.failures
    assert set(plan.rows("licence_use", administration="lower_district")["stage"]) == {"stage_2"}
    assert plan.rows("licence_use", administration="upper_district")["drawn_m3_per_year"].max() == 0.0


def test_what_is_taken_beyond_a_priced_licence_is_told_and_no_cost():
    # 1000 m³ a year beyond in both members, at 0.4 USD, in two stages whose years are worth 1.8 and 1.152.
    plan = riverside(licence(DRAWN - 1000.0), administration_licences="priced", administration_licence_price_usd_per_m3=0.4)
    assert plan.audit.passed, plan.audit.failures
    without = riverside()
    assert set(plan.tables["licence_use"]["exceeded_m3_per_year"].round(6)) == {1000.0}
    assert plan.penalty_usd - without.penalty_usd == pytest.approx(1000.0 * 0.4 * (1.8 + 1.152))
    assert plan.values.cost_usd == pytest.approx(without.values.cost_usd)
    told = next(i for i in indicators(_with_basin(plan)) if i.name == "licences_exceeded")
    assert (told.value, told.unit) == (pytest.approx(1000.0), "m³/year")


def test_compiled_rows_are_those_of_plain_pyomo():
    for how in ("hard", "priced"):
        assert differences_from_plain_pyomo(build(resolved(licence(9.0, "province"), administration_licences=how))) == []


def test_a_licence_that_is_too_small_is_said_and_mended():
    tight = resolved(NO_FILTERS, RICH, licence(DRAWN - 5000.0), floors=[RIVERSIDE_TAPS])
    compiled, problem = compiled_problem(tight)
    lacking = [lack for lack in lacks(compiled, problem, Limits(time_seconds=10)) if lack.family == "administration_licence"]
    messages = {finding.message for finding in findings_of(lacking)}
    assert "The licence of the administration lower_district is 5,000 m³/year too small in stage_1, dry_year." in messages
    changes, words = mending(tight, lacking, 1.0)
    assert words[0].startswith("license 5,") and words[0].endswith("m³/year more to lower_district")  # up to two digits
    mended = apply(tight.basin, Scenario(name="mended", changes=changes))
    assert mended.tables["administration_licences"]["licence_m3_per_year"].between(DRAWN - 1e-3, DRAWN + 100.0).all()


@pytest.mark.parametrize(
    ("alter", "codes"),
    [
        (lambda t: change(t, "licence_use", "drawn_m3_per_year", lambda v: v - 10.0), {"licence_drawn"}),
        (lambda t: change(t, "licence_use", "licence_m3_per_year", lambda v: v + 10.0), {"licence_volume"}),
        # What is taken beyond has a price, which is part of what each member costs.
        (lambda t: change(t, "licence_use", "exceeded_m3_per_year", 0.0), {"licence_exceeded", "member_missed", "member_cost"}),
        (lambda t: drop(t, "licence_use", stage="stage_1"), {"licence_told", "member_missed", "member_cost"}),
    ],
)
def test_the_audit_sees_falsified_licences(alter, codes):
    plan = riverside(licence(DRAWN - 1000.0), administration_licences="priced")
    tables = {name: frame.copy() for name, frame in plan.tables.items()}
    alter(tables)
    basin, policy = plan.scenario.basin, plan.scenario.policy
    assert {check.code for check in audit(basin, policy, tables).failures} == codes
    held_hard = policy.model_copy(update={"administration_licences": "hard"})
    assert "administration_licence" in {check.code for check in audit(basin, held_hard, plan.tables).failures}
