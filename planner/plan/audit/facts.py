"""What the basin says, read by the audit for itself: it shares nothing with the scenario's arrays."""

from dataclasses import dataclass
from typing import ClassVar

from planner.basin import Basin
from planner.plan.audit.administrations import Administrations
from planner.plan.audit.horizon import Horizon
from planner.plan.audit.names import Names
from planner.plan.audit.people import People
from planner.scenario.policy import Policy


@dataclass(frozen=True)
class Facts:
    """The basin with its identifiers, time, administrations and people as arrays."""

    basin: Basin
    names: Names
    horizon: Horizon
    administrations: Administrations
    people: People

    _kept: ClassVar["tuple[Facts, Policy | None] | None"] = None

    @classmethod
    def of(cls, basin: Basin, policy: Policy | None = None) -> "Facts":
        """Without a policy, modes stand on the rungs of their table. Of the basin and policy asked for last they are kept."""
        kept = cls._kept
        if kept is None or kept[0].basin is not basin or kept[1] != policy:
            names, horizon = Names.of(basin), Horizon.of(basin)
            facts = cls(basin, names, horizon, Administrations.of(basin, names), People.of(basin, names, horizon, policy))
            kept = cls._kept = facts, policy
        return kept[0]

    def size(self, *tables: str) -> tuple[int, ...]:
        return tuple(self.names.size(table) for table in tables)
