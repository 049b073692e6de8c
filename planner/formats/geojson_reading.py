"""GeoJSON (RFC 7946) → Basin: places, links and reaches from its features, the rest from another basin."""

from dataclasses import replace
from typing import Any

from planner.basin.basin import Basin
from planner.basin.tables import ROW_OF
from planner.checks.finding import Finding
from planner.checks.report import found, listed
from planner.formats.document import read_rows
from planner.formats.geojson_features import FeatureRows, rows_in
from planner.formats.places import FIRST_LINE
from planner.formats.reading import Reading
from planner.formats.typed import empty_table

NAMED_AT_MOST = 40


def read_geojson(content: Any, rest: Basin | None = None) -> tuple[Basin | None, list[Finding]]:
    """Read and check a basin from the plain content of GeoJSON, in the form that `planner.formats.geojson` writes.

    A table of which there are features is taken from them as a whole, and so is `reach_lines` where there are reaches. A
    map holds neither settings nor seasons, options, money: those, and each table without features, are `rest`'s; without
    it one finding names what is missing. Returns the basin (None if it cannot be read) and all findings at once, each with
    the JSON pointer of its feature, or with the file and line that it would have in the other basin. Never raises.
    """
    features = rows_in(content)
    reading = Reading("map", findings=list(features.findings))
    if "reaches" in features.rows:
        features.rows.setdefault("reach_lines", [])
    for table in ROW_OF:
        if table in features.rows:
            reading.take(table, read_rows(table, features.rows[table]))
        elif rest is not None:
            reading.tables[table] = rest.tables[table]
        elif ROW_OF[table].optional_table:
            reading.tables[table] = empty_table(table)
    if rest is None:
        reading.findings.append(_lacking(set(reading.tables)))
    else:
        reading.settings = rest.settings
    basin, findings = reading.with_structure().inspected()
    return basin, [_placed(finding, features, rest) for finding in findings]


def _lacking(tables: set[str]) -> Finding:
    missing = ["settings", *(table for table in ROW_OF if table not in tables)]
    message = f"A map does not hold the whole basin. Missing: {listed(missing, NAMED_AT_MOST)}."
    return found("geojson.rest", message)


def _placed(finding: Finding, features: FeatureRows, rest: Basin | None) -> Finding:
    """The finding with the pointer of the feature that it is about, or its place in the basin that gives the rest."""
    if finding.where is not None or finding.table is None:
        return finding
    pointers = features.pointers.get(finding.table)
    if pointers is None:
        return finding if rest is None else replace(finding, where=f"{rest.name}: {finding.place}")
    place = None if finding.row is None else finding.row - FIRST_LINE
    if place is None or not 0 <= place < len(pointers):
        return replace(finding, where="/features")
    pointer = pointers[place]
    if finding.column is None or finding.table == "reach_lines":
        return replace(finding, where=pointer)
    if finding.column in ("longitude", "latitude") and (finding.table, place) in features.shaped:
        return replace(finding, where=f"{pointer}/geometry/coordinates")
    return replace(finding, where=f"{pointer}/properties/{finding.column.replace('~', '~0').replace('/', '~1')}")
