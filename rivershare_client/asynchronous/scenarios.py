"""Scenarios of a basin."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rivershare_client import operations
from rivershare_client.models import BasinAnswer, ScenarioAnswer, ScenarioInList

if TYPE_CHECKING:
    from rivershare_client.asynchronous.client import AsyncRivershare


class AsyncScenarios:
    """Make and find scenarios."""

    def __init__(self, client: AsyncRivershare) -> None:
        self._client = client

    def all(self, basin: str | BasinAnswer) -> AsyncIterator[ScenarioInList]:
        """The scenarios of a basin."""
        return self._client.every(operations.list_scenarios(identifier(basin)))

    async def get(self, scenario: str) -> ScenarioAnswer:
        """A scenario by its identifier."""
        return await self._client.send(operations.read_scenario(scenario))

    async def named(self, basin: str | BasinAnswer, name: str) -> ScenarioAnswer:
        """The scenario of this name in a basin. Raises LookupError."""
        async for scenario in self.all(basin):
            if scenario.name == name:
                return await self.get(scenario.id)
        raise LookupError(f"The basin has no scenario {name}.")

    async def create(
        self,
        basin: str | BasinAnswer,
        name: str,
        *,
        title: str = "",
        description: str = "",
        changes: Sequence[Mapping[str, Any]] = (),
        policy: Mapping[str, Any] | None = None,
        parent: str | ScenarioAnswer | None = None,
    ) -> ScenarioAnswer:
        """Make a scenario: its changes come after those of its parent, its policy is its own or its parent's."""
        return await self._client.send(
            operations.make_scenario(
                identifier(basin), name=name, title=title, description=description, changes=list(changes),
                policy=policy, parent_id=None if parent is None else identifier(parent),
            )
        )  # fmt: skip

    async def upload(self, basin: str | BasinAnswer, path: str | Path) -> ScenarioAnswer:
        """Make a scenario from a YAML file."""
        call = operations.import_scenario(identifier(basin), content=Path(path), media_type="application/yaml")
        return await self._client.send(call)


def identifier(given: str | Any) -> str:
    """The identifier of what was given: itself, or an answer's."""
    return given if isinstance(given, str) else str(given.id)
