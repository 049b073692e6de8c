"""One transaction a request: opened before the route, committed before the answer leaves, rolled back where it fails."""

import time
from collections.abc import Callable, Coroutine
from functools import wraps
from inspect import iscoroutinefunction
from typing import Any

import anyio
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, OperationalError
from sqlalchemy.orm import Session
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from api.errors import ApiProblem, Conflict, Invalid, Unavailable
from api.http.kept_answers import IdempotentRequest
from api.http.subject import SubjectRoute
from api.http.turns import Turns
from api.work import Work

Handler = Callable[[Request], Coroutine[Any, Any, Response]]
SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}


class TransactionRoute(SubjectRoute):
    """A route whose work is one transaction. GET only reads. A POST with an Idempotency-Key is answered once."""

    def __init__(self, path: str, endpoint: Callable[..., Any], **more: Any) -> None:
        reads = set(more.get("methods") or ()) <= SAFE_METHODS
        super().__init__(path, endpoint if reads or iscoroutinefunction(endpoint) else _and_committed(endpoint), **more)

    def get_route_handler(self) -> Handler:
        handler = super().get_route_handler()
        writes = not (self.methods or set()) <= SAFE_METHODS

        async def in_transaction(request: Request) -> Response:
            turns: Turns = request.app.state.turns
            session = request.app.state.service.database.session(writes=writes)
            request.state.session, request.state.writes, request.state.has_turn = session, writes, False
            try:
                if _is_kept(request):
                    return await IdempotentRequest(request, session).answer(handler)
                response = await _handled(handler, request, session)
                if writes and response.status_code < 400 and session.in_transaction():
                    await turns.finish(session.commit)
                return response
            except IntegrityError as error:
                raise Conflict("Somebody else made or changed the same thing at this moment.") from error
            except DataError as error:
                raise Invalid("The request holds a value that the database cannot take.") from error
            except (OperationalError, DBAPIError) as error:
                if isinstance(error, OperationalError) or error.connection_invalidated:
                    raise Unavailable("The database does not answer.", headers={"Retry-After": "5"}) from error
                raise
            finally:
                if session.in_transaction() and (writes or not turns.close_is_quick):
                    with anyio.CancelScope(shield=True):
                        await turns.finish(session.close)
                else:
                    session.close()
                turns.give_back(request)

        return in_transaction


def _is_kept(request: Request) -> bool:
    return request.method == "POST" and "idempotency-key" in request.headers


def _and_committed(endpoint: Callable[..., Any]) -> Callable[..., Coroutine[Any, Any, Any]]:
    """The endpoint with its commit, in one thread: on SQLite nobody else can write while a request goes from thread to thread.

    An answer that is kept is committed together with what is kept of it, once it is whole. Work that took longer than the
    request may take is not committed here, and so not at all.
    """

    def committed(session: Session, until: float, values: dict[str, Any]) -> Any:
        answer = endpoint(**values)
        if time.monotonic() < until and (not isinstance(answer, Response) or answer.status_code < 400):
            session.commit()
        return answer

    @wraps(endpoint)
    async def answered(**values: Any) -> Any:
        work = next((value for value in values.values() if isinstance(value, Work)), None)
        if work is None or _is_kept(work.request):
            return await run_in_threadpool(endpoint, **values)
        until = time.monotonic() + anyio.current_effective_deadline() - anyio.current_time()
        answer = await run_in_threadpool(committed, work.session, until, values)
        if not work.session.in_transaction():
            work.request.app.state.turns.give_back(work.request)
        return answer

    return answered


async def _handled(handler: Handler, request: Request, session: Session) -> Response:
    try:
        return await handler(request)
    except ApiProblem as problem:
        if problem.keeps_work:
            await request.app.state.turns.finish(session.commit)
        raise
