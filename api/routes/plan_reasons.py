"""`/v1/plans/{plan_id}/assumptions`, `/mathematics`, `/options`: what a plan rests on, and what it leaves out."""

from functools import partial
from typing import Annotated, Literal, cast

from fastapi import Path, Query, Response
from starlette.requests import Request

from api.errors import AuditFailed, TooMany
from api.http.documented import ONE, problems
from api.http.files import documented_formats, send_file, wanted_format
from api.http.preconditions import NEVER_CHANGES, answer_with, etag_of, hash_of
from api.http.subject import SubjectRouter
from api.http.transaction import TransactionRoute
from api.schemas.basins import PathId
from api.schemas.plan_reasons import AssumptionsAnswer, ForcedAnswer, PlanOption
from api.security.permissions import demand_plan
from api.services import plan_reasons, plans
from api.work import CurrentWork

router = SubjectRouter(prefix="/plans/{plan_id}", tags=["Plans"], route_class=TransactionRoute)


@router.get("/assumptions", responses=problems(*ONE))
def read_assumptions(work: CurrentWork, plan_id: PathId, request: Request, response: Response) -> AssumptionsAnswer:
    """What a plan rests on: its policy, its scenario's changes, and the figures of its basin that nobody measured."""
    row, _ = demand_plan(work.session, work.identity, plan_id)
    answer_with(etag_of(row.id, "assumptions"), request, response, cache=NEVER_CHANGES)
    return AssumptionsAnswer.model_validate(plan_reasons.assumptions(work.store, row))


@router.get("/mathematics", responses={**documented_formats("html", "latex"), **problems(*ONE)}, response_class=Response)
def read_mathematics_of_plan(
    work: CurrentWork,
    plan_id: PathId,
    request: Request,
    form: Annotated[
        Literal["html", "latex"] | None, Query(alias="format", description="Left out: what Accept names, else html.")
    ] = None,
) -> Response:
    """The model that the plan is a solution of: sets, data, variables, and every equation from its own rule."""
    row, _ = demand_plan(work.session, work.identity, plan_id)
    wanted = cast(Literal["html", "latex"], wanted_format(form, request, ("html", "latex")))
    made = partial(plan_reasons.mathematics, work.store, row, wanted)
    name = "mathematics" if wanted == "latex" else None
    return send_file(request, etag_of(row.id, "mathematics", wanted), wanted, made, name=name)


@router.get("/options", responses=problems(*ONE, AuditFailed))
def list_options(work: CurrentWork, plan_id: PathId, request: Request, response: Response) -> list[PlanOption]:
    """Everything that could be built, and whether the plan builds it."""
    row, _ = demand_plan(work.session, work.identity, plan_id)
    plans.demand_results(row, failed=False)
    answer_with(etag_of(row.id, "options"), request, response, cache=NEVER_CHANGES)
    return [PlanOption.model_validate(one) for one in plan_reasons.options(work.store, row)]


@router.get("/options/{option}/forced", responses=problems(*ONE, AuditFailed, TooMany))
def read_forced(
    work: CurrentWork,
    plan_id: PathId,
    option: Annotated[str, Path(max_length=100, description="One of /options.", examples=["weir"])],
    request: Request,
    response: Response,
) -> ForcedAnswer:
    """What it would cost to have an option in the last stage: the plan is searched for again, for 15 seconds at most."""
    row, _ = demand_plan(work.session, work.identity, plan_id)
    plans.demand_results(row, failed=False)
    answer_with(etag_of(row.id, "forced", hash_of(option)), request, response)
    return ForcedAnswer.model_validate(plan_reasons.forced(work.store, row, option))
