"""Efficient irrigation: which options let an irrigation use draw less."""

from typing import Annotated, ClassVar

from pydantic import Field

from planner.basin.field import Identifier, Row, Share, field


class IrrigationSaving(Row):
    """What an option of kind efficient_irrigation spares the use that is its place, while it serves."""

    table: ClassVar[str] = "irrigation_savings"
    key: ClassVar[tuple[str, ...]] = ("option",)
    optional_table: ClassVar[bool] = True

    option: Identifier = field("Option", example="rice_lining", refers_to="options")
    saved_share: Annotated[float, Field(ge=0, lt=1)] = field(
        "Saved", unit="share of the demand", help="What the use no longer wants for the same crop.", example=0.2
    )
    return_saved_share: Share = field(
        "Return flow cut",
        unit="share of what is returned",
        help="Of each m³ delivered, so much less comes back: what seeped away before is what is saved.",
        example=0.5,
        default=0.0,
    )
