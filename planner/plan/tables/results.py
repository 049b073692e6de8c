"""What the plan achieves of what was asked."""

from typing import Annotated, ClassVar

from pydantic import Field

from planner.basin.field import Real, Row, Text, field


class ObjectiveResult(Row):
    """The policy's objectives in order, and how far each can still be from the best possible."""

    table: ClassVar[str] = "objectives"
    key: ClassVar[tuple[str, ...]] = ("objective",)

    objective: Text = field(
        "Objective", help="cost, environmental_flow_deficit, or persons below a rung: below_rung_1 … below_rung_5. Aims of "
        "fairness by their name, leximin_1, leximin_2 … one after the other: what lacks to the full score. conservation: "
        "what is lost. weighted_sum: of the aims in the table weighted_aims. "
        "risk: the cost as the policy's attitude to risk weighs the members, with what is missed at its price.",
        example="cost",
    )  # fmt: skip
    order: Annotated[int, Field(ge=0)] = field("Place in the policy", help="0: reported only.", example=1)
    value: Real = field("Value", example=812000.0)
    bound: Real | None = field("No plan can be below", example=806000.0, default=None)
    unit: Text = field("Unit", example="USD of the base year")
