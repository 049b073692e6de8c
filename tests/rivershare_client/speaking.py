"""Clients that talk to a service made of answers on paper."""

from collections.abc import Callable

import httpx2
import pytest

from rivershare_client import Rivershare, patience

Speaks = Callable[[httpx2.Request], httpx2.Response]


def client(speaks: Speaks, key: str | None = "rsk_mine") -> Rivershare:
    return Rivershare("http://service", key, transport=httpx2.MockTransport(speaks))


def in_turn(*answers: httpx2.Response | Exception) -> tuple[Speaks, list[httpx2.Request]]:
    """Gives one answer after the other, and keeps what was asked."""
    asked: list[httpx2.Request] = []
    left = list(answers)

    def speak(request: httpx2.Request) -> httpx2.Response:
        asked.append(request)
        answer = left.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    return speak, asked


def without_delay(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Nobody waits; the list says how long they would have."""
    waited: list[float] = []
    known = patience.seconds

    def seconds(tried: int, retry_after: str | None) -> float:
        waited.append(known(tried, retry_after))
        return 0.0

    monkeypatch.setattr(patience, "seconds", seconds)
    return waited
