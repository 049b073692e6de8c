"""`/v1/plans` and `/v1/basins/{basin_id}/plans`: what plans may claim, their indicators, audit and solver's record."""

from typing import Annotated, Any

from fastapi import Query, Response
from pydantic import TypeAdapter
from starlette.requests import Request

from api.errors import AuditFailed, Conflict
from api.http.documented import ONE, problems
from api.http.languages import reader_language
from api.http.pages import Page, PageRequest, page_of
from api.http.preconditions import answer_with, etag_of
from api.http.quick import quick
from api.http.subject import SubjectRouter
from api.http.transaction import TransactionRoute
from api.persistence.models import PlanRow
from api.persistence.repositories import plans as rows
from api.schemas.basins import PathId
from api.schemas.plans import AuditAnswer, ExplanationAnswer, IndicatorAnswer, PlanAnswer, PlanSummary
from api.schemas.scenarios import ReasonAnswer
from api.security.permissions import demand_plan
from api.services import plan_content, plans
from api.services.staleness import reasons
from api.work import CurrentWork, Work
from planner.plan.outcome import Status

router = SubjectRouter(tags=["Plans"], route_class=TransactionRoute)
_INDICATORS = TypeAdapter(list[IndicatorAnswer])


class PlansQuery(PageRequest):
    """Which plans are wanted."""

    scenario_id: Annotated[str | None, Query(max_length=80, description="Only those of this scenario.")] = None
    status: Annotated[Status | None, Query(description="Only those that ended so.")] = None
    passed: Annotated[bool | None, Query(description="Only those whose audit passed, or failed.")] = None
    archived: Annotated[bool, Query(description="Those that were archived, instead.")] = False


def _answer(work: Work, plan: PlanRow) -> PlanAnswer:
    stale = [ReasonAnswer.model_validate(reason) for reason in reasons(work.session, plan)]
    branches = [] if plan.branch is None else plans.branch_plans(work.session, [plan.run_id])[plan.run_id]
    link = work.identity.share_link
    if link is not None and link.plan_id is not None:  # it shows this plan, and no other
        branches = [one for one in branches if one["plan_id"] == plan.id]
    told = {**vars(plan), "base_year": plan.basin_settings["base_year"], "stale": stale, "branch_plans": branches}
    return PlanAnswer.model_validate(told)


@router.get("/basins/{basin_id}/plans", responses=problems(*ONE))
@quick
def list_plans(work: CurrentWork, basin_id: PathId, wanted: Annotated[PlansQuery, Query()]) -> Page[PlanSummary]:
    """The plans of a basin, the newest first."""
    basin = work.basin(basin_id, "reader")
    narrowed = wanted.model_dump(include={"scenario_id", "status", "passed", "archived"})
    found, cursor = page_of(work.session, rows.of_basin(basin.id, **narrowed), PlanRow.id, wanted)
    return Page(items=[PlanSummary.model_validate(row) for row in found], next_cursor=cursor)


@router.get("/plans/{plan_id}", responses=problems(*ONE))
@quick
def read_plan(work: CurrentWork, plan_id: PathId, request: Request, response: Response) -> PlanAnswer:
    """A plan: what it may claim, what it was made from, and whether it is stale."""
    plan, _ = demand_plan(work.session, work.identity, plan_id)
    told = _answer(work, plan)
    answer_with(etag_of(plan.id, plan.archived_at, *(reason.code for reason in told.stale)), request, response)
    return told


@router.delete("/plans/{plan_id}", status_code=204, responses=problems(*ONE, Conflict))
def archive_plan(work: CurrentWork, plan_id: PathId) -> None:
    """Archive a plan: it is no longer listed, and still read. Takes a planner."""
    plan, _ = demand_plan(work.session, work.identity, plan_id, "planner", "write")
    plans.archive(plan)


@router.post("/plans/{plan_id}/restore", responses=problems(*ONE, Conflict))
def restore_plan(work: CurrentWork, plan_id: PathId) -> PlanAnswer:
    """Take an archived plan back into the lists. Takes a planner."""
    plan, _ = demand_plan(work.session, work.identity, plan_id, "planner", "write")
    plans.restore(plan)
    return _answer(work, plan)


@router.get(
    "/plans/{plan_id}/indicators", responses={200: {"model": list[IndicatorAnswer]}, **problems(*ONE)}, response_model=None
)
@quick
def read_indicators(work: CurrentWork, plan_id: PathId, request: Request, response: Response) -> Response:
    """The figures by which plans are compared. None for a plan whose audit failed: its figures are no results."""
    plan, _ = demand_plan(work.session, work.identity, plan_id)
    answer_with(etag_of(plan.id, "indicators"), request, response)
    answer = plan_content.file_of((plan.id, plan.passed, reader_language(), "indicators"), lambda: _indicators(plan))
    return Response(answer, media_type="application/json", headers=response.headers)


def _indicators(plan: PlanRow) -> bytes:
    return _INDICATORS.dump_json(_INDICATORS.validate_python(plan.indicators if plan.passed else []))


@router.get("/plans/{plan_id}/explanation", responses=problems(*ONE, AuditFailed))
def read_explanation(work: CurrentWork, plan_id: PathId, request: Request, response: Response) -> ExplanationAnswer:
    """What binds the plan, and what one more of it would be worth, with all that is built kept as planned."""
    plan, _ = demand_plan(work.session, work.identity, plan_id)
    plans.demand_results(plan, failed=False)
    answer_with(etag_of(plan.id, "explanation"), request, response)
    return ExplanationAnswer.model_validate(plan_content.explanation_of(work.store, plan))


@router.get("/plans/{plan_id}/audit", responses=problems(*ONE))
def read_audit(work: CurrentWork, plan_id: PathId, request: Request, response: Response) -> AuditAnswer:
    """What the independent audit found: each rule with its worst violation and where."""
    plan, _ = demand_plan(work.session, work.identity, plan_id)
    answer_with(etag_of(plan.id, "audit"), request, response)
    return AuditAnswer.model_validate(plan.audit)


@router.get("/plans/{plan_id}/record", responses=problems(*ONE))
def read_record(work: CurrentWork, plan_id: PathId, request: Request, response: Response) -> dict[str, Any]:
    """What the solver did: bounds, gaps, seconds, sizes, seed, versions."""
    plan, _ = demand_plan(work.session, work.identity, plan_id)
    answer_with(etag_of(plan.record), request, response)
    return plan_content.record_of(work.store, plan)
