"""Limits on every request: the size of its body and the time it takes."""

from collections.abc import Iterable

import anyio
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.errors import ApiProblem, TakesTooLong, TooLarge
from api.http.problems import problem_response
from api.settings import Settings

# Routes that take or give whole basins and plans; and streams of news, which end by themselves.
LARGE = (
    "/import", "/export", "/tables/", "/summary", "/comparisons", "/content", "/document", "/archive", "/workbook", "/geojson",
    "/basins/check", "/trail", "/explanation", "/futures", "/rules/preview",
)  # fmt: skip
ENDLESS = ("/events",)


class LimitsMiddleware:
    """Refuses bodies that are too large while they come in, and ends requests that take too long."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app, self.settings = app, settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        path = scope["path"]
        large = _names(path, LARGE)
        bytes_at_most = self.settings.upload_bytes_at_most if large else self.settings.body_bytes_at_most
        seconds = None if _names(path, ENDLESS) else self.settings.upload_seconds if large else self.settings.request_seconds
        started = False

        async def noted(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        problem: ApiProblem
        try:
            # A scope of anyio, not a timeout of asyncio: a thread at work is waited for, as it still uses the transaction.
            with anyio.fail_after(seconds):
                await self.app(scope, _counted(scope, receive, bytes_at_most), noted)
            return
        except TooLarge as error:
            problem = error
        except TimeoutError:
            problem = TakesTooLong(f"The request took longer than {seconds:g} seconds.", headers={"Retry-After": "10"})
        if not started:
            await problem_response(Request(scope), problem)(scope, receive, send)


def _names(path: str, parts: Iterable[str]) -> bool:
    return any(part in path or path.endswith(part.rstrip("/")) for part in parts)


def _counted(scope: Scope, receive: Receive, at_most: int) -> Receive:
    told = next((value for name, value in scope["headers"] if name == b"content-length"), b"")
    if told.isdigit() and int(told[:30]) > at_most:
        raise TooLarge(f"The body has {int(told[:30])} bytes; at most {at_most} are allowed.")
    received = 0

    async def counted() -> Message:
        nonlocal received
        message = await receive()
        received += len(message.get("body", b""))
        if received > at_most:
            raise TooLarge(f"The body has more than the {at_most} bytes allowed.")
        return message

    return counted
