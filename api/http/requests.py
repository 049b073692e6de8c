"""Every request has an id, a line in the log, and headers that keep a browser safe."""

import re
import time

import structlog
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.http.measures import note
from api.persistence.types import new_identifier

_log = structlog.get_logger("rivershare.requests")
_USABLE = re.compile(r"[A-Za-z0-9_.\-]{8,100}")
_QUIET = ("/health", "/metrics")

SAFE_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; frame-ancestors 'none'"
    ),
    "Cross-Origin-Resource-Policy": "same-origin",
}


class RequestsMiddleware:
    """Gives each request its id (the caller's, if it sent a usable X-Request-ID), logs it, and sets safe headers."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        given = next((value.decode("latin-1") for name, value in scope["headers"] if name == b"x-request-id"), "")
        request_id = given if _USABLE.fullmatch(given) else new_identifier()
        scope.setdefault("state", {})["request_id"] = request_id
        started, status = time.perf_counter(), 500

        async def with_headers(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = MutableHeaders(scope=message)
                headers["X-Request-ID"] = request_id
                for name, value in SAFE_HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        with structlog.contextvars.bound_contextvars(request_id=request_id):
            try:
                await self.app(scope, receive, with_headers)
            finally:
                seconds = time.perf_counter() - started
                note(scope, status, seconds)
                if not scope["path"].startswith(_QUIET):
                    milliseconds = round(1000 * seconds, 1)
                    _log.info("request", method=scope["method"], path=scope["path"], status=status, milliseconds=milliseconds)
