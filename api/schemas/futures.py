"""A plan in other futures, as the API tells it."""

from typing import Annotated

from fastapi import Query
from pydantic import BaseModel, Field

from api.schemas.base import Answer

Share = Annotated[float, Field(gt=0, le=10)]


class FuturesWanted(BaseModel):
    """Which futures to draw: evenly over both ranges (Latin hypercube), members by how likely they are."""

    count: Annotated[int, Query(ge=1, le=200, description="How many futures.")] = 100
    seed: Annotated[int, Query(ge=0, le=2**31 - 1, description="Same seed, same futures.")] = 0
    water_from_share: Annotated[Share, Query(description="One end of the range of water, as a share of the member's.")] = 0.6
    water_to_share: Annotated[Share, Query(description="The other end.")] = 1.1
    demand_from_share: Annotated[Share, Query(description="One end of the range of piped demand, as a share of the planned.")] = (
        0.9
    )
    demand_to_share: Annotated[Share, Query(description="The other end.")] = 1.3
    enough_share: Annotated[
        float, Query(ge=0, le=1, description="A future is good where every village has this share of its water.")
    ] = 0.9


class StageRobustness(Answer):
    """How a plan fares over all futures in one stage."""

    stage: str
    futures: int
    satisfied_share: float = Field(description="Share of the futures in which every village has enough.")
    lowest_met_share: float = Field(description="Share of the piped demand that is met in the worst future.")
    tenth_percentile_met_share: float = Field(description="What is met or more in nine futures of ten.")
    mean_missing_m3_per_year: float


class FutureAnswer(Answer):
    """How a plan fares in one future and stage."""

    future: str
    member: str
    water_share: float
    demand_share: float
    stage: str
    demand_m3_per_year: float
    missing_m3_per_year: float
    met_share: float
    lowest_village_share: float = Field(description="Of the village that fares worst, in its worst season.")
    persons_short: float = Field(description="Who live in villages that miss some piped water in some season.")
    environmental_flow_deficit_m3_per_year: float


class FuturesAnswer(Answer):
    """A plan in other futures: all that it builds stays; water and demand change, and what fails is counted."""

    stages: list[StageRobustness]
    futures: list[FutureAnswer]
