"""What the service holds about a person: all of it to read, and the end of it."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from api.persistence.models import Base, ProviderIdentity, User
from api.persistence.repositories import personal_data as rows
from api.persistence.repositories import sign_ins
from api.security.tokens import digest_of
from api.services import accounts

DELETED = "(deleted account)"
ERASED = "(erased)"
# What names a person in the trail, by the kind of thing that was changed.
PERSONAL = {"users": ("email", "name"), "provider_identities": ("subject",), "stakeholder_profiles": ("title",)}


def of(session: Session, user: User) -> tuple[dict[str, Any], dict[str, list[dict[str, Any]]]]:
    """A person's account, and by kind all that is theirs, that they made and that they changed; no secrets."""
    held = {kind: [_told(row) for row in session.scalars(query)] for kind, query in rows.held_about(user.id).items()}
    return _told(user), held


def erase(session: Session, user: User) -> None:
    """Delete an account: what names its person goes, what they did stays as a deleted account's.

    Raises Conflict where the service would have no administrator left.
    """
    if user.is_administrator:
        accounts.demand_another_administrator(session, user)
    if user.email is not None:
        sign_ins.forget_failures(session, digest_of(user.email))
    ending, profiles = rows.ending_with(session, user.id), rows.profiles(session, user.id)
    named = [user.id, *(row.id for row in ending if isinstance(row, ProviderIdentity)), *(profile.id for profile in profiles)]
    for row in ending:
        session.delete(row)
    for profile in profiles:
        profile.title = ""
        profile.revise()
    user.email, user.name, user.password_hash, user.last_login_at = None, DELETED, None, None
    user.language, user.is_administrator, user.state = "en", False, "deleted"
    user.revise()
    session.flush()
    rows.forget(session, user.id)
    for entry in rows.trail_about(session, PERSONAL, named):
        entry.before = _erased(entry.before, PERSONAL[entry.subject])
        entry.after = _erased(entry.after, PERSONAL[entry.subject])


def _told(row: Base) -> dict[str, Any]:
    names = [column.key for column in sa.inspect(type(row)).column_attrs if column.key not in row.secret]
    return {name: _plain(getattr(row, name)) for name in names}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value


def _erased(values: dict[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    return {name: ERASED if name in names and value else value for name, value in values.items()}
