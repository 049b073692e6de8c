"""Accounts, and how they sign in."""

from datetime import datetime
from typing import Literal

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from api.persistence.models.base import Base, Identified, Revised
from api.persistence.types import Digest, Document, Identifier

MemberRole = Literal["member", "administrator"]
UserState = Literal["active", "disabled", "deleted"]


class User(Identified, Revised, Base):
    """A person's account. A deleted one keeps its row, without anything that names the person."""

    __tablename__ = "users"
    audited = True
    secret = frozenset({"password_hash"})
    untold = frozenset({"last_login_at"})

    email: Mapped[str | None] = mapped_column(sa.String(254), unique=True)
    name: Mapped[str] = mapped_column(sa.String(200), default="")
    language: Mapped[str] = mapped_column(sa.String(10), default="en")
    password_hash: Mapped[str | None] = mapped_column(sa.String(300))
    is_administrator: Mapped[bool] = mapped_column(default=False)
    state: Mapped[UserState] = mapped_column(sa.String(20), default="active")
    last_login_at: Mapped[datetime | None]


class FailedSignIns(Base):
    """Wrong passwords in a row for an e-mail address, whether or not it has an account: so that nobody learns which have."""

    __tablename__ = "failed_sign_ins"

    email_hash: Mapped[str] = mapped_column(Digest, primary_key=True)
    failures: Mapped[int]
    last_at: Mapped[datetime] = mapped_column(index=True)
    locked_until: Mapped[datetime | None]


class OneTimeLink(Identified, Base):
    """A link by which a person sets a password, once."""

    __tablename__ = "one_time_links"
    audited = True
    secret = frozenset({"token_hash"})

    user_id: Mapped[str] = mapped_column(Identifier, sa.ForeignKey("users.id", ondelete="CASCADE"), index=True)
    token_hash: Mapped[str] = mapped_column(Digest, unique=True)
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class SignIn(Identified, Base):
    """A session of a browser; the token itself is only in its cookie."""

    __tablename__ = "sign_ins"

    user_id: Mapped[str] = mapped_column(Identifier, sa.ForeignKey("users.id", ondelete="CASCADE"), index=True)
    token_hash: Mapped[str] = mapped_column(Digest, unique=True)
    expires_at: Mapped[datetime]
    user_agent: Mapped[str] = mapped_column(sa.String(300), default="")


class ApiKey(Identified, Base):
    """A key by which a tool acts for an account, within scopes. Only a digest of it is kept."""

    __tablename__ = "api_keys"
    audited = True
    secret = frozenset({"token_hash"})

    user_id: Mapped[str] = mapped_column(Identifier, sa.ForeignKey("users.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(sa.String(200))
    token_hash: Mapped[str] = mapped_column(Digest, unique=True)
    scopes: Mapped[list[str]] = mapped_column(Document)
    expires_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]


class ProviderIdentity(Identified, Base):
    """An account as an OpenID Connect provider knows it."""

    __tablename__ = "provider_identities"
    __table_args__ = (sa.UniqueConstraint("issuer", "subject"),)
    audited = True

    user_id: Mapped[str] = mapped_column(Identifier, sa.ForeignKey("users.id", ondelete="CASCADE"), index=True)
    issuer: Mapped[str] = mapped_column(sa.String(500))
    subject: Mapped[str] = mapped_column(sa.String(300))


class Organisation(Identified, Revised, Base):
    """An authority, agency or company. Runs are shared out fairly between organisations."""

    __tablename__ = "organisations"
    audited = True

    name: Mapped[str] = mapped_column(sa.String(100), unique=True)
    title: Mapped[str] = mapped_column(sa.String(500))


class Membership(Base):
    """A person in an organisation; its administrators invite others."""

    __tablename__ = "memberships"
    audited = True

    organisation_id: Mapped[str] = mapped_column(
        Identifier, sa.ForeignKey("organisations.id", ondelete="CASCADE"), primary_key=True
    )
    user_id: Mapped[str] = mapped_column(Identifier, sa.ForeignKey("users.id", ondelete="CASCADE"), primary_key=True, index=True)
    role: Mapped[MemberRole] = mapped_column(sa.String(20), default="member")
