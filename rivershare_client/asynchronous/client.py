"""The client: what it is made of."""

from collections.abc import AsyncIterator
from dataclasses import replace
from types import TracebackType
from typing import Self, TypeVar

from httpx2 import AsyncBaseTransport

from rivershare_client.asynchronous.basins import AsyncBasins
from rivershare_client.asynchronous.plans import AsyncPlans
from rivershare_client.asynchronous.runs import AsyncRuns
from rivershare_client.asynchronous.scenarios import AsyncScenarios
from rivershare_client.asynchronous.transport import AsyncTransport
from rivershare_client.calls import Call
from rivershare_client.model import Page

Answer = TypeVar("Answer")
Item = TypeVar("Item")


class AsyncRivershare:
    """A service at an address, used with a key (`rsk_…`, or the token of a share link `rss_…`).

    What is not among `basins`, `scenarios`, `runs` and `plans` is reached by `send(operations.…)`: every operation of the
    service is a function of `rivershare_client.operations`.
    """

    def __init__(
        self, url: str, key: str | None = None, *, timeout_seconds: float = 60.0, transport: AsyncBaseTransport | None = None
    ) -> None:
        self._transport = AsyncTransport(url, key, timeout_seconds, transport)
        self.basins = AsyncBasins(self)
        self.scenarios = AsyncScenarios(self)
        self.runs = AsyncRuns(self)
        self.plans = AsyncPlans(self)

    @property
    def transport(self) -> AsyncTransport:
        """What sends the requests."""
        return self._transport

    async def send(self, call: Call[Answer]) -> Answer:
        """The answer to an operation. Raises Problem where the service refuses, Unreachable where it does not answer."""
        return await self._transport.send(call)

    async def every(self, call: Call[Page[Item]]) -> AsyncIterator[Item]:
        """Every item of a list, page by page."""
        while True:
            page = await self.send(call)
            for item in page.items:
                yield item
            if page.next_cursor is None:
                return
            call = replace(call, query={**call.query, "cursor": page.next_cursor})

    async def aclose(self) -> None:
        """Let the connections go."""
        await self._transport.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        await self.aclose()
