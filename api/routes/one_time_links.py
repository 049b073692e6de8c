"""`/v1/one-time-links`: setting a password with a link that an administrator gave."""

from fastapi import APIRouter

from api.errors import Gone, NotFound, TooLarge
from api.http.documented import problems
from api.http.transaction import TransactionRoute
from api.schemas.people import Redeemed, Redemption
from api.services import accounts
from api.work import UnidentifiedWork

router = APIRouter(prefix="/one-time-links", tags=["Signing in"], route_class=TransactionRoute)


@router.post("/redeem", responses=problems(NotFound, Gone, TooLarge))
def redeem(work: UnidentifiedWork, body: Redemption) -> Redeemed:
    """Set a password with a one-time link, which then is used up. All sessions of the account end."""
    return Redeemed(email=accounts.redeem(work.session, body.token, body.password).email or "")
