"""The trail: who changed what, when, from what to what."""

from typing import Annotated, Any

from fastapi import Query
from fastapi.responses import Response, StreamingResponse

from api.http.documented import ONE, SIGNED_IN, problems
from api.http.pages import Page, page_of
from api.http.subject import SubjectRouter
from api.http.transaction import TransactionRoute
from api.persistence.models import TrailEntry
from api.persistence.repositories import trail as rows
from api.schemas.trail import TrailAnswer, TrailQuery
from api.services import trail
from api.work import CurrentService, CurrentWork, Service, Work

router = SubjectRouter(tags=["Trail"], route_class=TransactionRoute)
Wanted = Annotated[TrailQuery, Query()]
_AS_TABLE: dict[int | str, dict[str, Any]] = {200: {"content": {"text/csv": {"schema": {"type": "string"}}}}}


@router.get("/basins/{basin_id}/trail", response_model=Page[TrailAnswer], responses={**problems(*ONE), **_AS_TABLE})
def read_basin_trail(service: CurrentService, work: CurrentWork, basin_id: str, wanted: Wanted) -> Page[TrailAnswer] | Response:
    """Every change in a basin, the newest first. Takes an owner."""
    return _answer(service, work, wanted, work.basin(basin_id, "owner").id)


@router.get("/trail", response_model=Page[TrailAnswer], responses={**problems(*SIGNED_IN), **_AS_TABLE})
def read_trail(service: CurrentService, work: CurrentWork, wanted: Wanted) -> Page[TrailAnswer] | Response:
    """Every change in the service, the newest first. Takes an administrator of the service."""
    work.identity.require_administrator()
    return _answer(service, work, wanted, None)


def _answer(service: Service, work: Work, wanted: TrailQuery, basin_id: str | None) -> Page[TrailAnswer] | Response:
    query = rows.entries(
        basin_id=basin_id,
        subject=wanted.subject,
        subject_id=wanted.subject_id,
        user_id=wanted.user_id,
        since=wanted.since,
        until=wanted.until,
    )
    if wanted.format == "csv":
        named = {"Content-Disposition": 'attachment; filename="trail.csv"'}
        return StreamingResponse(trail.as_csv(service.database, query), media_type="text/csv; charset=utf-8", headers=named)
    found, cursor = page_of(work.session, query, TrailEntry.id, wanted)
    return Page(items=[TrailAnswer.model_validate(row) for row in found], next_cursor=cursor)
