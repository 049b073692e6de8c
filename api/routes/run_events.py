"""`/v1/runs/{run_id}/events`: news of a run, as a stream of server-sent events or in pages."""

import asyncio
from collections.abc import AsyncIterator
from typing import Annotated, Any

from fastapi import Header, Query, Response
from sqlalchemy.exc import DBAPIError
from sse_starlette import EventSourceResponse, ServerSentEvent
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from api.errors import ApiProblem, Unavailable
from api.http.documented import ONE, problems
from api.http.pages import PageRequest, decode_cursor, encode_cursor
from api.http.subject import SubjectRouter
from api.persistence.repositories import run_events
from api.schemas.basins import PathId
from api.schemas.runs import RunEventAnswer, RunEventPage
from api.security.identity import identify
from api.services import runs
from api.services.run_states import ENDED
from api.work import Service

router = SubjectRouter(prefix="/runs/{run_id}/events", tags=["Runs"])

_STREAM = "text/event-stream"
_LOOK_SECONDS = 0.4
_EVENTS_AT_ONCE = 200
_HEARTBEAT_SECONDS = 15
_LOOKS_BETWEEN_CHECKS = 25  # of who is asking: a key that was revoked ends the stream

After = Annotated[int, Query(ge=0, le=2**31 - 1, description="Only news after this sequence number.")]
LastEventId = Annotated[str | None, Header(pattern=r"^[0-9]{1,9}$", description="Sent by browsers that connect again.")]


@router.get(
    "",
    response_model=RunEventPage,
    responses={
        200: {"content": {_STREAM: {"schema": {"type": "string"}}}},
        204: {"description": "The run has ended, and all its news were had: a browser need not connect again."},
        **problems(*ONE),
    },
)
async def read_events(
    request: Request, run_id: PathId, wanted: Annotated[PageRequest, Query()], after: After = 0, last_event_id: LastEventId = None
) -> Any:
    """News of a run. With `Accept: text/event-stream` a stream that goes on until the run has ended; else a page as JSON.

    Each event of the stream has the sequence number as its id, so that a broken stream goes on where it broke; its type is
    the kind of news, its data the same document as in the page.
    """
    service: Service = request.app.state.service
    if _STREAM in request.headers.get("accept", ""):
        start = max(after, int(last_event_id or 0))
        events, ended = await _demand_news(service, request, run_id, start, _EVENTS_AT_ONCE)
        if ended and not events:
            return Response(status_code=204)
        return EventSourceResponse(_stream(service, request, run_id, start), ping=_HEARTBEAT_SECONDS)
    start = after if wanted.cursor is None else decode_cursor(wanted.cursor, int)
    events, ended = await _demand_news(service, request, run_id, start, wanted.limit + 1)
    more = len(events) > wanted.limit
    events = events[: wanted.limit]
    return RunEventPage(items=events, next_cursor=encode_cursor(events[-1].sequence) if more else None, ended=ended)


async def _stream(service: Service, request: Request, run_id: str, after: int) -> AsyncIterator[ServerSentEvent]:
    looks = 0
    while True:
        looks += 1
        if looks % _LOOKS_BETWEEN_CHECKS == 0:
            request.state.identity = None
        try:
            events, ended = await run_in_threadpool(_news, service, request, run_id, after, _EVENTS_AT_ONCE)
        except DBAPIError:
            events, ended = [], False
        except ApiProblem:
            return
        for event in events:
            after = event.sequence
            yield ServerSentEvent(event.model_dump_json(), id=str(after), event=event.kind)
        if ended and len(events) < _EVENTS_AT_ONCE:
            return
        await asyncio.sleep(_LOOK_SECONDS)


async def _demand_news(
    service: Service, request: Request, run_id: str, after: int, at_most: int
) -> tuple[list[RunEventAnswer], bool]:
    try:
        return await run_in_threadpool(_news, service, request, run_id, after, at_most)
    except DBAPIError as error:
        raise Unavailable("The database does not answer.", headers={"Retry-After": "5"}) from error


def _news(service: Service, request: Request, run_id: str, after: int, at_most: int) -> tuple[list[RunEventAnswer], bool]:
    """News in a short session of its own: a stream holds no connection. Whether it has ended is read before its news."""
    with service.database.reading() as session:
        run, _ = runs.find(session, identify(request, session), run_id, "reader")
        ended = run.state in ENDED
        events = run_events.after(session, run_id, after, at_most)
        return [RunEventAnswer.model_validate(event) for event in events], ended
