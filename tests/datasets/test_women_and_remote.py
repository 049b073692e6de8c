"""Groups of the tutorial's scenario women_and_remote: a quarter of Hilltop and Riverside, and all of Farside.

Women-headed are 50 of Hilltop's 200 and 250 of Riverside's 1000, the poor left there 75 and 225, the others 75 and 525.
"""

import pytest

from datasets.cases import find
from planner.checks import check
from planner.plan.indicators.people import groups
from planner.plan.indicators.reader import Reader
from planner.plan.indicators.time import time_of_groups
from planner.scenario.resolved import resolve
from planner.scenario.scenario import Scenario
from tests.optimization.tiny_basins import planned, tutorial

GROUPS = ("poor", "other", "women_headed", "remote")


def scenario(**policy):
    told = Scenario.read(find("tutorial").parent / "scenarios" / "women_and_remote.yaml")
    return told.model_copy(update={"policy": told.policy.model_copy(update=policy)})


@pytest.fixture(scope="module")
def plan():
    return planned(resolve(tutorial(), scenario()))


def test_everybody_is_in_one_group_and_nothing_new_is_wrong(plan):
    before, now = tutorial(), plan.scenario.basin
    assert now.tables["population"]["persons"].sum() == before.tables["population"]["persons"].sum() == 1300.0
    assert {one.code for one in check(now)} <= {one.code for one in check(before)}


def test_a_group_has_a_service_plan_a_floor_and_a_place_in_the_gap(plan):
    assert plan.audit.passed, plan.audit.failures
    # Nobody but households headed by women needs safe water in Hilltop: filters for 50 are cheaper there than taps for 200.
    assert plan.plan_of("hilltop") == plan.plan_of("hilltop", "stage_2") == "filters_for_women_headed"
    assert plan.persons("near_point_filter", "stage_1", village="hilltop", group="women_headed") == pytest.approx(50.0)
    assert plan.persons("near_point_filter", "stage_1", village="farside", group="remote") == pytest.approx(100.0)
    # At rung 4 are all women-headed and remote households, and Riverside's 225 of 300 poor: just the gap that may be.
    row = plan.row("gaps", stage="stage_2")
    assert (row["worst_off"], row["worst_off_share"]) == ("poor", pytest.approx(0.75))
    assert row["best_off_share"] == pytest.approx(1.0)


def test_a_narrower_gap_brings_the_others_of_hilltop_to_safe_water_too(plan):
    cap = scenario().policy.gap_caps[0]
    narrow = planned(resolve(tutorial(), scenario(gap_caps=(cap.model_copy(update={"largest_gap_share": 0.2}),))))
    assert narrow.audit.passed, narrow.audit.failures
    assert narrow.row("gaps", stage="stage_2")["gap_share"] == pytest.approx(0.0)
    assert narrow.values.cost_usd > plan.values.cost_usd


def test_a_groups_tariffs_stay_within_its_own_income(plan):
    paid = plan.row("tariffs", village="riverside", group="women_headed", stage="stage_1")
    # 250 persons earn 250 USD a year each.
    assert paid["income_usd_per_year"] == pytest.approx(62_500.0)
    share = plan.scenario.basin.settings.affordability_share
    assert 0.0 < paid["tariff_usd_per_year"] <= share * paid["income_usd_per_year"]


def test_every_group_has_indicators(plan):
    class Told:
        basin, tables = plan.scenario.basin, plan.tables

    told = {one.name: one for one in (*groups(Reader(Told())), *time_of_groups(Reader(Told())))}
    for group in GROUPS:
        assert f"{group}_at_rung_4_or_above_stage_1" in told
        assert f"{group}_collection_hours_saved_stage_1" in told
    assert told["women_headed_at_rung_4_or_above_stage_1"].value == pytest.approx(300.0)
    assert told["remote_at_rung_4_or_above_stage_1"].title.startswith("Remote households at rung 4 or above")


def test_their_weights_count_in_access(plan):
    # Weighted persons below rung 4: in each stage 75 poor of 1.5 and 75 others of 1 in Hilltop.
    assert plan.values.below_rungs[3] == pytest.approx(75 * 1.5 + 75)
