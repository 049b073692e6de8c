"""Organisations: made by administrators of the service, kept by their own."""

from sqlalchemy.orm import Session

from api.errors import Conflict, NotAllowed, NotFound
from api.persistence.models import Membership, Organisation, User
from api.persistence.models.people import MemberRole
from api.persistence.repositories import organisations
from api.security.identity import Account


def find(session: Session, account: Account, organisation_id: str, *, administer: bool = False) -> Organisation:
    """The organisation, if the account is in it (or its administrator) or administers the service.

    Raises NotFound where the account may not know of it, NotAllowed where it may not administer it.
    """
    organisation = session.get(Organisation, organisation_id)
    own = organisations.membership(session, organisation_id, account.user_id)
    if organisation is None or (own is None and not account.is_administrator):
        raise NotFound(f"There is no organisation {organisation_id[:80]}.")
    if administer and not account.is_administrator and (own is None or own.role != "administrator"):
        raise NotAllowed("This takes an administrator of the organisation.")
    return organisation


def make(session: Session, name: str, title: str, first: str) -> Organisation:
    """A new organisation with its first administrator. Raises Conflict where the name is taken."""
    if organisations.by_name(session, name) is not None:
        raise Conflict(f"There is an organisation {name} already.", remedy="Take another name.")
    organisation = Organisation(name=name, title=title)
    session.add(organisation)
    session.flush()
    session.add(Membership(organisation_id=organisation.id, user_id=first, role="administrator"))
    return organisation


def change(session: Session, organisation: Organisation, values: dict[str, str]) -> None:
    """Give it another name or title. Raises Conflict where the name is taken."""
    taken = organisations.by_name(session, values["name"]) if "name" in values else None
    if taken is not None and taken.id != organisation.id:
        raise Conflict(f"There is an organisation {values['name']} already.", remedy="Take another name.")
    for key, value in values.items():
        setattr(organisation, key, value)
    organisation.revise()


def set_member(session: Session, organisation: Organisation, user_id: str, role: MemberRole) -> tuple[Membership, User]:
    """Take somebody in, or give them another role. Raises NotFound, and Conflict where no administrator would be left."""
    user = session.get(User, user_id)
    if user is None or user.state != "active":
        raise NotFound(f"There is no account {user_id[:80]}.")
    membership = organisations.membership(session, organisation.id, user_id)
    if membership is None:
        membership = Membership(organisation_id=organisation.id, user_id=user_id, role=role)
        session.add(membership)
    else:
        if role != "administrator":
            _demand_another_administrator(session, organisation, user_id)
        membership.role = role
    return membership, user


def remove_member(session: Session, organisation: Organisation, user_id: str) -> None:
    """Let somebody go. Raises NotFound, and Conflict where no administrator would be left."""
    membership = organisations.membership(session, organisation.id, user_id)
    if membership is None:
        raise NotFound("They are not in the organisation.")
    _demand_another_administrator(session, organisation, user_id)
    session.delete(membership)


def _demand_another_administrator(session: Session, organisation: Organisation, user_id: str) -> None:
    others = [m for m, _ in organisations.members(session, organisation.id) if m.user_id != user_id]
    if not any(member.role == "administrator" for member in others):
        raise Conflict("The organisation would have no administrator left.", remedy="Make somebody else administrator first.")
