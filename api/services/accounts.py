"""Accounts: made by administrators, who hand out a one-time link; kept by their owners."""

import re
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy.orm import Session

from api.errors import Conflict, Gone, NotFound
from api.persistence.clock import now
from api.persistence.models import Membership, OneTimeLink, Organisation, User
from api.persistence.models.people import UserState
from api.persistence.repositories import organisations as organisation_rows
from api.persistence.repositories import people
from api.persistence.repositories import sign_ins as rows
from api.security import passwords
from api.security.tokens import digest_of, new_token
from api.services import sign_ins
from api.settings import Settings


def find(session: Session, user_id: str) -> User:
    """The account. Raises NotFound, also for a deleted one."""
    user = session.get(User, user_id)
    if user is None or user.state == "deleted":
        raise NotFound(f"There is no account {user_id[:80]}.")
    return user


def make(
    session: Session,
    settings: Settings,
    *,
    email: str,
    name: str = "",
    language: str = "en",
    is_administrator: bool = False,
    organisation_id: str | None = None,
) -> tuple[User, OneTimeLink, str]:
    """A new account, and a one-time link to set its password with the link's token.

    Raises Conflict where the address has an account, NotFound for an unknown organisation.
    """
    if people.by_email(session, email) is not None:
        raise Conflict(f"There is an account with the address {email} already.", remedy="Give that account another password.")
    if organisation_id is not None and session.get(Organisation, organisation_id) is None:
        raise NotFound(f"There is no organisation {organisation_id[:80]}.")
    user = User(email=email, name=name or email.partition("@")[0], language=language, is_administrator=is_administrator)
    session.add(user)
    session.flush()
    if organisation_id is not None:
        session.add(Membership(organisation_id=organisation_id, user_id=user.id))
    return user, *_new_link(session, settings, user)


def reset_password(session: Session, settings: Settings, user: User) -> tuple[OneTimeLink, str]:
    """End the password and all sessions of an account; returns a one-time link to set another, with its token.

    Raises Conflict where the account is not active.
    """
    if user.state != "active":
        raise Conflict("The account is not active.", remedy="Enable it first.")
    user.password_hash = None
    user.revise()
    rows.end(session, user.id)
    return _new_link(session, settings, user)


def redeem(session: Session, token: str, password: str, new_hash: str) -> User:
    """Set the password of the account that a one-time link is for. Its sessions, other links and lock end.

    `new_hash` is what is kept of the password. Raises Invalid for a weak password, NotFound for an unknown link, Gone for one
    that was used or has expired.
    """
    found = rows.one_time_link(session, digest_of(token))
    if found is None:
        raise NotFound("There is no such one-time link.", remedy="Copy the whole link, or ask an administrator for a new one.")
    link, user = found
    if link.used_at is not None or link.expires_at <= now() or user.state != "active":
        raise Gone("The one-time link was used or has expired.", remedy="Ask an administrator for a new one.")
    passwords.demand_fit(password, user.email)
    _end_links(session, user)
    _set_password(session, user, new_hash)
    rows.end(session, user.id)
    return user


def change_password(session: Session, settings: Settings, user: User, old: str, new: str, *, keep: str | None) -> None:
    """Set another password; all sessions end but the one to keep. Raises WrongPassword, TooMany, Invalid."""
    sign_ins.demand_password(session, settings, user, old)
    passwords.demand_fit(new, user.email, pointer="/new_password")
    _set_password(session, user, passwords.hashed(new))
    rows.end(session, user.id, keep=keep)


def change_state(session: Session, user: User, *, state: UserState | None, is_administrator: bool | None) -> None:
    """Disable or enable an account, make it an administrator's or not. Raises Conflict where it is the last one's.

    A disabled account loses its sessions; its keys, and the share links it made, work again once it is enabled.
    """
    administers = user.is_administrator if is_administrator is None else is_administrator
    if not administers or state == "disabled":
        demand_another_administrator(session, user)
    user.is_administrator = administers
    if state is not None:
        user.state = state
    if user.state == "disabled":
        rows.end(session, user.id)
        _end_links(session, user)
    user.revise()


def demand_another_administrator(session: Session, user: User) -> None:
    """Raises Conflict where the service would have no administrator without this one."""
    if [one.id for one in people.administrators(session)] == [user.id]:
        raise Conflict("The service would have no administrator left.", remedy="Make somebody else administrator first.")


@dataclass(frozen=True)
class FirstAdministrator:
    """Whom a new service begins with: an account, its organisation, the token of the link to set its password."""

    user_id: str
    organisation_id: str
    token: str


def first_administrator(session: Session, settings: Settings) -> FirstAdministrator | None:
    """The first organisation and its administrator, where there is no account yet."""
    if not people.none_yet(session):
        return None
    name = re.sub(r"[^A-Za-z0-9_.\-]+", "_", settings.organisation)[:100].strip("_") or "organisation"
    organisation = organisation_rows.by_name(session, name)
    if organisation is None:
        organisation = Organisation(name=name, title=settings.organisation)
        session.add(organisation)
        session.flush()
    user, _, token = make(
        session, settings, email=settings.administrator_email.lower(), name="Administrator", is_administrator=True
    )
    session.add(Membership(organisation_id=organisation.id, user_id=user.id, role="administrator"))
    return FirstAdministrator(user.id, organisation.id, token)


def address_of_link(base_url: str, token: str) -> str:
    """The page to set a password by a one-time link. What is behind the # reaches no server's log."""
    return f"{base_url}/set-password#{token}"


def _set_password(session: Session, user: User, new_hash: str) -> None:
    user.password_hash = new_hash
    user.revise()
    if user.email is not None:
        rows.forget_failures(session, digest_of(user.email))


def _new_link(session: Session, settings: Settings, user: User) -> tuple[OneTimeLink, str]:
    _end_links(session, user)
    token = new_token()
    expires_at = now() + timedelta(hours=settings.one_time_link_hours)
    link = OneTimeLink(user_id=user.id, token_hash=digest_of(token), expires_at=expires_at)
    session.add(link)
    return link, token


def _end_links(session: Session, user: User) -> None:
    for link in rows.open_links(session, user.id):
        link.used_at = now()
