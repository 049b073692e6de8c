"""GeoJSON (RFC 7946) → the rows of a basin's tables, each with the feature that it stands in."""

import math
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from planner.basin.tables import ROW_OF
from planner.checks.finding import Finding
from planner.checks.report import LISTED_AT_MOST, did_you_mean, found, shown

Row = dict[str, Any]
PLACES = ("villages", "sources", "treatment_sites", "wastewater_sites")
SHAPES = {**dict.fromkeys(PLACES, ("Point",)), "reaches": ("LineString", "Point")}
LINES = ("links", "reuse_links")  # drawn from place to place: their lines are told by their ends, and not read
DEGREES = ("CRS84", "EPSG::4326", "EPSG:4326")


@dataclass
class FeatureRows:
    """Rows by table, and for each row the JSON pointer of its feature; what could not be read stands in `findings`.

    `shaped` are the rows, as (table, place in the table), whose longitude and latitude are from their feature's geometry.
    """

    rows: dict[str, list[Row]] = field(default_factory=dict)
    pointers: dict[str, list[str]] = field(default_factory=dict)
    shaped: set[tuple[str, int]] = field(default_factory=set)
    findings: list[Finding] = field(default_factory=list)

    def add(self, table: str, row: Row, pointer: str) -> None:
        """Keep a row and where it is from."""
        self.rows.setdefault(table, []).append(row)
        self.pointers.setdefault(table, []).append(pointer)


def rows_in(content: Any) -> FeatureRows:
    """The rows that the features of a FeatureCollection hold: their properties, with the places that their geometries say.

    A feature says its table in the property `table`; its id may do so as well, as `table/name`. A line of a reach gives
    rows of `reach_lines`. A feature without a geometry may be a row of any table. Never raises.
    """
    read = FeatureRows()
    features = content.get("features") if isinstance(content, dict) and content.get("type") == "FeatureCollection" else None
    if not isinstance(features, list):
        message = "The map is not a FeatureCollection with a list of features."
        read.findings.append(found("geojson.form", message, allowed='{"type": "FeatureCollection", "features": […]}'))
        return read
    read.findings += [*_foreign_degrees(content), *_left_out(content)]
    wrong: list[Finding] = []
    for number, feature in enumerate(features):
        wrong += _take(feature, f"/features/{number}", read)
    read.findings += list(_shortened(wrong))
    return read


def _foreign_degrees(content: Row) -> list[Finding]:
    """A system of coordinates that an older GeoJSON names, where it is not longitude and latitude."""
    named = content.get("crs")
    if named is None:
        return []
    properties = named.get("properties") if isinstance(named, dict) else None
    name = properties.get("name") if isinstance(properties, dict) else None
    if isinstance(name, str) and name.endswith(DEGREES):
        return []
    message = "The positions are not longitude and latitude in WGS 84."
    return [replace(found("geojson.crs", message, value=name, allowed="WGS 84 (EPSG:4326)"), where="/crs")]


def _left_out(content: Row) -> list[Finding]:
    """Rows without a place, which the map that was written had to leave out."""
    counts = content.get("left_out")
    lost = {t: n for t, n in counts.items() if t in ROW_OF and isinstance(n, int) and n > 0} if isinstance(counts, dict) else {}
    return [
        replace(found("geojson.left_out", f"The map was written without {n} rows of {t} that have no place.", table=t, value=n),
                where="/left_out")
        for t, n in lost.items()
    ]  # fmt: skip


def _take(feature: Any, pointer: str, read: FeatureRows) -> list[Finding]:
    """Add the rows of one feature; what is wrong with it."""
    properties = feature.get("properties") if isinstance(feature, dict) and feature.get("type") == "Feature" else None
    if not isinstance(properties, dict):
        return [replace(found("geojson.form", "This is no feature with properties.", value=feature), where=pointer)]
    table = properties.get("table", str(feature.get("id")).partition("/")[0])
    if not isinstance(table, str) or table not in ROW_OF:
        remedy = did_you_mean(str(table), ROW_OF)
        message = f"There is no table {shown(table)}." if "table" in properties else "The feature does not name its table."
        return [
            replace(found("geojson.table", message, value=properties.get("table"), remedy=remedy), where=f"{pointer}/properties")
        ]
    row = {name: value for name, value in properties.items() if name != "table"}
    problem = _place(table, row, feature.get("geometry"), pointer, read)
    read.add(table, row, pointer)
    return [] if problem is None else [problem]


def _place(table: str, row: Row, geometry: Any, pointer: str, read: FeatureRows) -> Finding | None:
    """Give the row the place that its geometry says; a finding where that is none that its table can have."""
    if geometry is None or table in LINES:
        return None
    shapes = SHAPES.get(table, ())
    kind, coordinates = _single(geometry)
    at = f"{pointer}/geometry"
    if kind not in shapes:
        message = f"Rows of {table} are not drawn as {shown(kind) or 'this'}."
        allowed = " or ".join(shapes) or "null"
        return replace(found("geojson.geometry", message, table=table, value=kind, allowed=allowed), where=at)
    positions = [coordinates] if kind == "Point" else coordinates
    if not isinstance(positions, list) or len(positions) < (1 if kind == "Point" else 2) or not all(map(_is_position, positions)):
        message = "The coordinates are not longitude and latitude in degrees."
        allowed = "[longitude, latitude]" if kind == "Point" else "[[longitude, latitude], …], two at least"
        return replace(found("geojson.geometry", message, table=table, value=coordinates, allowed=allowed), where=at)
    if kind == "Point":
        row["longitude"], row["latitude"] = positions[0][:2]
        read.shaped.add((table, len(read.rows.get(table, ()))))
    else:
        for number, (longitude, latitude, *_) in enumerate(positions):
            course = {"reach": row.get("reach"), "point": number, "longitude": longitude, "latitude": latitude}
            read.add("reach_lines", course, f"{at}/coordinates/{number}")
    return None


def _single(geometry: Any) -> tuple[Any, Any]:
    """The type and the coordinates of a geometry; one of a single part, as some programs write, is that part."""
    if not isinstance(geometry, dict):
        return type(geometry).__name__, None
    kind, coordinates = geometry.get("type"), geometry.get("coordinates")
    if kind in ("MultiPoint", "MultiLineString") and isinstance(coordinates, list) and len(coordinates) == 1:
        return str(kind).removeprefix("Multi"), coordinates[0]
    return (kind if isinstance(kind, str) else type(kind).__name__), coordinates


def _is_position(position: Any) -> bool:
    """Whether it is longitude and latitude in degrees, with or without a height."""
    if not isinstance(position, list) or not 2 <= len(position) <= 4:
        return False
    if any(isinstance(part, bool) or not isinstance(part, int | float) or not math.isfinite(part) for part in position):
        return False
    return bool(abs(position[0]) <= 180 and abs(position[1]) <= 90)


def _shortened(findings: list[Finding]) -> Iterator[Finding]:
    """The first findings of each code, and how many more there are."""
    counts: dict[str, int] = {}
    for finding in findings:
        counts[finding.code] = counts.get(finding.code, 0) + 1
        if counts[finding.code] <= LISTED_AT_MOST:
            yield finding
    for code, count in counts.items():
        if count > LISTED_AT_MOST:
            yield found(code, f"And {count - LISTED_AT_MOST} more like it.")
