"""What went wrong once in a prototype and must not go wrong here: one test or two for each trap."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from datasets.synthetic import make
from optimization import Limits, solve
from optimization.aims import levels_of
from optimization.formulation import build
from planner.basin import Basin
from planner.plan.outcome import NoPlan
from planner.scenario.resolved import resolve
from planner.scenario.scenario import Scenario
from tests.optimization.tiny_basins import (
    NO_FILTERS,
    NO_MONEY,
    RICH,
    RIVERSIDE_TAPS,
    TAPS_COST_USD,
    Impossible,
    planned,
    resolved,
)

SERVICE_KEY = ["village", "group", "stage"]


def nobody_moved(plan):
    """Each group of each village has as many persons as its own population, in every stage."""
    people = plan.scenario.people
    told = plan.tables["service"].groupby(SERVICE_KEY)["persons"].sum()
    axes = [plan.scenario.network.villages, people.groups, plan.scenario.horizon.stages]
    present = pd.Series(people.persons.ravel(), pd.MultiIndex.from_product(axes, names=SERVICE_KEY))
    return np.allclose(told.reindex(present.index, fill_value=0.0), present)


# Nature's own drought


def test_natures_own_drought_is_no_deficit():
    thirst = {"table": "environmental_flow", "set": {"environmental_flow_m3_per_day": 1e6}}
    for rule in ("hard", "priced"):
        plan = planned(resolved(thirst, environmental_flow=rule, environmental_flow_price_usd_per_m3=1.0))
        assert plan.audit.passed, plan.audit.failures
        river = plan.tables["river"]
        assert (river["required_m3_per_day"] == river["natural_m3_per_day"]).all()
        assert river["deficit_m3_per_day"].max() == 0.0
        # Only rice misses its water: 80 m³ a day for 165 days, in money of both stages. The river costs nothing.
        assert plan.penalty_usd == pytest.approx(80 * 0.05 * 165 * (1.8 + 1.152))


# Floors

HOUSE_TAPS_FOR_ALL = {"rung": 5, "share": 1.0, "within": "basin", "missed_price_usd_per_person_year": 10.0}


def test_a_floor_over_several_villages_may_be_missed_at_its_price_and_the_price_is_no_cost():
    plan = planned(resolved(NO_MONEY, floors=[HOUSE_TAPS_FOR_ALL]))
    assert plan.audit.passed, plan.audit.failures
    missed = plan.tables["floors"]["missed_persons"]
    assert missed.tolist() == [1300.0, 1300.0]
    assert plan.values.cost_usd == 0.0
    assert plan.penalty_usd == pytest.approx(1300 * 10 * (1.8 + 1.152))


def test_a_hard_floor_that_cannot_be_met_leaves_no_plan():
    with pytest.raises(NoPlan) as said:
        solve(resolved(NO_MONEY, floors=[HOUSE_TAPS_FOR_ALL | {"hard": True}]), Limits(time_seconds=20))
    assert said.value.status == "infeasible"
    assert said.value.proven


def test_a_hard_floor_of_a_village_that_no_service_plan_reaches_is_told_by_name():
    floor = {"rung": 5, "share": 1.0, "hard": True, "administration": "far_district"}
    no_house_taps = {"table": "service_plans", "remove": True, "where": {"mode": "house_tap"}}
    with pytest.raises(NoPlan) as said:
        solve(resolved(no_house_taps, floors=[floor]), Limits(time_seconds=20))
    assert said.value.status == "infeasible"
    assert {finding.value for finding in said.value.findings} == {"farside"}


def test_a_floor_counts_only_its_administration_its_stage_and_its_group():
    poor_first = {"table": "service_plans", "add": {"service_plan": "filters_for_the_poor", "group": "poor",
                                                    "mode": "near_point_filter", "share": 1.0}}  # fmt: skip
    floor = {"rung": 4, "share": 1.0, "group": "poor", "stage": "stage_2", "administration": "far_district"}
    plan = planned(resolved(poor_first, RICH, floors=[floor]))
    assert plan.audit.passed, plan.audit.failures
    followed = plan.tables["village_plans"].set_index(["village", "stage"])["service_plan"]
    assert followed.pop(("farside", "stage_2")) == "filters_for_the_poor"
    assert set(followed) == {"as_before"}
    assert plan.persons("near_point_filter", "stage_2", group="poor") == pytest.approx(60.0)
    assert plan.persons("near_point_filter", "stage_2", group="other") == 0.0


@pytest.mark.parametrize(("within", "served"), [("account", 100.0 + 1000.0 + 50.0), ("basin", 1000.0)])
def test_a_floor_counts_where_it_is_told_to(within, served):
    # Filters for half of a village or for all: by district every one lifts half, in the basin Riverside alone suffices.
    points_only = {"table": "service_plans", "remove": True, "where": {"mode": ["public_tap", "house_tap"]}}
    halves = {"table": "service_plans", "remove": True, "where": {"service_plan": "filters_for_half"}}
    share = 0.5 if within == "account" else 1000 / 1300
    changes = [points_only, RICH, *([halves] if within == "basin" else [])]
    floor = {"rung": 4, "share": share, "within": within, "hard": True, "stage": "stage_2"}
    plan = planned(resolved(*changes, {"table": "subsidies", "set": {"amount_usd_per_year": 1e5}}, floors=[floor]))
    assert plan.audit.passed, plan.audit.failures
    told = plan.tables["floors"]
    assert (told["served_persons"] >= told["required_persons"] - 1e-6).all()
    if within == "basin":
        assert plan.plan_of("farside", "stage_2") == plan.plan_of("hilltop", "stage_2") == "as_before"
        assert plan.persons("near_point_filter", "stage_2") == served
    else:
        assert sorted(told["required_persons"]) == [50.0, 100.0, 500.0]


def test_points_only_is_always_a_plan_even_without_any_money():
    floors = [{"rung": 4, "share": 0.9, "within": within} for within in ("administration", "account", "basin")]
    nothing_to_run = {"table": "subsidies", "set": {"amount_usd_per_year": 0.0}}
    plan = solve(resolved(NO_MONEY, nothing_to_run, floors=floors), Limits(time_seconds=20))
    assert plan.passed, plan.audit.failures
    assert set(plan.tables["village_plans"]["service_plan"]) == {"as_before"}
    # A gap may be proven for a plan that builds nothing: its tables say so.
    assert plan.tables["investments"].empty
    assert plan.tables["village_assets"].empty
    assert plan.tables["objectives"].set_index("objective").loc["cost", "value"] == 0.0


# Access


@pytest.fixture(scope="session")
def access_alone():
    """Access is all that is sought, money is plenty, and the licence allows house taps."""
    scenario = resolved(RICH, {"table": "sources", "set": {"licence_m3_per_year": None}},
                        objectives=[{"objective": "access", "tolerance_share": 0.0}])  # fmt: skip
    return scenario, solve(scenario, Limits(time_seconds=40, relative_gap=0.0))


def test_access_alone_builds_nothing_that_stands_idle(access_alone):
    scenario, plan = access_alone
    assert plan.passed, plan.audit.failures
    built = plan.tables["investments"].query("serves").merge(plan.basin.tables["options"], on="option")
    assert len(built)
    carries = set(plan.tables["flows"]["link"])
    assert set(built.loc[built["kind"] == "conveyance", "place"]) <= carries
    leaves = plan.basin.tables["links"].set_index("link").loc[sorted(carries), "from_node"]
    assert set(built.loc[built["kind"] == "source_development", "place"]) <= set(leaves)
    main = plan.tables["flows"][plan.tables["flows"]["link"] == "raw_main"]
    works = built[built["kind"] == "treatment"]
    assert works.groupby("stage")["capacity_m3_per_day_x"].sum().to_dict() == pytest.approx(
        main.groupby("stage")["flow_m3_per_day"].max().to_dict(), rel=1e-5
    )
    named = {name: list(scenario.service.assets).index(name) for name in plan.tables["village_assets"]["asset"]}
    needed = np.maximum.accumulate(_units_followed(scenario, plan), axis=1)
    for row in plan.tables["village_assets"].itertuples():
        village = list(scenario.network.villages).index(row.village)
        stage = list(scenario.horizon.stages).index(row.stage)
        assert row.units == pytest.approx(needed[village, stage, named[row.asset]])


def _units_followed(scenario, plan):
    """(villages, stages, assets) units that the plans followed take."""
    service = scenario.service
    candidate = {(village, service.plan_names[p]): n
                 for n, (village, p) in enumerate(zip(service.village, service.plan, strict=True))}  # fmt: skip
    followed = plan.tables["village_plans"].set_index(["village", "stage"])["service_plan"]
    return np.array([
        [service.units[candidate[number, followed[village, stage]], :, t]
         for t, stage in enumerate(scenario.horizon.stages)]
        for number, village in enumerate(scenario.network.villages)
    ])  # fmt: skip


def test_all_the_money_there_is_weighs_less_than_a_tenth_of_a_person(access_alone):
    scenario, plan = access_alone
    cost = plan.tables["objectives"].set_index("objective").loc["cost", "value"] / 1000
    for level in levels_of(scenario.policy, scenario, build(scenario).compile()):
        assert 0.0 < level.weights["cost"] * cost < 0.1


def test_no_price_of_anything_else_outweighs_a_person_while_access_is_sought():
    # Taps are the only way from the lowest rung, and in a dry year they take water from rice worth millions.
    lowest = {"table": "modes", "where": {"mode": "unimproved"}, "set": {"rung": 0}}
    points_gone = {"table": "service_plans", "remove": True, "where": {"mode": ["near_point", "near_point_filter"]}}
    precious = {"table": "other_uses", "set": {"value_usd_per_m3": 1e6}}
    sought = {"objectives": [{"objective": "access"}]}
    calm, torn = (planned(resolved(lowest, points_gone, *more, **sought)) for more in ([], [precious]))
    assert torn.values.below_rungs[0] == pytest.approx(calm.values.below_rungs[0], abs=0.05)


# People


def test_nobody_is_moved_between_groups(access_alone):
    scenario, plan = access_alone
    told = plan.tables["service"].groupby(SERVICE_KEY)["persons"].sum()
    present = plan.basin.tables["population"].set_index(["village", "group"])["persons"]
    for (village, group, _), persons in told.items():
        assert persons == pytest.approx(present[village, group])
    assert len(told) == scenario.people.persons.size


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10**6), growth=st.floats(-0.15, 0.15), held=st.sampled_from([0.0, 0.3, 1.0]))
def test_what_people_have_is_never_lost_under_any_service_plan(seed, growth, held):
    basin = make(3, sites=1, stages=2, seasons=1, members=1, seed=seed)
    population = basin.tables["population"].assign(growth_share_per_year=growth)
    baseline = basin.tables["baseline"].copy()
    asset_modes = set(basin.tables["mode_assets"]["mode"])
    baseline["share"] *= np.where(baseline["mode"].isin(asset_modes), held, 1.0)
    baseline["share"] /= baseline.groupby(["village", "group"])["share"].transform("sum").clip(lower=1e-9)
    changed = Basin(basin.settings, {**basin.tables, "population": population, "baseline": baseline})
    scenario = resolve(changed, Scenario(name="any"))
    people, service = scenario.people, scenario.service
    on_rung = people.rung[:, None] >= np.arange(1, 6)
    for stage in range(2):
        assert np.allclose(service.persons[:, stage].sum(axis=2), people.persons[service.village, :, stage])
        before = (people.baseline(stage)[..., None] * on_rung).sum(axis=2)[service.village]
        slack = 1e-6 * np.maximum(before, 1.0)
        assert (service.at_or_above[:, stage] >= before - slack).all()


def test_those_who_have_a_handpump_keep_it_when_others_get_one():
    plan = planned(resolved(RICH, floors=[{"rung": 3, "share": 0.6, "administration": "upper_district"}]))
    assert plan.audit.passed, plan.audit.failures
    # 40 of Hilltop's 200 have a handpump; a plan for all takes pumps for the other 160 only.
    assert plan.plan_of("hilltop") == "handpumps_for_all"
    assert plan.row("village_assets", village="hilltop", asset="handpump", stage="stage_1")["units"] == 2.0
    assert nobody_moved(plan)


# Grades of water

RAW_TAPS = [
    {"table": "modes", "add": {"mode": "raw_tap", "rung": 2, "grade": "raw", "litres_per_person_per_day": 40.0,
                               "collection_minutes": 10.0, "pays_tariff": True}},
    {"table": "mode_assets", "add": {"mode": "raw_tap", "asset": "tap_stand", "basis": "persons_on_mode",
                                     "persons_per_unit": 100.0}},
    {"table": "service_plans", "add": {"service_plan": "raw_taps_for_all", "mode": "raw_tap", "share": 1.0}},
]  # fmt: skip
DIRTY_SPRING = {"table": "sources", "where": {"source": "hill_spring"}, "set": {"required_log_removal_bacteria": 1.0}}


def test_safe_water_does_not_feed_raw_taps():
    floor = {"rung": 2, "share": 1.0, "administration": "upper_district", "hard": True}
    raw_alone = {"table": "service_plans", "remove": True,
                 "where": {"mode": ["near_point", "near_point_filter", "public_tap", "house_tap"]}}  # fmt: skip
    with pytest.raises(NoPlan) as said:
        solve(resolved(*RAW_TAPS, raw_alone, RICH, floors=[floor]), Limits(time_seconds=20))
    assert said.value.status == "infeasible"
    # From a spring that needs treatment the same pipe brings raw water.
    plan = planned(resolved(*RAW_TAPS, raw_alone, RICH, DIRTY_SPRING, floors=[floor]))
    assert plan.audit.passed, plan.audit.failures
    assert plan.plan_of("hilltop") == "raw_taps_for_all"
    assert plan.serving() == {"spring_box", "spring_pipe_dn63"}


def test_raw_water_does_not_feed_safe_taps():
    floor = {"rung": 4, "share": 1.0, "administration": "upper_district", "hard": True}
    assert planned(resolved(NO_FILTERS, RICH, floors=[floor])).plan_of("hilltop") == "taps_for_all"
    with pytest.raises(NoPlan):
        solve(resolved(NO_FILTERS, RICH, DIRTY_SPRING, floors=[floor]), Limits(time_seconds=20))


# Stress


def drought(intake_m3_per_day, wet_intake_m3_per_day=150.0):
    """A stress member, one year in twenty, in which the river intake yields so much and all else is as in a dry year."""
    inflow = {"upper_reach": (200.0, 1000.0), "lower_reach": (100.0, 500.0)}
    yields = {"hill_spring": (10.0, 18.0), "river_intake": (intake_m3_per_day, wet_intake_m3_per_day)}
    seasons = ("dry", "wet")
    return [
        {"table": "members", "add": {"member": "drought", "kind": "stress", "probability": 0.05}},
        {"table": "inflow", "add": [
            {"reach": reach, "season": season, "member": "drought", "inflow_m3_per_day": flow}
            for reach, flows in inflow.items() for season, flow in zip(seasons, flows, strict=True)]},
        {"table": "source_yields", "add": [
            {"source": source, "season": season, "member": "drought", "yield_m3_per_day": flow}
            for source, flows in yields.items() for season, flow in zip(seasons, flows, strict=True)]},
    ]  # fmt: skip


STRESSED = {"stage": "stage_1", "season": "dry", "member": "drought"}


@pytest.mark.parametrize(("intake", "done_without", "hauled"), [(30.0, 12.0, 0.0), (10.0, 21.0, 11.0)])
def test_shortage_under_stress_is_priced_in_two_tiers_and_is_no_cost(intake, done_without, hauled):
    # 42 m³ a day are wanted; 20 litres a person, 20 m³, and half of
    # the school's 2 m³ are the survival floor: 21 may be done without.
    prices = {"shortage_price_usd_per_m3": 2.0, "hauled_price_usd_per_m3": 15.0}
    plan = planned(resolved(NO_FILTERS, RICH, *drought(intake), floors=[RIVERSIDE_TAPS], **prices))
    assert plan.audit.passed, plan.audit.failures
    told = plan.row("shortage", village="riverside", grade="safe", **STRESSED)
    assert told["shortage_m3_per_day"] == pytest.approx(done_without)
    assert told["hauled_m3_per_day"] == pytest.approx(hauled)
    assert set(plan.tables["shortage"]["member"]) == {"drought"}
    assert plan.values.cost_usd == pytest.approx(TAPS_COST_USD)
    days = 165 * 0.05 * (1.8 + 1.152)
    assert plan.penalty_usd == pytest.approx(days * (2.0 * done_without + 15.0 * hauled), rel=1e-6)


@pytest.mark.parametrize("periods", ["binding", "all"])
@pytest.mark.parametrize(("wet_intake", "in_wet_season"), [(30.0, 12.0), (35.0, 7.0), (42.0, 0.0)])
def test_shortage_is_priced_on_all_days_that_it_is_told_of(periods, wet_intake, in_wet_season):
    # 42 m³ a day are wanted; the drought leaves 30 in its dry season, and as much, more or enough in its wet one.
    plan = planned(resolved(NO_FILTERS, RICH, *drought(30.0, wet_intake), floors=[RIVERSIDE_TAPS], periods=periods))
    assert plan.audit.passed, plan.audit.failures
    told = plan.rows("shortage", village="riverside", grade="safe", stage="stage_1").set_index("season")["shortage_m3_per_day"]
    missed = {"dry": 12.0} | ({"wet": in_wet_season} if in_wet_season else {})
    assert told.to_dict() == pytest.approx(missed)
    in_drought = 2.0 * (165 * 12.0 + 200 * in_wet_season) * (1.8 + 1.152)
    assert plan.row("member_costs", member="drought")["missed_usd"] == pytest.approx(in_drought)
    assert plan.penalty_usd == pytest.approx(0.05 * in_drought, rel=1e-6)


def test_nothing_is_short_under_stress_while_water_suffices():
    plan = planned(resolved(NO_FILTERS, RICH, *drought(42.0), floors=[RIVERSIDE_TAPS]))
    assert plan.tables["shortage"].empty


def test_nothing_may_be_short_in_a_design_member():
    with pytest.raises(Impossible):
        dry = {"table": "source_yields", "where": {"source": "river_intake", "member": "dry_year"}}
        planned(resolved(NO_FILTERS, RICH, *drought(10.0), {**dry, "set": {"yield_m3_per_day": 30.0}},
                         floors=[RIVERSIDE_TAPS]))  # fmt: skip


# Penalties


def test_penalties_are_never_part_of_the_cost():
    missed = {"rung": 4, "share": 1.0, "within": "basin", "missed_price_usd_per_person_year": 0.5}
    scarce = {"table": "environmental_flow", "set": {"environmental_flow_m3_per_day": 1e6}}
    plan = planned(resolved(NO_FILTERS, scarce, environmental_flow="priced", floors=[missed]))
    assert plan.penalty_usd > 100
    costs = plan.tables["costs"]
    sign = np.where(costs["item"] == "residual", -1.0, 1.0)
    assert plan.values.cost_usd == pytest.approx((sign * costs["present_value_usd"]).sum())
    assert plan.objective * 1000 == pytest.approx(plan.values.cost_usd + plan.penalty_usd, abs=1e-6)
