"""Limits on how often: for each session or key, for each address, and for each address that tries passwords.

They are counted in the memory of this process, before anything else is done for a request.
"""

import hashlib
import math
import time
from ipaddress import IPv6Address, ip_address

from limits import RateLimitItem, RateLimitItemPerMinute, RateLimitItemPerSecond
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.errors import TooMany
from api.http.problems import problem_response
from api.security.identity import SESSION_COOKIE
from api.settings import Settings

_UNLIMITED = ("/health", "/metrics")
# Where a password, a one-time link or a provider's code is tried.
GUESSING = frozenset({"/v1/session", "/v1/session/oidc", "/v1/one-time-links/redeem", "/v1/users/me/password"})
_COOKIE = f"{SESSION_COOKIE}=".encode()


class SparingStorage(MemoryStorage):
    """Counts in memory, cleared of old entries once a second: the library would start a thread for it a hundred times."""

    _cleared_at = 0.0

    def _MemoryStorage__schedule_expiry(self) -> None:  # noqa: N802 (the library's own name)
        if time.monotonic() - self._cleared_at > 1.0:
            self._cleared_at = time.monotonic()
            self._MemoryStorage__expire_events()  # type: ignore[attr-defined]


class RateLimitsMiddleware:
    """Answers 429, with when to try again, where there were too many requests."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self.limiter = MovingWindowRateLimiter(SparingStorage())
        self.requests = RateLimitItemPerSecond(settings.requests_per_second)
        self.guesses = RateLimitItemPerMinute(settings.logins_per_minute)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"].startswith(_UNLIMITED):
            await self.app(scope, receive, send)
            return
        address, credential = _address(scope), _credential(scope)
        if scope["method"] == "POST" and scope["path"] in GUESSING and not self.limiter.hit(self.guesses, "guess", address):
            await self._refuse(self.guesses, "guess", address)(scope, receive, send)
            return
        # An address whose keys are not known is counted as one without, whatever keys it makes up: see below.
        free = self.limiter.test(self.requests, address) if credential else self.limiter.hit(self.requests, address)
        if not free or (credential and not self.limiter.hit(self.requests, credential)):
            who = address if not free or credential is None else credential
            await self._refuse(self.requests, who)(scope, receive, send)
            return

        async def watched(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] == 401:
                self.limiter.hit(self.requests, address)
            await send(message)

        await self.app(scope, receive, watched if credential else send)

    def _refuse(self, limit: RateLimitItem, *who: str) -> ASGIApp:
        window = self.limiter.get_window_stats(limit, *who)
        seconds = max(math.ceil(window.reset_time - time.time()), 1)
        headers = {
            "Retry-After": str(seconds),
            "RateLimit-Policy": f'"default";q={limit.amount};w={limit.get_expiry()}',
            "RateLimit": f'"default";r={max(window.remaining, 0)};t={seconds}',
        }
        problem = TooMany(f"At most {limit.amount} requests in {limit.get_expiry()} seconds.", headers=headers)

        async def answer(scope: Scope, receive: Receive, send: Send) -> None:
            await problem_response(Request(scope), problem)(scope, receive, send)

        return answer


def _address(scope: Scope) -> str:
    """Where a request comes from. Whoever has an IPv6 address has all of its /64."""
    host = str((scope.get("client") or ("unknown",))[0])
    if ":" not in host:
        return host
    try:
        address = ip_address(host)
    except ValueError:
        return host
    return str(int(address) >> 64) if isinstance(address, IPv6Address) and not address.ipv4_mapped else host


def _credential(scope: Scope) -> str | None:
    """The key or session that a request claims, as a digest; None without either."""
    claimed = None
    for name, value in scope["headers"]:
        if name == b"authorization":
            claimed = value
            break
        if name == b"cookie" and _COOKIE in value:
            claimed = value.partition(_COOKIE)[2].partition(b";")[0]
    return hashlib.blake2b(claimed, digest_size=16).hexdigest() if claimed else None
