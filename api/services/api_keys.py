"""API keys: by them tools act for an account, within scopes and for a time."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from api.errors import Invalid, NotFound, fault
from api.persistence.clock import now
from api.persistence.models import ApiKey
from api.security.identity import Account, Scope
from api.security.tokens import API_KEY_PREFIX, digest_of, new_token

USUAL_TIME = timedelta(days=365)
LONGEST_TIME = timedelta(days=5 * 365)


def make(
    session: Session, account: Account, name: str, scopes: Sequence[Scope], expires_at: datetime | None
) -> tuple[ApiKey, str]:
    """A new key of the account, and its secret. Raises Invalid where it could do more, or longer, than what makes it."""
    beyond = sorted(set(scopes) - account.scopes)
    if beyond:
        where = fault(f"Yours are {', '.join(sorted(account.scopes))}.", pointer="/scopes")
        raise Invalid(f"You may not give the scopes {', '.join(beyond)}.", errors=[where])
    token = new_token(API_KEY_PREFIX)
    made = ApiKey(
        user_id=account.user_id,
        name=name,
        token_hash=digest_of(token),
        scopes=sorted(set(scopes)),
        expires_at=_end(account, expires_at),
    )
    session.add(made)
    session.flush()
    return made, token


def revoke(session: Session, account: Account, key_id: str) -> None:
    """End a key of the account at once. Raises NotFound where it has no such key."""
    key = session.get(ApiKey, key_id)
    if key is None or key.user_id != account.user_id:
        raise NotFound(f"You have no API key {key_id[:80]}.")
    if key.revoked_at is None:
        key.revoked_at = now()


def _end(account: Account, wanted: datetime | None) -> datetime:
    """When the key ends. A key that makes keys can't outlive itself by them."""
    latest = now() + LONGEST_TIME
    if account.via == "api_key" and account.expires_at is not None:
        latest = min(latest, account.expires_at)
    if wanted is None:
        return min(now() + USUAL_TIME, latest)
    if not now() < wanted <= latest:
        where = fault(f"It lies between now and {latest.isoformat(timespec='seconds')}.", pointer="/expires_at")
        raise Invalid("The key cannot end then.", errors=[where])
    return wanted
