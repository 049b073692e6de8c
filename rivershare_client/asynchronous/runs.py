"""Runs: from a scenario to a plan."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import TYPE_CHECKING, Any, Literal

from rivershare_client import operations
from rivershare_client.asynchronous.plans import AsyncPlan
from rivershare_client.asynchronous.scenarios import identifier
from rivershare_client.models import RunAnswer, RunEventAnswer, RunInList, ScenarioAnswer
from rivershare_client.problems import NoPlan, Unreachable

if TYPE_CHECKING:
    from rivershare_client.asynchronous.client import AsyncRivershare

ENDED = {"succeeded", "no_plan", "failed", "cancelled"}
POLL_SECONDS = 1.0
BREAKS_AT_MOST = 5  # of a stream without any news between them


class AsyncRun:
    """A run of a scenario. `answer` is what was last heard of it."""

    def __init__(self, client: AsyncRivershare, answer: RunAnswer) -> None:
        self._client, self.answer = client, answer

    @property
    def id(self) -> str:
        return self.answer.id

    @property
    def state(self) -> str:
        """queued, running, succeeded, no_plan, failed or cancelled."""
        return self.answer.state

    @property
    def has_ended(self) -> bool:
        return self.state in ENDED

    async def refresh(self) -> AsyncRun:
        """Ask how it stands."""
        self.answer = await self._client.send(operations.read_run(self.id))
        return self

    async def wait(self, progress: Callable[[RunEventAnswer], Any] | None = None) -> AsyncRun:
        """Wait until it has ended; `progress` is called with each piece of news. Outlives lost connections."""
        async for event in self.events():
            if progress is not None:
                progress(event)
        return await self.refresh()

    async def events(self) -> AsyncIterator[RunEventAnswer]:
        """All news until the run has ended, as they come; by asking again and again where no stream gets through."""
        heard, breaks = 0, 0
        while breaks <= BREAKS_AT_MOST:
            before = heard
            try:
                call = operations.read_events(self.id, last_event_id=str(heard) if heard else None)
                async for sent in self._client.transport.events(call):
                    event = RunEventAnswer.model_validate_json(sent.data)
                    heard = event.sequence
                    yield event
                await self.refresh()
                if self.has_ended and heard == before:
                    return
            except Unreachable:
                breaks = breaks + 1 if heard == before else 1
                await asyncio.sleep(POLL_SECONDS * breaks)
        async for event in self._polled(heard):
            yield event

    async def _polled(self, heard: int) -> AsyncIterator[RunEventAnswer]:
        while True:
            page = await self._client.send(operations.read_events(self.id, after=heard))
            for event in page.items:
                heard = event.sequence
                yield event
            if page.ended and page.next_cursor is None:
                return
            if page.next_cursor is None:
                await asyncio.sleep(POLL_SECONDS)

    async def cancel(self) -> AsyncRun:
        """End it. What was found so far is kept as a plan; `wait` for it."""
        self.answer = await self._client.send(operations.cancel_run(self.id))
        return self

    async def plan(self) -> AsyncPlan:
        """The plan, once the run has ended: waits for it. Of several branches, the most probable one's. Raises NoPlan."""
        if not self.has_ended:
            await self.wait()
        if self.answer.plan_id is None:
            outcome = self.answer.outcome
            findings = [] if outcome is None else outcome.findings or []
            raise NoPlan(self.state, self.answer.message if outcome is None else outcome.message, findings)
        return await self._client.plans.get(self.answer.plan_id)

    async def plans(self) -> dict[str, AsyncPlan]:
        """The plan of each branch of its policy, by the branch's name, once the run has ended; empty where one plan is for all.

        Waits for them. Raises NoPlan where it found none.
        """
        await self.plan()
        return {one.name: await self._client.plans.get(one.plan_id) for one in self.answer.branch_plans}


class AsyncRuns:
    """Start and find runs."""

    def __init__(self, client: AsyncRivershare) -> None:
        self._client = client

    async def start(
        self,
        scenario: str | ScenarioAnswer,
        *,
        time: float | None = None,
        gap: float | None = None,
        priority: Literal[-1, 0, 1] = 0,
        fresh: bool = False,
    ) -> AsyncRun:
        """Plan a scenario: at most `time` seconds, or until the plan is known to be within `gap` of the best possible.

        Where a plan of exactly this input is there, or on its way, its run comes back, unless `fresh`.
        """
        limits = {"time_seconds": time, "relative_gap": gap}
        given = {name: value for name, value in limits.items() if value is not None}
        call = operations.start_run(identifier(scenario), limits=given, priority=priority, fresh=fresh)
        return AsyncRun(self._client, await self._client.send(call))

    async def get(self, run: str) -> AsyncRun:
        """A run by its identifier."""
        return AsyncRun(self._client, await self._client.send(operations.read_run(run)))

    def all(self, **wanted: Any) -> AsyncIterator[RunInList]:
        """Runs, the newest first: of `basin_id`, of `scenario_id`, in `state`, or one's own with `mine`."""
        return self._client.every(operations.list_runs(**wanted))
