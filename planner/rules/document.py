"""A rule as a document."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from planner.basin.field import Identifier

CHARACTERS_AT_MOST = 4000
RULES_AT_MOST = 100

Text = Annotated[str, StringConstraints(max_length=CHARACTERS_AT_MOST)]
Name = Annotated[str, StringConstraints(max_length=100)]


class Rule(BaseModel):
    """A constraint of one's own, for every member of some sets."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    name: Identifier = Field(title="Name", description="Short name of the rule.", examples=["aid_for_the_poorest"])
    title: Annotated[str, StringConstraints(max_length=300)] = Field(
        title="Title", default="", description="The rule in words, as it is told in reports."
    )
    foreach: Annotated[tuple[Name, ...], Field(max_length=6)] = Field(
        title="For each",
        default=(),
        description="The rule holds for each of these: names of sets such as administration, stage. Empty: it holds once.",
        examples=[["administration", "stage"]],
    )
    where: Text = Field(
        title="Where",
        default="",
        description='Only where this is true, such as administration.level = "district" and stage >= "stage_2".',
    )
    expression: Text = Field(
        title="Expression",
        description="What must hold: two sides with <=, >= or = between them, linear in what is planned.",
        examples=["sum(option, stage: options.capex_usd[option] * investments.serves[option, stage]) <= 50000 [USD]"],
    )
    active: bool = Field(title="Active", default=True, description="Whether the rule is applied.")

    @property
    def called(self) -> str:
        """The title, or the name where there is none."""
        return self.title or self.name
