"""`/v1/plans/{plan_id}/stance` and `/stances`: endorsements of a plan and objections to it. Takes an account."""

from fastapi import Response
from starlette.requests import Request

from api.http.documented import EDITS, ONE, problems
from api.http.pages import Page, PageQuery, page_of
from api.http.preconditions import answer_with, etag_of
from api.http.quick import quick
from api.http.subject import SubjectRouter
from api.http.transaction import TransactionRoute
from api.persistence.models import BasinRow, PlanRow, Stance
from api.persistence.models.basins import Role
from api.persistence.repositories import stakeholders as rows
from api.persistence.repositories.stakeholders import Author
from api.schemas.basins import PathId
from api.schemas.stakeholders import AuthorAnswer, StanceAnswer, StanceBody
from api.security.identity import Scope
from api.security.permissions import demand_plan
from api.services import stakeholders
from api.services.basins import demand_present
from api.work import CurrentWork, Work

router = SubjectRouter(prefix="/plans/{plan_id}", tags=["Stakeholders"], route_class=TransactionRoute)


def _plan(work: Work, plan_id: str, role: Role = "reader", scope: Scope = "read") -> tuple[PlanRow, BasinRow]:
    work.identity.require_account(scope)
    return demand_plan(work.session, work.identity, plan_id, role, scope)


def _answer(stance: Stance, author: Author) -> StanceAnswer:
    return StanceAnswer.of(stance, author=AuthorAnswer.model_validate(author))


def _told(work: Work, stance: Stance) -> StanceAnswer:
    return _answer(stance, rows.authors(work.session, stance.basin_id, [stance.user_id])[stance.user_id])


@router.get("/stances", responses=problems(*ONE))
@quick
def list_stances(work: CurrentWork, plan_id: PathId, wanted: PageQuery) -> Page[StanceAnswer]:
    """Who endorses a plan and who objects, why, and whom they speak for."""
    plan, basin = _plan(work, plan_id)
    found, cursor = page_of(work.session, rows.stances(plan.id), Stance.id, wanted)
    authors = rows.authors(work.session, basin.id, [stance.user_id for stance in found])
    return Page(items=[_answer(stance, authors[stance.user_id]) for stance in found], next_cursor=cursor)


@router.get("/stance", responses=problems(*ONE))
@quick
def read_stance(work: CurrentWork, plan_id: PathId, request: Request, response: Response) -> StanceAnswer:
    """What one thinks of a plan oneself. Takes a stakeholder of the basin."""
    plan, _ = _plan(work, plan_id, "stakeholder")
    stance = stakeholders.find_stance(work.session, plan, work.user_id)
    answer_with(etag_of(stance.id, stance.revision), request, response)
    return _told(work, stance)


@router.put("/stance", responses=problems(*EDITS))
def set_stance(work: CurrentWork, plan_id: PathId, body: StanceBody, response: Response) -> StanceAnswer:
    """Endorse a plan or object to it. Takes a stakeholder of the basin, and If-Match where one has done so before."""
    plan, basin = _plan(work, plan_id, "stakeholder", "write")
    demand_present(basin)
    stance = rows.stance(work.session, plan.id, work.user_id)
    if stance is None:
        stance = Stance(plan_id=plan.id, basin_id=basin.id, user_id=work.user_id, stance=body.stance, reason=body.reason)
        work.session.add(stance)
    else:
        work.demand_match(stance)
        stance.stance, stance.reason = body.stance, body.reason
        stance.revise()
    work.session.flush()
    response.headers["ETag"] = etag_of(stance.id, stance.revision)
    return _told(work, stance)


@router.delete("/stance", status_code=204, responses=problems(*EDITS))
def remove_stance(work: CurrentWork, plan_id: PathId) -> None:
    """Neither endorse a plan nor object to it any more. Takes If-Match."""
    plan, _ = _plan(work, plan_id, "stakeholder", "write")
    stance = stakeholders.find_stance(work.session, plan, work.user_id)
    work.demand_match(stance)
    work.session.delete(stance)
