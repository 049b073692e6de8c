"""Organisations and their members."""

from pydantic import Field

from api.persistence.models.people import MemberRole
from api.schemas.base import Answer, Body, Name, ObjectId, Time, Title


class NewOrganisation(Body):
    """An organisation to make."""

    name: Name
    title: Title = Field(examples=["Provincial Department of Water Resources"])


class OrganisationChange(Body):
    """What is to be changed in an organisation; what is left out stays."""

    name: Name | None = None
    title: Title | None = None


class OrganisationAnswer(Answer):
    """An organisation."""

    id: ObjectId
    name: str
    title: str
    revision: int
    created_at: Time
    updated_at: Time


class MemberBody(Body):
    """What somebody is in an organisation."""

    role: MemberRole = "member"


class MemberAnswer(Answer):
    """Somebody in an organisation."""

    user_id: ObjectId
    name: str
    email: str | None
    role: MemberRole
