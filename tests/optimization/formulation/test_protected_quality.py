"""Protection keeps arsenic out of the river that Riverside's works take from: 42 m³ a day, a guideline value of 10 µg/L."""

import pytest

from optimization.algebra.check import differences_from_plain_pyomo
from optimization.formulation import build
from planner.plan.audit import audit
from tests.optimization.formulation.test_catchment_protection import FOREST, WOOD
from tests.optimization.formulation.test_quality import DRY, SPRING_MAIN, arsenic, fed, riverside
from tests.optimization.tiny_basins import NO_FILTERS, RICH, RIVERSIDE_TAPS, Impossible, codes_of, resolved
from tests.planner.plan.altering import drop

MIXED = {"blending": "chemicals"}
NO_SPRING = {"table": "options", "remove": True, "where": {"option": "spring_main_dn63"}}


def keeps_out(share, option="forest"):
    row = {"option": option, "source": "river_intake", "parameter": "arsenic", "kept_out_share": share}
    return {"table": "protection_quality", "add": row}


def gives(spring_m3_per_day):
    return {"table": "source_yields", "where": {"source": "hill_spring"}, "set": {"yield_m3_per_day": spring_m3_per_day}}


def test_cleaner_river_water_needs_less_of_the_spring_to_be_mixed_with():
    # A half of 30 µg/L is kept out: 15 x + 5 (42 − x) ≤ 10 · 42, so x ≤ 21, and 21 of the spring are enough instead of 33.6.
    changes = (*arsenic(30.0, 30.0, spring=5.0), FOREST, WOOD, keeps_out(0.5))
    plan = riverside(gives(21.0), *changes, **MIXED)
    assert plan.audit.passed, plan.audit.failures
    assert "forest" in plan.serving("stage_1")
    assert fed(plan, "raw_main", DRY) == pytest.approx(21.0)
    row = plan.row("quality", parameter="arsenic", site="works", **DRY)
    assert (row["raw_value"], row["treated_value"]) == (pytest.approx(10.0), pytest.approx(10.0))
    with pytest.raises(Impossible):
        riverside(gives(20.9), *changes, **MIXED)
    assert "forest" not in riverside(gives(33.6), *changes, **MIXED).serving("stage_1")


def test_what_two_options_keep_out_adds_up_and_makes_a_source_enough_alone():
    grove = {**FOREST, "add": {**FOREST["add"], "option": "grove"}}
    # 30 µg/L less 0.4 and 0.3 of it are 9.
    both = (*arsenic(30.0, 30.0), FOREST, grove, keeps_out(0.4), keeps_out(0.3, "grove"), NO_SPRING)
    plan = riverside(*both, **MIXED)
    assert plan.audit.passed, plan.audit.failures
    assert {"forest", "grove"} <= plan.serving("stage_1")
    assert plan.row("quality", parameter="arsenic", site="works", **DRY)["raw_value"] == pytest.approx(9.0)
    with pytest.raises(Impossible):
        riverside(*both[:-2], NO_SPRING, **MIXED)
    with pytest.raises(Impossible):  # where no waters are mixed, a train must be enough for the water as it is
        riverside(*both)


def test_binding_periods_cost_what_all_periods_cost():
    changes = (*arsenic(30.0, 12.0, spring=5.0), FOREST, WOOD, keeps_out(0.5), gives(21.0))
    binding, every = (riverside(*changes, periods=periods, **MIXED) for periods in ("binding", "all"))
    assert every.audit.passed, every.audit.failures
    assert binding.values.cost_usd == pytest.approx(every.values.cost_usd)


def test_compiled_rows_are_those_of_plain_pyomo():
    changes = (NO_FILTERS, RICH, *SPRING_MAIN, *arsenic(30.0, 12.0, spring=5.0), FOREST, keeps_out(0.5))
    assert differences_from_plain_pyomo(build(resolved(*changes, floors=[RIVERSIDE_TAPS], **MIXED))) == []


def test_the_audit_mixes_the_water_without_a_forest_that_does_not_stand():
    plan = riverside(gives(21.0), *arsenic(30.0, 30.0, spring=5.0), FOREST, keeps_out(0.5), **MIXED)
    tables = {name: frame.copy() for name, frame in plan.tables.items()}
    drop(tables, "investments", option="forest")
    failed = {check.code for check in audit(plan.scenario.basin, plan.scenario.policy, tables).failures}
    assert {"mixed_guideline", "mixed_raw", "mixed_treated"} <= failed


def test_quality_that_cannot_be_is_found():
    known = arsenic(30.0, 30.0)
    assert "protection_effect.no_protection" in codes_of(*known, keeps_out(0.5, "intake_well"))
    more = [{**FOREST, "add": {**FOREST["add"], "option": f"forest_{n}"}} for n in range(4)]
    found = codes_of(*known, *more, *(keeps_out(0.3, f"forest_{n}") for n in range(4)))
    assert {"protection_effect.too_many", "protection_effect.below_nothing"} <= found
    assert "catchment_protection.no_effect" not in codes_of(*known, FOREST, keeps_out(0.5))
