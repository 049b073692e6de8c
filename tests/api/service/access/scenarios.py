"""Who may use the routes of scenarios."""

from tests.api.service.access.rows import Row

ALL = "/v1/basins/{basin_id}/scenarios"
ONE = "/v1/scenarios/{scenario_id}"
RULE = {"rule": {"name": "r", "expression": 'channel_balances.carried_usd["aid", "stage_1"] <= 0'}}
ROWS = [
    Row("GET", "/v1/basins/{basin_id}/rules/names", "reader"),
    Row("POST", "/v1/basins/{basin_id}/rules/check", "reader", RULE),
    Row("POST", "/v1/basins/{basin_id}/rules/preview", "reader", RULE),
    Row("GET", ALL, "reader"),
    Row("POST", ALL, "analyst", {"name": "new"}, "write"),
    Row("POST", f"{ALL}/check", "reader", {"name": "new"}),
    Row("POST", f"{ALL}/yaml", "analyst", {"name": "new"}, "write"),
    Row("GET", ONE, "reader"),
    Row("PATCH", ONE, "analyst", {"title": "New"}, "write"),
    Row("DELETE", ONE, "planner", scope="write"),
    Row("POST", f"{ONE}/restore", "planner", scope="write"),
    Row("POST", f"{ONE}/branch", "analyst", {"name": "new"}, "write"),
    Row("GET", f"{ONE}/resolved", "reader"),
    Row("GET", f"{ONE}/difference", "reader", asked="other={scenario_id}&resolved=true"),
    Row("GET", f"{ONE}/scenario.yaml", "reader"),
    Row("GET", f"{ONE}/mathematics", "reader"),
]
