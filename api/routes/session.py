"""`/v1/session`: signing in and out, and who one is."""

from typing import Annotated

from fastapi import Depends, Query, Response
from starlette.requests import Request

from api.errors import Conflict, NotSignedIn, TooLarge, TooMany, WrongPassword
from api.http.documented import SIGNED_IN, WRITES, problems
from api.http.kept_answers import SECRET_ANSWER
from api.http.quick import quick
from api.http.subject import SubjectRouter
from api.http.transaction import TransactionRoute
from api.persistence.models import User
from api.persistence.repositories import sign_ins as rows
from api.schemas.people import SessionAnswer, ShareLinkHeld, SignInBody, UserAnswer
from api.security.identity import ALL_SCOPES, SESSION_COOKIE
from api.security.tokens import csrf_token_of, digest_of
from api.services import accounts, sign_ins
from api.work import CurrentService, CurrentWork, UnidentifiedWork, Work

router = SubjectRouter(prefix="/session", tags=["Signing in"], route_class=TransactionRoute)


@router.get("", responses=problems(NotSignedIn))
@quick
def read_session(work: CurrentWork, request: Request, response: Response) -> SessionAnswer:
    """Who one is; a page also learns its CSRF token."""
    response.headers.update(SECRET_ANSWER)
    link = work.identity.share_link
    if link is not None:
        held = ShareLinkHeld.model_validate(link)
        return SessionAnswer(
            user=None, via="share_link", scopes=["read"], expires_at=link.expires_at, csrf_token=None, share_link=held
        )
    account = work.identity.require_account("read")
    return SessionAnswer(
        user=UserAnswer.model_validate(accounts.find(work.session, account.user_id)),
        via=account.via,
        scopes=sorted(account.scopes),
        expires_at=account.expires_at,
        csrf_token=csrf_token_of(request.cookies[SESSION_COOKIE]) if account.via == "session" else None,
    )


def _attempt(service: CurrentService, body: SignInBody) -> sign_ins.Attempt:
    return sign_ins.attempt(service.database, body.email, body.password)


@router.post("", responses=problems(WrongPassword, TooLarge, TooMany))
def sign_in(tried: Annotated[sign_ins.Attempt, Depends(_attempt)], work: UnidentifiedWork, response: Response) -> SessionAnswer:
    """Sign in with e-mail address and password: a session in the cookie `rivershare_session`.

    The answer to a wrong address is the same as to a wrong password. After too many wrong ones in a row the address is
    locked for a while.
    """
    return begin_session(work, sign_ins.authenticate(work.session, work.settings, tried), response)


@router.delete("", status_code=204, responses=problems(*SIGNED_IN, *WRITES))
def sign_out(
    work: CurrentWork,
    response: Response,
    everywhere: Annotated[bool, Query(description="End all sessions of the account, not only this one.")] = False,
) -> None:
    """Sign out. An API key can only end all sessions of its account, with the scope administer."""
    account = work.identity.require_account()
    if everywhere:
        work.identity.require_account("administer")
        rows.end(work.session, account.user_id)
    elif account.via == "session":
        rows.end_one(work.session, digest_of(work.request.cookies[SESSION_COOKIE]))
    else:
        raise Conflict("An API key has no session.", remedy="Send everywhere=true, or revoke the key.")
    response.delete_cookie(SESSION_COOKIE, path="/", secure=work.is_secure, httponly=True, samesite="lax")


def begin_session(work: Work, user: User, response: Response) -> SessionAnswer:
    """Begin a session for somebody who has shown who they are, and set its cookie."""
    before = work.request.cookies.get(SESSION_COOKIE)
    agent = work.request.headers.get("user-agent", "")
    made, token = sign_ins.begin(work.session, work.settings, user, agent, instead_of=before)
    response.set_cookie(
        SESSION_COOKIE, token, expires=made.expires_at, path="/", secure=work.is_secure, httponly=True, samesite="lax"
    )
    response.headers.update(SECRET_ANSWER)
    return SessionAnswer(
        user=UserAnswer.model_validate(user),
        via="session",
        scopes=sorted(ALL_SCOPES),
        expires_at=made.expires_at,
        csrf_token=csrf_token_of(token),
    )
