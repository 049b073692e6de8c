"""What the plan costs, member by member."""

from typing import Annotated, ClassVar

from pydantic import Field

from planner.basin.field import Identifier, NonNegative, Real, Row, field
from planner.plan.tables.fields import member_field


class MemberCost(Row):
    """What the plan would cost if every year were like a member: what is the same in all, its own running, its own misses."""

    table: ClassVar[str] = "member_costs"
    optional_table: ClassVar[bool] = True
    key: ClassVar[tuple[str, ...]] = ("member",)

    member: Identifier = member_field()
    weight_share: Annotated[float, Field(ge=0, le=1)] = field(
        "Weight", unit="share", help="How much the member counts under the policy's attitude to risk; 0: it is reported only.",
        example=0.75,
    )  # fmt: skip
    running_usd: NonNegative = field(
        "Energy and chemicals",
        unit="USD",
        help="Present value, in this member. What solar pumping saves is the same in all, and not among it.",
        example=1358.0,
    )
    missed_usd: Real = field(
        "What is missed, at its price", unit="USD", help="Present value. Floors that are missed are the same in all members "
        "and not among it. Below 0 where reservoirs let turbines give more than the untouched river would.", example=0.0,
    )  # fmt: skip
    cost_usd: Real = field(
        "Cost", unit="USD", help="Present value of all costs and of what is missed. Where design members alone are weighed, a "
        "design member's cost has in it what stress years are expected to miss.", example=21030.0,
    )  # fmt: skip
    own_best_usd: Real | None = field(
        "Best found for this member alone", unit="USD", help="Of all plans that keep what is asked in all members, with what "
        "floors and caps miss at their price. Only for minimax regret.", example=None, default=None,
    )  # fmt: skip
    own_bound_usd: Real | None = field(
        "No plan costs less in this member", unit="USD", help="Proven by the solver. Only for minimax regret.", example=None,
        default=None,
    )  # fmt: skip
    regret_usd: Real | None = field(
        "Regret at most", unit="USD", help="Cost, with what floors and caps miss at their price, less what no plan can cost less "
        "than. Only for minimax regret.", example=None, default=None,
    )  # fmt: skip
