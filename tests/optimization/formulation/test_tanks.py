"""Tanks on the tutorial: Riverside's taps use 42 m³ a day, so 12 hours of storage are 21 m³.

One tank of 25 m³ for 1500 USD is cheaper than three of 10 m³ for 800 USD each. Use that peaks at twice its mean, with water
arriving evenly, asks for 24 · (1 − 1/2) = 12 hours too.
"""

import numpy as np
import pytest

from optimization import solve
from optimization.algebra.check import differences_from_plain_pyomo
from optimization.explained import explain
from optimization.formulation import build
from optimization.frozen import standing_tanks
from optimization.futures import evaluate, sampled
from planner.plan.audit import audit
from planner.scenario.scenario import ScenarioError
from tests.optimization.formulation.test_water_laws import riverside
from tests.optimization.tiny_basins import NO_FILTERS, RICH, RIVERSIDE_TAPS, TAPS_COST_USD, codes_of, resolved
from tests.planner.plan.altering import change, drop


def size(asset, volume_m3, capex_usd):
    row = {"asset": asset, "technology": asset, "category": "taps", "capex_usd": capex_usd, "fixed_om_usd_per_year": 10.0,
           "life_years": 10}  # fmt: skip
    return [{"table": "assets", "add": row}, {"table": "tanks", "add": {"asset": asset, "volume_m3": volume_m3}}]


SIZES = [*size("tank_10", 10.0, 800.0), *size("tank_25", 25.0, 1500.0)]


def asks(village="riverside", **values):
    return {"table": "village_storage", "add": {"village": village, **values}}


def tanks(plan, stage="stage_1"):
    """Tanks of Riverside by size."""
    rows = plan.rows("village_assets", village="riverside", stage=stage)
    rows = rows[rows["asset"].str.startswith("tank")]
    return dict(zip(rows["asset"], rows["units"], strict=True))


def test_the_cheapest_whole_tanks_hold_the_hours_asked_for():
    plan = riverside(*SIZES, asks(least_hours=12.0))
    assert plan.audit.passed, plan.audit.failures
    assert tanks(plan) == {"tank_25": 1} == tanks(plan, "stage_2")
    told = plan.row("tank_storage", village="riverside", stage="stage_1")
    assert (told["needed_m3"], told["standing_m3"]) == pytest.approx((21, 25))
    paid = plan.row("village_assets", village="riverside", asset="tank_25", stage="stage_1")
    assert (paid["capital_usd"], paid["running_cost_usd_per_year"]) == pytest.approx((1500, 10))
    assert plan.objective * 1000 == pytest.approx(plan.values.cost_usd)
    assert plan.values.cost_usd > TAPS_COST_USD + 1000


def test_a_plan_with_tanks_is_explained_and_runs_in_other_futures_as_it_stands():
    scenario = resolved(NO_FILTERS, RICH, *SIZES, asks(least_hours=12.0), floors=[RIVERSIDE_TAPS])
    plan = solve(scenario)
    assert sorted(standing_tanks(plan, scenario).tolist()) == [[0, 0], [1, 1]]
    assert len(explain(plan).binding)
    assert (evaluate(plan, sampled(plan.basin, 2, seed=1))["lowest_village_share"] > 0).all()


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"peak_hour_factor": 2.0}, {"tank_25": 1}),
        ({"least_hours": 240.0 / 42.0 - 0.001}, {"tank_10": 1}),  # just 10 m³
        ({"least_hours": 240.0 / 42.0 + 0.001}, {"tank_25": 1}),
        ({"least_hours": 18.0}, {"tank_10": 1, "tank_25": 1}),  # 31.5 m³
        ({"least_hours": 12.0, "existing_m3": 12.0}, {"tank_10": 1}),
        ({"least_hours": 12.0, "existing_m3": 21.0}, {}),
    ],
)
def test_just_enough_and_just_too_little(asked, expected):
    plan = riverside(*SIZES, asks(**asked))
    assert plan.audit.passed, plan.audit.failures
    assert tanks(plan) == expected


def test_a_season_of_more_use_asks_for_more():
    plan = riverside(
        *SIZES, asks(least_hours=12.0), {"table": "seasons", "where": {"season": "dry"}, "set": {"demand_factor": 1.3}}
    )
    assert plan.audit.passed, plan.audit.failures
    assert plan.row("tank_storage", stage="stage_1")["needed_m3"] == pytest.approx(21 * 1.3)
    assert tanks(plan) == {"tank_10": 1, "tank_25": 1}


def test_a_policy_asks_in_every_piped_village_and_of_none_without_pipes():
    plan = riverside(*SIZES, least_storage_hours=12.0)
    assert plan.audit.passed, plan.audit.failures
    assert set(plan.tables["tank_storage"]["village"]) == {"riverside"}
    assert tanks(plan) == {"tank_25": 1}
    with pytest.raises(ScenarioError, match="no tanks"):
        resolved(least_storage_hours=12.0)


def test_without_rows_nothing_is_added():
    compiled = build(resolved()).compile()
    assert compiled.variables["tanks"].size == 0
    assert not {"village_storage", "tanks_are_assets"} & {name for name, family in compiled.families.items() if family.count}
    plan = riverside(*SIZES)
    assert plan.values.cost_usd == pytest.approx(TAPS_COST_USD)
    assert plan.tables["tank_storage"].empty


def test_compiled_rows_are_those_of_plain_pyomo():
    assert differences_from_plain_pyomo(build(resolved(*SIZES, asks(least_hours=12.0)))) == []


def test_what_cannot_be_is_found():
    assert "village_storage.no_tank" in codes_of(asks(least_hours=12.0))
    assert "village_storage.no_tank" not in codes_of(asks(existing_m3=12.0))
    assert "tank.of_a_mode" in codes_of({"table": "tanks", "add": {"asset": "tap_stand", "volume_m3": 5.0}})
    assert not {code for code in codes_of(*SIZES, asks(least_hours=12.0)) if code.startswith(("tank", "village_storage"))}


def test_no_daily_pattern_with_that_peak_asks_for_more():
    """Seen by 200 random days of 24 hours whose highest hour is at most p times the mean."""
    random = np.random.default_rng(7)
    for _ in range(200):
        use = random.random(24) ** random.uniform(0.2, 6)
        use /= use.mean()
        peak = use.max()
        level = np.cumsum(1 - np.tile(use, 2))
        drawn = max((level[i] - level[i : i + 24]).max() for i in range(24))
        assert drawn <= 24 * (1 - 1 / peak) + 1e-9


@pytest.mark.parametrize(
    ("code", "alter"),
    [
        ("tanks_needed", lambda t: change(t, "tank_storage", "needed_m3", lambda v: v - 1.0)),
        ("tanks_standing", lambda t: change(t, "tank_storage", "standing_m3", lambda v: v + 1.0)),
        ("tanks_needed", lambda t: drop(t, "tank_storage", stage="stage_2")),
        ("tanks_enough", lambda t: change(t, "village_assets", "units", 0, asset="tank_25")),
        ("asset_capital", lambda t: change(t, "village_assets", "capital_usd", 0.0, asset="tank_25")),
    ],
)
def test_an_altered_plan_is_rejected(code, alter):
    plan = riverside(*SIZES, asks(least_hours=12.0))
    tables = {name: frame.copy() for name, frame in plan.tables.items()}
    alter(tables)
    assert code in {check.code for check in audit(plan.scenario.basin, plan.scenario.policy, tables).failures}
