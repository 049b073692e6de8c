"""What all bodies and answers share."""

import re
from datetime import datetime
from typing import Annotated, Any, Self
from unicodedata import category

from pydantic import AfterValidator, AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field


def _printable(text: str) -> str:
    if any(category(character) == "Cc" and character not in "\n\t" for character in text):
        raise ValueError("Text has no control characters.")
    return text


def _one_line(text: str) -> str:
    text = text.strip()
    if not text or any(category(character) in ("Cc", "Zl", "Zp") for character in text):
        raise ValueError("This is one line of text.")
    return text


def _as_text(moment: Any) -> Any:
    if not isinstance(moment, str) or not re.match(r"\d{4}-\d{2}-\d{2}[Tt ]", moment):
        raise ValueError("A time is written as 2027-01-31T00:00:00Z.")
    return moment


def _of_these_centuries(moment: datetime) -> datetime:
    if not 1900 <= moment.year <= 2999:
        raise ValueError("The year lies between 1900 and 2999.")
    return moment


Name = Annotated[
    str,
    Field(
        pattern=r"^[A-Za-z0-9_.\-]+$",
        min_length=1,
        max_length=100,
        description="Letters, digits, _ . -",
        examples=["upper_sesan"],
    ),
]
Title = Annotated[str, Field(max_length=500), AfterValidator(_printable)]
Line = Annotated[str, Field(min_length=1, max_length=200), AfterValidator(_one_line)]
Words = Annotated[str, Field(max_length=5000), AfterValidator(_printable)]
ObjectId = Annotated[str, Field(description="Identifier (UUID).", examples=["0198f0a4-5d1e-7c3a-9f1b-2f6f0c1d2e3f"])]
Time = Annotated[datetime, Field(description="RFC 3339, in UTC.", examples=["2026-11-24T10:00:00Z"])]
SentTime = Annotated[AwareDatetime, BeforeValidator(_as_text), AfterValidator(_of_these_centuries)]
LaterTime = Annotated[SentTime, Field(description="RFC 3339, with its zone.", examples=["2027-01-31T00:00:00Z"])]


class Body(BaseModel):
    """What is sent to us: nothing but the fields it has, no NaN or infinity."""

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False, frozen=True)


class Answer(BaseModel):
    """What we send."""

    model_config = ConfigDict(from_attributes=True)

    @classmethod
    def of(cls, row: object, **more: Any) -> Self:
        """The answer about a row, with what the row does not say itself."""
        held = vars(row)  # what was read; asking the mapper for each value once more takes ten times as long
        told = {name: held[name] if name in held else getattr(row, name) for name in cls.model_fields if name not in more}
        return cls(**told, **more)
