"""How the plan keeps the policy's rules."""

from typing import Annotated, ClassVar

from pydantic import Field

from planner.basin.field import Identifier, Real, Row, Text, field


class RuleResult(Row):
    """An active rule of the policy: how often it applies, and where it stops the plan from being better."""

    table: ClassVar[str] = "rules"
    optional_table: ClassVar[bool] = True
    key: ClassVar[tuple[str, ...]] = ("rule",)

    rule: Identifier = field("Rule", example="aid_for_the_poorest")
    title: Text = field("Title", example="At least half of all aid goes to the poorest", default="")
    applies: Annotated[int, Field(ge=0)] = field("Applies", unit="times", help="Rows of the model.", example=6)
    binding: Annotated[int, Field(ge=0)] = field(
        "Binding", unit="times", help="How often there is no room left: the plan is at its limit.", example=2
    )
    least_room: Real = field("Least room", help="Smallest distance to a limit, in the rule's unit.", example=0.0)
    unit: Text = field("Unit of the rule", example="USD", default="")
