"""Who may do what with a basin: roles and share links."""

from pydantic import Field

from api.persistence.models.basins import Role
from api.schemas.base import Answer, Body, LaterTime, Line, ObjectId, Time
from api.schemas.people import Email


class RoleBody(Body):
    """The role that somebody is to have."""

    role: Role


class RoleByEmail(Body):
    """The role that the account with this address is to have."""

    email: Email
    role: Role


class RoleAnswer(Answer):
    """What somebody may do with a basin."""

    user_id: ObjectId
    name: str
    email: str | None
    role: Role


class NewShareLink(Body):
    """A share link to make."""

    name: Line = Field(description="Who it is for.", examples=["Donor round table"])
    plan_id: ObjectId | None = Field(
        default=None, max_length=100, description="The only plan that it opens. Left out: the whole basin, to read."
    )
    expires_at: LaterTime | None = Field(default=None, description="At most a year from now. Left out: in 30 days.")


class ShareLinkAnswer(Answer):
    """A share link, without its token."""

    id: ObjectId
    basin_id: ObjectId
    plan_id: ObjectId | None
    name: str
    created_at: Time
    created_by: ObjectId
    expires_at: Time
    revoked_at: Time | None


class NewShareLinkAnswer(ShareLinkAnswer):
    """A new share link. The token is shown this once: its holder sends `Authorization: Bearer TOKEN`."""

    token: str = Field(examples=["rss_1f9…"])
