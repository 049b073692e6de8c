"""The basin as GeoJSON: what a map needs, in its place."""

import json
from pathlib import Path
from typing import Any, get_args

import numpy as np
import pytest

from planner.basin import Basin
from planner.basin.geometry import link_lines, node_points
from planner.formats.geojson import TableOnMap, geojson_of, shapes_of


@pytest.fixture
def basin(small_basin: Path) -> Basin:
    return Basin.read(small_basin)


def features(basin: Basin) -> dict[str, Any]:
    collection = geojson_of(basin)
    assert collection["type"] == "FeatureCollection"
    assert "crs" not in collection
    json.dumps(collection, allow_nan=False)
    return {feature["id"]: feature for feature in collection["features"]}


def test_every_node_link_and_reach_stands_once(basin: Basin) -> None:
    tables = ("villages", "sources", "treatment_sites", "links", "reaches")
    assert len(features(basin)) == sum(len(basin.tables[table]) for table in tables)


def test_a_village_is_a_point_with_its_row(basin: Basin) -> None:
    village = features(basin)["villages/hilltop"]
    assert village["geometry"] == {"type": "Point", "coordinates": [107.09, 13.79]}
    assert village["properties"]["title"] == "Hilltop"
    assert village["properties"]["table"] == "villages"


def test_blanks_are_null_and_a_row_keeps_its_own_kind(basin: Basin) -> None:
    found = features(basin)
    outlet = basin.tables["reaches"].loc[basin.tables["reaches"]["downstream"].isna(), "reach"].iloc[0]
    assert found[f"reaches/{outlet}"]["properties"]["downstream"] is None
    assert found[f"links/{basin.tables['links']['link'].iloc[0]}"]["properties"]["kind"] == basin.tables["links"]["kind"].iloc[0]


def test_a_link_leads_from_node_to_node(basin: Basin) -> None:
    points = node_points(basin).set_index("node")
    for row in basin.tables["links"].itertuples():
        start, end = (points.loc[node, ["longitude", "latitude"]].tolist() for node in (row.from_node, row.to_node))
        assert features(basin)[f"links/{row.link}"]["geometry"] == {"type": "LineString", "coordinates": [start, end]}


def test_a_reach_follows_its_points_in_their_order(basin: Basin) -> None:
    lines = basin.tables["reach_lines"].iloc[::-1]
    turned = Basin(basin.settings, {**basin.tables, "reach_lines": lines})
    ordered = lines.sort_values("point")
    for reach in basin.tables["reaches"]["reach"]:
        course = ordered[ordered["reach"] == reach][["longitude", "latitude"]].to_numpy().tolist()
        geometry = features(turned)[f"reaches/{reach}"]["geometry"]
        assert geometry["coordinates"] == course if len(course) > 1 else geometry["type"] == "Point"


def test_what_has_no_place_is_left_out_and_counted(basin: Basin) -> None:
    villages = basin.tables["villages"].assign(latitude=[np.nan, *basin.tables["villages"]["latitude"][1:]])
    lost = Basin(basin.settings, {**basin.tables, "villages": villages})
    gone = int((basin.tables["links"]["to_node"] == villages["village"].iloc[0]).sum())
    assert gone > 0
    assert geojson_of(lost)["left_out"] == {"links": gone, "villages": 1, "other_uses": len(basin.tables["other_uses"])}
    assert link_lines(lost)["to_latitude"].isna().sum() == gone


def test_the_tables_on_a_map_are_those_that_may_be_asked_for(basin: Basin) -> None:
    assert set(shapes_of(basin)) == set(get_args(TableOnMap))
