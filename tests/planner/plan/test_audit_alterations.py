"""No altered plan passes: one alteration for each kind of lie."""

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from tests.planner.plan.altering import Tables, add, change, drop, failed
from tests.planner.plan.tutorial_on_tables import least_cost_tables


def _stolen_water(tables: Tables) -> None:
    change(tables, "flows", "flow_m3_per_day", lambda flow: flow - 1, link="riverside_pipe", stage="stage_2")


def _works_torn_down(tables: Tables) -> None:
    change(tables, "investments", "serves", False, option="works_slow_sand", stage="stage_2")


def _two_trains(tables: Tables) -> None:
    for stage in ("stage_1", "stage_2"):
        add(tables, "investments", option="works_membrane", stage=stage, serves=True, count=1, capacity_m3_per_day=5.0,
            capital_usd=3250.0 if stage == "stage_1" else 0.0, running_cost_usd_per_year=275.0)  # fmt: skip


def _both_pipes(tables: Tables) -> None:
    for stage in ("stage_1", "stage_2"):
        add(tables, "investments", option="riverside_pipe_dn63", stage=stage, serves=True, count=1, capacity_m3_per_day=30.0,
            capital_usd=600.0 if stage == "stage_1" else 0.0, running_cost_usd_per_year=15.0)  # fmt: skip


def _everyone_in_two_houses(tables: Tables) -> None:
    add(tables, "service", village="farside", group="poor", stage="stage_2", mode="house_tap", rung=5, persons=60.0)


def _swapped_modes(tables: Tables) -> None:
    change(tables, "service", "mode", "near_point", village="farside", group="poor", mode="near_point_filter")
    change(tables, "service", "rung", 3, village="farside", group="poor", mode="near_point")


def _paid_by_the_wrong_purse(tables: Tables) -> None:
    change(tables, "finance", "channel", "aid", channel="government_grant", category="points")


def _money_kept_that_expires(tables: Tables) -> None:
    change(tables, "channel_balances", "carried_usd", 950.0, channel="aid", stage="stage_1")


ALTERATIONS: dict[str, tuple[str, Callable[[Tables], None]]] = {
    "a village gets a cubic metre too little": ("village_water", _stolen_water),
    "a site gives a cubic metre that it did not treat": (
        "site_water",
        lambda t: change(t, "flows", "flow_m3_per_day", 41.0, link="raw_main", season="dry"),
    ),
    "a pipe carries more than it can": (
        "link_capacity",
        lambda t: change(t, "flows", "flow_m3_per_day", 26.0, link="spring_pipe", season="wet"),
    ),
    "a spring gives more than its yield": (
        "source_yield",
        lambda t: change(t, "flows", "flow_m3_per_day", 11.0, link="spring_pipe", season="dry"),
    ),
    "a train takes in more than its capacity": (
        "train_capacity",
        lambda t: change(t, "flows", "flow_m3_per_day", 43.0, link="raw_main"),
    ),
    "water is put into a train that was never built": (
        "feed_without_train",
        lambda t: change(t, "flows", "train", "membrane_uv", link="raw_main"),
    ),
    "a raw main names no train": ("flow_train_named", lambda t: change(t, "flows", "train", None, link="raw_main")),
    "raw water is told to be cleaner than it is": (
        "mixed_raw",
        lambda t: change(t, "quality", "raw_value", 39.9, season="wet", member="dry_year"),
    ),
    "treated water is told to be cleaner than it is": (
        "mixed_treated",
        lambda t: change(t, "quality", "treated_value", 3.0, season="wet"),
    ),
    "the guideline value is told higher than it is": (
        "mixed_guideline_told",
        lambda t: change(t, "quality", "guideline_value", 50.0, season="wet"),
    ),
    "the quality of a train's water is left out": ("mixed_raw", lambda t: drop(t, "quality", season="dry")),
    "works vanish in the second stage": ("option_removed", _works_torn_down),
    "a source is used that nobody developed": (
        "source_not_developed",
        lambda t: drop(t, "investments", option="intake_well"),
    ),
    "an option stands without what it requires": (
        "option_requirement",
        lambda t: drop(t, "investments", option="spring_box"),
    ),
    "two trains stand at one site": ("one_train_per_site", _two_trains),
    "two pipes of an exclusive group stand": ("option_exclusive_group", _both_pipes),
    "a pipe is larger than the one that was bought": (
        "option_capacity",
        lambda t: change(t, "investments", "capacity_m3_per_day", 80.0, option="riverside_pipe_dn110"),
    ),
    "capital of works is hidden": (
        "option_capital",
        lambda t: change(t, "investments", "capital_usd", 5000.0, option="works_slow_sand", stage="stage_1"),
    ),
    "running costs of works are hidden": (
        "option_running_cost",
        lambda t: change(t, "investments", "running_cost_usd_per_year", 200.0, option="works_slow_sand"),
    ),
    "half a tap stand": (
        "asset_whole_units",
        lambda t: change(t, "village_assets", "units", 10.5, village="riverside"),
    ),
    "a tap stand too few": ("asset_enough", lambda t: change(t, "village_assets", "units", 9.0, village="riverside")),
    "a handpump is carried off": (
        "asset_removed",
        lambda t: drop(t, "village_assets", asset="handpump", stage="stage_2"),
    ),
    "filters are not renewed": (
        "asset_capital",
        lambda t: change(t, "village_assets", "capital_usd", 250.0, asset="household_filter", stage="stage_2"),
    ),
    "running costs of taps are hidden": (
        "asset_running_cost",
        lambda t: change(t, "village_assets", "running_cost_usd_per_year", 0.0, village="hilltop"),
    ),
    "people are counted twice": ("service_everyone_once", _everyone_in_two_houses),
    "people are left out": (
        "service_everyone_once",
        lambda t: drop(t, "service", village="farside", mode="unimproved"),
    ),
    "a filter is claimed to be a house tap": (
        "service_rung",
        lambda t: change(t, "service", "rung", 5, village="farside", mode="near_point_filter"),
    ),
    "people have something else than their village's plan": ("service_follows_plan", _swapped_modes),
    "a village falls below what it had": (
        "service_nobody_falls",
        lambda t: change(t, "service", "mode", "unimproved", village="hilltop"),
    ),
    "the river is said to carry more than it does": (
        "river_outflow",
        lambda t: change(t, "river", "outflow_m3_per_day", lambda flow: flow + 1, reach="lower_reach"),
    ),
    "nature is said to bring more than it does": (
        "river_natural",
        lambda t: change(t, "river", "natural_m3_per_day", lambda flow: flow * 1.01),
    ),
    "the river's requirement is lowered": (
        "river_required",
        lambda t: change(t, "river", "required_m3_per_day", 100.0, reach="upper_reach", season="dry"),
    ),
    "a deficit is invented": ("river_deficit", lambda t: change(t, "river", "deficit_m3_per_day", 5.0, season="dry")),
    "rice takes what the river must keep": (
        "environmental_flow",
        lambda t: change(t, "use_deliveries", "delivered_m3_per_day", 75.0, season="dry", member="dry_year"),
    ),
    "rice takes more than it wants": (
        "use_delivery",
        lambda t: change(t, "use_deliveries", "delivered_m3_per_day", 1.0, season="wet"),
    ),
    "rice's loss is hidden": ("use_unmet", lambda t: change(t, "use_deliveries", "unmet_m3_per_day", 0.0)),
    "what is owed downstream is lowered": (
        "obligation_owed",
        lambda t: change(t, "obligation_flows", "owed_m3_per_day", 150.0, season="dry"),
    ),
    "a shortfall downstream is invented": (
        "obligation_shortfall",
        lambda t: change(t, "obligation_flows", "shortfall_m3_per_day", 5.0, season="dry"),
    ),
    "rice drinks the river dry": (
        "river_dry",
        lambda t: change(t, "use_deliveries", "delivered_m3_per_day", 500.0, season="dry"),
    ),
    "capital that nobody pays": ("capital_paid", lambda t: drop(t, "finance", category="treatment")),
    "aid pays where it may not": ("channel_eligible", _paid_by_the_wrong_purse),
    "a channel spends what it does not have": (
        "channel_overspent",
        lambda t: change(t, "channel_balances", "carried_usd", 800.0, channel="government_grant", stage="stage_1"),
    ),
    "a channel offers more than the basin says": (
        "channel_offered",
        lambda t: change(t, "channel_balances", "offered_usd", 12000.0, channel="government_grant", stage="stage_1"),
    ),
    "a channel's spending is hidden": (
        "channel_spent",
        lambda t: change(t, "channel_balances", "spent_usd", 0.0, channel="aid"),
    ),
    "aid that expires is kept": ("channel_carry_over", _money_kept_that_expires),
    "running costs that nobody covers": ("running_cost_covered", lambda t: drop(t, "subsidies_paid", stage="stage_2")),
    "an account forgets its pumps": (
        "running_cost",
        lambda t: change(t, "running_costs", "running_cost_usd_per_year", 680.0, account="lower_district"),
    ),
    "the poor pay more than they can afford": (
        "tariff_affordable",
        lambda t: change(t, "tariffs", "tariff_usd_per_year", 2000.0, village="riverside", group="poor"),
    ),
    "people are said to be richer than they are": (
        "tariff_income",
        lambda t: change(t, "tariffs", "income_usd_per_year", lambda income: income * 2),
    ),
    "an account receives tariffs that nobody pays": (
        "tariffs_summed",
        lambda t: change(t, "running_costs", "tariffs_usd_per_year", 90.0, account="upper_district"),
    ),
    "a fund pays more than it has": (
        "subsidy_amount",
        lambda t: change(t, "subsidies_paid", "amount_usd_per_year", 1200.0, stage="stage_1"),
    ),
    "an account receives a subsidy that nobody pays": (
        "subsidies_summed",
        lambda t: change(t, "running_costs", "subsidies_usd_per_year", 10.0, account="upper_district"),
    ),
    "capital is missing in the present values": (
        "cost_capital",
        lambda t: change(t, "costs", "present_value_usd", 0.0, item="capital", category="treatment"),
    ),
    "what is left at the end is worth more than it is": (
        "cost_residual",
        lambda t: change(t, "costs", "present_value_usd", 5000.0, item="residual", category="taps"),
    ),
    "energy is missing in the present values": ("cost_running", lambda t: drop(t, "costs", category="water")),
    "the cost is polished": (
        "objective_cost",
        lambda t: change(t, "objectives", "value", 16530.0, objective="cost"),
    ),
    "persons below a rung are hidden": (
        "objective_below_rung_3",
        lambda t: change(t, "objectives", "value", 30.0, objective="below_rung_3"),
    ),
    "a plan is better than is possible": (
        "objective_bound",
        lambda t: change(t, "objectives", "bound", 16531.0, objective="cost"),
    ),
    "an objective is left out": ("objective_told", lambda t: drop(t, "objectives", objective="below_rung_1")),
    "thousands are told as dollars": (
        "objective_unit",
        lambda t: change(t, "objectives", "unit", "thousand USD", objective="cost"),
    ),
    "objectives stand in another order": (
        "objective_order",
        lambda t: change(t, "objectives", "order", 2, objective="below_rung_1"),
    ),
    "a floor is told that the policy does not have": (
        "floor_told",
        lambda t: add(
            t,
            "floors",
            floor=3,
            place="basin",
            group=None,
            stage="stage_1",
            rung=4,
            required_persons=1.0,
            served_persons=1.0,
            missed_persons=0.0,
        ),
    ),
    "a table is missing": ("table_missing", lambda t: t.__delitem__("flows")),
    "a column is missing": ("table_missing", lambda t: t.update(river=t["river"].drop(columns="outflow_m3_per_day"))),
    "a column that no plan has": ("column_unknown", lambda t: t.update(river=t["river"].assign(salt=1.0))),
    "a figure is not a number": (
        "value_invalid",
        lambda t: change(t, "flows", "flow_m3_per_day", np.nan, link="spring_pipe", season="wet"),
    ),
    "a negative amount of money": (
        "value_invalid",
        lambda t: change(t, "finance", "amount_usd", -1.0, category="points"),
    ),
    "a village that is not there": (
        "identifier_unknown",
        lambda t: change(t, "service", "village", "atlantis", village="farside"),
    ),
    "a row twice": ("row_repeated", lambda t: t.update(river=pd.concat([t["river"], t["river"].tail(1)]))),
    "a reach is left out": ("row_missing", lambda t: drop(t, "river", reach="upper_reach")),
}


@pytest.mark.parametrize("name", ALTERATIONS)
def test_an_altered_plan_is_rejected(name: str) -> None:
    code, alter = ALTERATIONS[name]
    tables = least_cost_tables()
    alter(tables)
    assert code in failed(tables)
