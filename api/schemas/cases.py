"""The bundled cases."""

from typing import Any

from pydantic import Field

from api.schemas.base import Answer


class ReliefAnswer(Answer):
    """A shaded picture of the ground, clear where it is flat, for under a map; `/v1/cases/{name}/relief` is the PNG."""

    west: float = Field(description="Longitude of its western side, degrees.")
    south: float = Field(description="Latitude of its southern side, degrees.")
    east: float = Field(description="Longitude of its eastern side, degrees.")
    north: float = Field(description="Latitude of its northern side, degrees.")
    source: str = Field(description="What it is made from, with the licence.")


class CaseAnswer(Answer):
    """A bundled basin to start from."""

    name: str = Field(examples=["tutorial"])
    title: str
    licence: str = Field(description="Licence of its data.", examples=["CC0-1.0"])
    villages: int
    scenarios: list[str] = Field(description="Names of its scenarios.", examples=[["least_cost", "equity_first"]])
    relief: ReliefAnswer | None = Field(description="The ground where it lies; null where there is no picture of it.")


class CaseScenarioAnswer(Answer):
    """A scenario of a case; `content` can be sent as a scenario of a basin that was made from the case."""

    name: str
    title: str
    description: str
    content: dict[str, Any]


class WholeCaseAnswer(Answer):
    """A bundled basin with its scenarios."""

    name: str
    title: str
    description: str
    licence: str = Field(description="Licence of its data.")
    villages: int
    counts: dict[str, int] = Field(description="Rows of each table.")
    scenarios: list[CaseScenarioAnswer]
