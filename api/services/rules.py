"""Rules that are tried before they join a policy."""

from typing import Any

from sqlalchemy.orm import Session

from api.errors import Invalid, fault
from api.persistence.content import ContentStore
from api.persistence.models import BasinRow
from api.persistence.repositories import basins
from api.services import basin_content
from optimization.rules.preview import RulePreview
from optimization.rules.preview import preview as preview_of
from planner.basin import Basin
from planner.checks.finding import Finding
from planner.rules.document import Rule
from planner.rules.errors import RuleError
from planner.rules.facts import Facts
from planner.rules.soundness import rule_of, said, understood
from planner.scenario.resolved import resolve
from planner.scenario.scenario import Scenario


def read(content: Any) -> Rule:
    """A rule from what was sent. Raises Invalid."""
    try:
        return rule_of(content)
    except ValueError as error:
        raise Invalid("The rule cannot be read.", errors=[fault(str(error), pointer="/rule")]) from None


def basin_of(session: Session, store: ContentStore, basin: BasinRow, number: int | None) -> Basin:
    """A version of a basin, the newest where none is named. Raises Invalid."""
    version = basins.version(session, basin.id, number)
    if version is None:
        where = fault("Name a version of the basin, or null for the newest.", pointer="/version")
        raise Invalid(f"The basin has no version {number}.", errors=[where])
    return basin_content.load(store, version)


def check(rule: Rule, basin: Basin) -> tuple[str | None, list[Finding]]:
    """Unit of a rule, and what stands against it."""
    try:
        return understood(rule, Facts(basin)).unit, []
    except RuleError as error:
        return None, [_finding(rule, error)]


def preview(rule: Rule, basin: Basin) -> RulePreview | list[Finding]:
    """What a rule would be in the model at least cost, or what stands against it."""
    try:
        return preview_of(rule, resolve(basin, Scenario(name="preview")))
    except RuleError as error:
        return [_finding(rule, error)]


def _finding(rule: Rule, error: RuleError) -> Finding:
    message, line = said(rule, error)
    return Finding(
        "scenario.rule", "error", message, column=error.part, value=line, remedy=error.remedy or None,
        where=f"/rule/{error.part}",
    )  # fmt: skip
