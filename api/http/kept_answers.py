"""Idempotency-Key: the same POST sent twice is done once, and answered alike both times.

An answer that says `Cache-Control: no-store` holds a secret, which is kept nowhere: such a POST is done each time.
"""

import hashlib
from collections.abc import Callable, Coroutine
from datetime import timedelta
from functools import partial
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from api.errors import Conflict, Invalid, fault
from api.persistence.clock import now
from api.persistence.models import KeptAnswer
from api.security.identity import identify

KEPT_FOR = timedelta(hours=24)
KEY_CHARACTERS = 200
SECRET_ANSWER = {"Cache-Control": "no-store"}
KEPT_HEADERS = {"location", "etag", "content-type", "content-location"}


class IdempotentRequest:
    """A POST with an Idempotency-Key, in the transaction that does its work."""

    def __init__(self, request: Request, session: Session) -> None:
        self.request, self.session = request, session
        self.key = request.headers["idempotency-key"]
        if not 1 <= len(self.key) <= KEY_CHARACTERS or not self.key.isprintable():
            where = fault(f"It has 1 to {KEY_CHARACTERS} printable characters.", parameter="Idempotency-Key")
            raise Invalid("The Idempotency-Key is not allowed.", errors=[where])

    async def answer(self, handler: Callable[[Request], Coroutine[Any, Any, Response]]) -> Response:
        """The kept answer, or the handler's, which is kept in the same transaction as its work."""
        body = await self.request.body()
        target = f"{self.request.method} {self.request.url.path}?{self.request.url.query}\n".encode()
        digest = hashlib.sha256(target + body).hexdigest()
        await self.request.app.state.turns.take(self.request)
        kept = await run_in_threadpool(self._kept)
        if kept is not None:
            if kept.request_digest != digest:
                raise Conflict(
                    "This Idempotency-Key was used for another request.", remedy="Take a new key for every new request."
                )
            return Response(kept.body, kept.status, {**kept.headers, "Idempotent-Replayed": "true"})
        response = await handler(self.request)
        if response.status_code < 400:
            await self.request.app.state.turns.finish(partial(self._commit, digest, response))
        return response

    def _kept(self) -> KeptAnswer | None:
        self.user_id = identify(self.request, self.session).require_account().user_id
        self.session.execute(sa.delete(KeptAnswer).where(KeptAnswer.created_at < now() - KEPT_FOR))
        if self.session.get_bind().dialect.name == "postgresql":
            # Two of the same at once: the second waits until the first has answered.
            lock = int.from_bytes(hashlib.sha256(f"{self.user_id} {self.key}".encode()).digest()[:8], signed=True)
            self.session.execute(sa.select(sa.func.pg_advisory_xact_lock(lock)))
        return self.session.get(KeptAnswer, (self.user_id, self.key))

    def _commit(self, digest: str, response: Response) -> None:
        if hasattr(response, "body") and response.headers.get("cache-control") != SECRET_ANSWER["Cache-Control"]:
            self._keep(digest, response)
        self.session.commit()

    def _keep(self, digest: str, response: Response) -> None:
        self.session.add(
            KeptAnswer(
                user_id=self.user_id,
                key=self.key,
                request_digest=digest,
                created_at=now(),
                status=response.status_code,
                headers={name: value for name, value in response.headers.items() if name in KEPT_HEADERS},
                body=bytes(response.body),
            )
        )
