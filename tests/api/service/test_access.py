"""Every route × whoever asks: what one may not do is refused, what one may not know of is not found, nothing leaks."""

import importlib
import pkgutil

import pytest
from httpx2 import Response

from api.app import create_app
from api.settings import Settings
from tests.api.service import access
from tests.api.service.access.rows import Row
from tests.api.service.access.scene import OTHERS, ROLES, SECRET, Scene
from tests.api.service.house import House

MODULES = [importlib.import_module(f"tests.api.service.access.{m.name}") for m in pkgutil.iter_modules(access.__path__)]
ROWS: list[Row] = [row for module in MODULES for row in getattr(module, "ROWS", [])]
MEMBERS = {"organisation_member", "owner", "reader"}
REFUSED = {401, 403, 404}
TABLES = {"/v1/plans/": "service", "/v1/basins/": "villages"}


ALLOWED_FROM = {role: ROLES[place:] for place, role in enumerate(ROLES)}


def ask(house: House, made: Scene, row: Row, who: str | None) -> Response:
    """What somebody of a kind is answered; None: nobody in particular."""
    places = {
        **made.places,
        "village": "hilltop",
        "option": "spring_box",
        "table": TABLES.get(row.path.split("{")[0], "villages"),
    }
    headers = {"If-Match": "*"} | ({"Authorization": f"Bearer {made.keys[who]}"} if who else {})
    return house.client(**headers).request(row.method, row.path.format(**places) + row.query(places), json=row.content(places))


def refused(row: Row) -> dict[str | None, set[int]]:
    """Who is refused, and how."""
    everyone = (*ROLES, *OTHERS)
    if row.least == "nobody":
        return {}
    never: dict[str | None, set[int]] = {None: {401}}
    if row.least == "administrator":
        return never | {who: {403, 404} for who in everyone if who != "administrator"}
    if row.least in ("organisation_member", "organisation_administrator"):
        may = {"organisation_administrator", "administrator"} | (MEMBERS if row.least == "organisation_member" else set())
        return never | {who: {403} if who in MEMBERS else {404} for who in everyone if who not in may}
    if row.least in ROLES:
        lower = set(ROLES) - set(ALLOWED_FROM[row.least])
        link: dict[str | None, set[int]] = {} if row.least == "reader" and row.shared else {"share_link": {401, 403, 404}}
        return never | link | {who: {403} for who in lower} | {who: {404} for who in OTHERS}
    if row.least == "author":
        return never | {who: {403} for who in ("reader", "analyst", "planner")} | {who: {404} for who in OTHERS}
    if row.least == "self":
        return never | {who: {403, 404} for who in ("analyst", "owner", "organisation_administrator")}
    return never


def allowed(row: Row) -> str | None:
    """One who is allowed, with as little as it takes."""
    known = {"nobody": None, "account": "stranger", "author": "stakeholder", "self": row.owner}
    return known.get(row.least, row.least)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.method} {row.path}")
def test_a_route_is_open_to_those_who_may_use_it_and_to_nobody_else(scene: tuple[House, Scene], row: Row) -> None:
    house, made = scene
    for who, statuses in refused(row).items():
        answer = ask(house, made, row, who)
        assert answer.status_code in statuses, f"{who or 'nobody'}: {answer.status_code} {answer.text[:300]}"
        if who not in ROLES:
            told = answer.text + str(answer.headers)
            assert SECRET not in told, f"{who or 'nobody'} learns of what they may not know"
    if row.scope != "read" and row.least in ROLES:
        answer = ask(house, made, row, "owner_who_reads")
        assert answer.status_code == 403, f"a key without the scope {row.scope}: {answer.status_code} {answer.text[:300]}"
    answer = ask(house, made, row, allowed(row))
    assert answer.status_code not in REFUSED - {row.refusal}, f"{allowed(row)}: {answer.status_code} {answer.text[:300]}"
    assert answer.status_code < 500


@pytest.mark.parametrize("row", [row for row in ROWS if row.shared and row.least == "reader"], ids=lambda row: row.path)
def test_a_share_link_reads_what_is_shared(scene: tuple[House, Scene], row: Row) -> None:
    house, made = scene
    answer = ask(house, made, row, "share_link")
    assert answer.status_code < 400 or answer.status_code == row.refusal, answer.text[:300]


def test_every_route_has_a_row_and_every_row_a_route(settings: Settings) -> None:
    paths = create_app(settings).openapi()["paths"]
    routes = {f"{method.upper()} {path}" for path, methods in paths.items() for method in methods if path.startswith("/v1/")}
    rows = [f"{row.method} {row.path}" for row in ROWS]
    assert sorted(routes - set(rows)) == [], "routes without a row in the access table"
    assert sorted(set(rows) - routes) == [], "rows without a route"
    assert len(rows) == len(set(rows))


@pytest.mark.parametrize("path", ["/v1/basins", "/v1/plans", "/v1/runs", "/v1/organisations", "/v1/users?q=secretriver"])
def test_lists_and_searches_tell_a_stranger_nothing(scene: tuple[House, Scene], path: str) -> None:
    house, made = scene
    for who in ("stranger", "organisation_member"):
        answer = house.client(Authorization=f"Bearer {made.keys[who]}").get(path)
        assert SECRET not in answer.text
