"""Protection of catchments, on the tutorial: Riverside's taps draw 42 m³ a day, and a forest makes its intake give more."""

import dataclasses
from functools import cache

import pytest

from optimization.algebra.check import differences_from_plain_pyomo
from optimization.formulation import build
from planner.plan.audit import audit
from planner.plan.indicators import indicators
from tests.optimization.formulation.test_water_laws import riverside
from tests.optimization.tiny_basins import NO_FILTERS, RICH, RIVERSIDE_TAPS, Impossible, codes_of, resolved
from tests.planner.plan.altering import change, drop

FOREST = {
    "table": "options",
    "add": {
        "option": "forest", "kind": "catchment_protection", "place": "upper_reach", "technology": "forest", "category": "source",
        "administration": "upper_district", "capex_usd": 500.0, "fixed_om_usd_per_year": 0.0, "life_years": 50,
    },
}  # fmt: skip
WOOD = {
    "table": "opportunity_costs",
    "add": {"option": "forest", "administration": "upper_district", "opportunity_cost_usd_per_year": 100.0},
}


def gives(m3_per_day, **where):
    return {"table": "source_yields", "where": {"source": "river_intake", **where}, "set": {"yield_m3_per_day": m3_per_day}}


def grows(share, *seasons, option="forest", source="river_intake"):
    return [
        {"table": "protection_effects",
         "add": {"option": option, "source": source, "season": season, "yield_change_share": share}}
        for season in seasons
    ]  # fmt: skip


BOTH = ("dry", "wet")


def test_a_forest_that_makes_the_source_give_enough_is_planted_and_what_is_given_up_for_it_is_part_of_the_cost():
    # 40 m³ a day and a twentieth more are the 42 that the taps draw.
    plan = with_a_forest()
    assert plan.audit.passed, plan.audit.failures
    assert "forest" in plan.serving("stage_1")
    assert plan.tables["flows"].query("link == 'raw_main'")["flow_m3_per_day"].max() == pytest.approx(42.0)
    # 100 USD a year over two stages whose years are worth 1.8 and 1.152.
    items = plan.tables["costs"].groupby("item")["present_value_usd"].sum()
    assert items["opportunity"] == pytest.approx(100 * (1.8 + 1.152))
    with_sold_wood = riverside(gives(40.0), FOREST, *grows(0.05, *BOTH))
    assert plan.values.cost_usd - with_sold_wood.values.cost_usd == pytest.approx(295.2)
    assert plan.row("given_up", option="forest", stage="stage_1")["opportunity_cost_usd_per_year"] == 100.0
    with pytest.raises(Impossible):
        riverside(gives(39.9), FOREST, WOOD, *grows(0.05, *BOTH))


def test_no_forest_is_planted_where_the_source_gives_enough():
    plan = riverside(FOREST, WOOD, *grows(0.05, *BOTH))
    assert "forest" not in plan.serving("stage_1")
    assert len(plan.tables["given_up"]) == 0


def test_protection_brings_no_water_to_a_source_that_nobody_opens():
    closed = {"table": "options", "remove": True, "where": {"option": "intake_well"}}
    free = {"table": "option_requirements", "remove": True, "where": {"requires": "intake_well"}}
    with pytest.raises(Impossible):
        riverside(closed, free, FOREST, *grows(9.0, *BOTH))


def test_a_young_forest_that_must_stand_takes_water_from_a_source_in_use_and_from_no_other():
    planted = {"table": "option_requirements", "add": {"option": "intake_well", "requires": "forest"}}
    thirsty = grows(-0.5, *BOTH)
    assert riverside(gives(84.0), FOREST, planted, *thirsty).audit.passed
    with pytest.raises(Impossible):
        riverside(gives(83.9), FOREST, planted, *thirsty)
    # Where the well of the spring asks for a forest at a source that stays closed, that source keeps nobody from building.
    nobody_s = {"table": "option_requirements", "add": {"option": "raw_main_dn110", "requires": "forest"}}
    plan = riverside(FOREST, nobody_s, *grows(-1.0, *BOTH, source="hill_spring"))
    assert plan.audit.passed, plan.audit.failures
    assert "forest" in plan.serving("stage_1")


def test_a_season_that_protection_does_not_change_binds_beside_the_one_it_changes():
    # Dry alone would stand for wet: it gives less. With the forest it gives more, and wet's 41 decide.
    uneven = [gives(40.0, season="dry"), gives(41.0, season="wet"), FOREST, *grows(0.5, "dry")]
    with pytest.raises(Impossible):
        riverside(*uneven)
    assert riverside(*uneven, *grows(0.05, "wet")).audit.passed


def test_binding_periods_cost_what_all_periods_cost():
    uneven = [gives(40.0, season="dry"), gives(41.0, season="wet"), FOREST, WOOD, *grows(0.5, "dry"), *grows(0.05, "wet")]
    binding, every = (riverside(*uneven, periods=periods) for periods in ("binding", "all"))
    assert every.audit.passed, every.audit.failures
    assert binding.values.cost_usd == pytest.approx(every.values.cost_usd)


def test_compiled_rows_are_those_of_plain_pyomo():
    scenario = resolved(NO_FILTERS, RICH, FOREST, WOOD, *grows(0.05, *BOTH), floors=[RIVERSIDE_TAPS])
    assert differences_from_plain_pyomo(build(scenario)) == []


def test_without_effects_no_row_and_no_column_is_added():
    compiled = build(resolved()).compile()
    assert compiled.variables["protects"].size == 0
    assert compiled.families["protection_acts"].count == 0


@cache
def with_a_forest():
    return riverside(gives(40.0), FOREST, WOOD, *grows(0.05, *BOTH))


@pytest.mark.parametrize(
    ("code", "alter"),
    [
        ("given_up", lambda t: change(t, "given_up", "opportunity_cost_usd_per_year", 10.0, stage="stage_1")),
        ("given_up", lambda t: drop(t, "given_up", stage="stage_2")),
        ("cost_opportunity", lambda t: drop(t, "costs", item="opportunity")),
        ("source_yield", lambda t: drop(t, "investments", option="forest")),
    ],
)
def test_an_altered_plan_is_rejected(code, alter):
    plan = with_a_forest()
    tables = {name: frame.copy() for name, frame in plan.tables.items()}
    alter(tables)
    assert code in {check.code for check in audit(plan.scenario.basin, plan.scenario.policy, tables).failures}


def test_indicators_tell_what_is_given_up():
    plan = with_a_forest()
    told = {i.name: i.value for i in indicators(dataclasses.make_dataclass("With", ["basin", "tables"])(
        plan.scenario.basin, plan.tables))}  # fmt: skip
    assert told["cost_opportunity"] == pytest.approx(295.2)
    assert told["cost"] == pytest.approx(plan.values.cost_usd)


def test_effects_that_cannot_be_are_found():
    more = [{**FOREST, "add": {**FOREST["add"], "option": f"forest_{n}"}} for n in range(4)]
    assert "catchment_protection.no_effect" in codes_of(FOREST)
    assert "protection_effect.no_protection" in codes_of(*grows(0.1, "dry", option="intake_well"))
    assert "protection_effect.too_many" in codes_of(
        *more, *(g for n in range(4) for g in grows(0.1, "dry", option=f"forest_{n}"))
    )
    two = [g for n in range(2) for g in grows(-0.6, "dry", option=f"forest_{n}")]
    assert "protection_effect.below_nothing" in codes_of(*more, *two)
    in_a_lake = {"table": "sources", "where": {"source": "river_intake"}, "set": {"kind": "reservoir"}}
    assert "protection_effect.reservoir" in codes_of(FOREST, in_a_lake, *grows(0.1, "dry"))
    assert not {code for code in codes_of(FOREST, WOOD, *grows(0.1, "dry")) if code.startswith(("protection", "catchment"))}
