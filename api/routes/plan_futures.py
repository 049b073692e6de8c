"""`/v1/plans/{plan_id}/futures`: how a plan fares where water and demand turn out otherwise."""

from typing import Annotated

from fastapi import Query, Response
from starlette.requests import Request

from api.errors import AuditFailed, TooMany
from api.http.documented import ONE, problems
from api.http.preconditions import NEVER_CHANGES, answer_with, etag_of, hash_of
from api.http.subject import SubjectRouter
from api.http.transaction import TransactionRoute
from api.schemas.basins import PathId
from api.schemas.futures import FuturesAnswer, FuturesWanted
from api.security.permissions import demand_plan
from api.services import plan_futures, plans
from api.work import CurrentWork

router = SubjectRouter(prefix="/plans/{plan_id}/futures", tags=["Plans"], route_class=TransactionRoute)


@router.get("", responses=problems(*ONE, AuditFailed, TooMany))
def read_futures(
    work: CurrentWork, plan_id: PathId, wanted: Annotated[FuturesWanted, Query()], request: Request, response: Response
) -> FuturesAnswer:
    """How a plan fares in drawn futures, with all that is built and chosen kept: in how many every village has enough.

    The same question gets the same answer. A hundred futures of a large basin may take a minute.
    """
    row, _ = demand_plan(work.session, work.identity, plan_id)
    plans.demand_results(row, failed=False)
    answer_with(etag_of(row.id, "futures", hash_of(wanted.model_dump_json())), request, response, cache=NEVER_CHANGES)
    return FuturesAnswer.model_validate(plan_futures.futures_of(work.store, row, wanted))
