"""Groundwater, on the tutorial: Riverside's intake is taken for a borehole; its taps draw 42 × 365 = 15330 m³ a year."""

import pytest

from optimization.algebra.check import differences_from_plain_pyomo
from optimization.formulation import build
from planner.plan.audit import audit
from tests.optimization.formulation.test_water_laws import riverside
from tests.optimization.tiny_basins import Impossible, resolved
from tests.planner.plan.altering import change

DRAWN = 42.0 * 365
BOREHOLE = {"table": "sources", "where": {"source": "river_intake"}, "set": {"kind": "borehole", "aquifer": "basalt"}}


def aquifer(m3_per_year):
    return {"table": "aquifers", "add": {"aquifer": "basalt", "sustainable_yield_m3_per_year": m3_per_year}}


def test_a_year_s_groundwater_stays_within_what_the_aquifer_gives_for_good():
    plan = riverside(aquifer(DRAWN), BOREHOLE)
    assert plan.audit.passed, plan.audit.failures
    row = plan.row("groundwater", stage="stage_1", member="dry_year")
    assert row["drawn_m3_per_year"] == pytest.approx(DRAWN)
    assert row["overdraft_m3_per_year"] == 0.0
    with pytest.raises(Impossible):
        riverside(aquifer(DRAWN * 0.999), BOREHOLE)


def test_a_priced_overdraft_is_what_is_drawn_beyond_and_no_cost():
    plan = riverside(aquifer(DRAWN - 1000.0), BOREHOLE, groundwater="priced", groundwater_price_usd_per_m3=0.4)
    assert plan.audit.passed, plan.audit.failures
    assert set(plan.tables["groundwater"]["overdraft_m3_per_year"].round(6)) == {1000.0}
    # 1000 m³ a year in both members, at 0.4 USD, in two stages whose years are worth 1.8 and 1.152; rice misses some as ever.
    without = riverside(aquifer(DRAWN), BOREHOLE)
    assert plan.penalty_usd - without.penalty_usd == pytest.approx(1000.0 * 0.4 * (1.8 + 1.152))
    assert plan.values.cost_usd == pytest.approx(without.values.cost_usd)


def test_compiled_rows_are_those_of_plain_pyomo():
    for groundwater in ("hard", "priced"):
        assert differences_from_plain_pyomo(build(resolved(aquifer(9.0), BOREHOLE, groundwater=groundwater))) == []


@pytest.mark.parametrize(
    ("column", "value", "codes"),
    [
        ("drawn_m3_per_year", lambda v: v - 10.0, {"groundwater_drawn"}),
        ("sustainable_yield_m3_per_year", lambda v: v + 10.0, {"groundwater_yield"}),
        # What is overdrawn has a price, which is part of what each member costs.
        ("overdraft_m3_per_year", 0.0, {"groundwater_overdraft", "member_missed", "member_cost"}),
    ],
)
def test_the_audit_sees_falsified_groundwater(column, value, codes):
    plan = riverside(aquifer(DRAWN - 1000.0), BOREHOLE, groundwater="priced")
    tables = {name: frame.copy() for name, frame in plan.tables.items()}
    change(tables, "groundwater", column, value)
    basin, policy = plan.scenario.basin, plan.scenario.policy
    assert {check.code for check in audit(basin, policy, tables).failures} == codes
    held_hard = policy.model_copy(update={"groundwater": "hard"})
    assert "groundwater" in {check.code for check in audit(basin, held_hard, plan.tables).failures}
