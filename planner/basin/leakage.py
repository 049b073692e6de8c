"""Leakage: which options let less water be lost on the way, and in which links."""

from typing import ClassVar

from planner.basin.field import Identifier, Row, Share, field


class LeakageReduction(Row):
    """What an option of kind leakage_reduction saves in a link into a village, while it serves; it may mend many links."""

    table: ClassVar[str] = "leakage_reductions"
    key: ClassVar[tuple[str, ...]] = ("option", "link")
    optional_table: ClassVar[bool] = True

    option: Identifier = field("Option", example="riverside_leak_detection", refers_to="options")
    link: Identifier = field("Link", example="riverside_pipe", refers_to="links")
    saved_share: Share = field("Saved", unit="share of what enters the link", help="At most the loss of the link.", example=0.08)
