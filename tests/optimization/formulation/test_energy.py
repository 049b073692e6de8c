"""Energy of pumping, on the tutorial: Riverside's taps draw 42 × 365 = 15330 m³ a year through the raw main.

The main's pump is given 36 m at 50 %: 9.81 × 36 / (3600 × 0.5) = 0.1962 kWh/m³, so 3007.746 kWh a year, at 0.2 USD 601.55 USD.
"""

import pytest

from optimization.algebra.check import differences_from_plain_pyomo
from optimization.demands import demand_of
from optimization.formulation import build
from planner.plan.audit import audit
from planner.plan.indicators import indicators
from tests.optimization.formulation.test_water_laws import riverside
from tests.optimization.tiny_basins import TAPS_COST_USD, Impossible, codes_of, resolved
from tests.planner.plan.altering import change

GRID = {
    "table": "energy_kinds",
    "add": {"energy": "grid", "price_usd_per_kwh": 0.2, "emissions_kg_co2_per_kwh": 0.5},
}
KWH = 15330 * 0.1962
TWO_STAGES = 1.8 + 1.152
"""What a dollar a year in both stages is worth."""


def pump(link="raw_main", **values):
    return {
        "table": "links",
        "where": {"link": link},
        "set": {"energy": "grid", "pumping_head_m": 36.0, "pump_efficiency_share": 0.5, **values},
    }


def sun(m3_per_day, link="raw_main", capex_usd=100.0):
    return {
        "table": "options",
        "add": {
            "option": "panels", "kind": "solar_pumping", "place": link, "technology": "solar_pump", "category": "conveyance",
            "administration": "lower_district", "capacity_m3_per_day": m3_per_day, "capex_usd": capex_usd, "life_years": 20,
        },
    }  # fmt: skip


def bought(plan, link="raw_main", stage="stage_1"):
    return plan.row("energy", link=link, stage=stage)


def test_a_pump_takes_head_over_efficiency_and_pays_for_it():
    plan = riverside(GRID, pump())
    assert plan.audit.passed, plan.audit.failures
    assert bought(plan)["energy_kwh_per_year"] == pytest.approx(KWH)
    assert bought(plan)["cost_usd_per_year"] == pytest.approx(KWH * 0.2)
    assert bought(plan)["emissions_kg_co2_per_year"] == pytest.approx(KWH * 0.5)
    assert plan.values.cost_usd == pytest.approx(TAPS_COST_USD + KWH * 0.2 * TWO_STAGES)


def test_the_sun_takes_the_place_of_bought_energy_as_far_as_its_panels_reach():
    without, plan = riverside(GRID, pump()), riverside(GRID, pump(), sun(21.0))
    assert plan.audit.passed, plan.audit.failures
    assert "panels" in plan.serving()
    assert bought(plan)["solar_m3_per_year"] == pytest.approx(21.0 * 365)
    assert bought(plan)["energy_kwh_per_year"] == pytest.approx(KWH / 2)
    # Half of the energy is saved for 100 USD, of which a life of 20 years leaves something at the end.
    costs = plan.tables["costs"].set_index(["item", "category", "account"])["present_value_usd"]
    before = without.tables["costs"].set_index(["item", "category", "account"])["present_value_usd"]
    key = ("running", "water", "lower_district")
    assert before[key] - costs[key] == pytest.approx(KWH / 2 * 0.2 * TWO_STAGES)
    assert plan.objective * 1000 == pytest.approx(plan.values.cost_usd)


def test_panels_that_cost_more_than_they_save_are_not_built():
    plan = riverside(GRID, pump(), sun(21.0, capex_usd=5000.0))
    assert "panels" not in plan.serving()
    assert plan.objective * 1000 == pytest.approx(TAPS_COST_USD + KWH * 0.2 * TWO_STAGES)


def test_the_sun_pumps_in_a_link_into_a_village_too():
    plan = riverside(GRID, pump("riverside_pipe"), sun(21.0, "riverside_pipe"))
    assert plan.audit.passed, plan.audit.failures
    assert bought(plan, "riverside_pipe")["solar_m3_per_year"] == pytest.approx(21.0 * 365)
    assert plan.objective * 1000 == pytest.approx(plan.values.cost_usd)


def test_a_bound_on_emissions_asks_for_the_sun_or_leaves_no_plan():
    emitted = KWH * 0.5
    dear = sun(21.0, capex_usd=5000.0)
    plan = riverside(GRID, pump(), dear, largest_emissions_kg_co2_per_year=emitted / 2)
    assert plan.audit.passed, plan.audit.failures
    assert "panels" in plan.serving()
    assert bought(plan)["emissions_kg_co2_per_year"] == pytest.approx(emitted / 2)
    with pytest.raises(Impossible):
        riverside(GRID, pump(), dear, largest_emissions_kg_co2_per_year=emitted * 0.49)
    said = demand_of("emissions_of_pumping").said(0.2, "stage_1")
    assert said == "The policy's bound on emissions of pumping and treatment is 200 kg CO2 a year too low in stage_1."


def test_without_kinds_of_energy_nothing_is_added():
    compiled = build(resolved()).compile()
    for family in ("main_by_sun", "pipe_by_sun"):
        assert compiled.variables[family].size == 0
    assert not {"main_sun_flows", "pipe_sun_flows", "emissions_of_pumping"} & {
        name for name, family in compiled.families.items() if family.count
    }


def test_compiled_rows_are_those_of_plain_pyomo():
    for link in ("raw_main", "riverside_pipe"):
        scenario = resolved(GRID, pump(link), sun(21.0, link), largest_emissions_kg_co2_per_year=100.0)
        assert differences_from_plain_pyomo(build(scenario)) == []


def test_indicators_tell_energy_and_emissions_where_there_are_pumps():
    plan = riverside(GRID, pump())

    class Shown:
        basin, tables = plan.scenario.basin, plan.tables

    told = {indicator.name: indicator.value for indicator in indicators(Shown())}
    assert told["energy_bought"] == pytest.approx(KWH)
    assert told["energy_cost"] == pytest.approx(KWH * 0.2)
    assert told["emissions"] == pytest.approx(KWH * 0.5)


@pytest.mark.parametrize(
    ("column", "code"),
    [
        ("pumped_m3_per_year", "energy_pumped"),
        ("energy_kwh_per_year", "energy_bought"),
        ("cost_usd_per_year", "energy_cost"),
        ("emissions_kg_co2_per_year", "energy_emissions"),
        ("solar_m3_per_year", "energy_solar"),
    ],
)
def test_the_audit_sees_falsified_energy(column, code):
    plan = riverside(GRID, pump(), sun(21.0))
    tables = {name: frame.copy() for name, frame in plan.tables.items()}
    change(tables, "energy", column, lambda v: v + 100.0)
    assert code in {check.code for check in audit(plan.scenario.basin, plan.scenario.policy, tables).failures}


def test_the_audit_sees_a_bound_on_emissions_that_is_broken_and_a_link_left_out():
    plan = riverside(GRID, pump())
    bounded = plan.scenario.policy.model_copy(update={"largest_emissions_kg_co2_per_year": 1000.0})
    assert {check.code for check in audit(plan.scenario.basin, bounded, plan.tables).failures} == {"emissions_bound"}
    tables = {**plan.tables, "energy": plan.tables["energy"].iloc[:1]}
    assert {check.code for check in audit(plan.scenario.basin, plan.scenario.policy, tables).failures} == {"row_missing"}


def test_heads_energies_and_panels_that_mean_nothing_are_told():
    assert codes_of(GRID, pump(pumping_head_m=0.0)) == {"link.energy_without_head"}
    assert codes_of({"table": "links", "where": {"link": "raw_main"}, "set": {"pumping_head_m": 9.0}}) == {
        "link.head_without_energy"
    }
    assert codes_of(sun(21.0)) == {"option.solar_saves_nothing"}
