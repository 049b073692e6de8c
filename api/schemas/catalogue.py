"""Technologies with their figures, sources of figures, and what treatment steps remove."""

from pydantic import Field

from api.schemas.base import Answer


class FigureAnswer(Answer):
    """A figure of a technology with its range and where it comes from."""

    quantity: str = Field(examples=["capex_usd"])
    value: float
    low: float
    high: float
    unit: str = Field(examples=["USD each"])
    year: int = Field(description="Of the price or publication.", examples=[2026])
    citation: str | None = Field(description="Its source in /v1/catalogue/citations. null: none was found.")
    assumed: bool = Field(description="Whether it was assumed, with the reason in note.")
    note: str | None


class TechnologyAnswer(Answer):
    """A technology and its figures."""

    technology: str = Field(examples=["handpump_point"])
    title: str
    category: str = Field(examples=["points"])
    figures: list[FigureAnswer]


class CitationAnswer(Answer):
    """A source of figures."""

    citation: str
    title: str
    licence: str


class LogRemovalAnswer(Answer):
    """How much of a kind of pathogens a treatment step removes, in powers of ten."""

    process: str
    pathogen: str = Field(examples=["bacteria"])
    low: float
    high: float
    citation: str
