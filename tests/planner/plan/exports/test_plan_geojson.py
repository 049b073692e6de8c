"""A plan on a map: villages with their people before and after, works, and what the river keeps."""

import json
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from planner.basin import Basin
from planner.plan.exports.geojson import plan_geojson
from planner.plan.plan import Plan
from planner.plan.query_findings import QueryError

TUTORIAL = Path(__file__).parents[4] / "datasets" / "tutorial" / "basin"


@pytest.fixture
def plan(plan_on_paper) -> Plan:
    options = ["spring_box", "works_membrane", "spring_pipe_dn63"]
    return plan_on_paper(Basin.read(TUTORIAL), raised=0.5, mode="house_tap", options=options, taken=0.9)


def features(plan: Plan, kind: str, stage: str | None = None) -> dict[str, dict[str, Any]]:
    found = [f for f in plan_geojson(plan, stage)["features"] if f["properties"]["kind"] == kind]
    return {f["properties"][kind]: f for f in found}


def test_a_village_is_a_point_with_its_people_by_rung_before_and_after(plan: Plan) -> None:
    village = features(plan, "village")["hilltop"]
    assert village["geometry"] == {"type": "Point", "coordinates": [107.10, 13.81]}
    properties = village["properties"]
    assert properties["persons_after"] == pytest.approx(properties["persons_before"])
    assert properties["persons_at_rung_5_after"] == pytest.approx(0.5 * properties["persons_before"])
    assert properties["mean_rung_after"] > properties["mean_rung_before"]
    assert properties["administration"] == "upper_district"


def test_works_stand_where_their_places_are(plan: Plan) -> None:
    works = features(plan, "work")
    assert {name: work["geometry"]["type"] for name, work in works.items()} == {
        "spring_box": "Point", "works_membrane": "Point", "spring_pipe_dn63": "LineString",
    }  # fmt: skip
    pipe = works["spring_pipe_dn63"]
    assert pipe["geometry"]["coordinates"][1] == [107.10, 13.81]
    assert pipe["properties"]["first_stage"] == "stage_1"
    assert pipe["properties"]["capacity_m3_per_day"] == 25
    assert pipe["properties"]["capital_usd"] == 1000


def test_a_work_paid_now_that_serves_later_has_no_first_stage_yet(plan: Plan) -> None:
    rows = plan.tables["investments"]
    later = rows.assign(serves=rows["stage"] == "stage_2")
    waiting = replace(plan, tables={**plan.tables, "investments": later})
    first, last = (features(waiting, "work", stage)["spring_box"]["properties"] for stage in ("stage_1", "stage_2"))
    assert (first["first_stage"], first["serves"]) == (None, False)
    assert (last["first_stage"], last["serves"]) == ("stage_2", True)


def test_a_reach_says_its_mean_flows_and_what_it_keeps_at_least(plan: Plan) -> None:
    reach = features(plan, "reach")["upper_reach"]["properties"]
    rows = plan.tables["river"].query("reach == 'upper_reach' and stage == 'stage_2'")
    asked = rows[rows["required_m3_per_day"] > 0]
    assert reach["outflow_m3_per_day"] == pytest.approx(0.1 * reach["natural_m3_per_day"])
    assert reach["least_share_kept"] == pytest.approx((asked["outflow_m3_per_day"] / asked["required_m3_per_day"]).min())
    assert reach["deficit_m3_per_day"] > 0


def test_every_number_is_finite_or_null(plan: Plan) -> None:
    nobody = plan.tables["service"].assign(persons=0.0)
    empty = replace(plan, tables={**plan.tables, "service": nobody, "river": plan.tables["river"].iloc[:0]})
    content = plan_geojson(empty)
    assert json.loads(json.dumps(content, allow_nan=False)) == content
    assert features(empty, "village")["hilltop"]["properties"]["mean_rung_after"] is None
    assert features(empty, "reach")["upper_reach"]["properties"]["outflow_m3_per_day"] is None


def test_what_has_no_place_is_left_out(plan: Plan) -> None:
    villages = plan.basin.tables["villages"]
    lost = villages.assign(longitude=villages["longitude"].where(villages["village"] != "hilltop"))
    basin = replace(plan.basin, tables={**plan.basin.tables, "villages": lost})
    elsewhere = replace(plan, basin=basin)
    assert set(features(elsewhere, "village")) == {"riverside", "farside"}
    assert set(features(elsewhere, "work")) == {"spring_box", "works_membrane"}


def test_a_plan_that_builds_nothing_has_no_works(plan: Plan) -> None:
    nothing = replace(plan, tables={**plan.tables, "investments": pd.DataFrame(plan.tables["investments"].iloc[:0])})
    assert features(nothing, "work") == {}


def test_all_stages_are_named_in_order_beside_the_features(plan: Plan) -> None:
    stages = plan_geojson(plan)["stages"]
    assert [stage["stage"] for stage in stages] == list(plan.basin.tables["stages"]["stage"])
    assert all(stage["title"] for stage in stages)


def test_a_stage_that_is_not_there_is_named(plan: Plan) -> None:
    with pytest.raises(QueryError, match="Did you mean stage_1"):
        plan_geojson(plan, "stage1")


def test_stages_tell_their_years_and_amounts_are_of_a_base_year(plan: Plan) -> None:
    told = plan_geojson(plan)
    assert told["base_year"] == plan.basin.settings.base_year
    ends = [(stage["first_year"], stage["last_year"]) for stage in told["stages"]]
    assert all(first <= last for first, last in ends)
    assert all(after == before + 1 for (_, before), (after, _) in pairwise(ends))


def test_a_reach_names_the_account_of_its_administration_if_it_lies_in_one(plan: Plan) -> None:
    rows = plan.basin.tables["reaches"]
    reaches = features(plan, "reach")
    for name, administration in zip(rows["reach"], rows["administration"], strict=True):
        assert (reaches[name]["properties"]["account"] is None) == pd.isna(administration)
