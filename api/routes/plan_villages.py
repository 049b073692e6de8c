"""`/v1/plans/{plan_id}/villages/{village}`: what a plan means for one village."""

from typing import Annotated

from fastapi import Path, Response
from starlette.requests import Request

from api.errors import AuditFailed, NotFound
from api.http.documented import ONE, problems
from api.http.preconditions import NEVER_CHANGES, answer_with, etag_of, hash_of
from api.http.subject import SubjectRouter
from api.http.transaction import TransactionRoute
from api.schemas.basins import PathId
from api.schemas.village_lines import VillageLineAnswer
from api.security.permissions import demand_plan
from api.services import plan_content, plans
from api.work import CurrentWork
from planner.plan.village_line import village_line

router = SubjectRouter(prefix="/plans/{plan_id}/villages", tags=["Plans"], route_class=TransactionRoute)


@router.get("/{village}", responses=problems(*ONE, AuditFailed))
def read_village(
    work: CurrentWork,
    plan_id: PathId,
    village: Annotated[str, Path(max_length=100, description="A village of the basin.", examples=["hilltop"])],
    request: Request,
    response: Response,
) -> VillageLineAnswer:
    """What a plan means for a village: service by stage, source and treatment, cost, tariff, risk, drought, who pays."""
    row, _ = demand_plan(work.session, work.identity, plan_id)
    plans.demand_results(row, failed=False)
    answer_with(etag_of(row.id, "village", hash_of(village)), request, response, cache=NEVER_CHANGES)
    plan = plan_content.plan_of(work.store, row)
    if not plan.basin.tables["villages"]["village"].eq(village).any():
        raise NotFound("The plan has no such village.")
    return VillageLineAnswer.model_validate(village_line(plan, village))
