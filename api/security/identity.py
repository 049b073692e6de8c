"""Who is asking: an account by its session or by an API key, the holder of a share link, or nobody."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from sqlalchemy.orm import Session
from starlette.requests import Request

from api.errors import NotAllowed, NotSignedIn
from api.persistence.clock import now
from api.persistence.models import ShareLink
from api.persistence.repositories import people
from api.persistence.repositories.people import KeyHolder
from api.security.known_keys import KNOWN_KEYS
from api.security.tokens import API_KEY_PREFIX, SHARE_LINK_PREFIX, csrf_token_of, digest_of, same

SESSION_COOKIE = "rivershare_session"
CSRF_HEADER = "x-csrf-token"
SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}

Scope = Literal["read", "write", "run", "administer"]
SCOPES: dict[Scope, str] = {
    "read": "Read everything that the account may read.",
    "write": "Change basins, scenarios, comments and roles.",
    "run": "Start, cancel and repeat runs.",
    "administer": "Manage accounts, keys and organisations.",
}
ALL_SCOPES: frozenset[Scope] = frozenset(SCOPES)


@dataclass(frozen=True)
class Account:
    """An account that is signed in, or a key that acts for it within scopes."""

    user_id: str
    name: str
    is_administrator: bool
    via: Literal["session", "api_key"]
    credential_id: str  # of the session or key
    expires_at: datetime | None
    scopes: frozenset[Scope] = field(default=ALL_SCOPES)


@dataclass(frozen=True)
class Identity:
    """Who is asking. `account` or `share_link` or neither."""

    account: Account | None = None
    share_link: ShareLink | None = None

    def require_account(self, scope: Scope = "read") -> Account:
        """The account. Raises NotSignedIn without one, NotAllowed where its key lacks the scope."""
        if self.account is None:
            raise NotSignedIn("This takes an account.")
        if scope not in self.account.scopes:
            raise NotAllowed(f"The API key lacks the scope {scope}.", remedy=f"Make a key with the scope {scope}.")
        return self.account

    def require_administrator(self) -> Account:
        """The account of an administrator of the service."""
        account = self.require_account("administer")
        if not account.is_administrator:
            raise NotAllowed("This takes an administrator of the service.", remedy="Ask an administrator.")
        return account


def identify(request: Request, session: Session) -> Identity:
    """Who sends a request. Raises NotSignedIn for a key, link or session that is wrong, expired or revoked."""
    found = getattr(request.state, "identity", None)
    if found is None:
        found = _identify(request, session)
        request.state.identity = found
    return found


def known_identity(request: Request, session: Session) -> Identity | None:
    """As `identify`, for a key that was looked up a moment ago; None where the database has to be asked."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    holder = KNOWN_KEYS.recall(session, digest_of(token.strip())) if scheme.lower() == "bearer" else None
    if holder is None:
        return None
    request.state.identity = found = Identity(account=_account(holder))
    return found


def _identify(request: Request, session: Session) -> Identity:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    token = token.strip()
    if scheme:
        if scheme.lower() != "bearer" or not token:
            raise NotSignedIn("Authorization is not of the form `Bearer KEY`.")
        if token.startswith(API_KEY_PREFIX):
            return Identity(account=_of_key(session, token))
        if token.startswith(SHARE_LINK_PREFIX):
            return Identity(share_link=_of_link(session, token))
        raise NotSignedIn("The key in Authorization is none of this service.")
    cookie = request.cookies.get(SESSION_COOKIE)
    return Identity(account=_of_session(request, session, cookie)) if cookie else Identity()


def _of_key(session: Session, token: str) -> Account:
    found = KNOWN_KEYS.find(session, digest_of(token))
    if found is None:
        raise NotSignedIn("The API key is not known.")
    return _account(found)


def _account(found: KeyHolder) -> Account:
    if found.revoked_at is not None or (found.expires_at is not None and found.expires_at <= now()):
        raise NotSignedIn("The API key has expired or was revoked.", remedy="Make a new key.")
    if found.state != "active":
        raise NotSignedIn("The account of this key is not active.")
    scopes: frozenset[Scope] = frozenset(scope for scope in ALL_SCOPES if scope in found.scopes)
    return Account(found.user_id, found.name, found.is_administrator, "api_key", found.key_id, found.expires_at, scopes)


def _of_link(session: Session, token: str) -> ShareLink:
    found = people.share_link(session, digest_of(token))
    if found is None:
        raise NotSignedIn("The share link is not known.")
    link, maker = found
    if link.revoked_at is not None or link.expires_at <= now() or maker.state != "active":
        raise NotSignedIn("The share link has expired or was revoked.", remedy="Ask who gave it to you for a new one.")
    return link


def _of_session(request: Request, session: Session, cookie: str) -> Account | None:
    """The account of a browser's session; nobody where it has ended. Unsafe methods need the session's CSRF token."""
    found = people.sign_in(session, digest_of(cookie))
    if found is None:
        return None
    sign_in, user = found
    if sign_in.expires_at <= now() or user.state != "active":
        return None
    if request.method not in SAFE_METHODS:
        _demand_own_page(request, cookie)
    return Account(user.id, user.name, user.is_administrator, "session", sign_in.id, sign_in.expires_at)


def _demand_own_page(request: Request, cookie: str) -> None:
    token = request.headers.get(CSRF_HEADER)
    if token is None or not same(token, csrf_token_of(cookie)):
        raise NotAllowed(
            "The CSRF token is missing or not this session's.",
            remedy="Send the csrf_token that GET /v1/session gives as X-CSRF-Token, or use an API key.",
        )
