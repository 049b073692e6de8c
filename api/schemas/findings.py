"""Findings, and what a check answers."""

from typing import Any

from pydantic import Field

from api.schemas.base import Answer
from api.schemas.said import Said
from planner.checks.finding import Severity


class FindingAnswer(Answer):
    """One thing that a check has to say: what, where, how to mend it."""

    code: str = Field(examples=["cell.out_of_range"])
    severity: Severity
    message: Said
    table: str | None = Field(default=None, examples=["villages"])
    row: int | None = Field(default=None, description="Line in the table's file; the header is line 1.")
    column: str | None = None
    value: str | None = Field(default=None, description="What stands there.")
    allowed: Said | None = Field(default=None, description="What may stand there.")
    remedy: Said | None = None
    where: str | None = Field(
        default=None,
        description="Place in what was sent: a JSON pointer, or sheet and cell of a workbook.",
        examples=["/villages/5/loss_share", "Sheet villages, cell D7"],
    )


class CheckAnswer(Answer):
    """What a check found. `sound`: no finding is an error, so that it can be kept."""

    sound: bool
    findings: list[FindingAnswer]
    counts: dict[str, int] = Field(default={}, description="Rows of each table, where it could be read.")


class TableDifferenceAnswer(Answer):
    """Rows that came and went, by key, and cells that changed. Lists end at the limit; the counts are of all."""

    added_count: int
    removed_count: int
    changed_count: int
    added: list[dict[str, Any]]
    removed: list[dict[str, Any]]
    changed: list[dict[str, Any]] = Field(description="key, column, before, after")


class BasinDifferenceAnswer(Answer):
    """What differs between two basins; only tables that differ are named."""

    settings: list[dict[str, Any]] = Field(description="column, before, after")
    tables: dict[str, TableDifferenceAnswer]
