"""What differs between two scenarios: their own changes and policies, and what they come to."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from api.persistence.models import ScenarioRow
from api.services.scenario_checks import CheckedScenario
from planner.basin import Basin
from planner.basin.difference import BasinDifference, difference
from planner.plan.assumption_differences import AssumptionDifference, basin_differences, policy_differences
from planner.plan.titles import Titles
from planner.scenario.differences import describe
from planner.scenario.policy import Policy
from planner.scenario.scenario import Scenario, ScenarioError


@dataclass(frozen=True)
class ToldChange:
    """A change with the scenario that makes it, and in sentences."""

    scenario_id: str
    scenario: str
    change: dict[str, Any]
    sentences: list[str]


def told_changes(line: Sequence[ScenarioRow], basin: Basin) -> list[ToldChange]:
    """Every change from the root on, in words; a change that cannot be read is without sentences."""
    return [ToldChange(row.id, row.name, change, _sentences(change, basin)) for row in line for change in row.changes]


def _sentences(change: dict[str, Any], basin: Basin) -> list[str]:
    try:
        return describe(Scenario.from_dict({"name": "one", "changes": [change]}), basin)
    except ScenarioError:
        return []


def policy_of(line: Sequence[ScenarioRow]) -> tuple[Policy, str | None]:
    """The policy that holds for the last of a lineage, and the id of the scenario that it is from."""
    row = next((row for row in reversed(line) if row.policy is not None), None)
    return (Policy(), None) if row is None else (Policy.model_validate(row.policy), row.id)


def only_in(one: Sequence[ToldChange], other: Sequence[ToldChange]) -> list[ToldChange]:
    """The changes of one that the other does not make; a change that stands twice counts twice."""
    left = [told.change for told in other]
    found = []
    for told in one:
        if told.change in left:
            left.remove(told.change)
        else:
            found.append(told)
    return found


def policy_lines(one: CheckedScenario, other: CheckedScenario) -> list[AssumptionDifference]:
    """The lines of the policies that hold in which they differ."""
    return policy_differences([policy_of(one.line)[0], policy_of(other.line)[0]], Titles(one.basin))


def resolved(one: CheckedScenario, other: CheckedScenario) -> tuple[list[AssumptionDifference], BasinDifference] | None:
    """What the two basins that they come to assume differently, in words and cell by cell; None where one comes to none."""
    if one.changed is None or other.changed is None:
        return None
    words = basin_differences([one.changed, other.changed], Titles(one.changed))
    return words, difference(one.changed, other.changed)
