"""Licences of administrations: what all their sources together may take in a year."""

from typing import ClassVar

from planner.basin.field import Identifier, NonNegative, Row, field


class AdministrationLicence(Row):
    """What all sources of an administration, and of those that belong to it, may take together in every year of a stage."""

    table: ClassVar[str] = "administration_licences"
    key: ClassVar[tuple[str, ...]] = ("administration", "stage")
    optional_table: ClassVar[bool] = True

    administration: Identifier = field("Administration", example="upper_district", refers_to="administrations")
    stage: Identifier = field("Stage", help="A stage without a row has no limit.", example="stage_1", refers_to="stages")
    licence_m3_per_year: NonNegative = field("Licence", unit="m³/year", example=200000.0)
