"""More plans in the scene of the service's tests."""

import json
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from api.persistence.models import PlanRow, Run
from api.persistence.types import new_identifier
from planner.plan.content import pack
from planner.plan.plan import Plan
from tests.api.service.access.scene import Scene
from tests.api.service.house import House


def publish(house: House, scene: Scene, plan: Plan | None = None, **values: Any) -> str:
    """One more plan beside the scene's: a copy of it, with the content of another plan, and with other values."""
    with house.service.database.writing() as session:
        first = session.get_one(PlanRow, scene.places["plan_id"])
        run = Run(**{**_values(session.get_one(Run, first.run_id)), "id": new_identifier(), "plan_id": None})
        session.add(run)
        session.flush()
        content = {} if plan is None else _content(house, plan)
        row = PlanRow(**{**_values(first), "id": new_identifier(), "run_id": run.id, **content, **values})
        session.add(row)
        return row.id


def _values(row: Any) -> dict[str, Any]:
    return {str(column.key): getattr(row, column.key) for column in sa.inspect(type(row)).column_attrs}


def _content(house: House, plan: Plan) -> Mapping[str, Any]:
    packed, put = pack(plan), house.service.store.put
    told = {key: packed.record[key] for key in ("status", "verdict", "passed", "audit", "indicators", "scenario")}
    tables = {name: put(data) for name, data in packed.tables.items()}
    basin = {name: put(data) for name, data in packed.basin.tables.items()}
    record = put(json.dumps(packed.record["record"]).encode())
    return {**told, "record": record, "tables": tables, "basin_settings": packed.basin.settings, "basin_tables": basin}
