"""Options that may stand several times, on the tutorial: Riverside's taps draw 42 m³ a day through pipes of a small size."""

import numpy as np
import pytest

from optimization.algebra.check import differences_from_plain_pyomo
from optimization.formulation import build
from planner.plan.audit import audit
from tests.optimization.formulation.test_energy import GRID, pump, sun
from tests.optimization.formulation.test_water_laws import riverside
from tests.optimization.tiny_basins import NO_MEMBRANES, Impossible, codes_of, resolved
from tests.planner.plan.altering import change

ONLY_SMALL = {"table": "options", "remove": True, "where": {"option": "riverside_pipe_dn110"}}


def small(largest_count, m3_per_day=15.0):
    """Pipes of 600 USD and 15 USD a year each."""
    return {
        "table": "options",
        "where": {"option": "riverside_pipe_dn63"},
        "set": {"capacity_m3_per_day": m3_per_day, "largest_count": largest_count},
    }


def test_as_many_stand_as_the_water_asks_for_and_each_is_paid():
    # 42 m³ a day in pipes of 15: three of them, 1800 USD and 45 USD a year in place of 1000 USD and 20 USD a year.
    plan = riverside(ONLY_SMALL, small(5))
    assert plan.audit.passed, plan.audit.failures
    row = plan.row("investments", option="riverside_pipe_dn63", stage="stage_1")
    assert (row["count"], row["capacity_m3_per_day"], row["capital_usd"]) == (3, 45.0, 1800.0)
    assert row["running_cost_usd_per_year"] == 45.0
    assert plan.objective * 1000 == pytest.approx(plan.values.cost_usd)
    one = riverside(ONLY_SMALL, small(1, 45.0))
    # Two further ones: their running cost in both stages, and the capital of one twice more.
    running = 2 * 15 * (1.8 + 1.152)
    costs = [p.tables["costs"].set_index(["item", "category", "account"])["present_value_usd"] for p in (plan, one)]
    key = ("conveyance", "lower_district")
    assert costs[0]["running", *key] - costs[1]["running", *key] == pytest.approx(running)
    assert costs[0]["capital", *key] - costs[1]["capital", *key] == pytest.approx(1200.0)


def test_no_more_stand_than_may():
    with pytest.raises(Impossible):
        riverside(ONLY_SMALL, small(2))


def test_a_train_of_several_units_has_as_many_times_the_capacity():
    fixed = {
        "table": "options",
        "where": {"option": "works_slow_sand"},
        "set": {"capex_usd_per_m3_per_day": 0.0, "fixed_om_usd_per_year_per_m3_per_day": 0.0, "capacity_m3_per_day": 20.0,
                "largest_count": 4},
    }  # fmt: skip
    plan = riverside(NO_MEMBRANES, fixed)
    assert plan.audit.passed, plan.audit.failures
    row = plan.row("investments", option="works_slow_sand", stage="stage_1")
    assert (row["count"], row["capacity_m3_per_day"]) == (3, 60.0)


def test_panels_are_added_one_by_one():
    panels = sun(10.0)
    panels["add"]["largest_count"] = 9
    plan = riverside(GRID, pump(), panels)
    assert plan.audit.passed, plan.audit.failures
    # The fifth would pump 2 m³ a day: 0.1962 · 730 · 0.2 = 29 USD a year, worth 85 USD, less than its 100 USD with what is left.
    count = plan.row("investments", option="panels", stage="stage_2")["count"]
    by_sun = plan.row("energy", link="raw_main", stage="stage_2")["solar_m3_per_year"]
    assert count in (4, 5)
    assert by_sun == pytest.approx(min(10.0 * count, 42.0) * 365)


def test_where_nothing_stands_several_times_nothing_is_added():
    compiled = build(resolved()).compile()
    assert compiled.variables["further"].size == 0
    assert not sum(family.count for name, family in compiled.families.items() if name.startswith("further"))


def test_compiled_rows_are_those_of_plain_pyomo():
    assert differences_from_plain_pyomo(build(resolved(ONLY_SMALL, small(3)))) == []


@pytest.mark.parametrize(
    ("column", "value", "code"),
    [
        ("count", 4, "option_capacity"),
        ("count", 9, "option_count"),
        ("count", 0, "option_count"),
        ("count", 2.5, "value_invalid"),
        ("capacity_m3_per_day", 15.0, "option_capacity"),
        ("capital_usd", 600.0, "option_capital"),
    ],
)
def test_the_audit_sees_what_is_miscounted(column, value, code):
    plan = riverside(ONLY_SMALL, small(5))
    tables = {name: frame.copy() for name, frame in plan.tables.items()}
    tables["investments"]["count"] = tables["investments"]["count"].astype(float if isinstance(value, float) else np.int64)
    change(tables, "investments", column, value, option="riverside_pipe_dn63", stage="stage_1")
    assert code in {check.code for check in audit(plan.scenario.basin, plan.scenario.policy, tables).failures}


def test_the_audit_sees_that_fewer_stand_than_before():
    plan = riverside(ONLY_SMALL, small(5))
    tables = {name: frame.copy() for name, frame in plan.tables.items()}
    change(tables, "investments", "count", 2, option="riverside_pipe_dn63", stage="stage_2")
    assert "option_count_falls" in {c.code for c in audit(plan.scenario.basin, plan.scenario.policy, tables).failures}


def test_what_has_no_capacity_of_its_own_is_not_counted():
    for option in ("intake_well", "works_slow_sand"):
        changed = {"table": "options", "where": {"option": option}, "set": {"largest_count": 2}}
        assert codes_of(changed) == {"option.count_unused"}
