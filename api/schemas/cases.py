"""The bundled cases."""

from typing import Any

from pydantic import Field

from api.schemas.base import Answer


class CaseAnswer(Answer):
    """A bundled basin to start from."""

    name: str = Field(examples=["tutorial"])
    title: str
    licence: str = Field(description="Licence of its data.", examples=["CC0-1.0"])
    villages: int
    scenarios: list[str] = Field(description="Names of its scenarios.", examples=[["least_cost", "equity_first"]])


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
