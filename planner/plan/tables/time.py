"""Time: what people spend on fetching water, and how much of it their pipes bring all that they need."""

from typing import ClassVar

from planner.basin.field import Identifier, NonNegative, Real, Row, Share, field
from planner.plan.tables.fields import group_field, stage_field, village_field


class CollectionTime(Row):
    """Hours a year that each group of a village spends on fetching water: round trips, each with what one person carries."""

    table: ClassVar[str] = "collection_time"
    optional_table: ClassVar[bool] = True
    key: ClassVar[tuple[str, ...]] = ("village", "group", "stage")

    village: Identifier = village_field()
    group: Identifier = group_field()
    stage: Identifier = stage_field()
    hours_per_year: NonNegative = field("Spent", unit="hours/year", example=9125.0)
    hours_per_year_if_nothing_is_built: NonNegative = field("Spent if nothing is built", unit="hours/year", example=24333.3)
    hours_saved_per_year: Real = field(
        "Saved", help="Below 0 where a better mode is further away or people use more water.", unit="hours/year", example=15208.3
    )


class Assurance(Row):
    """Share of days on which pipes bring all that the people newly on them need; what is hauled does not count.

    Beside it what the policy asks for, by the highest of its floors that hold there.
    """

    table: ClassVar[str] = "assurance"
    optional_table: ClassVar[bool] = True
    key: ClassVar[tuple[str, ...]] = ("village", "stage")

    village: Identifier = village_field()
    stage: Identifier = stage_field()
    assurance_share: Share = field(
        "Assurance",
        help="Seasons by their days; members by probability, stress members by their yearly frequency. 1 without pipes.",
        unit="share of days",
        example=0.96,
    )
    required_share: Share = field(
        "Assurance asked for", help="0 where the policy asks for none.", unit="share of days", example=0.98, default=0.0
    )
    missed_share: Share = field("Assurance missed", unit="share of days", example=0.02, default=0.0)
