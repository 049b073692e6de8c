"""When a request is sent again, and how long to wait before that."""

from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

BUSY = {429, 503}
TRIES = 6
TRIES_WITHOUT_ANSWER = 4
LONGEST_SECONDS = 60.0


def may_repeat(method: str, headers: Mapping[str, str]) -> bool:
    """Whether a request that may have arrived can be sent again: reading can, and a POST with an Idempotency-Key."""
    return method == "GET" or "Idempotency-Key" in headers


def may_repeat_refused(method: str, headers: Mapping[str, str]) -> bool:
    """Whether a request that was refused for the moment can be sent again: the service changed nothing."""
    return method != "POST" or may_repeat(method, headers)


def seconds(tried: int, retry_after: str | None) -> float:
    """How long to wait after so many tries: as the service asks, else longer each time."""
    asked = None if retry_after is None else _asked(retry_after)
    return min(LONGEST_SECONDS, 0.25 * 2**tried if asked is None else asked)


def _asked(retry_after: str) -> float | None:
    if retry_after.strip().isdigit():
        return float(retry_after)
    try:
        return max(0.0, (parsedate_to_datetime(retry_after) - datetime.now(UTC)).total_seconds())
    except (TypeError, ValueError):
        return None
