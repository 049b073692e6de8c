"""A map is a basin again, with another basin for what no map holds, and says by pointer where it is not."""

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from datasets.cases import find
from planner.basin import Basin
from planner.basin.difference import difference
from planner.checks import BasinError, Finding
from planner.formats.document import rows_of
from planner.formats.geojson import geojson_of
from planner.formats.geojson_reading import read_geojson
from planner.formats.json_text import parse_json

Map = dict[str, Any]


@pytest.fixture
def basin(small_basin: Path) -> Basin:
    return Basin.read(small_basin)


@pytest.fixture
def drawn(basin: Basin) -> Map:
    return copy.deepcopy(geojson_of(basin))


def feature(drawn: Map, name: str) -> Map:
    found: Map = next(one for one in drawn["features"] if one["id"] == name)
    return found


def errors_of(content: Any, rest: Basin | None) -> list[Finding]:
    basin, findings = read_geojson(content, rest)
    wrong = [finding for finding in findings if finding.severity == "error"]
    assert basin is None or not wrong
    assert all(finding.remedy for finding in findings)
    return wrong


@pytest.mark.parametrize("name", ["tutorial", "ratanakiri"])
def test_a_map_with_its_own_basin_for_the_rest_is_that_basin(name: str) -> None:
    basin = Basin.read(find(name))
    again, _ = read_geojson(parse_json(json.dumps(geojson_of(basin), allow_nan=False).encode()), basin)
    assert again is not None
    assert not difference(basin, again)


def test_a_place_is_where_its_point_is_and_a_reach_where_its_line_is(basin: Basin, drawn: Map) -> None:
    feature(drawn, "villages/hilltop")["geometry"]["coordinates"] = [107.1, 13.7, 250.0]
    reach = next(one for one in drawn["features"] if one["id"].startswith("reaches/") and one["geometry"]["type"] == "LineString")
    reach["geometry"] = {"type": "MultiLineString", "coordinates": [[[107.0, 13.5], [107.1, 13.6], [107.2, 13.7]]]}
    moved, _ = read_geojson(drawn, basin)
    assert moved is not None
    villages = moved.tables["villages"].set_index("village")
    assert villages.loc[["hilltop"], ["longitude", "latitude"]].to_numpy().tolist() == [[107.1, 13.7]]
    lines = moved.tables["reach_lines"]
    course = lines[lines["reach"] == reach["properties"]["reach"]]
    assert course[["point", "longitude"]].to_numpy().tolist() == [[0, 107.0], [1, 107.1], [2, 107.2]]


def test_tables_without_features_are_the_other_basins(basin: Basin, drawn: Map) -> None:
    drawn["features"] = [one for one in drawn["features"] if one["properties"]["table"] == "villages"]
    again, _ = read_geojson(drawn, basin)
    assert again is not None
    assert again.tables["links"].equals(basin.tables["links"])
    assert again.tables["reach_lines"].equals(basin.tables["reach_lines"])


def test_a_row_without_a_place_may_stand_in_a_map(basin: Basin, drawn: Map) -> None:
    stages = [{"table": "stages", **row} for row in rows_of("stages", basin.tables["stages"])]
    drawn["features"] += [{"type": "Feature", "geometry": None, "properties": row} for row in stages]
    again, _ = read_geojson(drawn, basin)
    assert again is not None
    assert not difference(basin, again)


def test_without_another_basin_one_finding_names_what_is_missing(drawn: Map) -> None:
    wrong = errors_of(drawn, None)
    assert [finding.code for finding in wrong] == ["geojson.rest"]
    assert "settings" in wrong[0].message
    assert "stages" in wrong[0].message
    assert "villages" not in wrong[0].message


def test_what_the_rest_says_of_places_that_are_gone_is_told(basin: Basin, drawn: Map) -> None:
    drawn["features"].remove(feature(drawn, "villages/hilltop"))
    wrong = errors_of(drawn, basin)
    assert any((finding.where or "").startswith("/features/") for finding in wrong)
    assert any((finding.where or "").startswith(f"{basin.name}: ") for finding in wrong)


WRONG: tuple[tuple[str, Any, str, str], ...] = (
    ("geometry", {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 0]]]}, "geojson.geometry", "/geometry"),
    ("geometry", {"type": "Point", "coordinates": [13.79]}, "geojson.geometry", "/geometry"),
    ("geometry", {"type": "Point", "coordinates": ["a", "b"]}, "geojson.geometry", "/geometry"),
    ("geometry", {"type": "Point", "coordinates": [True, False]}, "geojson.geometry", "/geometry"),
    ("geometry", {"type": "Point", "coordinates": [1e999, 0]}, "geojson.geometry", "/geometry"),
    ("geometry", {"type": "Point", "coordinates": [13.79, 107.09]}, "geojson.geometry", "/geometry"),
    ("geometry", {"type": "Point", "coordinates": {"x": 1}}, "geojson.geometry", "/geometry"),
    ("geometry", {"type": ["Point"], "coordinates": [1, 2]}, "geojson.geometry", "/geometry"),
    ("geometry", {"type": "MultiPoint", "coordinates": [[1, 2], [3, 4]]}, "geojson.geometry", "/geometry"),
    ("geometry", {"type": "GeometryCollection", "geometries": []}, "geojson.geometry", "/geometry"),
    ("geometry", 5, "geojson.geometry", "/geometry"),
    ("properties", None, "geojson.form", ""),
    ("properties", {"table": "vilages"}, "geojson.table", "/properties"),
    ("properties", {"table": ["villages"]}, "geojson.table", "/properties"),
    ("type", "Thing", "geojson.form", ""),
)


@pytest.mark.parametrize(("key", "value", "code", "where"), WRONG)
def test_what_is_wrong_is_told_with_its_feature(basin: Basin, drawn: Map, key: str, value: Any, code: str, where: str) -> None:
    village = feature(drawn, "villages/hilltop")
    village[key] = value
    pointer = f"/features/{drawn['features'].index(village)}{where}"
    assert (code, pointer) in [(finding.code, finding.where) for finding in errors_of(drawn, basin)]


def test_a_cell_of_a_feature_is_told_by_its_pointer(basin: Basin, drawn: Map) -> None:
    village = feature(drawn, "villages/hilltop")
    village["properties"]["elevation_m"] = "high"
    wrong = errors_of(drawn, basin)
    assert [(f.code, f.where) for f in wrong] == [
        ("cell.not_a_number", f"/features/{drawn['features'].index(village)}/properties/elevation_m")
    ]


@pytest.mark.parametrize(
    "content",
    [
        None,
        [],
        "map",
        {"type": "FeatureCollection"},
        {"type": "FeatureCollection", "features": {}},
        {"type": "Feature", "properties": {"table": "villages"}, "geometry": None},
    ],
)
def test_what_is_no_map_is_one_finding_of_form(basin: Basin, content: Any) -> None:
    assert [finding.code for finding in errors_of(content, basin)] == ["geojson.form"]


def test_features_that_are_none_are_counted_and_not_listed_for_ever(basin: Basin) -> None:
    wrong = errors_of({"type": "FeatureCollection", "features": [None] * 5000}, basin)
    assert len(wrong) == 21
    assert "4980 more" in wrong[-1].message


@pytest.mark.parametrize(("name", "sound"), [("urn:ogc:def:crs:OGC:1.3:CRS84", True), ("urn:ogc:def:crs:EPSG::4326", True),
                                             ("urn:ogc:def:crs:EPSG::32648", False), (7, False)])  # fmt: skip
def test_only_longitude_and_latitude_are_read(basin: Basin, drawn: Map, name: Any, sound: bool) -> None:
    drawn["crs"] = {"type": "name", "properties": {"name": name}}
    assert (errors_of(drawn, basin) == []) is sound


def test_depth_and_figures_that_are_none_are_refused_before() -> None:
    for data in (b'{"type": ' + b"[" * 100_000, b'{"type": "FeatureCollection", "features": [NaN]}'):
        with pytest.raises(BasinError):
            parse_json(data)
