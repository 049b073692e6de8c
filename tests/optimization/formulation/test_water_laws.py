"""The laws of water, each on the smallest case in which it decides: Riverside's taps take 42 m³ a day from the river."""

import pytest

from tests.optimization.tiny_basins import (
    NO_FILTERS,
    NO_MEMBRANES,
    RICH,
    RIVERSIDE_TAPS,
    TAPS_COST_USD,
    Impossible,
    planned,
    resolved,
)

RIVERSIDE_WISHES = {**RIVERSIDE_TAPS, "hard": False, "missed_price_usd_per_person_year": 1000.0}
"""The same floor, which may be missed, at a price that no pipe reaches."""
THIRSTY_RIVER = {
    "table": "environmental_flow",
    "where": {"reach": "lower_reach", "season": "dry"},
    "set": {"environmental_flow_m3_per_day": 270.0},
}
"""A dry year's dry season brings 300 to the lower reach: 30 can be taken, less than the 42 that Riverside wants."""
MUCH_OWED = {"table": "obligations", "where": {"season": "dry"}, "set": {"flow_m3_per_day": 270.0}}
DRY = {"stage": "stage_1", "season": "dry", "member": "dry_year"}


def riverside(*changes, floor=RIVERSIDE_TAPS, **policy):
    return planned(resolved(NO_FILTERS, RICH, *changes, floors=[floor], **policy))


def option(name, **values):
    return {"table": "options", "where": {"option": name}, "set": values}


def test_the_case_costs_what_the_readme_works_out():
    plan = riverside()
    assert plan.audit.passed, plan.audit.failures
    assert plan.values.cost_usd == pytest.approx(TAPS_COST_USD)
    assert plan.serving() == {"intake_well", "raw_main_dn110", "works_slow_sand", "riverside_pipe_dn110"}


def test_a_hard_environmental_flow_leaves_the_village_dry_before_the_river():
    plan = riverside(THIRSTY_RIVER, floor=RIVERSIDE_WISHES)
    assert plan.audit.passed, plan.audit.failures
    assert plan.plan_of("riverside") == "as_before"
    assert plan.serving() == set()
    assert plan.tables["river"]["deficit_m3_per_day"].max() == 0.0
    with pytest.raises(Impossible):
        riverside(THIRSTY_RIVER)


def test_a_priced_environmental_flow_is_missed_by_what_the_village_takes():
    plan = riverside(THIRSTY_RIVER, environmental_flow="priced", environmental_flow_price_usd_per_m3=1.0)
    assert plan.audit.passed, plan.audit.failures
    assert plan.plan_of("riverside") == "taps_for_all"
    # 300 less 42 remain of 270 wanted, once rice in the upper reach, worth less than the river, takes nothing.
    assert plan.row("river", reach="lower_reach", **DRY)["deficit_m3_per_day"] == pytest.approx(12.0)
    assert plan.row("use_deliveries", use="rice_scheme", **DRY)["delivered_m3_per_day"] == pytest.approx(0.0, abs=1e-6)
    assert plan.values.environmental_flow_deficit_m3_per_year == pytest.approx(12.0 * 165 * 0.25)


def test_a_flow_owed_downstream_is_kept_before_the_village_is_served():
    plan = riverside(MUCH_OWED, floor=RIVERSIDE_WISHES)
    assert plan.audit.passed, plan.audit.failures
    assert plan.plan_of("riverside") == "as_before"
    with pytest.raises(Impossible):
        riverside(MUCH_OWED)


def test_a_priced_obligation_is_missed_by_what_the_village_takes():
    plan = riverside(MUCH_OWED, obligations="priced", obligation_price_usd_per_m3=1.0)
    assert plan.audit.passed, plan.audit.failures
    assert plan.row("obligation_flows", obligation="treaty", **DRY)["shortfall_m3_per_day"] == pytest.approx(12.0)
    assert plan.values.cost_usd == pytest.approx(TAPS_COST_USD)
    years = 1.8 + 1.152
    unmet = 80 * 0.05 * 0.25 * 165 * years  # rice gets nothing in the dry season of a dry year
    assert plan.penalty_usd == pytest.approx(12.0 * 165 * 0.25 * years + unmet)


def test_other_uses_share_scarce_water_by_its_value():
    fish = {"table": "other_uses", "add": {"use": "fish_farm", "kind": "industry", "reach": "upper_reach",
                                           "value_usd_per_m3": 0.5}}  # fmt: skip
    wants = {"table": "use_demand", "add": [{"use": "fish_farm", "season": "dry", "demand_m3_per_day": 50.0},
                                            {"use": "fish_farm", "season": "wet", "demand_m3_per_day": 0.0}]}  # fmt: skip
    plan = planned(resolved(fish, wants))
    assert plan.audit.passed, plan.audit.failures
    # 200 come down, 120 stay: 80 are left for fish, who want 50, and rice, which wants 80.
    assert plan.row("use_deliveries", use="fish_farm", **DRY)["delivered_m3_per_day"] == pytest.approx(50.0)
    assert plan.row("use_deliveries", use="rice_scheme", **DRY)["delivered_m3_per_day"] == pytest.approx(30.0)
    cheap_fish = {"table": "other_uses", "where": {"use": "fish_farm"}, "set": {"value_usd_per_m3": 0.01}}
    plan = planned(resolved(fish, wants, cheap_fish))
    assert plan.row("use_deliveries", use="rice_scheme", **DRY)["delivered_m3_per_day"] == pytest.approx(80.0)
    assert plan.row("use_deliveries", use="fish_farm", **DRY)["delivered_m3_per_day"] == pytest.approx(0.0, abs=1e-6)


def test_water_that_a_use_gives_back_can_be_taken_again_downstream():
    all_back = {"table": "other_uses", "set": {"return_share": 1.0}}
    plan = riverside({**THIRSTY_RIVER, "set": {"environmental_flow_m3_per_day": 258.0}}, all_back)
    # 300 − 42 = 258 is just enough, and rice takes its 72 or 80 without the lower reach noticing.
    assert plan.audit.passed, plan.audit.failures
    assert plan.row("use_deliveries", use="rice_scheme", **DRY)["delivered_m3_per_day"] == pytest.approx(80.0)
    plan = riverside({**THIRSTY_RIVER, "set": {"environmental_flow_m3_per_day": 258.0}})
    assert plan.row("use_deliveries", use="rice_scheme", **DRY)["delivered_m3_per_day"] == pytest.approx(0.0, abs=1e-6)


def test_a_licence_caps_the_year():
    a_years_water = 42.0 * 365
    enough, short = ({"table": "sources", "where": {"source": "river_intake"},
                      "set": {"licence_m3_per_year": a_years_water * share}} for share in (1.0, 0.999))  # fmt: skip
    assert riverside(enough).audit.passed
    with pytest.raises(Impossible):
        riverside(short)


def test_a_licence_counts_the_seasons_by_what_they_take():
    thirsty_wet = {"table": "seasons", "where": {"season": "wet"}, "set": {"demand_factor": 1.2}}
    a_years_water = 42.0 * (165 + 1.2 * 200)
    enough, short = ({"table": "sources", "where": {"source": "river_intake"},
                      "set": {"licence_m3_per_year": a_years_water * share}} for share in (1.0, 0.999))  # fmt: skip
    assert riverside(thirsty_wet, enough).audit.passed
    with pytest.raises(Impossible):
        riverside(thirsty_wet, short)


def test_losses_and_recovery_are_made_up_for_on_the_way():
    plan = riverside(
        {"table": "sources", "set": {"licence_m3_per_year": None}},
        {"table": "trains", "set": {"recovery_share": 0.8}},
        {"table": "links", "where": {"link": "raw_main"}, "set": {"loss_share": 0.1}},
        {"table": "links", "where": {"link": "riverside_pipe"}, "set": {"loss_share": 0.05}},
    )
    assert plan.audit.passed, plan.audit.failures
    leaves_the_works = 42.0 / 0.95
    put_in = leaves_the_works / 0.8
    assert plan.row("flows", link="riverside_pipe", **DRY)["flow_m3_per_day"] == pytest.approx(leaves_the_works)
    assert plan.row("flows", link="raw_main", **DRY)["flow_m3_per_day"] == pytest.approx(put_in / 0.9)
    works = plan.row("investments", option="works_slow_sand", stage="stage_1")
    assert works["capacity_m3_per_day"] == pytest.approx(put_in)


def test_a_source_gives_no_more_than_its_yield_in_the_worst_season():
    yields = {"table": "source_yields", "where": {"source": "river_intake", "season": "dry", "member": "dry_year"}}
    assert riverside({**yields, "set": {"yield_m3_per_day": 42.0}}).audit.passed
    with pytest.raises(Impossible):
        riverside({**yields, "set": {"yield_m3_per_day": 41.9}})


def test_the_season_of_highest_demand_sizes_the_works():
    thirsty_dry = {"table": "seasons", "where": {"season": "dry"}, "set": {"demand_factor": 1.25}}
    plan = riverside(thirsty_dry)
    assert plan.row("flows", link="riverside_pipe", **DRY)["flow_m3_per_day"] == pytest.approx(42.0 * 1.25)
    wet = {**DRY, "season": "wet"}
    assert plan.row("flows", link="riverside_pipe", **wet)["flow_m3_per_day"] == pytest.approx(42.0)
    works = plan.row("investments", option="works_slow_sand", stage="stage_1")
    assert works["capacity_m3_per_day"] == pytest.approx(42.0 * 1.25)


@pytest.mark.parametrize(
    "water",
    [
        {"table": "source_quality", "where": {"source": "river_intake"}, "set": {"value": 60.0}},
        {"table": "sources", "where": {"source": "river_intake"}, "set": {"required_log_removal_protozoa": 3.0}},
    ],
    ids=["turbid", "protozoa"],
)
def test_a_train_that_cannot_make_its_source_safe_is_never_fed(water):
    # Slow sand leaves 6 NTU of 60, and takes out two logs of protozoa; membranes do better.
    plan = riverside(water)
    assert plan.audit.passed, plan.audit.failures
    assert "works_membrane" in plan.serving()
    assert set(plan.rows("flows", link="raw_main")["train"]) == {"membrane_uv"}
    with pytest.raises(Impossible):
        riverside(water, NO_MEMBRANES)


def test_water_that_needs_more_barriers_than_any_train_has_is_never_treated():
    with pytest.raises(Impossible):
        riverside({"table": "sources", "where": {"source": "river_intake"}, "set": {"required_barriers": 3}})


def test_a_capacity_bounds_the_flow_of_pipe_main_and_train():
    for name in ("riverside_pipe_dn110", "raw_main_dn110"):
        assert riverside(option(name, capacity_m3_per_day=42.0)).audit.passed
        with pytest.raises(Impossible):
            riverside(option(name, capacity_m3_per_day=41.9))
    assert riverside(NO_MEMBRANES, option("works_slow_sand", capacity_m3_per_day=42.0)).audit.passed
    with pytest.raises(Impossible):
        riverside(NO_MEMBRANES, option("works_slow_sand", capacity_m3_per_day=41.9))


def test_what_exists_carries_without_being_built():
    main = {"table": "links", "where": {"link": "raw_main"}, "set": {"existing_capacity_m3_per_day": 50.0}}
    well = {"table": "sources", "where": {"source": "river_intake"}, "set": {"existing": True}}
    no_need = {"table": "option_requirements", "remove": True, "where": {"option": "raw_main_dn110"}}
    dug = {"table": "options", "remove": True, "where": {"option": "intake_well"}}
    plan = riverside(main, no_need, dug, well)
    assert plan.audit.passed, plan.audit.failures
    assert plan.serving() == {"works_slow_sand", "riverside_pipe_dn110"}


def test_a_village_that_shrinks_may_still_be_served_while_it_is_large():
    # 42 m³ a day are needed in the first stage, fewer in the second; capacity once bought stays.
    shrinking = {"table": "population", "where": {"village": "riverside"}, "set": {"growth_share_per_year": -0.1}}
    no_house_taps = {"table": "service_plans", "remove": True, "where": {"mode": "house_tap"}}
    plan = riverside(shrinking, no_house_taps)
    assert plan.audit.passed, plan.audit.failures
    first, second = (plan.row("investments", option="works_slow_sand", stage=stage)["capacity_m3_per_day"]
                     for stage in ("stage_1", "stage_2"))  # fmt: skip
    assert first == pytest.approx(1000 * 0.9 * 0.04 + 2.0)
    assert second == pytest.approx(first)


FARSIDE_BY_RIVERSIDE = [
    {"table": "options", "remove": True, "where": {"option": "farside_pipe_dn63"}},
    {"table": "links", "add": {"link": "onward_pipe", "from_node": "riverside", "to_node": "farside",
                               "kind": "gravity", "length_km": 1.0, "lift_m": -10.0, "loss_share": 0.2}},
    {"table": "options", "add": {"option": "onward_dn63", "kind": "conveyance", "place": "onward_pipe",
                                 "technology": "pipe_dn63", "category": "conveyance", "administration": "far_district",
                                 "capacity_m3_per_day": 15.0, "capex_usd": 100.0, "life_years": 20}},
]  # fmt: skip
FARSIDE_TAPS = {**RIVERSIDE_TAPS, "administration": "far_district"}


def test_a_pipe_from_village_to_village_needs_a_pipe():
    plan = riverside(*FARSIDE_BY_RIVERSIDE, NO_MEMBRANES, floor=FARSIDE_TAPS)
    assert plan.audit.passed, plan.audit.failures
    assert plan.serving() == {
        "intake_well", "raw_main_dn110", "works_slow_sand", "riverside_pipe_dn63", "onward_dn63",
    }  # fmt: skip
    # Farside's 100 persons take 4 m³ a day, a fifth of which leaks on the way from Riverside, itself as before.
    assert plan.plan_of("riverside") == "as_before"
    assert plan.row("flows", link="riverside_pipe", **DRY)["flow_m3_per_day"] == pytest.approx(5.0)
    no_pipe = {"table": "options", "remove": True, "where": {"option": ["riverside_pipe_dn63", "riverside_pipe_dn110"]}}
    with pytest.raises(Impossible):
        riverside(*FARSIDE_BY_RIVERSIDE, no_pipe, floor=FARSIDE_TAPS)


def test_a_pipe_onwards_takes_its_water_from_the_village_that_it_leaves():
    everywhere = {**RIVERSIDE_TAPS, "administration": "province"}
    plan = riverside(*FARSIDE_BY_RIVERSIDE, floor=everywhere)
    assert plan.row("flows", link="riverside_pipe", **DRY)["flow_m3_per_day"] == pytest.approx(42.0 + 5.0)
    assert plan.row("flows", link="onward_pipe", **DRY)["flow_m3_per_day"] == pytest.approx(5.0)
