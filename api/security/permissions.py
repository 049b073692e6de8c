"""What one may do with a basin: roles, each of which may all that those before it may."""

from typing import get_args

from sqlalchemy.orm import Session

from api.errors import NotAllowed, NotFound, NotSignedIn
from api.persistence.models import BasinRow, PlanRow
from api.persistence.models.basins import Role
from api.persistence.repositories import basins
from api.security.identity import Identity, Scope

ROLES: tuple[Role, ...] = get_args(Role)
READER: Role = "reader"
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
    given = None if identity.account is None else basins.role(session, basin.id, identity.account.user_id)
    return given or _open_role(identity, basin)


def _open_role(identity: Identity, basin: BasinRow) -> Role | None:
    """The role of those who were given none: by what the basin is open to."""
    return READER if basin.open_to_public or (basin.open_to_all and identity.account is not None) else None


def _with_role(session: Session, identity: Identity, basin_id: str) -> tuple[BasinRow, Role] | None:
    """The basin with the role of who is asking, in one query; None where they may not know of it."""
    if identity.account is None:
        basin = session.get(BasinRow, basin_id)
        held = None if basin is None else role_in(session, identity, basin)
    else:
        basin, held = basins.with_role(session, basin_id, identity.account.user_id) or (None, None)
        held = held or (None if basin is None else _open_role(identity, basin))
    return None if basin is None or held is None else (basin, held)


def demand(session: Session, identity: Identity, basin_id: str, role: Role, scope: Scope = "read") -> BasinRow:
    """The basin, if who is asking has at least this role in it.

    Raises NotSignedIn without an identity, NotFound where they may not know of the basin, NotAllowed where the role or
    the key's scope does not suffice.
    """
    found = _with_role(session, identity, basin_id)
    if found is None:
        _demand_somebody(identity)
        raise NotFound(f"There is no basin {basin_id[:80]}.")
    basin, held = found
    _demand_enough(identity, held, role, scope)
    return basin


def demand_plan(
    session: Session, identity: Identity, plan_id: str, role: Role = "reader", scope: Scope = "read"
) -> tuple[PlanRow, BasinRow]:
    """The plan and its basin, if who is asking has at least this role in the basin.

    A share link of this one plan lets its holder read the plan, and nothing else of the basin. Raises as `demand` does.
    """
    plan = session.get(PlanRow, plan_id)
    if plan is not None and _opens(identity, plan):
        found: tuple[BasinRow, Role] | None = (session.get_one(BasinRow, plan.basin_id), READER)
    else:
        found = None if plan is None else _with_role(session, identity, plan.basin_id)
    if plan is None or found is None:
        _demand_somebody(identity)
        raise NotFound(f"There is no plan {plan_id[:80]}.")
    basin, held = found
    _demand_enough(identity, held, role, scope)
    return plan, basin


def _opens(identity: Identity, plan: PlanRow) -> bool:
    return identity.share_link is not None and identity.share_link.plan_id == plan.id


def _demand_somebody(identity: Identity) -> None:
    if identity.account is None and identity.share_link is None:
        raise NotSignedIn("This takes an account or a share link.")


def _demand_enough(identity: Identity, held: Role, role: Role, scope: Scope) -> None:
    if role != READER or scope != "read":
        _demand_somebody(identity)
    if ROLES.index(held) < ROLES.index(role):
        raise NotAllowed(f"This takes the role {role} in the basin; yours is {held}.")
    if identity.account is not None:
        identity.require_account(scope)
    elif scope != "read":
        raise NotAllowed("A share link lets one read, and nothing else.", remedy="Sign in with an account.")
