"""Basins: made in an organisation, kept by their owner, each state of them a version that never changes."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import Session

from api.errors import Conflict, NotFound, Unsound
from api.persistence.clock import now
from api.persistence.models import BasinRole, BasinRow, BasinVersion
from api.persistence.repositories import basins
from api.services.basin_content import KeptBasin
from planner.basin import Basin
from planner.checks.finding import Finding, errors


def demand_sound(basin: Basin | None, findings: Sequence[Finding]) -> Basin:
    """The basin, if no finding is an error. Raises Unsound with all findings."""
    against = errors(findings)
    if basin is None or against:
        raise Unsound(f"The basin cannot be kept: {len(against)} errors.", findings)
    return basin


def make(
    session: Session,
    kept: KeptBasin,
    findings: Sequence[Finding],
    *,
    organisation_id: str,
    user_id: str,
    name: str | None = None,
    title: str | None = None,
    note: str = "",
    open_to_all: bool = False,
) -> BasinRow:
    """A new basin with its first version, owned by its maker."""
    basin = BasinRow(
        organisation_id=organisation_id,
        name=name or kept.settings["name"],
        title=title or kept.settings["title"],
        open_to_all=open_to_all,
        created_by=user_id,
    )
    session.add(basin)
    session.flush()
    session.add(BasinRole(basin_id=basin.id, user_id=user_id, role="owner"))
    session.add(_version(basin, kept, findings, note, user_id))
    session.flush()
    return basin


def add_version(
    session: Session, basin: BasinRow, kept: KeptBasin, findings: Sequence[Finding], *, note: str, user_id: str
) -> tuple[BasinVersion, bool]:
    """The basin's next version and True; or its newest one and False, where that says the same."""
    newest = find_version(session, basin, "latest")
    if newest.digest == kept.digest:
        return newest, False
    basin.latest_version += 1
    basin.revise()
    version = _version(basin, kept, findings, note, user_id)
    session.add(version)
    session.flush()
    return version, True


def _version(basin: BasinRow, kept: KeptBasin, findings: Sequence[Finding], note: str, user_id: str) -> BasinVersion:
    return BasinVersion(
        basin_id=basin.id,
        number=basin.latest_version,
        digest=kept.digest,
        settings=kept.settings,
        tables=kept.tables,
        counts=kept.counts,
        findings=[finding.to_dict() for finding in findings],
        note=note,
        created_by=user_id,
    )


def find_version(session: Session, basin: BasinRow, number: str) -> BasinVersion:
    """A version by its number, or by `latest`. Raises NotFound."""
    found = basins.version(session, basin.id, None if number == "latest" else int(number))
    if found is None:
        raise NotFound(f"The basin has no version {number}; the newest is {basin.latest_version}.")
    return found


def change(basin: BasinRow, values: dict[str, Any]) -> None:
    """Give a basin another name or title, or open it to all."""
    demand_present(basin)
    for key, value in values.items():
        setattr(basin, key, value)
    basin.revise()


def archive(basin: BasinRow) -> None:
    """Put a basin away: it can be read and restored, and nothing in it changes."""
    demand_present(basin)
    basin.archived_at = now()
    basin.revise()


def restore(basin: BasinRow) -> None:
    """Take a basin out of the archive. Raises Conflict where it is not in it."""
    if basin.archived_at is None:
        raise Conflict("The basin is not archived.")
    basin.archived_at = None
    basin.revise()


def demand_present(basin: BasinRow) -> None:
    """Raises Conflict where the basin is archived."""
    if basin.archived_at is not None:
        raise Conflict("The basin is archived.", remedy="Restore it first.")
