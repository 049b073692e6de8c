"""Plans in the content store: whole, or one table at a time."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

import pyarrow as pa

from api.persistence.content import ContentStore
from api.persistence.models import PlanRow
from api.services import basin_content
from api.services.held import Held
from optimization.explained import CannotExplain, explain
from optimization.solving.limits import Limits
from planner.basin import Basin
from planner.formats.arrow import Packed, described, read_packed, with_defaults
from planner.plan.content import assembled, plan_table
from planner.plan.plan import Plan
from planner.plan.store import empty
from planner.plan.tables import columns
from planner.plan.titles import Titles

TABLES_HELD_BYTES: Final = 100_000_000
FILES_HELD_BYTES: Final = 50_000_000
EXPLAINED_IN_SECONDS: Final = 20.0
VALUES_AT_MOST: Final = 1000

_TABLES: Final[Held[pa.Table]] = Held(TABLES_HELD_BYTES, lambda table: int(table.nbytes))
_FILES: Final[Held[bytes]] = Held(FILES_HELD_BYTES, len)


def table_of(store: ContentStore, row: PlanRow, name: str) -> pa.Table:
    """A table of a plan, with titles and units in its fields' metadata.

    Raises MissingContentError where the store has lost it.
    """
    digest = row.tables.get(name)
    if digest is None:  # a plan of an earlier release, without what was added since
        return plan_table({name: empty(name)}, name)
    return _TABLES.of((digest, name), lambda: _read(store.get(digest), name))


def _read(packed: Packed, name: str) -> pa.Table:
    return described(with_defaults(read_packed(packed), columns(name)).select([c.name for c in columns(name)]), columns(name))


def rows_in(store: ContentStore, row: PlanRow) -> int:
    """Rows of all tables of a plan together."""
    return sum(table_of(store, row, name).num_rows for name in row.tables)


def basin_of(store: ContentStore, row: PlanRow) -> Basin:
    """The basin that was planned, with the scenario's changes made. It is shared: nobody may change it in place."""
    return basin_content.load_content(store, row.basin_settings, row.basin_tables)


def record_of(store: ContentStore, row: PlanRow) -> dict[str, Any]:
    """What the solver did."""
    record: dict[str, Any] = json.loads(store.get(row.record))
    return record


def plan_of(store: ContentStore, row: PlanRow) -> Plan:
    """The whole plan. Its basin is shared: nobody may change it in place."""
    told = {
        "status": row.status,
        "scenario": row.scenario,
        "audit": row.audit,
        "record": record_of(store, row),
        "resolved_hash": row.resolved_hash,
    }
    plan = assembled(told, {name: table_of(store, row, name) for name in row.tables}, basin_of(store, row))
    return plan if row.basis is None else replace(plan, basis=store.get(row.basis))


def explanation_of(store: ContentStore, row: PlanRow) -> dict[str, Any]:
    """What binds a plan; made once. Where it cannot be told, the caveat says why."""
    try:
        told: dict[str, Any] = json.loads(file_of((row.id, "explanation"), lambda: _explained(plan_of(store, row))))
    except CannotExplain as error:
        told = {"aim": "", "caveat": str(error), "marginal_values": [], "binding": []}
    return told


def _explained(plan: Plan) -> bytes:
    found = explain(plan, Limits(time_seconds=EXPLAINED_IN_SECONDS))
    titles = Titles(plan.basin)
    values = found.marginal_values.head(VALUES_AT_MOST)
    told = {
        "aim": found.aim,
        "caveat": found.caveat,
        "marginal_values": values.assign(place_title=values["place"].map(titles.of_place)).to_dict("records"),
        "binding": found.binding.to_dict("records"),
    }
    return json.dumps(told).encode()


def file_of(key: tuple[object, ...], make: Callable[[], bytes]) -> bytes:
    """A file made of plans, which never change: made once, and held as long as there is room. `key` names plans and form."""
    return _FILES.of(key, make)
