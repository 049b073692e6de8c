"""Answers that are still true: the same question, asked again while no table it was answered from has changed.

A page that polls and a tool that reads in a loop then cost a fraction of a first answer. Only on SQLite, whose processes tell
one another what they change (`api.persistence.changes`), and for a second at most, as keys expire and workers fall silent by
the clock alone.
"""

import time
from collections import OrderedDict
from dataclasses import dataclass
from typing import Any, Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.persistence.changes import Changes, reads_noted
from api.persistence.database import Database

SECONDS: Final = 1.0
BYTES_AT_MOST: Final = 32_000_000
BYTES_EACH: Final = 256_000
_ENTRY_BYTES = 2_000  # what an entry takes beside its body, about

Question = tuple[object, ...]


@dataclass(frozen=True)
class _Remembered:
    until: float
    stamps: bytes
    tables: frozenset[int]
    start: Message
    body: Message
    route: Any

    @property
    def size(self) -> int:
        return len(self.body.get("body", b"")) + _ENTRY_BYTES


class RememberedAnswersMiddleware:
    """Gives an answer again where the database would give the same."""

    def __init__(self, app: ASGIApp, database: Database) -> None:
        self.app, self.changes = app, database.changes
        self._answers: OrderedDict[Question, _Remembered] = OrderedDict()
        self._bytes = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self.changes is None or scope["type"] != "http" or scope["method"] != "GET":
            await self.app(scope, receive, send)
            return
        question = _question(scope)
        known = self._answers.get(question)
        if known is not None and time.monotonic() < known.until and self.changes.same(known.tables, known.stamps):
            scope["route"] = known.route
            await send({**known.start, "headers": list(known.start["headers"])})
            await send(known.body)
            return
        await self._ask(question, self.changes, scope, receive, send)

    async def _ask(self, question: Question, changes: Changes, scope: Scope, receive: Receive, send: Send) -> None:
        self._forget(question)
        told: list[Message] = []

        async def noted(message: Message) -> None:
            if len(told) < 3:
                told.append({**message, "headers": list(message["headers"])} if "headers" in message else message)
            await send(message)

        stamps, until = changes.now(), time.monotonic() + SECONDS
        with reads_noted() as tables:
            await self.app(scope, receive, noted)
        if tables and len(told) == 2 and _may_be_kept(*told):
            self._keep(question, _Remembered(until, stamps, frozenset(tables), told[0], told[1], scope.get("route")))

    def _keep(self, question: Question, answer: _Remembered) -> None:
        self._forget(question)
        self._answers[question] = answer
        self._bytes += answer.size
        while self._bytes > BYTES_AT_MOST:
            self._bytes -= self._answers.popitem(last=False)[1].size

    def _forget(self, question: Question) -> None:
        old = self._answers.pop(question, None)
        if old is not None:
            self._bytes -= old.size


def _question(scope: Scope) -> Question:
    """What an answer depends on beside the database: all that was sent but the request's own name."""
    headers = tuple(header for header in scope["headers"] if header[0] != b"x-request-id")
    return scope["scheme"], scope["path"], scope["query_string"], headers


def _may_be_kept(start: Message, body: Message) -> bool:
    if start["type"] != "http.response.start" or start["status"] not in (200, 304) or body.get("more_body", False):
        return False
    private = any(
        name == b"set-cookie" or (name == b"cache-control" and b"no-store" in value) for name, value in start["headers"]
    )
    return not private and len(body.get("body", b"")) <= BYTES_EACH
