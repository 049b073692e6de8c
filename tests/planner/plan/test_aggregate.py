"""Sums of a plan mean something: water over the seasons is a volume a year, persons over the stages are a mean.

The tutorial's seasons have 165 and 200 days, its members 0.75 and 0.25, its two stages two years each.
"""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pytest

from planner.basin import Basin
from planner.formats.arrow import description
from planner.plan.aggregate import FUNCTIONS, aggregate, parse_aggregation
from planner.plan.content import plan_table
from planner.plan.indicators import indicators
from planner.plan.plan import Plan
from planner.plan.quantities import RULES, measures_of
from planner.plan.query_findings import QueryError
from planner.plan.store import empty, typed
from planner.plan.tables import ROW_OF, columns

FOLDER = Path(__file__).parents[3] / "datasets" / "tutorial"
BASIN = Basin.read(FOLDER / "basin")
WORKED = {
    name: typed(name, pd.read_csv(FOLDER / "expected" / "least_cost" / f"{name}.csv"))
    for name in ("flows", "investments", "river")
}
SERVICE = pd.DataFrame(
    [
        ("hilltop", "poor", "stage_1", "near_point", 3, 80.0),
        ("hilltop", "poor", "stage_2", "near_point", 3, 100.0),
        ("hilltop", "other", "stage_2", "public_tap", 4, 50.0),
        ("riverside", "poor", "stage_1", "public_tap", 4, 20.0),
    ],
    columns=["village", "group", "stage", "mode", "rung", "persons"],
)


def rows(table: str, frame: pd.DataFrame, basin: Basin = BASIN, **wish: Any) -> list[dict[str, Any]]:
    answer: pa.Table = aggregate(plan_table({table: frame}, table), basin, parse_aggregation(table, **wish))
    return answer.to_pylist()


def worked(table: str, **wish: Any) -> list[dict[str, Any]]:
    return rows(table, WORKED[table], **wish)


def first(found: list[dict[str, Any]], **key: str) -> dict[str, Any]:
    return next(row for row in found if all(row[name] == value for name, value in key.items()))


def findings(table: str, **wish: Any) -> list[tuple[str, str | None]]:
    with pytest.raises(QueryError) as raised:
        parse_aggregation(table, **wish)
    return [(finding.code, finding.column) for finding in raised.value.findings]


def test_water_over_seasons_members_and_stages_is_an_expected_volume_a_year() -> None:
    found = worked("flows", measures=["flow_m3_per_day"], by=["link"])
    assert found == [
        {"link": "spring_pipe", "flow_m3_per_year": 8 * 365},
        {"link": "raw_main", "flow_m3_per_year": 42 * 365},
        {"link": "riverside_pipe", "flow_m3_per_year": 42 * 365},
    ]


def test_a_river_in_an_expected_year_by_hand() -> None:
    found = worked("river", measures=["natural_m3_per_day"], by=["reach"])
    normal, dry = 400 * 165 + 2000 * 200, 200 * 165 + 1000 * 200
    assert found[0] == {"reach": "upper_reach", "natural_m3_per_year": pytest.approx(0.75 * normal + 0.25 * dry)}


def test_what_stands_in_by_is_not_put_together() -> None:
    found = worked("river", measures=["natural_m3_per_day"], by=["reach", "season", "member"])
    assert first(found, reach="upper_reach", season="dry", member="dry_year")["natural_m3_per_day"] == 200
    found = worked("river", measures=["natural_m3_per_day"], by=["reach", "member"])
    assert first(found, reach="upper_reach", member="dry_year")["natural_m3_per_year"] == 200 * 165 + 1000 * 200


def test_a_filter_on_members_asks_for_those_alone() -> None:
    found = worked("river", measures=["natural_m3_per_day"], by=["reach"], filters=["member:eq:dry_year"])
    assert found[0]["natural_m3_per_year"] == pytest.approx(200 * 165 + 1000 * 200)


def test_persons_over_the_stages_are_a_mean_by_years() -> None:
    assert rows("service", SERVICE, measures=["persons"], by=["village"]) == [
        {"village": "hilltop", "persons": 115},
        {"village": "riverside", "persons": 10},
    ]
    longer = BASIN.tables["stages"].assign(years=[2, 6])
    basin = replace(BASIN, tables={**BASIN.tables, "stages": longer})
    found = rows("service", SERVICE, basin, measures=["persons"], by=["village"])
    assert found[0]["persons"] == pytest.approx(80 * 0.25 + 150 * 0.75)


def test_a_filter_on_stages_asks_for_those_alone() -> None:
    found = rows("service", SERVICE, measures=["persons"], filters=["stage:eq:stage_2"])
    assert found == [{"persons": 150}]


def test_persons_by_place_group_rung_and_stage_are_plain_sums() -> None:
    found = rows("service", SERVICE, measures=["persons"], by=["district", "stage"])
    assert found == [
        {"district": "upper_district", "stage": "stage_1", "persons": 80},
        {"district": "upper_district", "stage": "stage_2", "persons": 150},
        {"district": "lower_district", "stage": "stage_1", "persons": 20},
    ]
    found = rows("service", SERVICE, measures=["persons"], by=["province", "group", "stage_title", "rung"])
    assert found[0] == {
        "province": "province", "group": "poor", "stage_title": "2027–2028", "rung": 3, "persons": 80,
    }  # fmt: skip


def test_money_is_summed_and_running_cost_is_a_mean_over_the_stages() -> None:
    found = worked("investments", measures=["capital_usd", "running_cost_usd_per_year"], by=["option_kind"])
    assert found == [
        {"option_kind": "source_development", "capital_usd": 2000, "running_cost_usd_per_year": 40},
        {"option_kind": "conveyance", "capital_usd": 3000, "running_cost_usd_per_year": 60},
        {"option_kind": "treatment", "capital_usd": 5050, "running_cost_usd_per_year": 410},
    ]


def test_a_capacity_stays_a_rate() -> None:
    found = worked("investments", measures=["capacity_m3_per_day"], by=["technology"], filters=["option_kind:eq:treatment"])
    assert found == [{"technology": "slow_sand_chlorine", "capacity_m3_per_day": 42}]


def test_a_mean_weighs_seasons_by_days_and_members_by_chance_and_keeps_the_unit() -> None:
    found = worked("river", measures=["natural_m3_per_day"], by=["reach"], function="mean")
    normal, dry = (400 * 165 + 2000 * 200) / 365, (200 * 165 + 1000 * 200) / 365
    assert found[0] == {"reach": "upper_reach", "natural_m3_per_day": pytest.approx(0.75 * normal + 0.25 * dry)}


def test_least_and_most_look_at_every_row() -> None:
    assert worked("river", measures=["outflow_m3_per_day"], by=["reach"], function="min")[0]["outflow_m3_per_day"] == 120
    assert worked("river", measures=["outflow_m3_per_day"], function="max") == [{"outflow_m3_per_day": 2950}]


def test_a_count_is_of_rows() -> None:
    assert worked("flows", by=["train"], function="count") == [
        {"train": None, "rows": 16}, {"train": "slow_sand_chlorine", "rows": 8},
    ]  # fmt: skip
    assert worked("flows", function="count", filters=["flow_m3_per_day:gt:1000"]) == [{"rows": 0}]


def test_shortage_is_expected_over_the_stress_members() -> None:
    members = pd.concat([BASIN.tables["members"], pd.DataFrame([("drought", "", "stress", 0.1)], columns=list(
        BASIN.tables["members"]))])  # fmt: skip
    basin = replace(BASIN, tables={**BASIN.tables, "members": members})
    period = {"grade": "safe", "stage": ["stage_1", "stage_2"], "season": "dry", "member": "drought"}
    missing = pd.DataFrame({"village": "hilltop", **period, "shortage_m3_per_day": 4.0, "hauled_m3_per_day": 0.0})
    wish = {"measures": ["shortage_m3_per_day"], "by": ["village"]}
    expected = rows("shortage", missing, basin, **wish)[0]["shortage_m3_per_year"]
    assert expected == pytest.approx(4 * 165 * 0.1)
    in_drought = rows("shortage", missing, basin, **wish, filters=["member:eq:drought"])[0]["shortage_m3_per_year"]
    assert in_drought == pytest.approx(4 * 165)


def test_sums_agree_with_the_indicators(plan_on_paper) -> None:
    plan: Plan = plan_on_paper(BASIN, raised=0.4, taken=0.9)
    known = {indicator.name: indicator.value for indicator in indicators(plan)}
    deficit = rows("river", plan.tables["river"], measures=["deficit_m3_per_day"])[0]["deficit_m3_per_year"]
    assert deficit == pytest.approx(known["environmental_flow_deficit"])
    served = rows("service", plan.tables["service"], measures=["persons"], by=["stage"], filters=["rung:ge:4"])
    assert served[-1]["persons"] == pytest.approx(known["people_at_rung_4_or_above_stage_2"])


def test_the_answer_says_title_and_unit() -> None:
    answer = aggregate(plan_table(WORKED, "flows"), BASIN, parse_aggregation("flows", ["flow_m3_per_day"], ["link"]))
    field = answer.schema.field("flow_m3_per_year")
    assert (description(field, "title"), description(field, "unit")) == ("Flow", "m³/year")


@pytest.mark.parametrize("function", FUNCTIONS)
@pytest.mark.parametrize("table", sorted(ROW_OF))
def test_a_table_without_rows_has_an_answer(table: str, function: str) -> None:
    figures = [] if function == "count" else [c.name for c in measures_of(table)]
    if figures or function == "count":
        wish = parse_aggregation(table, figures, ROW_OF[table].key, function)
        assert aggregate(plan_table({table: empty(table)}, table), BASIN, wish).num_rows == 0


def test_every_unit_of_a_plan_has_a_rule_or_is_no_measure() -> None:
    units = {c.unit for table in ROW_OF for c in columns(table) if c.kind == "number"}
    # Shares, log removals and what is in the unit of its parameter have no sum.
    assert units - set(RULES) == {"", "in the parameter's unit", "share", "share of days", "percent", "log10", "steps"}


@pytest.mark.parametrize(
    ("table", "wish", "found"),
    [
        ("service", {"measures": ["person"]}, [("query.measure", "measures[0]")]),
        ("service", {"measures": ["rung"]}, [("query.measure", "measures[0]")]),
        ("service", {"measures": []}, [("query.measure", "measures")]),
        ("service", {"measures": ["persons"], "function": "count"}, [("query.measure", "measures")]),
        ("service", {"measures": ["persons"], "function": "median"}, [("query.function", "function")]),
        ("service", {"measures": ["persons"], "by": ["persons"]}, [("query.column", "by[0]")]),
        ("service", {"measures": ["persons"], "by": ["village", "village"]}, [("query.twice", "by")]),
        ("service", {"measures": ["persons"], "by": ["vilage"], "filters": ["x"]},
         [("query.column", "by[0]"), ("query.column", "filter[0]")]),
        ("river", {"measures": ["outflow_m3_per_day"]}, [("query.meaningless", "measures[0]")]),
        ("channel_balances", {"measures": ["carried_usd"], "by": ["channel"]}, [("query.meaningless", "measures[0]")]),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_place(table: str, wish: dict[str, Any], found: list[tuple[str, str]]) -> None:
    assert findings(table, **wish) == found


def test_the_outflow_of_one_reach_has_a_sum() -> None:
    found = worked("river", measures=["outflow_m3_per_day"], filters=["reach:eq:upper_reach", "member:eq:dry_year"])
    assert found == [{"outflow_m3_per_year": 120 * 165 + 992 * 200}]
