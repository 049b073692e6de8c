"""Results of attempts: a plan's contents kept in the store first, then made the run's plan in one transaction."""

import json
from typing import Any

from sqlalchemy.orm import Session

from api.persistence.content import GRACE_SECONDS, ContentStore
from api.persistence.models import PlanRow, Run
from api.services import run_states
from api.services.run_states import FencedError
from planner.plan.content import pack
from planner.plan.plan import Plan


def keep(store: ContentStore, plan: Plan) -> str:
    """Put everything of a plan into the store; returns the digest of the document that names its parts.

    Nothing refers to these contents until they are published: an attempt that dies or is fenced out leaves nothing.
    """
    content = pack(plan)
    record = {key: value for key, value in content.record.items() if key != "record"}
    document = {
        **record,
        "record": store.put(_bytes(content.record["record"])),
        "basis": store.put(plan.basis) if plan.basis else None,
        "versions": content.record["record"].get("versions", {}),
        "tables": {name: store.put(data) for name, data in content.tables.items()},
        "basin_settings": content.basin.settings,
        "basin_tables": {name: store.put(data) for name, data in content.basin.tables.items()},
    }
    return store.put(_bytes(document))


def usable(store: ContentStore, digest: str) -> bool:
    """Whether a result that was kept earlier is young enough for all its parts to be there until it is published."""
    age = store.age(digest)
    return age is not None and age < GRACE_SECONDS / 2


def publish(session: Session, store: ContentStore, run_id: str, attempt: int, digest: str) -> PlanRow:
    """Make a kept result the run's plan, and end the run. Raises FencedError, and then nothing is changed."""
    document = json.loads(store.get(digest))
    run = session.get(Run, run_id, populate_existing=True, with_for_update=True)
    if run is None or run.attempt != attempt or run.state != "running":
        raise FencedError
    row = PlanRow(
        basin_id=run.basin_id,
        scenario_id=run.scenario_id,
        run_id=run.id,
        basin_version=run.basin_version,
        scenario=document["scenario"],
        lineage=run.lineage,
        input_key=run.input_key,
        resolved_hash=document["resolved_hash"],
        title=run.scenario.get("title") or run.scenario["name"],
        created_by=run.user_id,
        basis=document.get("basis"),
        **{name: document[name] for name in ("status", "passed", "verdict", "audit", "indicators", "record", "tables")},
        **{name: document[name] for name in ("basin_settings", "basin_tables", "versions")},
    )
    session.add(row)
    session.flush()
    outcome = {"status": row.status, "message": row.verdict, "passed": row.passed, "findings": []}
    run_states.end(session, run_id, attempt, "succeeded", outcome, plan_id=row.id, resolved_hash=row.resolved_hash)
    return row


def _bytes(content: Any) -> bytes:
    return json.dumps(content, ensure_ascii=False, sort_keys=True, allow_nan=False).encode()
