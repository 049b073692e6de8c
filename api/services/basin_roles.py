"""Who may do what with a basin."""

from sqlalchemy.orm import Session

from api.errors import Conflict, NotFound
from api.persistence.models import BasinRole, BasinRow, User
from api.persistence.models.basins import Role
from api.persistence.repositories import basin_roles as rows
from api.persistence.repositories import people
from api.security.identity import Account, Identity
from api.security.permissions import demand


def demand_giver(session: Session, identity: Identity, basin_id: str) -> BasinRow:
    """The basin, if who is asking may give roles in it: an owner, or an administrator where no active owner is left.

    Raises as `api.security.permissions.demand` does.
    """
    account = identity.account
    if account is not None and account.is_administrator and "administer" in account.scopes:
        basin = session.get(BasinRow, basin_id)
        if basin is not None and not rows.active_owners(session, basin_id):
            return basin
    return demand(session, identity, basin_id, "owner", "write")


def give(session: Session, account: Account, basin: BasinRow, user: User | None, role: Role) -> tuple[BasinRole, User]:
    """Give somebody a role, or another one.

    Raises NotFound where there is nobody, or nobody who shares an organisation with who is asking; Conflict where no owner
    would be left.
    """
    held = None if user is None else session.get(BasinRole, (basin.id, user.id))
    if user is None or user.state != "active" or (held is None and not _knows(session, account, user)):
        raise NotFound(
            "There is no such account in your organisations.",
            remedy="Ask an administrator for an account, or to take it into an organisation of yours.",
        )
    if held is None:
        held = BasinRole(basin_id=basin.id, user_id=user.id, role=role)
        session.add(held)
    elif held.role != role:
        if role != "owner":
            _demand_another_owner(session, basin, user.id)
        held.role = role
    return held, user


def take(session: Session, basin: BasinRow, user_id: str) -> None:
    """Take somebody's role. Raises NotFound where they have none, Conflict where no owner would be left."""
    held = session.get(BasinRole, (basin.id, user_id))
    if held is None:
        raise NotFound("They have no role in the basin.")
    _demand_another_owner(session, basin, user_id)
    session.delete(held)


def _knows(session: Session, account: Account, user: User) -> bool:
    return account.is_administrator or people.share_organisation(session, account.user_id, user.id)


def _demand_another_owner(session: Session, basin: BasinRow, user_id: str) -> None:
    if rows.active_owners(session, basin.id, lock=True) == [user_id]:
        raise Conflict("The basin would have no owner left.", remedy="Make somebody else owner first.")
