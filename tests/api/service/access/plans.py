"""Who may use the routes of plans and comparisons."""

from tests.api.service.access.rows import Row

ONE = "/v1/plans/{plan_id}"
ROWS = [
    Row("GET", "/v1/basins/{basin_id}/plans", "reader"),
    Row("GET", ONE, "reader"),
    Row("DELETE", ONE, "planner", scope="write"),
    Row("POST", f"{ONE}/restore", "planner", scope="write"),
    Row("GET", f"{ONE}/indicators", "reader"),
    Row("GET", f"{ONE}/audit", "reader"),
    Row("GET", f"{ONE}/explanation", "reader"),
    Row("GET", f"{ONE}/futures", "reader", asked="count=1", refusal=409),
    Row("GET", f"{ONE}/record", "reader"),
    Row("GET", f"{ONE}/assumptions", "reader"),
    Row("GET", f"{ONE}/mathematics", "reader"),
    Row("GET", f"{ONE}/options", "reader"),
    Row("GET", f"{ONE}/options/{{option}}/forced", "reader"),
    Row("GET", f"{ONE}/tables", "reader"),
    Row("GET", f"{ONE}/tables/{{table}}", "reader"),
    Row("GET", f"{ONE}/villages/{{village}}", "reader"),
    Row("GET", f"{ONE}/aggregate", "reader", asked="table=service&measure=persons&by=stage"),
    Row("GET", f"{ONE}/export", "reader"),
    Row("GET", f"{ONE}/summary", "reader"),
    Row("GET", "/v1/comparisons", "reader", asked="plan={plan_id}&plan={other_plan_id}"),
]
