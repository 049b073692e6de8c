"""Which account somebody has whom an OpenID Connect provider recognised."""

from sqlalchemy.orm import Session

from api.errors import NotAllowed
from api.persistence.models import ProviderIdentity, User
from api.persistence.repositories import people
from api.security.provider import ProvedPerson


def account_of(session: Session, person: ProvedPerson) -> User:
    """The account that belongs to somebody at the provider, or else to their verified address, which then is tied to them.

    Raises NotAllowed where there is none: administrators make accounts, providers do not.
    """
    user = people.of_provider(session, person.issuer, person.subject)
    if user is None and person.email is not None:
        user = people.by_email(session, person.email)
        if user is not None and user.state == "active":
            session.add(ProviderIdentity(user_id=user.id, issuer=person.issuer, subject=person.subject))
    if user is None or user.state != "active":
        raise NotAllowed(
            "There is no active account for you here.",
            remedy="Ask an administrator for an account with the e-mail address that you have at the provider.",
        )
    return user
