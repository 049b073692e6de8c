"""Who may read and say what those concerned say. The holder of a share link sees none of it."""

from tests.api.service.access.rows import Row

BASIN = "/v1/basins/{basin_id}"
PLAN = "/v1/plans/{plan_id}"
COMMENT = "/v1/comments/{comment_id}"
ROWS = [
    Row("GET", f"{BASIN}/stakeholders", "reader", shared=False),
    Row("GET", f"{BASIN}/profile", "stakeholder"),
    Row("PUT", f"{BASIN}/profile", "stakeholder", {"speaks_for": "environment"}, "write"),
    Row("DELETE", f"{BASIN}/profile", "stakeholder", None, "write"),
    Row("GET", f"{BASIN}/preferences", "stakeholder"),
    Row("PUT", f"{BASIN}/preferences", "stakeholder", {"preferences": [{"indicator": "cost"}]}, "write"),
    Row("GET", f"{PLAN}/satisfaction", "reader", shared=False),
    Row("GET", f"{BASIN}/satisfaction", "reader", shared=False, asked="plan={plan_id}"),
    Row("POST", f"{BASIN}/satisfaction", "reader", {"plans": ["none"], "preferences": [{"indicator": "cost"}]}, shared=False),
    Row("GET", f"{PLAN}/stances", "reader", shared=False),
    Row("GET", f"{PLAN}/stance", "stakeholder"),
    Row("PUT", f"{PLAN}/stance", "stakeholder", {"stance": "endorses"}, "write"),
    Row("DELETE", f"{PLAN}/stance", "stakeholder", None, "write"),
    Row("GET", f"{BASIN}/comments", "reader", shared=False),
    Row("POST", f"{BASIN}/comments", "stakeholder", {"text": "The spring dries up in March."}, "write"),
    Row("GET", COMMENT, "reader", shared=False),
    Row("PATCH", COMMENT, "author", {"text": "It dries up in April."}, "write"),
    Row("DELETE", COMMENT, "author", None, "write"),
]
