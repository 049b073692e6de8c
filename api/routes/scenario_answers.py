"""What is told of scenarios."""

from collections.abc import Sequence

from fastapi import Response

from api.http.preconditions import etag_of
from api.persistence.models import ScenarioRow
from api.persistence.repositories import scenarios as rows
from api.schemas.branches import BranchAnswer
from api.schemas.scenarios import ChangeAnswer, PlanOfScenario, ReasonAnswer, ScenarioAnswer, ScenarioInList
from api.services import staleness
from api.services.scenario_differences import ToldChange
from api.work import Work

PLANS_AT_MOST = 50


def in_list(work: Work, found: Sequence[ScenarioRow]) -> list[ScenarioInList]:
    """Scenarios in a list, with how many come from each."""
    children = rows.children(work.session, [row.id for row in found])
    return [ScenarioInList.of(row, **_counts(row, children.get(row.id, 0))) for row in found]


def one(work: Work, row: ScenarioRow, response: Response) -> ScenarioAnswer:
    """One scenario with its plans, and the ETag that edits of it take."""
    work.session.flush()
    response.headers["ETag"] = etag_of(row.id, row.revision)
    response.headers["Cache-Control"] = "private, no-cache"
    children = rows.children(work.session, [row.id]).get(row.id, 0)
    return ScenarioAnswer.of(row, **_counts(row, children), plans=_plans(work, row))


def _counts(row: ScenarioRow, children: int) -> dict[str, int | bool]:
    return {"own_changes": len(row.changes), "own_policy": row.policy is not None, "children": children}


def _plans(work: Work, row: ScenarioRow) -> list[PlanOfScenario]:
    plans = rows.plans(work.session, row.id, PLANS_AT_MOST)
    if not plans:
        return []
    present = staleness.Present.of(work.session, row)
    return [
        PlanOfScenario(
            id=plan.id, title=plan.title, status=plan.status, passed=plan.passed, verdict=plan.verdict,
            branch=None if plan.branch is None else BranchAnswer.model_validate(plan.branch),
            basin_version=plan.basin_version, created_at=plan.created_at,
            stale=[ReasonAnswer.model_validate(reason) for reason in staleness.reasons_against(present, plan)],
        )
        for plan in plans
    ]  # fmt: skip


def change(told: ToldChange) -> ChangeAnswer:
    """A change as it is told."""
    return ChangeAnswer.model_validate(told)
