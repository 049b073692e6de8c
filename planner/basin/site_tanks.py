"""Clear-water tanks at treatment sites: how many hours of what a site gives they hold."""

from typing import Annotated, ClassVar

from pydantic import Field

from planner.basin.field import Identifier, NonNegative, Positive, Row, field


class SiteTank(Row):
    """An option of kind clear_water_tank: a tank of one size at its treatment site; its price and life are the option's."""

    table: ClassVar[str] = "site_tanks"
    key: ClassVar[tuple[str, ...]] = ("option",)
    optional_table: ClassVar[bool] = True

    option: Identifier = field("Option", help="Of kind clear_water_tank.", example="works_tank_50", refers_to="options")
    volume_m3: Positive = field("Holds", unit="m³", help="One of them, where several may stand.", example=50.0)


class SiteStorage(Row):
    """How much of what a treatment site gives on the highest day its tanks hold: by hours, or by the balance of the day."""

    table: ClassVar[str] = "site_storage"
    key: ClassVar[tuple[str, ...]] = ("site",)
    optional_table: ClassVar[bool] = True

    site: Identifier = field("Treatment site", example="works", refers_to="treatment_sites")
    least_hours: Annotated[float, Field(ge=0, le=168)] = field(
        "Hours of storage",
        unit="hours",
        help="Of the mean flow on the day of highest use. Assume 6 (2 to 24) where nothing else is asked.",
        example=6.0,
        default=0.0,
    )
    peak_hour_factor: Annotated[float, Field(ge=1, le=24)] = field(
        "Flow in the highest hour",
        unit="ratio",
        help="Out of the site, against the mean hour of the day, where works run evenly: 2 asks for 12 hours. Tanks in villages "
        "even it out, so 1 where they do; assume 1.5 (1 to 3) where there are none.",
        example=1.5,
        default=1.0,
    )
    existing_m3: NonNegative = field("Tanks there are", unit="m³", example=5.0, default=0.0)
