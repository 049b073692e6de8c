"""The audit accepts the tutorial's plan worked out by hand, and tells what is wrong with another."""

import dataclasses
import json

import numpy as np
import pandas as pd
import pytest

from planner.basin import Basin
from planner.plan.audit import Audit, audit
from planner.scenario.policy import Floor, Objective, Policy
from tests.planner.plan.altering import Tables, add, change, drop, failed, replaced
from tests.planner.plan.tutorial_on_tables import LEAST_COST, least_cost_tables, tutorial


def test_the_plan_worked_out_on_paper_passes() -> None:
    result = audit(tutorial(), LEAST_COST, least_cost_tables())
    assert result.passed, result.failures
    assert len(result.checks) > 60


def test_every_check_has_its_own_code_and_a_title() -> None:
    checks = audit(tutorial(), LEAST_COST, least_cost_tables()).checks
    assert len({check.code for check in checks}) == len(checks)
    assert all(check.title for check in checks)


def test_a_train_that_leaves_too_much_turbidity_is_not_enough() -> None:
    basin = replaced("train_removals", "removal_share", 0.5, train="slow_sand_chlorine")
    assert failed(least_cost_tables(), basin=basin) == {"feed_unsafe", "mixed_guideline", "mixed_treated"}


def test_a_train_with_too_few_barriers_is_not_enough() -> None:
    basin = replaced("sources", "required_barriers", 5, source="river_intake")
    assert failed(least_cost_tables(), basin=basin) == {"feed_unsafe", "log_removals_asked", "log_removals_reached"}


def test_a_spring_that_needs_treatment_feeds_no_safe_taps() -> None:
    basin = replaced("sources", "required_log_removal_bacteria", 1.0, source="hill_spring")
    assert failed(least_cost_tables(), basin=basin) == {"service_needs_link", "village_water"}


def test_nothing_serves_before_its_lead_time_is_over() -> None:
    basin = replaced("options", "lead_time_stages", 1, option="spring_box")
    assert "option_lead_time" in failed(least_cost_tables(), basin=basin)


def test_nothing_is_built_before_its_earliest_stage() -> None:
    basin = replaced("options", "earliest_stage", "stage_2", option="spring_box")
    assert failed(least_cost_tables(), basin=basin) == {"option_earliest_stage"}


def test_a_subsidy_is_paid_within_its_administration() -> None:
    basin = replaced("subsidies", "administration", "upper_district")
    assert failed(least_cost_tables(), basin=basin) == {"subsidy_eligible"}


def test_a_licence_counts_the_whole_year() -> None:
    enough = replaced("sources", "licence_m3_per_year", 42 * 365.0, source="river_intake")
    short = replaced("sources", "licence_m3_per_year", 42 * 365.0 - 10, source="river_intake")
    assert failed(least_cost_tables(), basin=enough) == set()
    assert failed(least_cost_tables(), basin=short) == {"source_licence"}


def missed_in_the_dry_year(tables, usd: float) -> None:
    """What is priced is part of what the dry year costs."""
    for column in ("missed_usd", "cost_usd"):
        change(tables, "member_costs", column, lambda value: value + usd, member="dry_year")


def test_what_is_owed_downstream_is_hard_unless_the_policy_prices_it() -> None:
    basin = replaced("obligations", "flow_m3_per_day", 200.0, season="dry")
    tables = least_cost_tables()
    change(tables, "obligation_flows", "owed_m3_per_day", 200.0, season="dry")
    change(tables, "obligation_flows", "shortfall_m3_per_day", 4.0, season="dry", member="dry_year")
    assert failed(tables, basin=basin) == {"obligation"}
    missed_in_the_dry_year(tables, 4 * 165 * 0.05 * 2.952)
    assert failed(tables, LEAST_COST.model_copy(update={"obligations": "priced"}), basin) == set()


def test_a_deficit_is_told_and_counted_where_the_policy_prices_it() -> None:
    basin = replaced("environmental_flow", "environmental_flow_m3_per_day", 130.0, reach="upper_reach", season="dry")
    tables = least_cost_tables()
    change(tables, "river", "required_m3_per_day", 130.0, reach="upper_reach", season="dry")
    change(tables, "river", "deficit_m3_per_day", 10.0, reach="upper_reach", season="dry", member="dry_year")
    # 10 m³/day in 165 dry days of one year in four.
    change(tables, "objectives", "value", 10 * 165 * 0.25, objective="environmental_flow_deficit")
    assert failed(tables, basin=basin) == {"environmental_flow"}
    missed_in_the_dry_year(tables, 10 * 165 * 0.05 * 2.952)
    assert failed(tables, LEAST_COST.model_copy(update={"environmental_flow": "priced"}), basin) == set()


def test_a_floor_of_a_village_is_met_where_filters_would_meet_it() -> None:
    # Farside has filters for half; filters for all would do.
    missed = {"floor_told", "floor_village"}
    assert failed(least_cost_tables(), Policy(floors=(Floor(rung=4, share=0.6),))) == missed
    hard = Policy(floors=(Floor(rung=4, share=0.6, hard=True),))
    assert failed(least_cost_tables(), hard) == missed | {"floor_hard"}


def test_a_floor_of_a_village_that_only_house_taps_meet_may_be_missed_but_must_be_told() -> None:
    policy = Policy(floors=(Floor(rung=5, share=0.6, administration="far_district"),))
    assert failed(least_cost_tables(), policy) == {"floor_told"}
    tables = least_cost_tables()
    for stage in ("stage_1", "stage_2"):
        for group, required in (("poor", 36.0), ("other", 24.0)):
            add(tables, "floors", floor=1, place="farside", group=group, stage=stage, rung=5,
                required_persons=required, served_persons=0.0, missed_persons=required)  # fmt: skip
    assert failed(tables, policy) == set()


def test_a_floor_that_couples_villages_may_be_missed_but_must_be_told() -> None:
    policy = Policy(floors=(Floor(rung=4, share=1.0, within="basin", stage="stage_1"),))
    assert failed(least_cost_tables(), policy) == {"floor_told"}
    tables = least_cost_tables()
    for stage, served in (("stage_1", 1250.0), ("stage_2", 1300.0)):
        add(tables, "floors", floor=1, place="basin", group=None, stage=stage, rung=4,
            required_persons=1300.0, served_persons=served, missed_persons=1300.0 - served)  # fmt: skip
    assert failed(tables, policy) == set()
    hard = Policy(floors=(policy.floors[0].model_copy(update={"hard": True}),))
    assert failed(tables, hard) == {"floor_hard"}
    change(tables, "floors", "served_persons", 1300.0, stage="stage_1")
    assert "floor_served" in failed(tables, policy)


def test_a_floor_counts_only_its_group_and_its_administration() -> None:
    floor = Floor(rung=4, share=0.5, within="administration", group="poor", administration="far_district")
    tables = least_cost_tables()
    for stage, served in (("stage_1", 30.0), ("stage_2", 60.0)):
        add(tables, "floors", floor=1, place="far_district", group="poor", stage=stage, rung=4,
            required_persons=30.0, served_persons=served, missed_persons=0.0)  # fmt: skip
    assert failed(tables, Policy(floors=(floor,))) == set()


def test_a_floor_of_a_part_of_the_basin_is_told_under_its_name() -> None:
    floor = Floor(rung=4, share=0.5, within="basin", administration="far_district", stage="stage_2")
    tables = least_cost_tables()
    add(tables, "floors", floor=1, place="far_district", group=None, stage="stage_2", rung=4,
        required_persons=50.0, served_persons=100.0, missed_persons=0.0)  # fmt: skip
    assert failed(tables, Policy(floors=(floor,))) == set()


def test_access_stands_in_the_policy_as_one_place_for_five_rungs() -> None:
    policy = Policy(objectives=(Objective(objective="access"), Objective(objective="cost")), floors=LEAST_COST.floors)
    tables = least_cost_tables()
    for rung in range(1, 6):
        change(tables, "objectives", "order", 1, objective=f"below_rung_{rung}")
    assert failed(tables, policy) == {"objective_order"}
    change(tables, "objectives", "order", 2, objective="cost")
    assert failed(tables, policy) == set()


def _with_drought(yield_m3_per_day: float) -> tuple[Basin, Tables]:
    """The tutorial's plan under a drought in which the spring gives less than Hilltop's 8 m³/day."""
    basin = tutorial()
    frames = {name: frame.copy() for name, frame in basin.tables.items()}
    frames["members"].loc[len(frames["members"])] = ["drought", "Drought", "stress", 0.05]
    for table in ("source_yields", "inflow"):
        like = frames[table][frames[table]["member"] == "dry_year"].assign(member="drought")
        frames[table] = pd.concat([frames[table], like], ignore_index=True)
    change(frames, "source_yields", "yield_m3_per_day", yield_m3_per_day, source="hill_spring", member="drought")
    tables = least_cost_tables()
    for table in ("flows", "quality", "river", "use_deliveries", "obligation_flows"):
        like = tables[table][tables[table]["member"] == "dry_year"].assign(member="drought")
        tables[table] = pd.concat([tables[table], like], ignore_index=True)
    like = tables["member_costs"][tables["member_costs"]["member"] == "dry_year"].assign(member="drought", weight_share=0.0)
    tables["member_costs"] = pd.concat([tables["member_costs"], like], ignore_index=True)
    expected_of_the_drought(tables, 8 * 165 * 0.05 * 2.952)
    missing = 8.0 - yield_m3_per_day
    change(tables, "flows", "flow_m3_per_day", yield_m3_per_day, link="spring_pipe", member="drought")
    change(tables, "river", "outflow_m3_per_day", lambda flow: flow + missing, member="drought")
    return dataclasses.replace(basin, tables=frames), tables


def expected_of_the_drought(tables: Tables, usd: float) -> None:
    """What one year in twenty misses is expected in both design years."""
    for member in ("normal_year", "dry_year"):
        change(tables, "member_costs", "cost_usd", lambda value: value + 0.05 * usd, member=member)


def _add_shortage(tables: Tables, short: float, hauled: float, members: tuple[str, ...] = ("drought",)) -> None:
    missed = (short * 2.0 + hauled * 15.0) * 365 * 2.952
    for member in members:
        for column in ("missed_usd", "cost_usd"):
            change(tables, "member_costs", column, lambda value: value + missed, member=member)
        if member == "drought":
            expected_of_the_drought(tables, missed)
        for stage in ("stage_1", "stage_2"):
            for season in ("dry", "wet"):
                add(tables, "shortage", village="hilltop", grade="safe", stage=stage, season=season, member=member,
                    shortage_m3_per_day=short, hauled_m3_per_day=hauled)  # fmt: skip
    # Short all year, one year in twenty (and one in four) of all 1.05.
    days = sum({"drought": 0.05, "dry_year": 0.25}[member] for member in members) / 1.05
    change(tables, "assurance", "assurance_share", 1.0 - days, village="hilltop")


def test_in_a_stress_member_people_may_do_without_down_to_the_survival_floor() -> None:
    # 200 persons use 40 litres and keep 20: of 8 m³/day they can do without 4.
    basin, tables = _with_drought(3.0)
    assert failed(tables, basin=basin) == {"village_water"}
    _add_shortage(tables, short=4.0, hauled=1.0)
    assert failed(tables, basin=basin) == set()


def test_below_the_survival_floor_water_is_hauled() -> None:
    basin, tables = _with_drought(3.0)
    _add_shortage(tables, short=5.0, hauled=0.0)
    assert failed(tables, basin=basin) == {"shortage_survival"}


def test_no_design_member_falls_short() -> None:
    basin, tables = _with_drought(3.0)
    _add_shortage(tables, short=4.0, hauled=1.0, members=("drought", "dry_year"))
    assert failed(tables, basin=basin) == {"shortage_in_design_member"}


def test_one_failure_hides_no_other() -> None:
    tables = least_cost_tables()
    change(tables, "objectives", "value", 16530.0, objective="cost")
    drop(tables, "finance", category="treatment")
    del tables["service"]
    assert {"table_missing", "objective_cost", "capital_paid", "service_everyone_once"} <= failed(tables)


def test_a_failure_names_its_worst_place() -> None:
    tables = least_cost_tables()
    change(tables, "flows", "flow_m3_per_day", 40.0, link="riverside_pipe", stage="stage_2", season="dry")
    change(tables, "flows", "flow_m3_per_day", 37.0, link="riverside_pipe", stage="stage_2", season="dry",
           member="dry_year")  # fmt: skip
    (check,) = (c for c in audit(tutorial(), LEAST_COST, tables).checks if c.code == "village_water")
    assert check.place == (
        "village Riverside, stage 2029–2030, season Dry, December to mid-May, member Dry year, one in four, safe water"
    )
    assert check.worst == pytest.approx(5.0)
    assert (check.unit, check.count_failed) == ("m³/day", 2)


def test_rounding_is_no_violation() -> None:
    tables = least_cost_tables()
    change(tables, "flows", "flow_m3_per_day", lambda flow: flow * (1 - 1e-7))
    change(tables, "finance", "amount_usd", lambda amount: amount + 1e-4)
    assert failed(tables) == set()


def test_an_audit_survives_json() -> None:
    tables = least_cost_tables()
    change(tables, "flows", "flow_m3_per_day", np.inf, link="spring_pipe")
    result = audit(tutorial(), LEAST_COST, tables)
    assert Audit.from_dict(json.loads(json.dumps(result.to_dict(), allow_nan=False))) == result
