"""Who may use the routes of runs and workers."""

from tests.api.service.access.rows import Row

ONE = "/v1/runs/{run_id}"
ROWS = [
    Row("POST", "/v1/scenarios/{scenario_id}/runs", "analyst", {"fresh": True}, "run"),
    Row("GET", "/v1/runs", "account"),
    Row("GET", ONE, "reader"),
    Row("POST", f"{ONE}/cancel", "analyst", None, "run"),
    Row("POST", f"{ONE}/rerun", "analyst", None, "run"),
    Row("GET", f"{ONE}/log", "reader"),
    Row("GET", f"{ONE}/events", "reader"),
    Row("GET", "/v1/workers", "administrator", None, "administer"),
]
