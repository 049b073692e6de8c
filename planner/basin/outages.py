"""What is out of service in a stress member: the failure of one work, a flood."""

from typing import ClassVar

from planner.basin.field import Identifier, Row, Share, field


class Outage(Row):
    """How much of a source, treatment site or link is there in a season of a stress member. Without a row, all of it."""

    table: ClassVar[str] = "outages"
    key: ClassVar[tuple[str, ...]] = ("member", "place", "season")
    optional_table: ClassVar[bool] = True

    member: Identifier = field("Member", help="Of kind stress.", example="flood", refers_to="members")
    place: Identifier = field(
        "Place", example="river_intake", refers_to=("sources", "treatment_sites", "links"),
        help="A source, of whose yield, or a treatment site or a link, of whose capacity, the share is there.",
    )  # fmt: skip
    season: Identifier = field("Season", example="wet", refers_to="seasons")
    available_share: Share = field("Available", unit="share", help="0: nothing.", example=0.0)
