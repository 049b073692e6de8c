"""Rules of one's own."""

from typing import Annotated

from pydantic import Field

from api.schemas.base import Answer, Body
from api.schemas.findings import FindingAnswer
from api.schemas.plain import PlainObject


class RuleToTry(Body):
    """A rule, and the version of the basin that it is tried with."""

    rule: Annotated[
        PlainObject,
        Field(
            description="name, title, foreach, where, expression, active.",
            examples=[
                {
                    "name": "capital_cap",
                    "foreach": ["stage"],
                    "expression": "sum(channel, category, account: finance.amount_usd[channel, category, account, stage])"
                    " <= 400000 [USD]",
                }
            ],
        ),
    ]
    version: Annotated[int | None, Field(ge=1, le=10**9, description="Version of the basin. null: the newest.")] = None


class RuleCheck(Answer):
    """Whether a rule can be used. A finding names line and character, and shows the line."""

    sound: bool
    unit: str | None = Field(default=None, description="Unit of both sides. Blank: a pure number.", examples=["USD"])
    findings: list[FindingAnswer]


class RulePreviewAnswer(RuleCheck):
    """What a rule would be in the model, without solving anything."""

    rows: int = 0
    entries: int = Field(default=0, description="Figures of the plan in all rows together.")
    left_out: int = Field(default=0, description="Combinations to which the rule does not apply.")
    examples: list[str] = Field(default=[], description="Some rows in words.")


class RuleFigureAnswer(Answer):
    """A figure that a rule may use."""

    table: str = Field(examples=["investments"])
    column: str = Field(examples=["serves"])
    indices: list[str] = Field(description="Sets, in order.", examples=[["option", "stage"]])
    unit: str
    title: str
    planned: bool = Field(description="Decided by the plan; else given by the basin.")


class RuleNamesAnswer(Answer):
    """What a rule may name."""

    sets: list[str] = Field(examples=[["option", "stage"]])
    figures: list[RuleFigureAnswer]
