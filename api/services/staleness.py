"""Which plans are stale, and why: what they were made from is not what is there now."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Literal

from sqlalchemy.orm import Session

from api.persistence.models import BasinRow, PlanRow, ScenarioRow
from api.persistence.repositories import scenarios
from api.services.scenarios import document_of, lineage_of
from optimization.solving.record import versions
from planner.scenario.scenario import Scenario, ScenarioError

Code = Literal["scenario_changed", "parent_changed", "scenario_archived", "basin_changed", "basin_archived", "software_changed"]


@dataclass(frozen=True)
class Reason:
    """Why a plan is stale: a code, and a sentence."""

    code: Code
    message: str


@dataclass(frozen=True)
class Present:
    """What a plan of a scenario would be made from now."""

    basin: BasinRow
    line: Sequence[ScenarioRow]

    @cached_property
    def scenario(self) -> Scenario | None:
        """What the scenario says now; None where its parents and changes no longer go together."""
        try:
            return Scenario.from_dict(document_of(self.line))
        except ScenarioError:
            return None

    @classmethod
    def of(cls, session: Session, scenario: ScenarioRow) -> "Present":
        """Look it up, once for all plans of a scenario."""
        basin = session.get_one(BasinRow, scenario.basin_id)
        return cls(basin, scenarios.lineage(session, scenario))


def reasons(session: Session, plan_row: PlanRow) -> list[Reason]:
    """Why a plan is stale; an empty list where it is not."""
    return reasons_against(Present.of(session, session.get_one(ScenarioRow, plan_row.scenario_id)), plan_row)


def reasons_against(present: Present, plan: PlanRow) -> list[Reason]:
    """The same, for several plans of one scenario."""
    return [*_of_scenario(present, plan), *_of_basin(present, plan), *_of_software(plan)]


def _of_scenario(present: Present, plan: PlanRow) -> list[Reason]:
    own = present.line[-1]
    found = []
    if lineage_of(present.line) != plan.lineage and not _says_the_same(present.scenario, plan):
        if plan.lineage and plan.lineage[-1] != [own.id, own.revision]:
            found.append(Reason("scenario_changed", f"The scenario {own.name} was changed since."))
        if plan.lineage[:-1] != lineage_of(present.line[:-1]):
            found.append(Reason("parent_changed", f"A scenario that {own.name} comes from was changed since."))
    if own.archived_at is not None:
        found.append(Reason("scenario_archived", f"The scenario {own.name} is archived."))
    return found


def _says_the_same(scenario: Scenario | None, plan: PlanRow) -> bool:
    """Whether only words such as the title changed."""
    try:
        planned = Scenario.from_dict(plan.scenario)
    except ScenarioError:
        return False
    if scenario is None:
        return False
    if plan.branch is None:
        return (planned.changes, planned.policy) == (scenario.changes, scenario.policy)
    # A branch's plan is of a scenario without branches, and with changes more: those that leave its members alone.
    parted = [branch.model_dump(mode="json") for branch in scenario.policy.branches]
    without = scenario.policy.model_copy(update={"branches": ()})
    own = planned.changes[: len(scenario.changes)]
    return (own, planned.policy, plan.branch["branches"]) == (scenario.changes, without, parted)


def _of_basin(present: Present, plan: PlanRow) -> list[Reason]:
    found = []
    named = present.line[-1].basin_version
    now = present.basin.latest_version if named is None else named
    if plan.basin_version != now:
        which = "the newest version of the basin" if named is None else "the version that the scenario names"
        found.append(Reason("basin_changed", f"It was made for version {plan.basin_version}; {which} is {now}."))
    if present.basin.archived_at is not None:
        found.append(Reason("basin_archived", "The basin is archived."))
    return found


def _of_software(plan: PlanRow) -> list[Reason]:
    now = _versions()
    changed = [f"{name} {plan.versions.get(name, 'none')} → {now[name]}" for name in now if plan.versions.get(name) != now[name]]
    return [Reason("software_changed", f"It was made with other software: {', '.join(changed)}.")] if changed else []


@cache
def _versions() -> dict[str, str]:
    return versions()
