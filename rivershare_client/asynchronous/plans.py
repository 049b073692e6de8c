"""Plans: what runs found."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from typing import TYPE_CHECKING, Any

from rivershare_client import frames, operations
from rivershare_client.asynchronous.scenarios import identifier
from rivershare_client.calls import as_bytes, as_content
from rivershare_client.models import BasinAnswer, PlanAnswer, PlanSummary

if TYPE_CHECKING:
    import pandas as pd

    from rivershare_client.asynchronous.client import AsyncRivershare


class AsyncPlan:
    """A plan. `answer` is what the service says of it: verdict, status, lineage."""

    def __init__(self, client: AsyncRivershare, answer: PlanAnswer) -> None:
        self._client, self.answer = client, answer

    @property
    def id(self) -> str:
        return self.answer.id

    @property
    def title(self) -> str:
        return self.answer.title

    @property
    def verdict(self) -> str:
        """In words: how good the plan is and how far from the best possible."""
        return self.answer.verdict

    async def table(
        self, name: str, *, filter: Sequence[str] = (), columns: Sequence[str] = (), sort: Sequence[str] = ()
    ) -> pd.DataFrame:
        """A table as a frame: all of it, or rows for which every `column:operator:value` holds, some columns, sorted.

        `plan.table("service", filter=["stage:eq:2040", "persons:gt:0"], sort=["-persons"])`. What a column is and its unit
        is in `frame.attrs["columns"]`.
        """
        call = operations.read_rows(
            self.id, name, filter=list(filter), columns=",".join(columns) or None, sort=",".join(sort) or None, format="arrow"
        )
        return frames.of_arrow(await self._client.send(as_bytes(call)))

    async def indicators(self) -> pd.DataFrame:
        """The figures by which plans are compared: name, title, value, unit, which direction is better."""
        return frames.of_answers(await self._client.send(operations.read_indicators(self.id)))

    async def summary(self) -> str:
        """A page about the plan in HTML, which opens offline."""
        return (await self._client.send(operations.read_summary(self.id))).decode()


class AsyncPlans:
    """Find and compare plans."""

    def __init__(self, client: AsyncRivershare) -> None:
        self._client = client

    async def get(self, plan: str) -> AsyncPlan:
        """A plan by its identifier."""
        return AsyncPlan(self._client, await self._client.send(operations.read_plan(plan)))

    def all(self, basin: str | BasinAnswer) -> AsyncIterator[PlanSummary]:
        """The plans of a basin, the newest first."""
        return self._client.every(operations.list_plans(identifier(basin)))

    async def compare(self, plans: Sequence[str | AsyncPlan | PlanSummary]) -> pd.DataFrame:
        """Indicators of 2 to 20 plans side by side: a row for each indicator, a column for each plan by its title."""
        return frames.of_comparison(await self.comparison(plans))

    async def comparison(self, plans: Sequence[str | AsyncPlan | PlanSummary]) -> dict[str, Any]:
        """The whole comparison: assumptions that differ, indicators, options built in some only, villages that move."""
        call = operations.read_comparison(plan=[identifier(plan) for plan in plans])
        found: dict[str, Any] = await self._client.send(as_content(call))
        return found
