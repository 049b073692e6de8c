"""Whether a scenario can be read and applied to its basin; findings with pointers into what was sent."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy.orm import Session

from api.errors import Invalid, Unsound, fault
from api.persistence.content import ContentStore
from api.persistence.models import BasinVersion, ScenarioRow
from api.persistence.repositories import basins, scenarios
from api.services import basin_content
from api.services.findings import with_pointers
from api.services.scenarios import document_of
from planner.basin import Basin
from planner.checks.finding import Finding, errors
from planner.scenario.changes import apply_and_check
from planner.scenario.policy import Policy
from planner.scenario.scenario import Scenario, ScenarioError

_CHANGE = re.compile(r"^(After )?changes\[(\d+)\]")


@dataclass(frozen=True)
class CheckedScenario:
    """A scenario with all it takes from those it comes from, over its basin, and every finding.

    `scenario` is None where it cannot be read, `changed` (the basin after all changes) where it cannot be applied.
    """

    line: Sequence[ScenarioRow]
    version: BasinVersion
    basin: Basin
    scenario: Scenario | None
    changed: Basin | None
    findings: list[Finding]

    @property
    def sound(self) -> bool:
        return not errors(self.findings)


def checked(session: Session, store: ContentStore, row: ScenarioRow) -> CheckedScenario:
    """Read and apply a scenario, be it kept or a draft. Raises Invalid where it names a version that is not there."""
    with session.no_autoflush:
        parent = None if row.parent_id is None else session.get(ScenarioRow, row.parent_id)
        line = [*(scenarios.lineage(session, parent) if parent is not None else ()), row]
        version = basins.version(session, row.basin_id, row.basin_version)
    if version is None:
        where = fault("Name a version of the basin, or null for the newest.", pointer="/basin_version")
        raise Invalid(f"The basin has no version {row.basin_version}.", errors=[where])
    basin = basin_content.load(store, version)
    scenario = changed = None
    try:
        scenario = Scenario.from_dict(document_of(line))
        changed, findings = apply_and_check(basin, scenario)
        findings = findings if scenario.changes else [_kept(finding) for finding in version.findings]
    except ScenarioError as error:
        findings = _at_home(error.findings, line)
    return CheckedScenario(line, version, basin, scenario, changed, findings)


def demand_sound(session: Session, store: ContentStore, row: ScenarioRow) -> CheckedScenario:
    """The same, with changes and policy in their canonical form in the row. Raises Unsound with all findings."""
    found = checked(session, store, row)
    if found.scenario is None or not found.sound:
        raise Unsound(f"The scenario cannot be kept: {len(errors(found.findings))} errors.", found.findings)
    own = found.scenario.changes[len(found.scenario.changes) - len(row.changes) :]
    row.changes = [change.model_dump(mode="json", exclude_defaults=True) for change in own]
    row.policy = None if row.policy is None else Policy.model_validate(row.policy).model_dump(mode="json")
    return found


def _kept(finding: dict[str, Any]) -> Finding:
    return Finding(**finding)


def _at_home(findings: Sequence[Finding], line: Sequence[ScenarioRow]) -> list[Finding]:
    """Findings of the scenario's own changes count from its own first one; those it inherits name whose they are."""
    inherited = [(row, number) for row in line[:-1] for number in range(len(row.changes))]

    def told(finding: Finding) -> Finding:
        place = _CHANGE.match(finding.column or "") or _CHANGE.match(finding.message)
        if place is None:
            return finding
        number = int(place[2])
        if number >= len(inherited):
            return _renumbered(finding, f"changes[{number}]", f"changes[{number - len(inherited)}]")
        row, own = inherited[number]
        told_of = _renumbered(finding, f"changes[{number}]", f"changes[{own}] of {row.name}")
        return replace(told_of, message=f"In {row.name}, which it comes from: {told_of.message}")

    plain = [told(finding) for finding in findings]
    return [item if " of " in (item.column or "") else pointed for item, pointed in zip(plain, with_pointers(plain), strict=True)]


def _renumbered(finding: Finding, old: str, new: str) -> Finding:
    column = finding.column.replace(old, new, 1) if finding.column is not None else None
    return replace(finding, column=column, message=finding.message.replace(f"After {old}", f"After {new}", 1))
