"""One transaction a request: opened before the route, committed before the answer leaves, rolled back where it fails."""

from collections.abc import Callable, Coroutine
from typing import Any

import anyio
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, OperationalError
from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import Response

from api.errors import ApiProblem, Conflict, Invalid, Unavailable
from api.http.kept_answers import IdempotentRequest
from api.http.subject import SubjectRoute
from api.http.turns import Turns

Handler = Callable[[Request], Coroutine[Any, Any, Response]]
SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}


class TransactionRoute(SubjectRoute):
    """A route whose work is one transaction. GET only reads. A POST with an Idempotency-Key is answered once."""

    def get_route_handler(self) -> Handler:
        handler = super().get_route_handler()
        writes = not (self.methods or set()) <= SAFE_METHODS

        async def in_transaction(request: Request) -> Response:
            turns: Turns = request.app.state.turns
            session = request.app.state.service.database.session(writes=writes)
            request.state.session, request.state.writes, request.state.has_turn = session, writes, False
            try:
                if request.method == "POST" and "idempotency-key" in request.headers:
                    return await IdempotentRequest(request, session).answer(handler)
                response = await _handled(handler, request, session)
                if writes and response.status_code < 400:
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
                if writes or not turns.close_is_quick:
                    with anyio.CancelScope(shield=True):
                        await turns.finish(session.close)
                else:
                    session.close()
                turns.give_back(request)

        return in_transaction


async def _handled(handler: Handler, request: Request, session: Session) -> Response:
    try:
        return await handler(request)
    except ApiProblem as problem:
        if problem.keeps_work:
            await request.app.state.turns.finish(session.commit)
        raise
