"""Scenarios: a tree of changes and policies over a basin."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from api.errors import NotFound
from api.persistence.content import ContentStore
from api.persistence.models import BasinVersion, ScenarioRow
from api.persistence.repositories import basins, scenarios
from api.services import basin_content
from planner.basin import Basin
from planner.scenario.scenario import Scenario


@dataclass(frozen=True)
class ResolvedInput:
    """What a run of a scenario starts from.

    `basin` is the version's, without the scenario's changes; `scenario` has all changes from the root of the tree on, and
    the policy that holds; `lineage` is [scenario id, revision] from the root on.
    """

    basin: Basin
    basin_version: BasinVersion
    scenario: Scenario
    lineage: list[list[Any]]


def resolved_of(session: Session, store: ContentStore, scenario_row: ScenarioRow) -> ResolvedInput:
    """The basin, changes and policy that a scenario stands for now.

    Raises ScenarioError where changes and policy cannot be read together, and NotFound without the basin's version.
    """
    line = scenarios.lineage(session, scenario_row)
    version = version_of(session, scenario_row)
    return ResolvedInput(
        basin=basin_content.load(store, version),
        basin_version=version,
        scenario=Scenario.from_dict(document_of(line)),
        lineage=[[row.id, row.revision] for row in line],
    )


def version_of(session: Session, scenario_row: ScenarioRow) -> BasinVersion:
    """The basin version of a scenario: the one that it names, else the newest."""
    version = basins.version(session, scenario_row.basin_id, scenario_row.basin_version)
    if version is None:
        raise NotFound(f"The basin has no version {scenario_row.basin_version}.")
    return version


def document_of(line: Sequence[ScenarioRow]) -> dict[str, Any]:
    """The plain content of the last scenario of a lineage: all changes from the root on, the policy nearest to it."""
    own = line[-1]
    policy = next((row.policy for row in reversed(line) if row.policy is not None), {})
    changes = [change for row in line for change in row.changes]
    return {"name": own.name, "title": own.title, "description": own.description, "changes": changes, "policy": policy}
