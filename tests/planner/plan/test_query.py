"""A question to a plan's table is checked before it is asked, and answered in the plan's own order."""

from pathlib import Path

import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.basin import Basin
from planner.formats.arrow import description
from planner.plan.content import plan_table
from planner.plan.derived import derived_columns, with_places
from planner.plan.query import Query, Sort, parse_query, query_columns, select
from planner.plan.query_findings import QueryError
from planner.plan.tables import ROW_OF

TUTORIAL = Path(__file__).parents[3] / "datasets" / "tutorial" / "basin"
BASIN = Basin.read(TUTORIAL)
SERVICE = pd.DataFrame(
    [
        ("hilltop", "poor", "stage_1", "public_tap", 4, 80.0),
        ("hilltop", "other", "stage_1", "house_tap", 5, 120.0),
        ("riverside", "poor", "stage_1", "unimproved", 1, 80.0),
        ("riverside", "other", "stage_2", "public_tap", 4, 40.0),
        ("farside", "other", "stage_2", "near_point", 3, 10.0),
    ],
    columns=["village", "group", "stage", "mode", "rung", "persons"],
)
FLOWS = pd.DataFrame({
    "link": ["spring_pipe", "raw_main", "riverside_pipe"], "train": [None, "slow_sand_chlorine", None],
    "stage": "stage_1", "season": "dry", "member": "dry_year", "flow_m3_per_day": [8.0, 42.0, 41.0],
})  # fmt: skip
TABLES = {"service": SERVICE, "flows": FLOWS}


def answer(table: str, basin: Basin | None = BASIN, **question: list[str]) -> pa.Table:
    return select(plan_table(TABLES, table), table, parse_query(table, **question), basin)


def villages(*filters: str) -> list[str]:
    return answer("service", filters=list(filters)).column("village").to_pylist()


def findings(table: str, **question: list[str]) -> list[tuple[str, str | None]]:
    with pytest.raises(QueryError) as raised:
        parse_query(table, **question)
    return [(finding.code, finding.column) for finding in raised.value.findings]


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("persons:ge:80", ["hilltop", "hilltop", "riverside"]),
        ("persons:gt:80", ["hilltop"]),
        ("persons:lt:4e1", ["farside"]),
        ("persons:le:40", ["riverside", "farside"]),
        ("persons:eq:40", ["riverside"]),
        ("rung:ne:4", ["hilltop", "riverside", "farside"]),
        ("village:in:farside,riverside", ["riverside", "riverside", "farside"]),
        ("administration:eq:upper_district", ["hilltop", "hilltop"]),
        ("account:ne:upper_district", ["riverside", "riverside", "farside"]),
        ("province:blank", []),
        ("village_title:eq:Far side", []),
        ("village_title:eq:Farside", ["farside"]),
        ("village:eq:nowhere", []),
    ],
)
def test_a_filter_keeps_the_rows_for_which_it_holds(question: str, found: list[str]) -> None:
    assert villages(question) == found


def test_all_filters_must_hold() -> None:
    assert villages("rung:ge:4", "group:eq:other", "stage:eq:stage_1") == ["hilltop"]


def test_a_blank_cell_differs_from_every_value_and_is_found_as_blank() -> None:
    def links(condition: str) -> list[str]:
        return answer("flows", filters=[condition]).column("link").to_pylist()

    assert links("train:blank") == ["spring_pipe", "riverside_pipe"]
    assert links("train:present") == ["raw_main"]
    assert links("train:ne:slow_sand_chlorine") == ["spring_pipe", "riverside_pipe"]
    assert links("train:eq:slow_sand_chlorine") == ["raw_main"]


def test_rows_that_the_order_leaves_equal_stay_in_their_order() -> None:
    table = answer("service", sort=["-persons", "rung"], columns=["village", "persons", "rung"])
    assert table.column("village").to_pylist() == ["hilltop", "riverside", "hilltop", "riverside", "farside"]
    assert answer("service", sort=["group"]).column("persons").to_pylist() == [120, 40, 10, 80, 80]


@pytest.mark.parametrize("order", ["train", "-train"])
def test_rows_without_a_value_are_last_in_either_direction(order: str) -> None:
    assert answer("flows", sort=[order]).column("link").to_pylist() == ["raw_main", "spring_pipe", "riverside_pipe"]


def test_columns_come_in_the_order_asked_for_with_title_and_unit() -> None:
    table = answer("service", columns=["persons", "village_title", "district"])
    assert table.column_names == ["persons", "village_title", "district"]
    assert table.column("district").to_pylist()[0] == "upper_district"
    assert description(table.schema.field("persons"), "unit") == "persons"
    assert description(table.schema.field("village_title"), "title") == "Village, name"


@pytest.mark.parametrize(
    ("table", "place"),
    [("service", "upper_district"), ("flows", "upper_district")],
)
def test_rows_get_the_administration_of_their_place(table: str, place: str) -> None:
    placed = with_places(table, plan_table(TABLES, table), BASIN)
    assert placed.column("administration").to_pylist()[0] == place


def test_a_main_belongs_where_it_leads_to() -> None:
    sites = BASIN.tables["treatment_sites"].set_index("site")["administration"]
    placed = with_places("flows", plan_table(TABLES, "flows"), BASIN, titles=True)
    assert placed.column("administration").to_pylist() == ["upper_district", sites["works"], "lower_district"]
    assert placed.column("season_title").to_pylist()[0].startswith("Dry")
    assert placed.num_rows == 3


def test_the_other_column_names_are_found_out_of_every_table_of_a_plan() -> None:
    for table in ROW_OF:
        names = [column.name for column in query_columns(table)]
        assert len(names) == len(set(names))
        empty = plan_table({table: pd.DataFrame({c: [] for c in ROW_OF[table].model_fields})}, table)
        asked = select(empty, table, parse_query(table, columns=names), BASIN)
        assert asked.column_names == names


def test_only_tables_with_places_have_administrations() -> None:
    having = {table for table in ROW_OF if "administration" in {c.name for c in derived_columns(table)}}
    assert {"investments", "village_assets", "village_plans", "service", "flows", "shortage", "river",
            "obligation_flows", "use_deliveries", "tariffs", "protected_abstraction", "reuse_flows", "river_loads",
            "wastewater_treated", "given_up", "risk", "leakage_saved", "energy", "use_supply", "hydropower", "irrigation_saved",
            "assurance", "collection_time", "household_treatment", "tank_storage"} == having  # fmt: skip


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ({"filters": ["village"]}, [("query.form", "filter[0]")]),
        ({"filters": ["village:eq"]}, [("query.form", "filter[0]")]),
        ({"filters": ["villag:eq:hilltop"]}, [("query.column", "filter[0]")]),
        ({"filters": ["village:lt:hilltop"]}, [("query.operator", "filter[0]")]),
        ({"filters": ["village:like:hill"]}, [("query.operator", "filter[0]")]),
        ({"filters": ["persons:ge:many"]}, [("query.value", "filter[0]")]),
        ({"filters": ["persons:ge:inf"]}, [("query.value", "filter[0]")]),
        ({"filters": ["persons:ge:nan"]}, [("query.value", "filter[0]")]),
        ({"filters": ["persons:ge:1e999"]}, [("query.value", "filter[0]")]),
        ({"filters": ["rung:eq:4.0"]}, [("query.value", "filter[0]")]),
        ({"filters": ["rung:in:1,two,3"]}, [("query.value", "filter[0]")]),
        ({"filters": ["village:eq:a b"]}, [("query.value", "filter[0]")]),
        ({"filters": ["village:blank:yes"]}, [("query.form", "filter[0]")]),
        ({"filters": ["rung:eq:4"] * 51}, [("query.too_many", "filter")]),
        ({"filters": ["rung:in:" + ",".join(["1"] * 1001)]}, [("query.too_many", "filter[0]")]),
        ({"columns": ["village", "village"]}, [("query.twice", "columns")]),
        ({"sort": ["-persons", "persons"]}, [("query.twice", "sort")]),
        ({"filters": ["x:eq:1"], "columns": ["y"], "sort": ["-z"]},
         [("query.column", "filter[0]"), ("query.column", "columns[0]"), ("query.column", "sort[0]")]),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_place(question: dict[str, list[str]], found: list[tuple[str, str]]) -> None:
    assert findings("service", **question) == found


def test_the_nearest_column_and_operator_are_named() -> None:
    with pytest.raises(QueryError) as raised:
        parse_query("service", filters=["vilage:eq:hilltop", "village:presnt"])
    assert [finding.remedy for finding in raised.value.findings] == ["Did you mean village?", "Did you mean present?"]
    assert "persons" in (raised.value.findings[0].allowed or "")


def test_a_choice_must_be_one_of_its_choices() -> None:
    assert findings("costs", filters=["item:eq:capitol"]) == [("query.value", "filter[0]")]
    assert parse_query("costs", filters=["item:eq:capital"]).filters[0].values == ("capital",)


def test_a_boolean_is_true_or_false() -> None:
    assert parse_query("investments", filters=["serves:eq:true"]).filters[0].values == (True,)
    assert findings("investments", filters=["serves:eq:yes"]) == [("query.value", "filter[0]")]


def test_an_unknown_table_is_named_with_the_nearest() -> None:
    with pytest.raises(QueryError, match="Did you mean service"):
        parse_query("services")


def test_a_derived_column_without_a_basin_is_not_there() -> None:
    with pytest.raises(QueryError, match="no column 'administration'"):
        answer("service", basin=None, filters=["administration:eq:upper_district"])


@given(st.lists(st.text(max_size=30) | st.builds("{}:{}:{}".format, st.sampled_from(list(SERVICE)), st.sampled_from(
    ["eq", "in", "ge", "blank", ""]), st.text(max_size=10)), max_size=3))  # fmt: skip
def test_any_text_is_answered_or_told_apart(texts: list[str]) -> None:
    try:
        query = parse_query("service", filters=texts, sort=texts)
    except QueryError as error:
        assert all(finding.code.startswith("query.") and finding.column for finding in error.findings)
    else:
        assert select(plan_table(TABLES, "service"), "service", query, BASIN).num_rows <= len(SERVICE)


def test_an_empty_question_gives_the_table() -> None:
    assert parse_query("service") == Query()
    table = plan_table(TABLES, "service")
    assert select(table, "service", Query(sort=(Sort("rung"),))).column_names == table.column_names
