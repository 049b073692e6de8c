"""Between whom fairness is sought, and in what."""

from itertools import pairwise
from typing import Annotated, Literal

from pydantic import Field, field_validator

from planner.basin.field import Identifier, NonNegative
from planner.scenario.policy.part import Part

Between = Literal["villages", "administrations", "administration_groups", "accounts", "account_groups", "groups"]


class Fairness(Part):
    """What the aims of fairness compare: a score of each party, the persons of each counting as one."""

    between: Between = Field(
        title="Between",
        default="account_groups",
        description="The parties: villages; administrations of the lowest level or those with an account, as a whole or each "
        "of their groups on its own; or the groups of the whole basin.",
    )
    score: Literal["share_at_rung", "mean_rung"] = Field(
        title="Score",
        default="share_at_rung",
        description="share_at_rung: share of a party's people at the rung or above. mean_rung: their mean rung as a share of "
        "the highest, 5. What lacks to 1 is made small, so nobody gains by another's loss.",
    )
    rung: Annotated[int, Field(ge=1, le=5)] = Field(
        title="Rung", default=4, description="Rung of the JMP ladder, for the share at a rung."
    )
    stage: Identifier | None = Field(
        title="In stage",
        default=None,
        description="Counted in this stage. Blank: over all stages, by their years.",
        json_schema_extra={"x-refers-to": ["stages"]},
    )
    worst_count: Annotated[int, Field(ge=1, le=1000)] = Field(
        title="Number of worst-off",
        default=3,
        description="How many parties worst_sum looks at.",
        json_schema_extra={"x-unit": "parties"},
    )
    weights: tuple[NonNegative, ...] = Field(
        title="Weights from the worst-off upwards",
        default=(3.0, 2.0, 1.0),
        min_length=1,
        max_length=1000,
        description="For owa: none may be larger than the one before it. They are brought to a sum of 1; parties beyond the "
        "last weight do not count.",
    )
    gini_share: Annotated[float, Field(ge=0, le=1)] = Field(
        title="Weight of inequality",
        default=0.5,
        description="For mean_minus_gini: the λ in mean − λ × half the mean difference. 0: the mean alone.",
        json_schema_extra={"x-unit": "share"},
    )
    depth: Annotated[int, Field(ge=1, le=100)] = Field(
        title="Depth",
        default=10,
        description="For leximin: how many of the worst-off parties are settled one after the other.",
        json_schema_extra={"x-unit": "parties"},
    )

    @field_validator("weights")
    @classmethod
    def _never_rising(cls, weights: tuple[float, ...]) -> tuple[float, ...]:
        if weights[0] <= 0 or any(later > earlier for earlier, later in pairwise(weights)):
            raise ValueError("weights above 0 that never rise from one to the next")
        return weights
