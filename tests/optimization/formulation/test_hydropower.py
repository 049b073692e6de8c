"""Hydropower, on the tutorial: in the dry season of a dry year 300 m³ a day come to the lower reach, 200 to the upper one."""

import pytest

from optimization.algebra.check import differences_from_plain_pyomo
from optimization.formulation import build
from planner.plan.audit import audit
from planner.plan.indicators import indicators
from tests.optimization.formulation.test_protected_reaches import _with_basin
from tests.optimization.formulation.test_reservoirs import dam, lake
from tests.optimization.formulation.test_water_laws import DRY, riverside
from tests.optimization.tiny_basins import codes_of, planned, resolved
from tests.planner.plan.altering import change, drop

KWH_PER_M3 = 9.81 * 36.0 * 0.8 / 3600  # 1000 kg × 9.81 m/s² × 36 m × 0.8 = 282.528 kJ


def turbine(reach="upper_reach", **values):
    row = {"turbine": "gorge", "reach": reach, "head_m": 36.0, "efficiency_share": 0.8, "capacity_m3_per_day": 10_000.0,
           "value_usd_per_kwh": 0.1}  # fmt: skip
    return {"table": "turbines", "add": row | values}


def test_energy_is_water_times_head_times_efficiency():
    plan = planned(resolved(turbine(value_usd_per_kwh=0.0)))
    assert plan.audit.passed, plan.audit.failures
    row = plan.row("hydropower", **DRY)
    # Rice draws all the 80 that it wants: 120 of 200 flow on.
    assert row["turbined_m3_per_day"] == pytest.approx(120.0)
    assert row["energy_kwh_per_day"] == pytest.approx(120.0 * 0.07848)
    assert row["missed_kwh_per_day"] == pytest.approx(80.0 * 0.07848)
    assert pytest.approx(0.07848) == KWH_PER_M3
    found = {i.name: i for i in indicators(_with_basin(plan))}
    assert (found["hydropower_energy"].unit, found["hydropower_value"].value) == ("kWh/year", 0.0)


def test_rice_gives_way_to_a_turbine_that_is_worth_more_and_not_to_one_that_is_worth_less():
    # Rice is worth 0.05 USD/m³ of which nothing comes back to the upper reach: 0.07848 kWh at 0.64 USD are worth more.
    drawn = {
        price: planned(resolved(turbine(value_usd_per_kwh=price))).row("use_deliveries", **DRY)["delivered_m3_per_day"]
        for price in (0.63, 0.64)
    }
    assert drawn[0.63] == pytest.approx(80.0)
    assert drawn[0.64] == pytest.approx(0.0, abs=1e-6)


def test_what_is_lost_to_turbines_is_priced_and_no_cost():
    with_turbine, without = planned(resolved(turbine(value_usd_per_kwh=0.1))), planned(resolved())
    assert with_turbine.audit.passed, with_turbine.audit.failures
    assert with_turbine.values.cost_usd == pytest.approx(without.values.cost_usd)
    # Only rice takes water from the upper reach, 80 in the dry season, in dry and other years, of 165 days.
    lost = 80.0 * 165 * KWH_PER_M3 * 0.1 * (1.8 + 1.152)
    assert with_turbine.penalty_usd - without.penalty_usd == pytest.approx(lost)


def test_no_more_is_turned_than_the_capacity_and_small_turbines_lose_nothing():
    plan = planned(resolved(turbine(value_usd_per_kwh=9.0, capacity_m3_per_day=100.0)))
    assert plan.audit.passed, plan.audit.failures
    assert plan.row("hydropower", **DRY)["turbined_m3_per_day"] == pytest.approx(100.0)
    assert plan.row("use_deliveries", **DRY)["delivered_m3_per_day"] == pytest.approx(80.0)


def test_a_turbine_waits_for_its_dam_and_can_be_worth_it():
    late = lake(1000.0, existing=False)
    worthless = riverside(late, dam(), turbine("lower_reach", reservoir="lake", value_usd_per_kwh=0.0))
    assert worthless.audit.passed, worthless.audit.failures
    assert "dam" not in worthless.serving()
    assert worthless.tables["hydropower"]["turbined_m3_per_day"].max() == 0.0
    plan = riverside(late, dam(), turbine("lower_reach", reservoir="lake"))
    assert plan.audit.passed, plan.audit.failures
    assert "dam" in plan.serving()
    assert plan.tables["hydropower"]["turbined_m3_per_day"].min() > 0.0


@pytest.mark.parametrize("attitude", ["cvar", "worst"])
def test_a_member_misses_what_its_turbines_lose(attitude):
    plan = planned(resolved(turbine(value_usd_per_kwh=0.1), risk_attitude={"attitude": attitude}))
    assert plan.audit.passed, plan.audit.failures
    without = planned(resolved(risk_attitude={"attitude": attitude}))
    more = (
        plan.row("member_costs", member="dry_year")["missed_usd"] - without.row("member_costs", member="dry_year")["missed_usd"]
    )
    assert more == pytest.approx(80.0 * 165 * KWH_PER_M3 * 0.1 * (1.8 + 1.152))


def test_a_member_in_which_a_lake_lets_turbines_give_more_than_the_river_alone_misses_less_than_nothing():
    small = turbine("lower_reach", reservoir="lake", value_usd_per_kwh=5.0, capacity_m3_per_day=400.0)
    plan = planned(resolved(lake(100_000.0), small, risk_attitude={"attitude": "worst"}))
    assert plan.row("hydropower", **DRY)["missed_kwh_per_day"] < 0
    assert plan.row("member_costs", member="dry_year")["missed_usd"] < 0
    assert plan.audit.passed, plan.audit.failures


def test_compiled_rows_are_those_of_plain_pyomo():
    late = lake(1000.0, existing=False)
    asked = resolved(late, dam(), turbine("lower_reach", reservoir="lake"), turbine(turbine="other"))
    assert differences_from_plain_pyomo(build(asked)) == []


def test_a_turbine_stands_where_its_dam_is():
    assert "turbine.reservoir_reach" in codes_of(lake(1000.0), turbine(reservoir="lake"))
    assert "turbine.reservoir_reach" not in codes_of(lake(1000.0), turbine("lower_reach", reservoir="lake"))


@pytest.mark.parametrize(
    ("code", "alter"),
    [
        ("hydropower_turned", lambda t: change(t, "hydropower", "turbined_m3_per_day", lambda v: v + 1.0)),
        ("hydropower_energy", lambda t: change(t, "hydropower", "energy_kwh_per_day", lambda v: v + 1.0)),
        ("hydropower_missed", lambda t: change(t, "hydropower", "missed_kwh_per_day", lambda v: v - 1.0)),
        ("row_missing", lambda t: drop(t, "hydropower", stage="stage_1")),
    ],
)
def test_an_altered_plan_is_rejected(code, alter):
    plan = planned(resolved(turbine()))
    tables = {name: frame.copy() for name, frame in plan.tables.items()}
    alter(tables)
    assert code in {check.code for check in audit(plan.scenario.basin, plan.scenario.policy, tables).failures}
