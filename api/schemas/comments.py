"""Comments on a place, an option, a scenario or a plan, and answers to them."""

from typing import Annotated

from pydantic import Field, model_validator

from api.http.pages import PageRequest
from api.schemas.base import Answer, Body, Name, ObjectId, Time, Words
from api.schemas.basins import Identifier
from api.schemas.stakeholders import AuthorAnswer

Text = Annotated[Words, Field(min_length=1, pattern=r"\S", examples=["The spring above the school dries up in March."])]
Table = Annotated[Name, Field(description="Table of the basin that the place is in.", examples=["villages", "options"])]
Place = Annotated[Name, Field(description="Name of the row: of a village, reach, source, option …", examples=["v_ta_veng_1"])]


class NewComment(Body):
    """A comment to make: on the basin as a whole where nothing else is named. An answer is about what it answers."""

    text: Text
    answer_to: Identifier | None = Field(default=None, description="The comment that this answers.")
    plan_id: Identifier | None = None
    scenario_id: Identifier | None = None
    table: Table | None = None
    place: Place | None = None

    @model_validator(mode="after")
    def _one_subject(self) -> "NewComment":
        if (self.table is None) != (self.place is None):
            raise ValueError("A place takes both table and place.")
        subject = (self.plan_id, self.scenario_id, self.table)
        if self.answer_to is not None and any(part is not None for part in subject):
            raise ValueError("An answer is about what it answers: send answer_to and text alone.")
        return self


class CommentChange(Body):
    """Another text for a comment."""

    text: Text


class CommentQuery(PageRequest):
    """Which comments are wanted. A thread comes oldest first, everything else newest first."""

    plan: Annotated[Identifier | None, Field(description="Only those on this plan.")] = None
    scenario: Annotated[Identifier | None, Field(description="Only those on this scenario.")] = None
    table: Annotated[Name | None, Field(description="Only those on places of this table.")] = None
    place: Annotated[Name | None, Field(description="Only those on this place.")] = None
    user: Annotated[Identifier | None, Field(description="Only those of this person.")] = None
    thread: Annotated[Identifier | None, Field(description="Only this comment and all answers to it.")] = None


class CommentAnswer(Answer):
    """A comment. A deleted one stays as a stub without its text, so that answers keep their place."""

    id: ObjectId
    basin_id: ObjectId
    author: AuthorAnswer
    answer_to: ObjectId | None
    plan_id: ObjectId | None
    scenario_id: ObjectId | None
    table: str | None
    place: str | None
    text: str | None = Field(description="null where it was deleted.")
    revision: int
    created_at: Time
    updated_at: Time
    deleted_at: Time | None
