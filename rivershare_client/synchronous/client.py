# Written by `python -m generators`, not by hand.
"""The client: what it is made of."""

from collections.abc import Iterator
from dataclasses import replace
from types import TracebackType
from typing import Self, TypeVar

from httpx2 import BaseTransport

from rivershare_client.calls import Call
from rivershare_client.model import Page
from rivershare_client.synchronous.basins import Basins
from rivershare_client.synchronous.plans import Plans
from rivershare_client.synchronous.runs import Runs
from rivershare_client.synchronous.scenarios import Scenarios
from rivershare_client.synchronous.transport import Transport

Answer = TypeVar("Answer")
Item = TypeVar("Item")


class Rivershare:
    """A service at an address, used with a key (`rsk_…`, or the token of a share link `rss_…`).

    What is not among `basins`, `scenarios`, `runs` and `plans` is reached by `send(operations.…)`: every operation of the
    service is a function of `rivershare_client.operations`.
    """

    def __init__(
        self, url: str, key: str | None = None, *, timeout_seconds: float = 60.0, transport: BaseTransport | None = None
    ) -> None:
        self._transport = Transport(url, key, timeout_seconds, transport)
        self.basins = Basins(self)
        self.scenarios = Scenarios(self)
        self.runs = Runs(self)
        self.plans = Plans(self)

    @property
    def transport(self) -> Transport:
        """What sends the requests."""
        return self._transport

    def send(self, call: Call[Answer]) -> Answer:
        """The answer to an operation. Raises Problem where the service refuses, Unreachable where it does not answer."""
        return self._transport.send(call)

    def every(self, call: Call[Page[Item]]) -> Iterator[Item]:
        """Every item of a list, page by page."""
        while True:
            page = self.send(call)
            yield from page.items
            if page.next_cursor is None:
                return
            call = replace(call, query={**call.query, "cursor": page.next_cursor})

    def close(self) -> None:
        """Let the connections go."""
        self._transport.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()
