"""Those concerned: whom they speak for, and what they think of a plan."""

from typing import Annotated

from pydantic import Field, ValidationInfo, field_validator

from api.persistence.models.stakeholders import SpeaksFor, StanceKind
from api.schemas.base import Answer, Body, Name, ObjectId, Time, Title, Words

Whom = Annotated[SpeaksFor, Field(description="Whom a person speaks for.", examples=["village_committee"])]


class AuthorAnswer(Answer):
    """Who said something."""

    user_id: ObjectId
    name: str = Field(examples=["Sokha"])
    speaks_for: Whom | None = Field(description="Whom they speak for in the basin; null where they have not said so.")
    title: str | None = Field(description="How they call themselves there.", examples=["Water committee of Ta Veng"])


class ProfileBody(Body):
    """Whom one speaks for in a basin."""

    speaks_for: Whom
    title: Title = Field(default="", examples=["Water committee of Ta Veng"])
    administration: Name | None = Field(
        default=None, description="Name in the basin's table administrations.", examples=["ta_veng"]
    )
    village: Name | None = Field(default=None, description="Name in the basin's table villages.", examples=["v_ta_veng_1"])


class ProfileAnswer(Answer):
    """Whom somebody speaks for in a basin."""

    id: ObjectId
    basin_id: ObjectId
    author: AuthorAnswer
    administration: str | None
    village: str | None
    revision: int
    created_at: Time
    updated_at: Time


class StanceBody(Body):
    """What one thinks of a plan. An objection takes a reason."""

    stance: StanceKind
    reason: Words = Field(
        default="", validate_default=True, description="Required for an objection.", examples=["The ford dries up in March."]
    )

    @field_validator("reason")
    @classmethod
    def _objections_have_reasons(cls, reason: str, info: ValidationInfo) -> str:
        if info.data.get("stance") == "objects" and not reason.strip():
            raise ValueError("An objection takes its reason.")
        return reason


class StanceAnswer(Answer):
    """What somebody thinks of a plan."""

    id: ObjectId
    plan_id: ObjectId
    author: AuthorAnswer
    stance: StanceKind
    reason: str
    revision: int
    created_at: Time
    updated_at: Time
