"""What one may do with a basin: roles, each of which may all that those before it may."""

from typing import get_args

from sqlalchemy.orm import Session

from api.errors import NotAllowed, NotFound, NotSignedIn
from api.persistence.models import BasinRow
from api.persistence.models.basins import Role
from api.persistence.repositories import basins
from api.security.identity import Identity, Scope

ROLES: tuple[Role, ...] = get_args(Role)
MAY: dict[Role, str] = {
    "reader": "Read the basin, its scenarios, runs, plans and comparisons.",
    "stakeholder": "Also say what matters to them: profile, preferences, comments, endorsements and objections.",
    "analyst": "Also make and change scenarios, and start, cancel and repeat runs.",
    "planner": "Also change the basin, and archive scenarios and plans.",
    "owner": "Also give roles, make share links, read the trail, archive the basin.",
}


def role_in(session: Session, identity: Identity, basin: BasinRow) -> Role | None:
    """The role of who is asking in a basin; None where they may not even know of it."""
    if identity.share_link is not None:
        return "reader" if identity.share_link.basin_id == basin.id and identity.share_link.plan_id is None else None
    if identity.account is None:
        return None
    found = basins.role(session, basin.id, identity.account.user_id)
    if found is not None:
        return found
    return "reader" if basin.open_to_all else None


def demand(session: Session, identity: Identity, basin_id: str, role: Role, scope: Scope = "read") -> BasinRow:
    """The basin, if who is asking has at least this role in it.

    Raises NotSignedIn without an identity, NotFound where they may not know of the basin, NotAllowed where the role or
    the key's scope does not suffice.
    """
    if identity.account is None and identity.share_link is None:
        raise NotSignedIn("This takes an account or a share link.")
    basin = session.get(BasinRow, basin_id)
    held = None if basin is None else role_in(session, identity, basin)
    if basin is None or held is None:
        raise NotFound(f"There is no basin {basin_id[:80]}.")
    if ROLES.index(held) < ROLES.index(role):
        raise NotAllowed(f"This takes the role {role} in the basin; yours is {held}.")
    if identity.account is not None:
        identity.require_account(scope)
    return basin
