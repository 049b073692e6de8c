"""Accounts, and how they sign in."""

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field

from api.persistence.models.people import UserState
from api.schemas.base import Answer, Body, LaterTime, Line, ObjectId, Time
from api.security.identity import Scope
from api.security.passwords import CHARACTERS_AT_LEAST, CHARACTERS_AT_MOST

_PART = r"[^@\s\x00-\x1f\x7f-\x9f<>()\[\],;:\\\"]+"
Email = Annotated[
    str,
    Field(pattern=f"^{_PART}@{_PART}$", max_length=254, description="E-mail address.", examples=["sokha@example.org"]),
    AfterValidator(str.lower),
]
Language = Annotated[
    str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,6})?$", description="Language of texts (BCP 47).", examples=["en", "km"])
]
Password = Annotated[str, Field(min_length=1, max_length=CHARACTERS_AT_MOST, examples=["a sentence that only I know"])]
NewPassword = Annotated[
    str,
    Field(
        min_length=CHARACTERS_AT_LEAST,
        max_length=CHARACTERS_AT_MOST,
        description="Not the e-mail address, and none of the commonest.",
        examples=["a sentence that only I know"],
    ),
]
Token = Annotated[str, Field(min_length=1, max_length=200)]


class UserAnswer(Answer):
    """An account."""

    id: ObjectId
    email: str | None = Field(description="E-mail address; null where the account was deleted.")
    name: str
    language: str
    state: UserState
    is_administrator: bool = Field(description="Administers the service: accounts and organisations.")
    revision: int
    created_at: Time
    updated_at: Time
    last_login_at: Time | None


class SignInBody(Body):
    """Who signs in."""

    email: Email
    password: Password


class SignInWays(Answer):
    """How one can sign in."""

    provider: str | None = Field(description="The OpenID Connect provider behind /v1/session/oidc; null: there is none.")


class ProviderSignIn(Body):
    """What the provider sent the browser back with."""

    code: Annotated[str, Field(min_length=1, max_length=4000)]
    state: Token


class ShareLinkHeld(Answer):
    """What the share link opens that one came with."""

    basin_id: ObjectId
    plan_id: ObjectId | None = Field(description="The only plan that may be read; null: the whole basin.")
    expires_at: Time


class SessionAnswer(Answer):
    """Who is asking: an account, or the holder of a share link."""

    user: UserAnswer | None
    via: Literal["session", "api_key", "share_link"]
    scopes: list[Scope] = Field(description="What may be done on the account's behalf.")
    expires_at: Time | None = Field(description="When the session, key or link ends.")
    csrf_token: str | None = Field(description="Sent as X-CSRF-Token with every change; only for a session.")
    share_link: ShareLinkHeld | None = None


class Redemption(Body):
    """A one-time link and the password that it sets."""

    token: Token = Field(description="What is behind the # of the link.")
    password: NewPassword


class Redeemed(Answer):
    """The account whose password is set."""

    email: str


class OneTimeLinkAnswer(Answer):
    """A link by which a person sets a password. It is shown this once."""

    token: str
    url: str = Field(description="The page to set a password.", examples=["https://rivershare.example.org/set-password#bX9…"])
    expires_at: Time


class NewUser(Body):
    """An account to make."""

    email: Email
    name: Line | None = None
    language: Language = "en"
    is_administrator: bool = False
    organisation_id: ObjectId | None = Field(default=None, description="The organisation to take them into.", max_length=100)


class NewUserAnswer(Answer):
    """A new account and the link to give to its owner."""

    user: UserAnswer
    one_time_link: OneTimeLinkAnswer


class OwnChange(Body):
    """What is to be changed in one's own account; what is left out stays."""

    name: Line | None = None
    language: Language | None = None


class PasswordChange(Body):
    """Another password for oneself."""

    old_password: Password
    new_password: NewPassword


class UserChange(Body):
    """What an administrator changes in an account; what is left out stays."""

    state: Literal["active", "disabled"] | None = None
    is_administrator: bool | None = None


class PersonalData(Answer):
    """Everything that the service holds about a person, by kind; secrets are left out."""

    account: dict[str, Any]
    held: dict[str, list[dict[str, Any]]]


class NewApiKey(Body):
    """An API key to make."""

    name: Line = Field(description="What it is for.", examples=["nightly import"])
    scopes: list[Scope] = Field(min_length=1, max_length=10, examples=[["read", "run"]])
    expires_at: LaterTime | None = Field(default=None, description="At most five years from now. Left out: in a year.")


class ApiKeyAnswer(Answer):
    """An API key, without its secret."""

    id: ObjectId
    name: str
    scopes: list[Scope]
    created_at: Time
    expires_at: Time | None
    revoked_at: Time | None


class NewApiKeyAnswer(ApiKeyAnswer):
    """A new API key. The secret is shown this once."""

    key: str = Field(examples=["rsk_5c0…"])
