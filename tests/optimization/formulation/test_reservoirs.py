"""Reservoirs, on the tutorial's thirsty river: 300 m³ a day come in the dry season of a dry year, 270 must stay.

Riverside's taps want 42. So 12 m³ a day are lacking for 165 days: 1980 m³ have to come out of the wet season, once the
rice scheme upstream, whose water is worth less than a village's, takes nothing.
"""

import numpy as np
import pytest

from datasets.synthetic import make
from optimization.algebra.check import differences_from_plain_pyomo
from optimization.formulation import build
from planner.plan.audit import audit
from tests.optimization.formulation.test_water_laws import DRY, THIRSTY_RIVER, riverside
from tests.optimization.tiny_basins import Impossible, codes_of, planned, resolved
from tests.planner.plan.altering import change

LACKING_M3 = 12.0 * 165


def lake(largest_m3, **values):
    row = {"reservoir": "lake", "reach": "lower_reach", "existing": True, "smallest_storage_m3": 0.0,
           "largest_storage_m3": largest_m3, "surface_at_smallest_m2": 0.0, "surface_at_largest_m2": 0.0}  # fmt: skip
    return {"table": "reservoirs", "add": row | values}


def evaporates(mm_per_day, season="dry"):
    return {"table": "reservoir_evaporation",
            "add": {"reservoir": "lake", "season": season, "evaporation_mm_per_day": mm_per_day}}  # fmt: skip


def dam(**values):
    row = {"option": "dam", "kind": "reservoir", "place": "lake", "technology": "river_intake", "category": "source",
           "administration": "lower_district", "capex_usd": 500.0, "life_years": 20}  # fmt: skip
    return {"table": "options", "add": row | values}


DRAWS_ON_LAKE = {"table": "sources", "where": {"source": "river_intake"}, "set": {"kind": "reservoir", "reservoir": "lake"}}


def test_water_of_the_wet_season_serves_the_village_in_the_dry_one():
    plan = riverside(THIRSTY_RIVER, lake(LACKING_M3))
    assert plan.audit.passed, plan.audit.failures
    kept = {season: plan.row("storage", **{**DRY, "season": season}) for season in ("dry", "wet")}
    assert kept["wet"]["storage_m3"] == pytest.approx(LACKING_M3)
    assert kept["dry"]["storage_m3"] == pytest.approx(0.0, abs=1e-3)
    assert kept["dry"]["held_back_m3_per_day"] == pytest.approx(-12.0)
    assert kept["wet"]["held_back_m3_per_day"] == pytest.approx(LACKING_M3 / 200)  # 200 days to fill it
    assert plan.row("river", reach="lower_reach", **DRY)["outflow_m3_per_day"] == pytest.approx(270.0)
    with pytest.raises(Impossible):
        riverside(THIRSTY_RIVER, lake(LACKING_M3 * 0.999))


def test_smallest_storage_is_never_drawn():
    assert riverside(THIRSTY_RIVER, lake(LACKING_M3 + 500.0, smallest_storage_m3=500.0)).audit.passed
    with pytest.raises(Impossible):
        riverside(THIRSTY_RIVER, lake(LACKING_M3 + 500.0, smallest_storage_m3=502.0))


def test_evaporation_grows_with_the_surface():
    # From full to empty the surface is 1000 m² on the mean of both ends: 2 mm a day take 2 m³, so 14 × 165 = 2310 m³.
    surface = {"surface_at_smallest_m2": 500.0, "surface_at_largest_m2": 1500.0}
    plan = riverside(THIRSTY_RIVER, lake(14.0 * 165, **surface), evaporates(2.0))
    assert plan.audit.passed, plan.audit.failures
    assert plan.row("storage", **DRY)["evaporation_m3_per_day"] == pytest.approx(2.0)
    assert plan.row("storage", **DRY)["held_back_m3_per_day"] == pytest.approx(-12.0)
    with pytest.raises(Impossible):
        riverside(THIRSTY_RIVER, lake(14.0 * 165 * 0.999, **surface), evaporates(2.0))


def test_a_reservoir_is_built_where_the_village_needs_it_and_holds_nothing_before():
    plan = riverside(THIRSTY_RIVER, lake(LACKING_M3, existing=False), dam())
    assert plan.audit.passed, plan.audit.failures
    assert "dam" in plan.serving()
    enough = riverside(lake(LACKING_M3, existing=False), dam())
    assert "dam" not in enough.serving()
    assert enough.tables["storage"]["storage_m3"].max() == 0.0
    late = dam(lead_time_stages=1)
    with pytest.raises(Impossible):
        riverside(THIRSTY_RIVER, lake(LACKING_M3, existing=False), late)


def test_an_intake_in_a_reservoir_needs_the_reservoir():
    plan = riverside(lake(LACKING_M3, existing=False), dam(), DRAWS_ON_LAKE)
    assert plan.audit.passed, plan.audit.failures
    assert "dam" in plan.serving()
    with pytest.raises(Impossible):
        riverside(lake(LACKING_M3, existing=False), DRAWS_ON_LAKE)
    assert "dam" not in riverside(lake(LACKING_M3), DRAWS_ON_LAKE).serving()


def test_two_lakes_are_two_stores():
    other = lake(LACKING_M3 / 2, reservoir="pond", reach="upper_reach")
    assert riverside(THIRSTY_RIVER, lake(LACKING_M3 / 2), other).audit.passed
    with pytest.raises(Impossible):
        riverside(THIRSTY_RIVER, lake(LACKING_M3 / 2), lake(LACKING_M3 / 2.1, reservoir="pond", reach="upper_reach"))


def test_with_one_season_storage_cannot_help():
    changes = [
        {"table": "seasons", "remove": True, "where": {"season": "wet"}, "with_dependents": True},
        {"table": "seasons", "set": {"days": 365}},
    ]
    with pytest.raises(Impossible):
        riverside(THIRSTY_RIVER, lake(1e6), *changes)


def test_a_member_stands_for_another_only_with_all_its_seasons():
    periods = resolved(lake(1000.0)).periods
    assert (periods.season[periods.stands_for] == periods.period_season).all()
    assert periods.count == 2 * 2  # the dry year's two seasons in two stages
    assert resolved().periods.count == 2


def test_what_stands_for_a_year_costs_no_more_than_every_period_on_its_own():
    plans = [riverside(THIRSTY_RIVER, lake(LACKING_M3), periods=periods) for periods in ("binding", "all")]
    assert plans[0].objective == pytest.approx(plans[1].objective)


def test_compiled_rows_are_those_of_plain_pyomo():
    for changes in ([lake(900.0), evaporates(3.0)], [lake(900.0, existing=False), dam(), DRAWS_ON_LAKE, evaporates(3.0)]):
        assert differences_from_plain_pyomo(build(resolved(*changes))) == []


def test_a_basin_without_reservoirs_has_no_rows_of_them():
    compiled = build(resolved(basin=make(3, sites=1, stages=2, seasons=2, members=2, seed=1))).compile()
    for family in ("reservoir_balance", "storage_needs_dam", "storage_is_kept", "intake_needs_reservoir", "one_dam"):
        assert compiled.families[family].count == 0
    assert compiled.variables["storage"].columns.size == 0


@pytest.mark.parametrize(
    ("alter", "code"),
    [
        (("storage_m3", lambda v: v + 500.0), "storage_bounds"),
        (("evaporation_m3_per_day", lambda v: v * 0.5), "storage_evaporation"),
        (("held_back_m3_per_day", lambda v: v + 1.0), "storage_held_back"),
        (("storage_m3", lambda v: v * 0.5), "river_outflow"),
    ],
)
def test_the_audit_sees_a_falsified_reservoir(alter, code):
    surface = {"surface_at_smallest_m2": 900.0, "surface_at_largest_m2": 900.0}
    plan = planned(resolved(THIRSTY_RIVER, lake(2500.0, **surface), evaporates(1.0)))
    tables = {name: frame.copy() for name, frame in plan.tables.items()}
    if code == "storage_bounds":
        tables["storage"]["storage_m3"] = 2500.0
    else:
        tables["storage"]["storage_m3"] = np.where(tables["storage"]["season"] == "wet", 2000.0, 100.0)
    column, value = alter
    change(tables, "storage", column, value)
    failures = {check.code for check in audit(plan.scenario.basin, plan.scenario.policy, tables).failures}
    assert code in failures


def test_the_audit_sees_water_from_a_dam_that_is_not_there():
    plan = riverside(lake(LACKING_M3, existing=False), dam(), DRAWS_ON_LAKE)
    tables = {name: frame.copy() for name, frame in plan.tables.items()}
    change(tables, "investments", "serves", False, option="dam")
    failures = {check.code for check in audit(plan.scenario.basin, plan.scenario.policy, tables).failures}
    assert "reservoir_not_built" in failures


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ([lake(10.0, smallest_storage_m3=20.0)], "reservoir.storage_turned"),
        ([lake(10.0, surface_at_smallest_m2=20.0)], "reservoir.surface_turned"),
        ([lake(10.0, existing=False)], "reservoir.never_built"),
        ([lake(10.0), {**DRAWS_ON_LAKE, "set": {"kind": "reservoir"}}], "source.reservoir_missing"),
        ([lake(10.0, reach="upper_reach"), DRAWS_ON_LAKE], "source.reservoir_reach"),
        ([lake(10.0), dam()], "option.develops_existing"),
        ([lake(10.0, existing=False), dam(place="river_intake")], "option.place"),
        ([lake(10.0, existing=False), dam(capacity_m3_per_day=5.0)], "option.capacity_unused"),
    ],
)
def test_what_cannot_be_is_found(changes, code):
    assert code in codes_of(*changes)


def test_a_reservoir_that_can_be_has_nothing_to_find():
    assert codes_of(lake(10.0, existing=False), dam(), DRAWS_ON_LAKE) == codes_of()
