"""What a route works with: a session in the request's transaction, the content store, who is asking."""

from dataclasses import dataclass
from functools import cached_property
from typing import Annotated

from fastapi import Depends
from sqlalchemy.orm import Session
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from api.http.preconditions import demand_match, etag_of
from api.persistence.content import ContentStore
from api.persistence.database import Database
from api.persistence.models import BasinRow, Comment, ScenarioRow, StakeholderProfile, Stance, User
from api.persistence.models.basins import Role
from api.persistence.trail import Actor, acting
from api.security.identity import Identity, Scope, identify, known_identity
from api.security.permissions import demand
from api.security.provider import Provider
from api.settings import Settings


@dataclass(frozen=True)
class Service:
    """What lives as long as the process."""

    settings: Settings
    database: Database
    store: ContentStore

    @cached_property
    def provider(self) -> Provider | None:
        """The OpenID Connect provider, where one is set up."""
        settings = self.settings
        if settings.oidc_issuer is None or settings.oidc_client_id is None or settings.oidc_client_secret is None:
            return None
        return Provider(str(settings.oidc_issuer), settings.oidc_client_id, settings.oidc_client_secret.get_secret_value())


@dataclass(frozen=True)
class Work:
    """One request's work. `session` is in the request's transaction: nobody commits it but the route."""

    session: Session
    store: ContentStore
    settings: Settings
    identity: Identity
    request: Request

    def basin(self, basin_id: str, role: Role, scope: Scope = "read") -> BasinRow:
        """The basin, if who is asking has at least this role in it (see `api.security.permissions.demand`)."""
        return demand(self.session, self.identity, basin_id, role, scope)

    def demand_match(self, row: BasinRow | ScenarioRow | StakeholderProfile | Stance | Comment | User) -> None:
        """Lock a row for an edit, if If-Match names its present state: of two editors at once, the second is told.

        Raises PreconditionMissing and ChangedMeanwhile.
        """
        self.session.refresh(row, with_for_update=True)
        demand_match(etag_of(row.id, row.revision), self.request)

    @property
    def user_id(self) -> str:
        """The account that is asking. Raises NotSignedIn without one."""
        return self.identity.require_account().user_id

    @property
    def base_url(self) -> str:
        """The address under which people reach the service, without a slash at the end."""
        return base_url(self.settings, self.request)

    @property
    def is_secure(self) -> bool:
        """Whether people reach the service by HTTPS."""
        return is_secure(self.settings, self.request)


def base_url(settings: Settings, request: Request) -> str:
    """The address under which people reach the service, without a slash at the end."""
    return (settings.public_url or str(request.base_url)).rstrip("/")


def is_secure(settings: Settings, request: Request) -> bool:
    """Whether people reach the service by HTTPS."""
    return base_url(settings, request).startswith("https:") or request.url.scheme == "https"


def _service(request: Request) -> Service:
    service: Service = request.app.state.service
    return service


async def _work(request: Request) -> Work:
    """The work once it is the request's turn. Most send a key that is known, so that no thread is needed to look it up."""
    await request.app.state.turns.take(request)
    service: Service = request.app.state.service
    session: Session = request.state.session
    identity = known_identity(request, session)
    if identity is None:
        identity = await run_in_threadpool(identify, request, session)
    account = identity.account
    via = account.via if account else "share_link" if identity.share_link else "service"
    acting(session, Actor(account.user_id if account else None, via, getattr(request.state, "request_id", None)))
    return Work(session, service.store, service.settings, identity, request)


async def _unidentified(request: Request) -> Work:
    await request.app.state.turns.take(request)
    service: Service = request.app.state.service
    session: Session = request.state.session
    acting(session, Actor(None, "sign_in", getattr(request.state, "request_id", None)))
    return Work(session, service.store, service.settings, Identity(), request)


CurrentWork = Annotated[Work, Depends(_work)]
# For what takes its time and needs no transaction: a dependency that stands before the work, and so is done before its turn.
CurrentService = Annotated[Service, Depends(_service)]
# For signing in: whoever sends it need not say who they are.
UnidentifiedWork = Annotated[Work, Depends(_unidentified)]
