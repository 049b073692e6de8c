"""Basins and their versions."""

from typing import Annotated, Any, Literal

from fastapi import Path
from pydantic import Field, model_validator

from api.http.pages import PageRequest
from api.persistence.models.basins import Role
from api.schemas.base import Answer, Body, Name, ObjectId, Time, Title, Words
from api.schemas.findings import BasinDifferenceAnswer, FindingAnswer
from api.schemas.plain import PlainList
from api.schemas.said import Said
from planner.checks.finding import Severity

Note = Annotated[Words, Field(max_length=2000, description="What this version is, or what was changed and why.")]
Identifier = Annotated[str, Field(pattern=r"^[A-Za-z0-9\-]+$", max_length=80)]
PathId = Annotated[str, Path(pattern=r"^[A-Za-z0-9\-]+$", max_length=80, description="Identifier (UUID).")]
VersionNumber = Annotated[
    str, Path(pattern=r"^(latest|[1-9][0-9]{0,8})$", description="Number of a version, or `latest`.", examples=["latest", "1"])
]
Document = Annotated[
    dict[str, Any],
    Field(
        description="The basin as `GET …/versions/{number}/document` gives it: `basin` and a list of rows for each table.",
        examples=[{"basin": {"name": "my_basin", "title": "My basin", "base_year": 2026}, "villages": []}],
    ),
]


class NewBasin(Body):
    """A basin to make, from a document or from a bundled case."""

    organisation_id: Identifier
    document: Document | None = None
    case: Name | None = Field(default=None, description="Name of a bundled case instead of a document.", examples=["ratanakiri"])
    name: Name | None = Field(default=None, description="Left out: the document's.")
    title: Title | None = Field(default=None, description="Left out: the document's.")
    note: Note = ""

    @model_validator(mode="after")
    def _one_origin(self) -> "NewBasin":
        if (self.document is None) == (self.case is None):
            raise ValueError("Send either a document or the name of a case.")
        return self


class BasinChange(Body):
    """What is to be changed in a basin; what is left out stays. `open_to_all` and `open_to_public` take its owner."""

    name: Name | None = None
    title: Title | None = None
    open_to_all: bool | None = Field(default=None, description="Whether everyone with an account may read it.")
    open_to_public: bool | None = Field(default=None, description="Whether anybody may read it, without an account.")


class BasinAnswer(Answer):
    """A basin."""

    id: ObjectId
    organisation_id: ObjectId
    name: str
    title: str
    open_to_all: bool
    open_to_public: bool
    latest_version: int
    role: Role = Field(description="What you are in it.")
    revision: int
    created_by: ObjectId
    created_at: Time
    updated_at: Time
    archived_at: Time | None


class BasinQuery(PageRequest):
    """Which basins are wanted."""

    organisation_id: Annotated[Identifier | None, Field(description="Only those of this organisation.")] = None
    archived: Annotated[bool, Field(description="Those that are archived instead of those that are not.")] = False
    text: Annotated[Title | None, Field(description="Part of the name or title.", max_length=100)] = None


class NewVersion(Body):
    """A whole basin as its next version."""

    document: Document
    note: Note = ""


class BasinEdits(Body):
    """Changes of a basin, in order: set, multiply, add, remove, settings, as in a scenario."""

    changes: Annotated[
        PlainList,
        Field(
            min_length=1,
            max_length=10_000,
            examples=[[{"table": "villages", "where": {"village": "upper"}, "set": {"title": "Upper village"}}]],
        ),
    ]
    note: Note = ""


class VersionAnswer(Answer):
    """A version of a basin; it never changes."""

    basin_id: ObjectId
    number: int
    digest: str = Field(description="Of the whole content: equal basins have equal digests.")
    counts: dict[str, int] = Field(description="Rows of each table.")
    warnings: int = Field(description="How many warnings there are; see its findings.")
    notes: int
    note: str
    created_by: ObjectId
    created_at: Time


class EditsAnswer(Answer):
    """What changes of a basin did, or would do."""

    version: VersionAnswer | None = Field(description="The version that was made; null on a dry run.")
    sound: bool
    findings: list[FindingAnswer]
    difference: BasinDifferenceAnswer | None = Field(description="To the version before; null where findings are errors.")


class FindingsQuery(PageRequest):
    """Which findings are wanted."""

    severity: Annotated[Severity | None, Field(description="Only of this severity.")] = None


class TableQuery(PageRequest):
    """Which rows of a table are wanted, and how."""

    format: Annotated[Literal["json", "csv", "parquet"], Field(description="json comes in pages, the others whole.")] = "json"


class ColumnAnswer(Answer):
    """A column of a table."""

    name: str
    title: Said
    unit: str
    unit_title: Said = Field(description="The unit in words.")
    kind: str


class TableAnswer(Answer):
    """Rows of a table."""

    table: str
    columns: list[ColumnAnswer]
    total: int = Field(description="Rows in all.")
    items: list[dict[str, Any]]
    next_cursor: str | None = None
