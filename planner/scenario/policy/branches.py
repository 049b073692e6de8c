"""Branches of a policy: groups of design members that are told apart from some stage on."""

from typing import Annotated

from pydantic import Field

from planner.basin.field import Identifier, Text
from planner.scenario.policy.part import Part


class Branch(Part):
    """A kind of future: its members, and the stage from which whoever decides knows that it has come."""

    name: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_\-]*$", max_length=60)] = Field(
        title="Branch", description="Also the name of its plan's folder.", examples=["dry"]
    )
    title: Text = Field(title="Name", default="", description="Name to print; the branch's own if left out.")
    from_stage: Identifier = Field(
        title="Known from stage",
        description="First stage whose decisions may differ from those of other branches.",
        examples=["stage_2"],
        json_schema_extra={"x-refers-to": ["stages"]},
    )
    members: Annotated[tuple[Identifier, ...], Field(min_length=1, max_length=100)] = Field(
        title="Members",
        description="Design members of this branch. Each design member belongs to exactly one branch.",
        examples=[["dry_year"]],
        json_schema_extra={"x-refers-to": ["members"]},
    )

    @property
    def label(self) -> str:
        """The title, or the name where there is none."""
        return self.title or self.name
