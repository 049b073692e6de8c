"""Floors of a policy for institutions."""

from pydantic import Field

from planner.basin.field import Identifier, Positive, Share
from planner.basin.people import InstitutionKind
from planner.scenario.policy.part import Part, from_stage, only_in


class InstitutionFloor(Part):
    """The least share of institutions that have safe piped water."""

    share: Share = Field(
        title="Share", default=1.0, description="Share of the institutions.", json_schema_extra={"x-unit": "share"}
    )
    kind: InstitutionKind | None = Field(title="Kind", default=None, description="Blank: institutions of every kind together.")
    stage: Identifier | None = from_stage()
    administration: Identifier | None = only_in("Only here, with everything that belongs to it. Blank: in the basin as a whole.")
    hard: bool = Field(
        title="Must be met", default=False, description="Whether the floor must be met. One that is not may be missed at a price."
    )
    missed_price_usd_per_institution_year: Positive = Field(
        title="Price of an institution missed",
        default=2000.0,
        description="Price of each institution missed, for a year.",
        json_schema_extra={"x-unit": "USD/institution/year"},
    )
