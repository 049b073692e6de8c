"""Who may use the routes of organisations."""

from tests.api.service.access.rows import Row

ONE = "/v1/organisations/{organisation_id}"
ROWS = [
    Row("GET", "/v1/organisations", "account"),
    Row("POST", "/v1/organisations", "administrator", {"name": "other", "title": "Other"}, "administer"),
    Row("GET", ONE, "organisation_member"),
    Row("PATCH", ONE, "organisation_administrator", {"title": "Other"}, "administer"),
    Row("GET", f"{ONE}/members", "organisation_member"),
    Row("PUT", f"{ONE}/members/{{user_id}}", "organisation_administrator", {"role": "member"}, "administer"),
    Row("DELETE", f"{ONE}/members/{{user_id}}", "organisation_administrator", None, "administer"),
]
