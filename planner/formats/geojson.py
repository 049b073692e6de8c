"""Basin → GeoJSON (RFC 7946): nodes, links and reaches for any map."""

import math
from collections.abc import Collection, Iterator
from typing import Any, Literal

from planner.basin.basin import Basin
from planner.basin.geometry import KIND_OF_NODE, link_lines, reach_courses
from planner.basin.tables import ROW_OF
from planner.formats.document import rows_of

Feature = dict[str, Any]
TableOnMap = Literal[
    "villages", "sources", "treatment_sites", "wastewater_sites", "links", "reuse_links", "reaches", "other_uses"
]  # fmt: skip
Geometry = dict[str, Any] | None


def geojson_of(basin: Basin, only: Collection[TableOnMap] = ()) -> dict[str, Any]:
    """A FeatureCollection of villages, sources, treatment and wastewater sites (points), links and reaches (lines).

    The properties of a feature are the columns of its row, blanks as None, with `table`, the table it is from; its id is
    `table/name`. A reach without a course is a point. Positions are longitude and latitude in degrees (WGS 84). What has
    no place, such as other uses, is left out; the member `left_out` counts it by table. `only` names the tables that are
    wanted, all where it is empty.
    """
    features: list[Feature] = []
    left_out = {}
    wanted = {table: shapes for table, shapes in shapes_of(basin).items() if not only or table in only}
    for table, shapes in wanted.items():
        here = [feature for feature in _features(basin, table, shapes) if feature["geometry"] is not None]
        missing = len(basin.tables[table]) - len(here)
        features += here
        if missing:
            left_out[table] = missing
    return {"type": "FeatureCollection", "features": features, "name": basin.name, "left_out": left_out}


def shapes_of(basin: Basin) -> dict[str, list[Geometry]]:
    """The shape of each row of the tables that stand on a map, by table; None where a row has no place."""
    shapes = {"reaches": _courses(basin), "links": _lines(basin)}
    shapes |= {table: _points(basin, table) for table in KIND_OF_NODE if table in basin.tables}
    shapes["wastewater_sites"] = _points(basin, "wastewater_sites")
    return shapes | {table: [None] * len(basin.tables[table]) for table in ("other_uses", "reuse_links")}


def _features(basin: Basin, table: str, shapes: list[Geometry]) -> Iterator[Feature]:
    key = ROW_OF[table].key[0]
    for row, geometry in zip(rows_of(table, basin.tables[table]), shapes, strict=True):
        yield {"type": "Feature", "id": f"{table}/{row[key]}", "geometry": geometry, "properties": {"table": table, **row}}


def _points(basin: Basin, table: str) -> list[Geometry]:
    frame = basin.tables[table]
    return [_point(*place) for place in zip(frame["longitude"].tolist(), frame["latitude"].tolist(), strict=True)]


def _lines(basin: Basin) -> list[Geometry]:
    lines = link_lines(basin).drop(columns="link")
    return [
        {"type": "LineString", "coordinates": [ends[:2], ends[2:]]} if all(map(math.isfinite, ends)) else None
        for ends in lines.to_numpy().tolist()
    ]


def _courses(basin: Basin) -> list[Geometry]:
    courses = reach_courses(basin)
    points = _points(basin, "reaches")
    lines = [[list(place) for place in courses.get(reach, [])] for reach in basin.tables["reaches"]["reach"].tolist()]
    return [
        {"type": "LineString", "coordinates": line} if len(line) > 1 else point for line, point in zip(lines, points, strict=True)
    ]


def _point(longitude: float, latitude: float) -> Geometry:
    known = math.isfinite(longitude) and math.isfinite(latitude)
    return {"type": "Point", "coordinates": [longitude, latitude]} if known else None
