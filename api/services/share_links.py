"""Share links: whoever has one may read a basin, or one plan of it."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from api.errors import Invalid, NotFound, fault
from api.persistence.clock import now
from api.persistence.models import BasinRow, PlanRow, ShareLink
from api.security.tokens import SHARE_LINK_PREFIX, digest_of, new_token

USUAL_TIME = timedelta(days=30)
LONGEST_TIME = timedelta(days=366)


def make(
    session: Session, basin: BasinRow, user_id: str, *, name: str, plan_id: str | None, expires_at: datetime | None
) -> tuple[ShareLink, str]:
    """A new link and its token. Raises Invalid for a time that is over or too far, NotFound for a plan of another basin."""
    plan = None if plan_id is None else session.get(PlanRow, plan_id)
    if plan_id is not None and (plan is None or plan.basin_id != basin.id):
        raise NotFound(f"The basin has no plan {plan_id[:80]}.")
    expires_at = now() + USUAL_TIME if expires_at is None else expires_at
    if not now() < expires_at <= now() + LONGEST_TIME:
        where = fault(f"It lies between now and {LONGEST_TIME.days} days from now.", pointer="/expires_at")
        raise Invalid("The share link cannot end then.", errors=[where])
    token = new_token(SHARE_LINK_PREFIX)
    made = ShareLink(
        basin_id=basin.id, plan_id=plan_id, name=name, token_hash=digest_of(token), expires_at=expires_at, created_by=user_id
    )
    session.add(made)
    session.flush()
    return made, token


def revoke(session: Session, basin: BasinRow, link_id: str) -> None:
    """End a share link at once. Raises NotFound where the basin has no such link."""
    link = session.get(ShareLink, link_id)
    if link is None or link.basin_id != basin.id:
        raise NotFound(f"The basin has no share link {link_id[:80]}.")
    if link.revoked_at is None:
        link.revoked_at = now()
