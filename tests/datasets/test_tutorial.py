"""The tutorial's worked figures: the README, the expected tables and a pricing of every choice say the same."""

import numpy as np
import pandas as pd
import pytest

from datasets.cases import find
from planner.basin import Basin
from planner.checks import check
from planner.plan.tables import ROW_OF
from planner.scenario.changes import apply
from planner.scenario.scenario import Scenario
from tests.datasets.tutorial_on_paper import VILLAGES, all_choices, table, worth

LEAST_COST_USD = 16530.9208
EQUITY_FIRST_COST_USD = 8631.52
WEIGHTED_PERSONS_BELOW_RUNG = [0.0, 387.5, 387.5, 1340.0, 1530.0]
FOLDER = find("tutorial").parent


@pytest.fixture(scope="module")
def choices():
    return all_choices()


def expected(scenario, name):
    return pd.read_csv(FOLDER / "expected" / scenario / f"{name}.csv")


def expected_plans(scenario):
    plans = expected(scenario, "village_plans").pivot_table(
        index="village", columns="stage", values="service_plan", aggfunc="first"
    )
    return plans.loc[VILLAGES].to_numpy().tolist()


def scenario_named(name):
    return Scenario.read(FOLDER / "scenarios" / f"{name}.yaml")


def amounts(scenario):
    changed = apply(Basin.read(find("tutorial")), scenario_named(scenario)).tables["channel_amounts"]
    return changed.set_index(["channel", "stage"])["amount_usd"]


def test_nothing_stands_against_the_basin():
    assert check(Basin.read(find("tutorial"))) == []


def test_a_dollar_is_worth_what_the_readme_says():
    assert worth(20) == pytest.approx([0.67232, 0.27136], abs=1e-12)
    assert worth(10) == pytest.approx([0.75424, 0.31232], abs=1e-12)
    assert worth(2) == pytest.approx([1.64, 0.64], abs=1e-12)


def test_no_choice_that_keeps_the_floors_and_can_be_paid_is_cheaper_than_the_worked_plan(choices):
    amount = amounts("least_cost")
    aid = np.minimum(amount["aid", "stage_1"], choices.capital_of_lower_network_usd[:, 0])
    kept = amount["government_grant", "stage_1"] - (choices.capital_usd[:, 0] - aid)
    paid = (kept >= 0) & (choices.capital_usd[:, 1] <= amount["government_grant", "stage_2"] + kept)
    floors = (choices.share_at_rung_4 >= [0.5, 1.0]).all(axis=(1, 2))
    possible = np.flatnonzero(paid & floors & choices.can_be_built)
    best = possible[choices.present_value_usd[possible].argmin()]
    assert choices.present_value_usd[best] == pytest.approx(LEAST_COST_USD, abs=1e-9)
    assert choices.plans[best].tolist() == expected_plans("least_cost")


def test_no_choice_leaves_fewer_people_low_down_than_the_worked_plan_and_none_as_good_is_cheaper(choices):
    amount = amounts("equity_first")
    kept = amount["government_grant", "stage_1"] - choices.capital_usd[:, 0]
    paid = (kept >= 0) & (choices.capital_usd[:, 1] <= amount["government_grant", "stage_2"] + kept)
    possible = np.flatnonzero(paid & choices.can_be_built)
    below = choices.weighted_persons_below[possible].mean(axis=1).round(6)
    order = np.lexsort((choices.present_value_usd[possible], *below[:, :0:-1].T))
    best = possible[order[0]]
    assert below[order[0], 1:].tolist() == WEIGHTED_PERSONS_BELOW_RUNG
    assert choices.present_value_usd[best] == pytest.approx(EQUITY_FIRST_COST_USD, abs=1e-9)
    assert choices.plans[best].tolist() == expected_plans("equity_first")


@pytest.mark.parametrize("scenario", ["least_cost", "equity_first"])
def test_expected_tables_use_the_columns_of_a_plan(scenario):
    for path in (FOLDER / "expected" / scenario).glob("*.csv"):
        assert set(pd.read_csv(path).columns) <= set(ROW_OF[path.stem].model_fields)


@pytest.mark.parametrize("scenario", ["least_cost", "equity_first"])
def test_expected_present_values_sum_to_the_cost(scenario):
    costs = expected(scenario, "costs")
    sign = np.where(costs["item"] == "residual", -1, 1)
    cost = expected(scenario, "objectives").set_index("objective").loc["cost", "value"]
    assert (sign * costs["present_value_usd"]).sum() == pytest.approx(cost, abs=1e-9)


@pytest.mark.parametrize("scenario", ["least_cost", "equity_first"])
def test_expected_running_costs_are_those_of_works_assets_and_water(scenario):
    fixed = pd.concat([expected(scenario, "investments"), expected(scenario, "village_assets")])
    by_stage = fixed.groupby("stage")["running_cost_usd_per_year"].sum()
    flows = expected(scenario, "flows")
    price = flows["link"].map(table("links").set_index("link")["variable_om_usd_per_m3"])
    price += flows["train"].map(table("trains").set_index("train")["variable_om_usd_per_m3"]).fillna(0.0)
    days = flows["season"].map(table("seasons").set_index("season")["days"])
    probability = flows["member"].map(table("members").set_index("member")["probability"])
    water = (flows["flow_m3_per_day"] * days * probability * price).groupby(flows["stage"]).sum()
    paid = expected(scenario, "running_costs").groupby("stage")["running_cost_usd_per_year"].sum()
    assert paid.to_numpy() == pytest.approx(by_stage.add(water, fill_value=0.0).to_numpy(), abs=1e-9)


@pytest.mark.parametrize("scenario", ["least_cost", "equity_first"])
def test_expected_river_loses_only_what_is_drawn_and_never_goes_below_what_it_keeps(scenario):
    at = ["stage", "season", "member"]
    river = expected(scenario, "river").set_index(["reach", *at])
    drawn = expected(scenario, "flows").pivot_table(index=at, columns="link", values="flow_m3_per_day")
    rice = expected(scenario, "use_deliveries").set_index(at)["delivered_m3_per_day"]
    drawn = drawn.reindex(rice.index).reindex(columns=["spring_pipe", "raw_main"]).fillna(0.0)
    lost_above = drawn["spring_pipe"] + rice
    lost_below = lost_above + drawn["raw_main"] - 0.25 * rice
    for reach, lost in (("upper_reach", lost_above), ("lower_reach", lost_below)):
        here = river.loc[reach]
        assert (here["natural_m3_per_day"] - lost).loc[here.index].tolist() == here["outflow_m3_per_day"].tolist()
    assert (river["outflow_m3_per_day"] >= river["required_m3_per_day"]).all()


def test_readme_states_the_worked_results():
    text = (FOLDER / "README.md").read_text(encoding="utf-8")
    for figure in (LEAST_COST_USD, EQUITY_FIRST_COST_USD, *WEIGHTED_PERSONS_BELOW_RUNG[1:]):
        assert f"**{figure:g}**" in text or f"{figure}" in text
