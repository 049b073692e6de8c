"""Who may read the catalogue, the cases and the schemas: anybody."""

from tests.api.service.access.rows import Row

ROWS = [
    Row("GET", "/v1/catalogue/technologies", "nobody"),
    Row("GET", "/v1/catalogue/citations", "nobody"),
    Row("GET", "/v1/catalogue/log-removals", "nobody"),
    Row("GET", "/v1/cases", "nobody"),
    Row("GET", "/v1/cases/{name}", "nobody"),
    Row("GET", "/v1/cases/{name}/relief", "nobody"),
    Row("GET", "/v1/schemas/{form}", "nobody"),
]
