"""The trail: who changed what, when."""

from typing import Annotated, Any, Literal

from pydantic import Field

from api.http.pages import PageRequest
from api.schemas.base import Answer, ObjectId, SentTime, Time


class TrailQuery(PageRequest):
    """Which part of the trail is wanted. With `format=csv` all of it comes at once."""

    subject: Annotated[str | None, Field(max_length=50, description="Only this kind of thing.", examples=["scenarios"])] = None
    subject_id: Annotated[str | None, Field(max_length=80, description="Only this one.")] = None
    user_id: Annotated[str | None, Field(max_length=36, description="Only what this account did.")] = None
    since: Annotated[SentTime | None, Field(description="From this time on.")] = None
    until: Annotated[SentTime | None, Field(description="Before this time.")] = None
    format: Annotated[Literal["json", "csv"], Field(description="json: a page. csv: a table of all.")] = "json"


class TrailAnswer(Answer):
    """One change."""

    id: ObjectId
    created_at: Time
    user_id: ObjectId | None = Field(description="Who did it; null: the service itself.")
    via: str = Field(description="How: session, api_key, sign_in, command_line, worker, service.")
    request_id: str | None
    basin_id: ObjectId | None
    organisation_id: ObjectId | None
    subject: str = Field(description="The kind of thing.", examples=["scenarios"])
    subject_id: str
    action: Literal["created", "changed", "deleted"]
    before: dict[str, Any]
    after: dict[str, Any]
