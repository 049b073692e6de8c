"""Who may use the routes of basins and their versions."""

from tests.api.service.access.rows import Row

ALL = "/v1/basins"
ONE = "/v1/basins/{basin_id}"
VERSION = f"{ONE}/versions/{{number}}"
HIGHER = {"changes": [{"table": "villages", "where": {"village": "hilltop"}, "set": {"elevation_m": 310}}]}
ROWS = [
    Row("GET", ALL, "nobody"),
    Row("POST", ALL, "organisation_member", {"organisation_id": "{organisation_id}", "case": "tutorial"}, "write"),
    Row("POST", f"{ALL}/import", "organisation_member", {}, "write", asked="organisation_id={organisation_id}"),
    Row("POST", f"{ALL}/check", "account", {}),
    Row("GET", f"{ALL}/template", "nobody"),
    Row("GET", ONE, "reader"),
    Row("PATCH", ONE, "planner", {"title": "Ours"}, "write"),
    Row("DELETE", ONE, "owner", scope="write"),
    Row("POST", f"{ONE}/restore", "owner", scope="write"),
    Row("POST", f"{ONE}/changes", "planner", HIGHER, "write"),
    Row("GET", f"{ONE}/versions", "reader"),
    Row("POST", f"{ONE}/versions", "planner", {"document": {}}, "write"),
    Row("POST", f"{ONE}/import", "planner", {}, "write"),
    Row("GET", VERSION, "reader"),
    Row("GET", f"{VERSION}/findings", "reader"),
    Row("GET", f"{VERSION}/difference", "reader", asked="from=1"),
    Row("GET", f"{VERSION}/document", "reader"),
    Row("GET", f"{VERSION}/archive", "reader"),
    Row("GET", f"{VERSION}/workbook", "reader"),
    Row("GET", f"{VERSION}/geojson", "reader"),
    Row("GET", f"{VERSION}/tables/{{table}}", "reader"),
]
