"""Priorities of other uses: who goes short first, and what must be delivered whatever it costs."""

from typing import ClassVar, Literal

from planner.basin.field import Identifier, Row, Share, field


class UsePriority(Row):
    """The class of an other use, and the shares of its demand that are delivered in every season. Without a row: second, none."""

    table: ClassVar[str] = "use_priorities"
    key: ClassVar[tuple[str, ...]] = ("use",)
    optional_table: ClassVar[bool] = True

    use: Identifier = field("Use", example="rice_scheme", refers_to="other_uses")
    priority: Literal["first", "second"] = field(
        "Priority",
        help="Counts where the policy prices what other uses miss by priority.",
        example="second",
        default="second",
    )
    smallest_share: Share = field(
        "Smallest share",
        unit="share of the demand",
        help="Delivered in every season of a design member.",
        example=0.5,
        default=0.0,
    )
    smallest_share_in_stress: Share = field(
        "Smallest share under stress",
        unit="share of the demand",
        help="Delivered in every season of a stress member.",
        example=0.25,
        default=0.0,
    )
