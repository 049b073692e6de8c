"""Energy of treatment, on the tutorial: 42 × 365 = 15330 m³ a year go into Riverside's slow sand works.

At 0.1 kWh/m³ that is 1533 kWh a year, at 0.2 USD 306.60 USD, at 0.5 kg CO2 766.5 kg.
"""

import pytest

from optimization.algebra.check import differences_from_plain_pyomo
from optimization.formulation import build
from planner.plan.audit import audit
from planner.plan.indicators import indicators
from tests.optimization.formulation.test_energy import GRID, TWO_STAGES, pump
from tests.optimization.formulation.test_protected_reaches import _with_basin
from tests.optimization.formulation.test_water_laws import riverside
from tests.optimization.tiny_basins import NO_MEMBRANES, TAPS_COST_USD, Impossible, codes_of, resolved
from tests.planner.plan.altering import change, drop

PUT_IN = 15330.0
KWH = PUT_IN * 0.1
FIGURES = ("put_in_m3_per_year", "energy_kwh_per_year", "cost_usd_per_year", "emissions_kg_co2_per_year")


def takes(kwh_per_m3=0.1, train="slow_sand_chlorine", energy="grid"):
    return {"table": "train_energy", "add": {"train": train, "energy": energy, "energy_kwh_per_m3": kwh_per_m3}}


def test_a_train_pays_for_the_energy_of_what_is_put_in():
    plan = riverside(GRID, takes())
    assert plan.audit.passed, plan.audit.failures
    told = plan.row("treatment_energy", site="works", stage="stage_1")
    assert tuple(told[list(FIGURES)]) == pytest.approx((PUT_IN, KWH, KWH * 0.2, KWH * 0.5))
    assert plan.values.cost_usd == pytest.approx(TAPS_COST_USD + KWH * 0.2 * TWO_STAGES)
    assert plan.objective * 1000 == pytest.approx(plan.values.cost_usd)
    found = {one.name: one.value for one in indicators(_with_basin(plan))}
    assert found["treatment_energy"] == pytest.approx(KWH)
    assert found["treatment_energy_cost"] == pytest.approx(KWH * 0.2)
    assert found["treatment_emissions"] == pytest.approx(KWH * 0.5)


def test_what_leaks_on_the_way_is_not_treated():
    plan = riverside(GRID, takes(), {"table": "links", "where": {"link": "raw_main"}, "set": {"loss_share": 0.2}})
    assert plan.audit.passed, plan.audit.failures
    assert plan.row("treatment_energy", stage="stage_1")["energy_kwh_per_year"] == pytest.approx(KWH)


def test_the_bound_on_emissions_counts_pumps_and_trains_together():
    emitted = KWH * 0.5 + PUT_IN * 0.1962 * 0.5
    plan = riverside(GRID, takes(), pump(), largest_emissions_kg_co2_per_year=emitted * 1.001)
    assert plan.audit.passed, plan.audit.failures
    # A train that emits less takes its place, or there is no plan.
    assert "works_membrane" in riverside(GRID, takes(), pump(), largest_emissions_kg_co2_per_year=emitted * 0.999).serving()
    with pytest.raises(Impossible):
        riverside(GRID, takes(), pump(), NO_MEMBRANES, largest_emissions_kg_co2_per_year=emitted * 0.999)
    bounded = plan.scenario.policy.model_copy(update={"largest_emissions_kg_co2_per_year": emitted * 0.99})
    assert {check.code for check in audit(plan.scenario.basin, bounded, plan.tables).failures} == {"emissions_bound"}


def test_without_rows_nothing_is_told_and_nothing_costs():
    plan = riverside(GRID)
    assert plan.tables["treatment_energy"].empty
    assert plan.values.cost_usd == pytest.approx(TAPS_COST_USD)


def test_compiled_rows_are_those_of_plain_pyomo():
    assert differences_from_plain_pyomo(build(resolved(GRID, takes(), largest_emissions_kg_co2_per_year=1000.0))) == []


def test_energies_that_are_not_there_are_told():
    assert "reference.unknown" not in codes_of(GRID, takes())
    assert "reference.unknown" in codes_of(GRID, takes(energy="solar"))


@pytest.mark.parametrize(
    ("code", "alter"),
    [
        ("treatment_put_in", lambda t: change(t, "treatment_energy", "put_in_m3_per_year", lambda v: v + 100.0)),
        ("treatment_energy", lambda t: change(t, "treatment_energy", "energy_kwh_per_year", lambda v: v + 100.0)),
        ("treatment_energy_cost", lambda t: change(t, "treatment_energy", "cost_usd_per_year", lambda v: v + 100.0)),
        ("treatment_emissions", lambda t: change(t, "treatment_energy", "emissions_kg_co2_per_year", 0.0)),
        ("treatment_put_in", lambda t: drop(t, "treatment_energy", stage="stage_2")),
        ("running_cost", lambda t: change(t, "running_costs", "running_cost_usd_per_year", lambda v: v - 300.0,
                                          account="lower_district")),
    ],
)  # fmt: skip
def test_an_altered_plan_is_rejected(code, alter):
    plan = riverside(GRID, takes())
    tables = {name: frame.copy() for name, frame in plan.tables.items()}
    alter(tables)
    assert code in {check.code for check in audit(plan.scenario.basin, plan.scenario.policy, tables).failures}
