"""Results of attempts: contents of a plan, or of one for each branch, kept first, then made the run's in one transaction."""

import json
from typing import Any

from sqlalchemy.orm import Session

from api.persistence.content import GRACE_SECONDS, ContentStore
from api.persistence.models import PlanRow, Run
from api.services import run_states
from api.services.run_states import FencedError
from planner.plan.content import pack
from planner.plan.plan import Plan
from planner.plan.titles import Titles
from planner.plan.tree import PlanTree


def keep(store: ContentStore, found: Plan | PlanTree) -> str:
    """Put everything of a plan, or of the plans of all branches, into the store; returns the digest of what names its parts.

    Nothing refers to these contents until they are published: an attempt that dies or is fenced out leaves nothing.
    """
    if isinstance(found, Plan):
        return _keep_plan(store, found)
    alone, branches = found.standing_alone, found.scenario.policy.branches
    parts = [
        {
            "digest": _keep_plan(store, alone[branch.name]),
            "branch": {
                "name": branch.name,
                "title": branch.label,
                "known_from": branch.from_stage,
                "known_from_title": Titles(alone[branch.name].basin).of("stages", branch.from_stage),
                "probability_share": found.record["branches"][branch.name],
                "branches": [one.model_dump(mode="json") for one in branches],
            },
        }
        for branch in branches
    ]
    return store.put(_bytes({"parts": parts, "verdict": found.verdict, "passed": found.passed}))


def _keep_plan(store: ContentStore, plan: Plan) -> str:
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
    """Make a kept result the run's plan, and end the run; of the plans of several branches the most probable one's is the run's.

    Raises FencedError, and then nothing is changed.
    """
    document = json.loads(store.get(digest))
    run = session.get(Run, run_id, populate_existing=True, with_for_update=True)
    if run is None or run.attempt != attempt or run.state != "running":
        raise FencedError
    parts = document.get("parts")
    if parts is None:
        rows = [_row(run, document, None)]
    else:
        rows = [_row(run, json.loads(store.get(part["digest"])), part["branch"]) for part in parts]
    session.add_all(rows)
    session.flush()
    row = max(rows, key=lambda one: 1.0 if one.branch is None else one.branch["probability_share"])
    outcome = {"status": row.status, "message": document["verdict"], "passed": document["passed"], "findings": []}
    run_states.end(session, run_id, attempt, "succeeded", outcome, plan_id=row.id, resolved_hash=row.resolved_hash)
    return row


def _row(run: Run, document: dict[str, Any], branch: dict[str, Any] | None) -> PlanRow:
    title = run.scenario.get("title") or run.scenario["name"]
    return PlanRow(
        basin_id=run.basin_id,
        scenario_id=run.scenario_id,
        run_id=run.id,
        basin_version=run.basin_version,
        branch=branch,
        scenario=document["scenario"],
        lineage=run.lineage,
        input_key=run.input_key,
        resolved_hash=document["resolved_hash"],
        title=title if branch is None else f"{title}: {branch['title']}",
        created_by=run.user_id,
        basis=document.get("basis"),
        **{name: document[name] for name in ("status", "passed", "verdict", "audit", "indicators", "record", "tables")},
        **{name: document[name] for name in ("basin_settings", "basin_tables", "versions")},
    )


def _bytes(content: Any) -> bytes:
    return json.dumps(content, ensure_ascii=False, sort_keys=True, allow_nan=False).encode()
