"""`/v1/users`: accounts, one's own and, for administrators, everybody's."""

from typing import Annotated

from fastapi import Query, Response
from starlette.requests import Request

from api.errors import NotFound, WrongPassword
from api.http.documented import EDITS, ONE, SIGNED_IN, WRITES, problems
from api.http.kept_answers import SECRET_ANSWER
from api.http.pages import Page, PageRequest, page_of
from api.http.preconditions import answer_with, etag_of
from api.http.quick import quick
from api.http.subject import SubjectRouter
from api.http.transaction import TransactionRoute
from api.persistence.models import OneTimeLink, User
from api.persistence.models.people import UserState
from api.persistence.repositories import people
from api.schemas.people import (
    NewUser,
    NewUserAnswer,
    OneTimeLinkAnswer,
    OwnChange,
    PasswordChange,
    PersonalData,
    UserAnswer,
    UserChange,
)
from api.services import accounts, personal_data
from api.work import CurrentWork, Work

router = SubjectRouter(prefix="/users", tags=["Accounts"], route_class=TransactionRoute)


class UserQuery(PageRequest):
    """Which accounts are wanted."""

    q: Annotated[str | None, Query(max_length=200, description="Words of the name or the address.")] = None
    state: UserState | None = None


@router.get("", responses=problems(*SIGNED_IN))
@quick
def list_users(work: CurrentWork, wanted: Annotated[UserQuery, Query()]) -> Page[UserAnswer]:
    """Accounts, the newest first. Takes an administrator of the service."""
    work.identity.require_administrator()
    found, cursor = page_of(work.session, people.search(wanted.q, wanted.state), User.id, wanted)
    return Page(items=[UserAnswer.model_validate(row) for row in found], next_cursor=cursor)


@router.post("", status_code=201, responses=problems(*ONE, *WRITES))
def make_user(work: CurrentWork, body: NewUser, response: Response) -> NewUserAnswer:
    """Make an account. Takes an administrator of the service, who gives the one-time link to its owner."""
    work.identity.require_administrator()
    user, link, token = accounts.make(
        work.session,
        work.settings,
        email=body.email,
        name=body.name or "",
        language=body.language,
        is_administrator=body.is_administrator,
        organisation_id=body.organisation_id,
    )
    response.headers["Location"] = f"/v1/users/{user.id}"
    response.headers["ETag"] = etag_of(user.id, user.revision)
    response.headers.update(SECRET_ANSWER)
    return NewUserAnswer(user=UserAnswer.model_validate(user), one_time_link=_link_answer(work, link, token))


@router.get("/me", responses=problems(*SIGNED_IN))
@quick
def read_own_account(work: CurrentWork, request: Request, response: Response) -> UserAnswer:
    """One's own account."""
    return _answer(accounts.find(work.session, work.user_id), request, response)


@router.patch("/me", responses=problems(*EDITS))
def change_own_account(work: CurrentWork, body: OwnChange, response: Response) -> UserAnswer:
    """Change one's name or language. Takes If-Match."""
    user = accounts.find(work.session, work.identity.require_account("administer").user_id)
    work.demand_match(user)
    for name, value in body.model_dump(exclude_none=True).items():
        setattr(user, name, value)
    user.revise()
    response.headers["ETag"] = etag_of(user.id, user.revision)
    return UserAnswer.model_validate(user)


@router.post("/me/password", status_code=204, responses=problems(*SIGNED_IN, WrongPassword, *WRITES))
def change_own_password(work: CurrentWork, body: PasswordChange) -> None:
    """Set another password for oneself. All other sessions of the account end; its API keys stay."""
    account = work.identity.require_account("administer")
    user = accounts.find(work.session, account.user_id)
    keep = account.credential_id if account.via == "session" else None
    accounts.change_password(work.session, work.settings, user, body.old_password, body.new_password, keep=keep)


@router.get("/me/data", responses=problems(*SIGNED_IN))
def read_own_data(work: CurrentWork, response: Response) -> PersonalData:
    """Everything that the service holds about oneself, without secrets."""
    user = accounts.find(work.session, work.identity.require_account("administer").user_id)
    response.headers["Content-Disposition"] = 'attachment; filename="rivershare-personal-data.json"'
    response.headers.update(SECRET_ANSWER)
    told, held = personal_data.of(work.session, user)
    return PersonalData(account=told, held=held)


@router.get("/{user_id}", responses=problems(*ONE))
@quick
def read_user(work: CurrentWork, user_id: str, request: Request, response: Response) -> UserAnswer:
    """An account. Takes an administrator of the service."""
    work.identity.require_administrator()
    return _answer(accounts.find(work.session, user_id), request, response)


@router.patch("/{user_id}", responses=problems(*EDITS))
def change_user(work: CurrentWork, user_id: str, body: UserChange, response: Response) -> UserAnswer:
    """Disable or enable an account, or make it an administrator's. Takes an administrator of the service, and If-Match.

    A disabled account loses access at once. The last administrator stays one.
    """
    work.identity.require_administrator()
    user = accounts.find(work.session, user_id)
    work.demand_match(user)
    accounts.change_state(work.session, user, state=body.state, is_administrator=body.is_administrator)
    response.headers["ETag"] = etag_of(user.id, user.revision)
    return UserAnswer.model_validate(user)


@router.delete("/{user_id}", status_code=204, responses=problems(*ONE, *WRITES))
def delete_user(work: CurrentWork, user_id: str) -> None:
    """Delete one's own account, or as an administrator anybody's. It cannot be undone.

    What names the person is erased, also from the trail; sessions, keys, links, roles and memberships end. What they
    wrote in public stays, as that of a deleted account.
    """
    account = work.identity.require_account("administer")
    wanted = account.user_id if user_id == "me" else user_id
    if wanted != account.user_id and not account.is_administrator:
        raise NotFound(f"There is no account {wanted[:80]}.")
    personal_data.erase(work.session, accounts.find(work.session, wanted))


@router.post("/{user_id}/password-reset", status_code=201, responses=problems(*ONE, *WRITES))
def reset_password(work: CurrentWork, user_id: str, response: Response) -> OneTimeLinkAnswer:
    """End somebody's password and sessions, and get a link to give to them. Takes an administrator of the service."""
    work.identity.require_administrator()
    link, token = accounts.reset_password(work.session, work.settings, accounts.find(work.session, user_id))
    response.headers.update(SECRET_ANSWER)
    return _link_answer(work, link, token)


def _answer(user: User, request: Request, response: Response) -> UserAnswer:
    answer_with(etag_of(user.id, user.revision), request, response)
    return UserAnswer.model_validate(user)


def _link_answer(work: Work, link: OneTimeLink, token: str) -> OneTimeLinkAnswer:
    return OneTimeLinkAnswer(token=token, url=accounts.address_of_link(work.base_url, token), expires_at=link.expires_at)
