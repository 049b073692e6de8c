"""Clear-water tanks at the tutorial's works: 42 m³ a day flow out to Riverside's taps, so 6 hours of storage are 10.5 m³.

Tanks of 6 m³ for 700 USD may stand three times, one of 15 m³ costs 1200 USD: that one is cheaper than two small ones.
"""

import pytest

from optimization.algebra.check import differences_from_plain_pyomo
from optimization.demands import DEMANDS
from optimization.formulation import build
from planner.plan.audit import audit
from tests.optimization.formulation.test_institutions import drought
from tests.optimization.formulation.test_water_laws import riverside
from tests.optimization.tiny_basins import TAPS_COST_USD, Impossible, codes_of, resolved
from tests.planner.plan.altering import change, drop


def size(option, volume_m3, capex_usd, count=1):
    row = {"option": option, "kind": "clear_water_tank", "place": "works", "technology": "tank", "category": "treatment",
           "administration": "lower_district", "capex_usd": capex_usd, "fixed_om_usd_per_year": 10.0, "life_years": 20,
           "largest_count": count}  # fmt: skip
    return [{"table": "options", "add": row}, {"table": "site_tanks", "add": {"option": option, "volume_m3": volume_m3}}]


SMALL, LARGE = size("small_tank", 6.0, 700.0, count=3), size("large_tank", 15.0, 1200.0)


def asks(**values):
    return {"table": "site_storage", "add": {"site": "works", **values}}


def tanks(plan, stage="stage_1"):
    """Tanks at the works by size."""
    rows = plan.rows("investments", stage=stage)
    rows = rows[rows["option"].str.endswith("tank") & rows["serves"]]
    return dict(zip(rows["option"], rows["count"], strict=True))


def test_the_cheapest_whole_tanks_hold_the_hours_asked_for():
    plan = riverside(*SMALL, *LARGE, asks(least_hours=6.0))
    assert plan.audit.passed, plan.audit.failures
    assert tanks(plan) == {"large_tank": 1} == tanks(plan, "stage_2")
    told = plan.row("site_tank_storage", site="works", stage="stage_1")
    assert (told["needed_m3"], told["standing_m3"]) == pytest.approx((10.5, 15.0))
    # 20 years of life: 16 are left of 20 at the end of the horizon, whose dollar is worth 0.4096.
    assert plan.values.cost_usd == pytest.approx(TAPS_COST_USD + 1200 * (1 - 0.8 * 0.4096) + 10 * 2.952)
    assert plan.objective * 1000 == pytest.approx(plan.values.cost_usd)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"peak_hour_factor": 4.0 / 3.0}, {"large_tank": 1}),  # 24 · (1 − 3/4) = 6 hours too
        ({"least_hours": 144.0 / 42.0 - 0.001}, {"small_tank": 1}),  # just 6 m³
        ({"least_hours": 144.0 / 42.0 + 0.001}, {"large_tank": 1}),
        ({"least_hours": 12.0}, {"large_tank": 1, "small_tank": 1}),  # 21 m³
        ({"least_hours": 14.0}, {"large_tank": 1, "small_tank": 2}),  # 24.5 m³
        ({"least_hours": 6.0, "existing_m3": 5.0}, {"small_tank": 1}),
        ({"least_hours": 6.0, "existing_m3": 10.5}, {}),
    ],
)
def test_just_enough_and_just_too_little(asked, expected):
    plan = riverside(*SMALL, *LARGE, asks(**asked))
    assert plan.audit.passed, plan.audit.failures
    assert tanks(plan) == expected


def test_the_season_of_most_use_counts_and_stress_does_not():
    more = {"table": "seasons", "where": {"season": "dry"}, "set": {"demand_factor": 1.3}}
    plan = riverside(*LARGE, asks(least_hours=6.0), more)
    assert plan.audit.passed, plan.audit.failures
    assert plan.row("site_tank_storage", stage="stage_1")["needed_m3"] == pytest.approx(10.5 * 1.3)
    plan = riverside(*LARGE, asks(least_hours=6.0), *drought(60.0))
    assert plan.audit.passed, plan.audit.failures
    assert build(plan.scenario).compile().families["site_storage"].count == 2


def test_more_hours_than_tanks_on_offer_leave_no_plan_and_it_is_said():
    assert tanks(riverside(*LARGE, asks(least_hours=360.0 / 42.0))) == {"large_tank": 1}
    with pytest.raises(Impossible):
        riverside(*LARGE, asks(least_hours=360.0 / 42.0 + 0.01))
    assert DEMANDS["site_storage"].said(6.0, "works", "stage_1") == "Tanks at works hold 6 m³ too little in stage_1."


def test_without_a_request_nothing_is_added():
    compiled = build(resolved()).compile()
    assert "site_storage" not in compiled.families
    plan = riverside(*LARGE)
    assert plan.values.cost_usd == pytest.approx(TAPS_COST_USD)
    assert plan.tables["site_tank_storage"].empty


def test_compiled_rows_are_those_of_plain_pyomo():
    assert differences_from_plain_pyomo(build(resolved(*SMALL, *LARGE, asks(least_hours=12.0)))) == []


def test_what_cannot_be_is_found():
    assert "site_storage.no_tank" in codes_of(asks(least_hours=6.0))
    assert "site_storage.no_tank" not in codes_of(asks(least_hours=6.0, existing_m3=4.0))
    assert "site_tank.no_volume" in codes_of(LARGE[0])
    assert "site_tank.other_kind" in codes_of({"table": "site_tanks", "add": {"option": "works_membrane", "volume_m3": 5.0}})
    elsewhere = {"table": "options", "where": {"option": "large_tank"}, "set": {"place": "hill_spring"}}
    assert "option.place" in codes_of(*LARGE, elsewhere)
    known = codes_of()
    assert codes_of(*SMALL, *LARGE, asks(least_hours=6.0)) == known


@pytest.mark.parametrize(
    ("code", "alter"),
    [
        ("site_tanks_needed", lambda t: change(t, "site_tank_storage", "needed_m3", lambda v: v - 1.0)),
        ("site_tanks_standing", lambda t: change(t, "site_tank_storage", "standing_m3", lambda v: v + 1.0)),
        ("site_tanks_needed", lambda t: drop(t, "site_tank_storage", stage="stage_2")),
        ("site_tanks_enough", lambda t: drop(t, "investments", option="large_tank")),
        ("option_capital", lambda t: change(t, "investments", "capital_usd", 0.0, option="large_tank")),
    ],
)
def test_an_altered_plan_is_rejected(code, alter):
    plan = riverside(*SMALL, *LARGE, asks(least_hours=6.0))
    tables = {name: frame.copy() for name, frame in plan.tables.items()}
    alter(tables)
    assert code in {check.code for check in audit(plan.scenario.basin, plan.scenario.policy, tables).failures}
