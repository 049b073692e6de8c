"""The first start of a service: an administrator, an organisation, the bundled cases."""

from sqlalchemy.orm import Session

from api.persistence.content import ContentStore
from api.services.accounts import first_administrator
from api.services.basin_cases import load_cases
from api.settings import Settings


def first_start(session: Session, store: ContentStore, settings: Settings) -> str | None:
    """Make the first administrator and load the cases, where there is no account yet.

    Returns the token of the link by which the administrator sets a password; None where the service was started before.
    """
    made = first_administrator(session, settings)
    if made is None:
        return None
    load_cases(session, store, made.organisation_id, made.user_id)
    return made.token
