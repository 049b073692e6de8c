"""How far groups or administrations are apart, where the policy caps it."""

from typing import Annotated, ClassVar

from pydantic import Field

from planner.basin.field import Identifier, Row, Share, field
from planner.plan.tables.fields import Rung, stage_field


class Gap(Row):
    """The gap under each cap of the policy, in the share of people at a rung or above. `cap` counts the caps from 1."""

    table: ClassVar[str] = "gaps"
    optional_table: ClassVar[bool] = True
    key: ClassVar[tuple[str, ...]] = ("cap", "stage")

    cap: Annotated[int, Field(ge=1)] = field("Cap", example=1)
    stage: Identifier = stage_field()
    rung: Rung = field("Rung", example=4)
    best_off: Identifier = field("Best-off", help="A group or an administration.", example="other")
    best_off_share: Share = field("Share of the best-off", unit="share", example=0.9)
    worst_off: Identifier = field("Worst-off", help="A group or an administration.", example="poor")
    worst_off_share: Share = field("Share of the worst-off", unit="share", example=0.75)
    gap_share: Share = field("Gap", unit="share", example=0.15)
    beyond_share: Share = field("Gap beyond the cap", unit="share", example=0.05)
