"""Signing in and out: passwords, lock-out, sessions of browsers."""

import math
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy.orm import Session

from api.errors import TooMany, WrongPassword
from api.persistence.clock import now
from api.persistence.database import Database
from api.persistence.models import SignIn, User
from api.persistence.repositories import people
from api.persistence.repositories import sign_ins as rows
from api.security import passwords
from api.security.tokens import digest_of, new_token
from api.settings import Settings

_USER_AGENT_CHARACTERS = 300


@dataclass(frozen=True)
class Attempt:
    """An address, and whose password was right for it: `kept` is what was kept of it. Nobody's: both are None."""

    email: str
    user_id: str | None = None
    kept: str | None = None


def attempt(database: Database, email: str, password: str) -> Attempt:
    """Try a password. This takes its time, so it is done before anything is waited for.

    Raises TooMany while the address is locked. It takes as long for addresses without an account, for accounts that are
    disabled or have no password.
    """
    with database.reading() as session:
        _demand_unlocked(session, email)
        known = people.by_email(session, email)
    kept = known.password_hash if known is not None and known.state == "active" else None
    fits = passwords.matches(password, kept)
    return Attempt(email, known.id, kept) if fits and known is not None else Attempt(email)


def authenticate(session: Session, settings: Settings, tried: Attempt) -> User:
    """The account whose password was right. Raises WrongPassword where none was, which is counted."""
    user = None if tried.user_id is None else session.get(User, tried.user_id)
    if tried.user_id is None:
        count_failure(session, settings, tried.email)
    if user is None or user.state != "active" or user.password_hash != tried.kept:
        raise WrongPassword("The e-mail address or the password is wrong.")
    rows.forget_failures(session, digest_of(tried.email))
    return user


def demand_password(session: Session, settings: Settings, user: User, password: str) -> None:
    """Raises WrongPassword where this is not the password of somebody who is signed in, TooMany while they are locked."""
    email = user.email or user.id
    _demand_unlocked(session, email)
    if not passwords.matches(password, user.password_hash):
        count_failure(session, settings, email)
        raise WrongPassword("The present password is wrong.")


def _demand_unlocked(session: Session, email: str) -> None:
    until = rows.locked_until(session, digest_of(email))
    if until is not None and until > now():
        seconds = math.ceil((until - now()).total_seconds())
        raise TooMany("There were too many wrong passwords for this address.", headers={"Retry-After": str(max(seconds, 1))})


def count_failure(session: Session, settings: Settings, email: str) -> None:
    """Count a wrong password, and lock the address where there were too many in a row."""
    if rows.count_failure(session, digest_of(email), now()) >= settings.failed_logins_at_most:
        rows.lock(session, digest_of(email), now() + timedelta(minutes=settings.lock_out_minutes))


def begin(session: Session, settings: Settings, user: User, user_agent: str, *, instead_of: str | None) -> tuple[SignIn, str]:
    """A new session and its token. One that the browser had before, whoever's it was, ends."""
    if instead_of is not None:
        rows.end_one(session, digest_of(instead_of))
    rows.remove_expired(session, user.id, now())
    token = new_token()
    named = "".join(character for character in user_agent if character.isprintable())
    made = SignIn(
        user_id=user.id,
        token_hash=digest_of(token),
        expires_at=now() + timedelta(hours=settings.session_hours),
        user_agent=named[:_USER_AGENT_CHARACTERS],
    )
    session.add(made)
    user.last_login_at = now()
    return made, token
