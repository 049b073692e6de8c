"""Outages under stress, on the tutorial: Riverside's taps draw 42 m³ a day; a flood or a failure takes a work away."""

from functools import cache

import pytest

from optimization.algebra.check import differences_from_plain_pyomo
from optimization.formulation import build
from planner.plan.audit import audit
from tests.optimization.formulation.test_traps import STRESSED, drought
from tests.optimization.formulation.test_water_laws import riverside
from tests.optimization.tiny_basins import NO_FILTERS, NO_MEMBRANES, RICH, RIVERSIDE_TAPS, codes_of, resolved
from tests.planner.plan.altering import drop

WATER_AS_EVER = drought(120.0)
"""A stress member as dry as the dry year: what fails there is what it is about."""
LOW = {"shortage_price_usd_per_m3": 0.01, "hauled_price_usd_per_m3": 0.1}


def out(place, share, season="dry", member="drought"):
    return {"table": "outages", "add": {"member": member, "place": place, "season": season, "available_share": share}}


def short(*outages, **policy):
    plan = riverside(*WATER_AS_EVER, NO_MEMBRANES, *outages, **(LOW | policy))
    assert plan.audit.passed, plan.audit.failures
    rows = plan.rows("shortage", village="riverside", **STRESSED)
    return plan, float(rows["shortage_m3_per_day"].sum()), float(rows["hauled_m3_per_day"].sum())


@pytest.mark.parametrize(
    ("place", "share", "left"),
    [
        ("river_intake", 0.25, 30.0),  # of 120 m³ a day
        ("raw_main", 0.25, 30.0),  # of 120
        ("riverside_pipe", 0.5, 30.0),  # of 60, more than Riverside ever draws: the half is of all that was laid
    ],
)
def test_what_is_in_service_of_a_source_or_a_link_is_what_the_village_gets(place, share, left):
    _, done_without, hauled = short(out(place, share))
    assert (done_without, hauled) == (pytest.approx(42.0 - left), pytest.approx(0.0))


@pytest.mark.parametrize("place", ["river_intake", "raw_main", "works", "riverside_pipe"])
def test_an_outage_of_the_only_way_leaves_the_survival_floor_to_be_hauled(place):
    # 20 litres a person for 1000 people and half of the school's 2 m³ are hauled, 21 m³ are done without; only in that season.
    plan, done_without, hauled = short(out(place, 0.0))
    assert (done_without, hauled) == (pytest.approx(21.0), pytest.approx(21.0))
    assert set(plan.tables["shortage"]["season"]) == {"dry"}
    assert set(plan.tables["shortage"]["member"]) == {"drought"}


def test_works_are_built_larger_where_half_of_them_fail_and_water_is_dear():
    plan, done_without, hauled = short(out("works", 0.5), shortage_price_usd_per_m3=1000.0, hauled_price_usd_per_m3=5000.0)
    assert (done_without, hauled) == (0.0, 0.0)
    assert plan.row("investments", option="works_slow_sand", stage="stage_1")["capacity_m3_per_day"] == pytest.approx(84.0)
    cheap, done_without, _ = short(out("works", 0.5))
    assert cheap.row("investments", option="works_slow_sand", stage="stage_1")["capacity_m3_per_day"] == pytest.approx(42.0)
    assert done_without == pytest.approx(21.0)


def test_a_member_that_fails_in_the_wet_season_is_not_run_like_its_dry_one():
    plan = riverside(*WATER_AS_EVER, out("raw_main", 0.0, season="wet"), **LOW)
    assert plan.audit.passed, plan.audit.failures
    assert set(plan.tables["shortage"]["season"]) == {"wet"}


def test_binding_periods_and_all_periods_tell_the_same_shortage():
    outages = (out("works", 0.5), out("riverside_pipe", 0.4, season="wet"))
    binding, every = (short(*outages, periods=periods)[0] for periods in ("binding", "all"))
    assert binding.penalty_usd == pytest.approx(every.penalty_usd)
    assert binding.values.cost_usd == pytest.approx(every.values.cost_usd)


def test_compiled_rows_are_those_of_plain_pyomo():
    changes = (out("works", 0.5), out("raw_main", 0.3, season="wet"), out("riverside_pipe", 0.4), out("river_intake", 0.1))
    scenario = resolved(NO_FILTERS, RICH, *WATER_AS_EVER, *changes, floors=[RIVERSIDE_TAPS])
    assert differences_from_plain_pyomo(build(scenario)) == []


@cache
def without_outages():
    return riverside(*WATER_AS_EVER, **LOW)


@pytest.mark.parametrize(
    ("place", "code"),
    [("river_intake", "source_yield"), ("raw_main", "link_capacity"), ("works", "train_capacity"),
     ("riverside_pipe", "link_capacity")],
)  # fmt: skip
def test_the_audit_knows_what_is_out_of_service(place, code):
    plan = without_outages()
    failing = resolved(*WATER_AS_EVER, out(place, 0.1)).basin
    basin = plan.scenario.basin
    tables = dict(basin.tables) | {"outages": failing.tables["outages"]}
    assert code in {check.code for check in audit(_with(basin, tables), plan.scenario.policy, plan.tables).failures}


def test_shortage_that_is_not_told_is_missed():
    plan, _, _ = short(out("works", 0.0))
    tables = {name: frame.copy() for name, frame in plan.tables.items()}
    drop(tables, "shortage", season="dry")
    assert "village_water" in {check.code for check in audit(plan.scenario.basin, plan.scenario.policy, tables).failures}


def test_outages_that_cannot_be_are_found():
    assert "outage.design_member" in codes_of(out("works", 0.0, member="dry_year"))
    assert "reference.unknown" in codes_of(*WATER_AS_EVER, out("nowhere", 0.0))
    twice = {"table": "links", "where": {"link": "raw_main"}, "set": {"link": "works"}}
    renamed = [twice, {"table": "options", "remove": True, "where": {"place": "raw_main"}}]
    assert "outage.place_twice" in codes_of(*WATER_AS_EVER, *renamed, out("works", 0.0))
    assert not {code for code in codes_of(*WATER_AS_EVER, out("works", 0.0)) if code.startswith("outage")}


def _with(basin, tables):
    return type(basin)(**{**basin.__dict__, "tables": tables})
