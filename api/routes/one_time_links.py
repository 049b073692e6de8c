"""`/v1/one-time-links`: setting a password with a link that an administrator gave."""

from typing import Annotated

from fastapi import Depends

from api.errors import Gone, NotFound, TooLarge
from api.http.documented import problems
from api.http.subject import SubjectRouter
from api.http.transaction import TransactionRoute
from api.schemas.people import Redeemed, Redemption
from api.security import passwords
from api.services import accounts
from api.work import UnidentifiedWork

router = SubjectRouter(prefix="/one-time-links", tags=["Signing in"], route_class=TransactionRoute)


def _hashed(body: Redemption) -> str:
    passwords.demand_fit(body.password, None)
    return passwords.hashed(body.password)


@router.post("/redeem", responses=problems(NotFound, Gone, TooLarge))
def redeem(new_hash: Annotated[str, Depends(_hashed)], work: UnidentifiedWork, body: Redemption) -> Redeemed:
    """Set a password with a one-time link, which then is used up. All sessions of the account end."""
    return Redeemed(email=accounts.redeem(work.session, body.token, body.password, new_hash).email or "")
