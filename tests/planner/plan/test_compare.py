"""Two plans side by side: what they assume comes first, and worse never looks better."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from planner.basin import Basin
from planner.plan.compare import Comparison, compare, judge
from planner.plan.indicators import Indicator
from planner.plan.plan import Plan
from planner.scenario.changes import apply
from planner.scenario.scenario import Scenario

TUTORIAL = Path(__file__).parents[3] / "datasets" / "tutorial" / "basin"
AID_CUT = {"table": "channel_amounts", "where": {"channel": "aid"}, "multiply": {"amount_usd": 0.8}}


@pytest.fixture(scope="module")
def basin() -> Basin:
    return Basin.read(TUTORIAL)


def judgement(comparison: Comparison, name: str) -> str:
    return next(i for i in comparison.indicators if i.name == name).judgement[1]


def test_higher_cost_shows_worse(basin: Basin, plan_on_paper) -> None:
    comparison = compare([plan_on_paper(basin), plan_on_paper(basin, running=1200)])
    assert judgement(comparison, "cost") == "worse"


def test_lower_service_shows_worse(basin: Basin, plan_on_paper) -> None:
    comparison = compare([plan_on_paper(basin, raised=0.6), plan_on_paper(basin, raised=0.2)])
    last = basin.tables["stages"]["stage"].iloc[-1]
    assert judgement(comparison, f"people_at_rung_4_or_above_{last}") == "worse"
    assert {v.direction for v in comparison.villages} == {"falls"}


def test_a_drier_river_shows_worse(basin: Basin, plan_on_paper) -> None:
    comparison = compare([plan_on_paper(basin, taken=0.01), plan_on_paper(basin, taken=0.9)])
    assert judgement(comparison, "environmental_flow_deficit") == "worse"


def test_identical_plans_show_no_difference(basin: Basin, plan_on_paper) -> None:
    plan = plan_on_paper(basin, raised=0.4)
    comparison = compare([plan, plan])
    assert not comparison.differs
    assert {j for i in comparison.indicators for j in i.judgement} == {"same"}


def test_a_difference_from_zero_has_no_percentage(basin: Basin, plan_on_paper) -> None:
    nothing, works = plan_on_paper(basin), plan_on_paper(basin, options=basin.tables["options"]["option"].tolist())
    comparison = compare([nothing, works])
    capital = next(i for i in comparison.indicators if i.name == "cost_capital")
    assert capital.values[0] == 0
    assert capital.absolute[1] == capital.values[1] > 0
    assert capital.relative[1] is None


def test_every_difference_is_told_against_the_first_plan(basin: Basin, plan_on_paper) -> None:
    plans = [plan_on_paper(basin, running=running) for running in (1000, 900, 1100)]
    cost = next(i for i in compare(plans).indicators if i.name == "cost")
    assert cost.judgement == ("same", "better", "worse")
    assert cost.absolute == pytest.approx((0, -1000, 1000))
    assert cost.relative == pytest.approx((0, -0.1, 0.1))


def test_less_aid_stands_among_the_assumptions_with_both_amounts(basin: Basin, plan_on_paper) -> None:
    scenario = Scenario.from_dict({"name": "less_aid", "changes": [AID_CUT]})
    comparison = compare([plan_on_paper(basin), plan_on_paper(apply(basin, scenario))])
    amounts = basin.tables["channel_amounts"].query("channel == 'aid' and amount_usd > 0")["amount_usd"]
    assert len(comparison.assumptions) == len(amounts)
    for row, before in zip(comparison.assumptions, amounts, strict=True):
        assert "Aid" in row.subject
        assert row.values == (f"{before:,.0f} USD", f"{before * 0.8:,.0f} USD")


def test_a_figure_changed_in_many_rows_is_told_as_one_factor(basin: Basin, plan_on_paper) -> None:
    change = {"table": "inflow", "multiply": {"inflow_m3_per_day": 0.5}}
    scenario = Scenario.from_dict({"name": "dry", "changes": [change]})
    (row,) = compare([plan_on_paper(basin), plan_on_paper(apply(basin, scenario))]).assumptions
    assert row.subject.startswith("Inflow, local inflow: ")
    assert row.values[1] == "× 0.5"


def test_settings_that_differ_are_told_with_their_unit(basin: Basin, plan_on_paper) -> None:
    other = replace(basin, settings=basin.settings.model_copy(update={"affordability_share": 0.05}))
    rows = compare([plan_on_paper(basin), plan_on_paper(other)]).assumptions
    assert [r.subject for r in rows] == ["Affordability cap"]
    assert rows[0].values == ("3 % of income", "5 % of income")


def test_policies_are_told_apart_in_words(basin: Basin, plan_on_paper) -> None:
    floor = {"rung": 4, "share": 0.8, "within": "basin"}
    policy = {"objectives": [{"objective": "access"}, {"objective": "cost"}], "floors": [floor]}
    rows = compare([plan_on_paper(basin), plan_on_paper(basin, scenario={"policy": policy})]).assumptions
    told = {row.subject: row.values for row in rows}
    assert told["Aims, the first one first"][0] == "least cost"
    assert told["Floors of service"] == (
        "none",
        "at least 80 % of people on rung 4 or above in the basin as a whole, or 200 USD a year for each person missed",
    )


def test_an_option_that_only_one_plan_builds_is_named(basin: Basin, plan_on_paper) -> None:
    options = basin.tables["options"]["option"].tolist()
    comparison = compare([plan_on_paper(basin, options=options[:2]), plan_on_paper(basin, options=options[1:2])])
    (only,) = comparison.options
    assert only.option == options[0]
    assert only.stages[0] is not None
    assert only.stages[1] is None


def test_the_village_where_most_people_move_comes_first(basin: Basin, plan_on_paper) -> None:
    villages = compare([plan_on_paper(basin), plan_on_paper(basin, raised=0.5)]).villages
    moved = [v.persons_moved for v in villages]
    assert len(moved) == len(basin.tables["villages"])
    assert moved == sorted(moved, reverse=True)
    assert all(v.mean_rung[1] > v.mean_rung[0] for v in villages)


def test_two_runs_of_one_scenario_are_told_apart(basin: Basin, plan_on_paper) -> None:
    plan = plan_on_paper(basin)
    assert [p.title for p in compare([plan, plan]).plans] == ["On paper (1)", "On paper (2)"]


def test_a_comparison_is_plain_json_and_tables(basin: Basin, plan_on_paper) -> None:
    comparison = compare([plan_on_paper(basin), plan_on_paper(basin, raised=0.5)])
    content = json.loads(json.dumps(comparison.to_dict(), allow_nan=False))
    assert {"plans", "assumptions", "indicators", "options", "villages", "fairness_prices"} == set(content)
    assert len(comparison.tables()["villages"]) == len(comparison.villages)


def test_one_plan_cannot_be_compared(basin: Basin, plan_on_paper) -> None:
    with pytest.raises(ValueError, match="at least two"):
        compare([plan_on_paper(basin)])


@pytest.mark.parametrize(
    ("better", "value", "judged"),
    [
        ("lower", 11.0, "worse"), ("lower", 9.0, "better"), ("higher", 11.0, "better"), ("higher", 9.0, "worse"),
        ("neither", 11.0, "neutral"), ("lower", 10.0 + 1e-9, "same"), ("lower", None, "neutral"),
    ],
)  # fmt: skip
def test_a_value_is_judged_by_the_direction_of_its_indicator(better, value, judged) -> None:
    assert judge(Indicator("x", "X", 0.0, "m", better, "g"), 10.0, value) == judged


def test_a_failed_audit_is_said_in_the_comparison(basin: Basin, plan_on_paper) -> None:
    plan: Plan = plan_on_paper(basin)
    unaudited: Plan = plan_on_paper(basin, checks=())
    assert [p.audit_passed for p in compare([plan, unaudited]).plans] == [True, False]
