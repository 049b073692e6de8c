"""The bundled cases as basins."""

from sqlalchemy.orm import Session

from api.errors import Invalid, fault
from api.persistence.content import ContentStore
from api.persistence.models import BasinRow
from api.persistence.repositories import basins as rows
from api.services import basin_content, basins, scenarios
from datasets.cases import Case, cases
from planner.basin import Basin
from planner.checks.finding import Finding
from planner.formats.folder import inspect
from planner.scenario.scenario import Scenario


def load_cases(session: Session, store: ContentStore, organisation_id: str, user_id: str) -> list[BasinRow]:
    """Put every bundled case with its scenarios into an organisation, open to all; those already there stay as they are.

    Returns the basins that were made.
    """
    missing = [case for case in cases() if rows.by_name(session, organisation_id, case.name) is None]
    return [_load(session, store, case, organisation_id, user_id) for case in missing]


def _load(session: Session, store: ContentStore, case: Case, organisation_id: str, user_id: str) -> BasinRow:
    basin, findings = inspect(case.folder)
    kept = basin_content.keep(store, basins.demand_sound(basin, findings))
    made = basins.make(
        session, kept, findings, organisation_id=organisation_id, user_id=user_id, name=case.name, title=case.title,
        note="Bundled with Rivershare.", open_to_all=True,
    )  # fmt: skip
    for path in case.scenarios.values():
        scenarios.add(session, scenarios.from_planner(made, Scenario.read(path), user_id))
    return made


def inspect_case(name: str) -> tuple[Basin | None, list[Finding]]:
    """The basin of a bundled case and all findings about it. Raises Invalid where no case has this name."""
    known = {case.name: case for case in cases()}
    if name not in known:
        where = fault(f"The cases are {', '.join(known)}.", pointer="/case")
        raise Invalid(f"There is no case {name}.", errors=[where])
    return inspect(known[name].folder)
