"""Who may read and say what those concerned say. The holder of a share link sees none of it."""

from tests.api.service.access.rows import Row

BASIN = "/v1/basins/{basin_id}"
PLAN = "/v1/plans/{plan_id}"
COMMENT = "/v1/comments/{comment_id}"
ROWS = [
    Row("GET", f"{BASIN}/stakeholders", "reader_with_account"),
    Row("GET", f"{BASIN}/profile", "reader_with_account"),
    Row("PUT", f"{BASIN}/profile", "stakeholder", {"speaks_for": "environment"}, "write"),
    Row("DELETE", f"{BASIN}/profile", "reader_with_account", None, "write"),
    Row("GET", f"{PLAN}/stances", "reader_with_account"),
    Row("GET", f"{PLAN}/stance", "reader_with_account"),
    Row("PUT", f"{PLAN}/stance", "stakeholder", {"stance": "endorses"}, "write"),
    Row("DELETE", f"{PLAN}/stance", "reader_with_account", None, "write"),
    Row("GET", f"{BASIN}/comments", "reader_with_account"),
    Row("POST", f"{BASIN}/comments", "stakeholder", {"text": "The spring dries up in March."}, "write"),
    Row("GET", COMMENT, "reader_with_account"),
    Row("PATCH", COMMENT, "stakeholder", {"text": "It dries up in April."}, "write"),
    Row("DELETE", COMMENT, "stakeholder", None, "write"),
]
