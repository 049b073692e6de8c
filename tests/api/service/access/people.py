"""Who may use the routes of accounts and of signing in."""

from tests.api.service.access.rows import Row

USER = "/v1/users/{user_id}"
SIGN_IN = {"email": "nobody@example.org", "password": "not a password of anybody"}
ROWS = [
    Row("GET", "/v1/session", "account"),
    Row("POST", "/v1/session", "nobody", SIGN_IN, refusal=401),
    Row("DELETE", "/v1/session", "account", asked="everywhere=true"),
    Row("GET", "/v1/session/ways", "nobody"),
    Row("GET", "/v1/session/oidc", "nobody", refusal=404),
    Row("POST", "/v1/session/oidc", "nobody", {"code": "none", "state": "none"}, refusal=404),
    Row("POST", "/v1/one-time-links/redeem", "nobody", {"token": "none", "password": "a sentence of nobody"}, refusal=404),
    Row("GET", "/v1/users", "administrator", None, "administer"),
    Row("POST", "/v1/users", "administrator", {"email": "new@example.org"}, "administer"),
    Row("GET", "/v1/users/me", "account"),
    Row("PATCH", "/v1/users/me", "account", {"name": "Other"}, "administer"),
    Row(
        "POST",
        "/v1/users/me/password",
        "account",
        {"old_password": "not theirs", "new_password": "a sentence of nobody"},
        "administer",
        refusal=401,
    ),
    Row("GET", "/v1/users/me/data", "account", None, "administer"),
    Row("GET", USER, "administrator", None, "administer"),
    Row("PATCH", USER, "administrator", {"state": "active"}, "administer"),
    Row("DELETE", USER, "self", None, "administer", owner="reader"),
    Row("POST", f"{USER}/password-reset", "administrator", None, "administer"),
    Row("GET", "/v1/api-keys", "account"),
    Row("POST", "/v1/api-keys", "account", {"name": "x", "scopes": ["read"]}, "administer"),
    Row("DELETE", "/v1/api-keys/{key_id}", "self", None, "administer"),
]
