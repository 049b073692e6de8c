"""`/v1/session/oidc`: signing in by an OpenID Connect provider.

The provider sends the browser to the page `/signing-in`, which only sends on what it was given: the session is made by a
POST, as everything is that changes something.
"""

from typing import Annotated

from fastapi import Depends, Response
from fastapi.responses import RedirectResponse
from starlette.requests import Request

from api.errors import NotAllowed, NotFound, NotSignedIn, TooLarge
from api.http.documented import problems
from api.http.kept_answers import SECRET_ANSWER
from api.http.subject import SubjectRouter
from api.http.transaction import TransactionRoute
from api.routes.session import begin_session
from api.schemas.people import ProviderSignIn, SessionAnswer, SignInWays
from api.security.provider import STATE_SECONDS, ProvedPerson, Provider
from api.services.provider_sign_in import account_of
from api.work import CurrentService, Service, UnidentifiedWork, base_url, is_secure

router = SubjectRouter(prefix="/session", tags=["Signing in"], route_class=TransactionRoute)
STATE_COOKIE = "rivershare_sign_in"
PATH = "/v1/session/oidc"


@router.get("/ways", responses=problems())
def read_ways(service: CurrentService) -> SignInWays:
    """How one can sign in here, besides with e-mail address and password."""
    return SignInWays(provider=None if service.provider is None else service.provider.issuer)


@router.get("/oidc", status_code=303, response_class=RedirectResponse, responses=problems(NotFound))
def go_to_provider(service: CurrentService, request: Request) -> RedirectResponse:
    """Go to the provider to sign in there. What the browser keeps meanwhile ends after ten minutes."""
    address, kept = _provider(service).begin(f"{base_url(service.settings, request)}/signing-in")
    response = RedirectResponse(address, status_code=303, headers=SECRET_ANSWER)
    response.set_cookie(
        STATE_COOKIE,
        kept,
        max_age=STATE_SECONDS,
        path=PATH,
        secure=is_secure(service.settings, request),
        httponly=True,
        samesite="lax",
    )
    return response


def _proved(service: CurrentService, body: ProviderSignIn, request: Request) -> ProvedPerson:
    return _provider(service).finish(body.code, body.state, request.cookies.get(STATE_COOKIE))


@router.post("/oidc", responses=problems(NotSignedIn, NotAllowed, NotFound, TooLarge))
def come_from_provider(
    person: Annotated[ProvedPerson, Depends(_proved)], work: UnidentifiedWork, response: Response
) -> SessionAnswer:
    """Sign in with what the provider sent the browser back with. Takes an account with the person's verified address."""
    answer = begin_session(work, account_of(work.session, person), response)
    response.delete_cookie(STATE_COOKIE, path=PATH, secure=work.is_secure, httponly=True, samesite="lax")
    return answer


def _provider(service: Service) -> Provider:
    if service.provider is None:
        raise NotFound("No provider for signing in is set up.", remedy="Sign in with e-mail address and password.")
    return service.provider
