"""Why a plan is as it is: what it rests on, and what was left out."""

from typing import Literal

from pydantic import Field

from api.schemas.base import Answer
from api.schemas.said import Said


class AssumedFigure(Answer):
    """A figure that nobody measured."""

    assumption: str
    title: str
    value: float
    low: float
    high: float
    unit: str
    why: str
    rests: Said = Field(description="Columns of the basin that rest on it, in words.", examples=["Links: Capital"])
    columns_resting: int = Field(description="How many columns of the basin rest on it.")
    sources: str = Field(description="What the same columns cite, in words.")


class PolicySubject(Answer):
    """What the policy says of a subject."""

    subject: Said = Field(examples=["Environmental flow"])
    words: Said = Field(examples=["kept without exception"])
    limit: Said = Field(
        description="The constraint that states it, as an explanation names it; empty: it is no limit by itself.",
        examples=["Environmental flow"],
    )


class AssumptionsAnswer(Answer):
    """What a plan rests on, as it was planned."""

    policy: list[PolicySubject]
    changes: list[Said] = Field(description="What its scenario changes of the basin, in words.")
    origins: dict[Literal["given", "derived", "assumed"], int] = Field(
        description="How many columns of the basin's tables are given by a source, derived, or assumed."
    )
    figures: list[AssumedFigure] = Field(description="Those that most columns rest on first.")


class PlanOption(Answer):
    """Something that could be built, and whether the plan builds it."""

    option: str
    title: str
    kind: str
    kind_title: Said = Field(description="The kind in words.", examples=["source development"])
    built: bool = Field(description="Whether it serves in the last stage.")


class ForcedAnswer(Answer):
    """What the first aim becomes where an option must serve in the last stage."""

    option: str
    title: str
    aim: str
    unit: str
    status: str = Field(description="How the search with it ended.")
    value: float | None = Field(description="The first aim with it; null: no plan with it was found.")
    costs_as_found: float | None = Field(
        description="By how much the aim becomes worse between the two plans as they are, below zero: better; null: not known."
    )
    costs_at_least: float | None = Field(description="Whatever either could still gain it is no less; null: not known.")
    costs_at_most: float | None = Field(description="And no more; null: no plan with it was found.")
    caveat: Said = Field(description="Why it cannot be told; empty where it can.")
