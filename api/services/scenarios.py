"""Scenarios: a tree of changes and policies over a basin."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from api.errors import Conflict, Invalid, NotFound, fault
from api.persistence.clock import now
from api.persistence.content import ContentStore
from api.persistence.models import BasinRow, BasinVersion, ScenarioRow
from api.persistence.models.basins import Role
from api.persistence.repositories import basins, scenarios
from api.security.identity import Identity, Scope
from api.security.permissions import demand
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
        lineage=lineage_of(line),
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


def lineage_of(line: Sequence[ScenarioRow]) -> list[list[Any]]:
    """A lineage as runs and plans keep it: [scenario id, revision] from the root on."""
    return [[row.id, row.revision] for row in line]


def find(
    session: Session, identity: Identity, scenario_id: str, role: Role, scope: Scope = "read"
) -> tuple[ScenarioRow, BasinRow]:
    """A scenario and its basin, if who is asking has at least this role in it.

    Raises what `api.security.permissions.demand` raises; NotFound names the scenario alone.
    """
    scenario = session.get(ScenarioRow, scenario_id)
    try:
        basin = demand(session, identity, scenario.basin_id if scenario is not None else "", role, scope)
    except NotFound:
        scenario = None
    if scenario is None:
        raise NotFound(f"There is no scenario {scenario_id[:80]}.")
    return scenario, basin


def from_planner(basin: BasinRow, scenario: Scenario, user_id: str) -> ScenarioRow:
    """One of the planner's scenarios as a new one without a parent that follows the newest version."""
    return ScenarioRow(
        basin_id=basin.id,
        name=scenario.name,
        title=scenario.title,
        description=scenario.description,
        changes=[change.model_dump(mode="json", exclude_defaults=True) for change in scenario.changes],
        policy=scenario.policy.model_dump(mode="json"),
        created_by=user_id,
    )


def add(session: Session, scenario: ScenarioRow) -> None:
    """Keep a new scenario. Raises Conflict where its name is taken, Invalid and Conflict for its parent."""
    _demand_free_name(session, scenario.basin_id, scenario.name)
    demand_parent(session, scenario, scenario.parent_id)
    session.add(scenario)


def change(session: Session, scenario: ScenarioRow, values: dict[str, Any]) -> None:
    """Give a scenario other values, or another parent.

    Raises Conflict where the name is taken, where it is archived, and where it would come from itself.
    """
    demand_present(scenario)
    if values.get("name", scenario.name) != scenario.name:
        _demand_free_name(session, scenario.basin_id, values["name"])
    if values.get("parent_id", scenario.parent_id) != scenario.parent_id:
        # Two moves at once could put each of two scenarios under the other.
        session.get(BasinRow, scenario.basin_id, with_for_update=True, populate_existing=True)
        demand_parent(session, scenario, values["parent_id"])
    for key, value in values.items():
        setattr(scenario, key, value)
    scenario.revise()


def archive(scenario: ScenarioRow) -> None:
    """Put a scenario away; what comes from it stays as it is."""
    demand_present(scenario)
    scenario.archived_at = now()
    scenario.revise()


def restore(scenario: ScenarioRow) -> None:
    """Take a scenario out of the archive. Raises Conflict where it is not in it."""
    if scenario.archived_at is None:
        raise Conflict("The scenario is not archived.")
    scenario.archived_at = None
    scenario.revise()


def demand_present(scenario: ScenarioRow) -> None:
    """Raises Conflict where the scenario is archived."""
    if scenario.archived_at is not None:
        raise Conflict("The scenario is archived.", remedy="Restore it first.")


def _demand_free_name(session: Session, basin_id: str, name: str) -> None:
    if scenarios.by_name(session, basin_id, name) is not None:
        raise Conflict(f"The basin has a scenario {name} already.", remedy="Take another name.")


def demand_parent(session: Session, scenario: ScenarioRow, parent_id: str | None) -> None:
    """Raises Invalid where the parent is none of the basin's scenarios, Conflict where it comes from the scenario itself."""
    if parent_id is None:
        return
    parent = session.get(ScenarioRow, parent_id)
    if parent is None or parent.basin_id != scenario.basin_id:
        raise Invalid("The basin has no such scenario.", errors=[fault("Name a scenario of this basin.", pointer="/parent_id")])
    line = scenarios.lineage(session, parent)
    if any(row.id == scenario.id for row in line):
        raise Conflict("A scenario cannot come from itself.", remedy="Take a parent that does not come from it.")
    if len(line) + scenarios.generations_below(session, scenario) >= scenarios.GENERATIONS_AT_MOST:
        raise Conflict(
            f"A scenario has at most {scenarios.GENERATIONS_AT_MOST} generations.", remedy="Take a parent nearer the root."
        )
