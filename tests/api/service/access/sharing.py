"""Who may use the routes of roles, share links and the trail."""

from tests.api.service.access.rows import Row
from tests.api.service.access.scene import SECRET

BASIN = "/v1/basins/{basin_id}"
ROWS = [
    Row("GET", f"{BASIN}/roles", "owner"),
    Row("PUT", f"{BASIN}/roles", "owner", {"email": f"reader@{SECRET}.example", "role": "reader"}, "write"),
    Row("PUT", f"{BASIN}/roles/{{user_id}}", "owner", {"role": "reader"}, "write"),
    Row("DELETE", f"{BASIN}/roles/{{user_id}}", "owner", None, "write"),
    Row("GET", f"{BASIN}/share-links", "owner"),
    Row("POST", f"{BASIN}/share-links", "owner", {"name": "Donors"}, "write"),
    Row("DELETE", f"{BASIN}/share-links/{{link_id}}", "owner", None, "write"),
    Row("GET", f"{BASIN}/trail", "owner"),
    Row("GET", "/v1/trail", "administrator", None, "administer"),
]
