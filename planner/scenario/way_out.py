"""A way out where no plan exists: changes and a policy that a scenario can take over as they stand."""

from dataclasses import dataclass
from typing import Any

from planner.scenario.change import Change
from planner.scenario.policy import Policy
from planner.scenario.scenario import Scenario


@dataclass(frozen=True)
class WayOut:
    """What would have to be otherwise, in words, and as what a scenario says.

    `changes` come after those that the scenario has already; `policy`, where it is given, replaces the scenario's.
    """

    title: str
    changes: tuple[Change, ...] = ()
    policy: Policy | None = None

    def taken_by(self, scenario: Scenario) -> Scenario:
        """The scenario with this way out taken."""
        update: dict[str, Any] = {"changes": (*scenario.changes, *self.changes)}
        return scenario.model_copy(update=update if self.policy is None else update | {"policy": self.policy})

    def to_dict(self) -> dict[str, Any]:
        """Title, changes and policy (null: it stays) as a scenario's document writes them."""
        return {
            "title": self.title,
            "changes": [change.model_dump(mode="json", exclude_defaults=True) for change in self.changes],
            "policy": None if self.policy is None else self.policy.model_dump(mode="json"),
        }

    @classmethod
    def from_dict(cls, content: dict[str, Any]) -> "WayOut":
        """The way out that was written so. Raises ScenarioError where it says nothing that a scenario could say."""
        policy = {} if content["policy"] is None else {"policy": content["policy"]}
        read = Scenario.from_dict({"name": "way_out", "changes": content["changes"], **policy})
        return cls(content["title"], read.changes, read.policy if policy else None)
