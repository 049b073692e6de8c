"""A finding: one thing that a check has to say about a basin."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any, Literal

Severity = Literal["error", "warning", "note"]


@dataclass(frozen=True)
class Finding:
    """What is wrong, where, and how to mend it.

    `table` is the name of a table (its file is `<table>.csv`) or `basin` (basin.yaml). `row` is the line in the file,
    where the header is line 1; in a basin that never was a file it is the line that writing it would give. `where` is the
    place in a file of another format: a JSON pointer, or sheet and cell. `value` is what stands there, `allowed` what may
    stand there.
    """

    code: str
    severity: Severity
    message: str
    table: str | None = None
    row: int | None = None
    column: str | None = None
    value: str | None = None
    allowed: str | None = None
    remedy: str | None = None
    where: str | None = None

    @property
    def place(self) -> str:
        """Where it is, in one word group: `links.csv, line 7, loss_share`, or `where` in a file of another format."""
        if self.where is not None:
            return self.where
        file = None if self.table is None else "basin.yaml" if self.table == "basin" else f"{self.table}.csv"
        line = None if self.row is None else f"line {self.row}"
        return ", ".join(part for part in (file, line, self.column) if part)

    def to_dict(self) -> dict[str, Any]:
        """All fields by name; what does not apply is None."""
        return asdict(self)

    def __str__(self) -> str:
        place = f"{self.place}: " if self.place else ""
        remedy = f" {self.remedy}" if self.remedy else ""
        return f"{self.severity} {self.code}: {place}{self.message}{remedy}"


class BasinError(ValueError):
    """A basin cannot be read. `findings` says everything that stands against it."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings: tuple[Finding, ...] = tuple(findings)
        super().__init__("\n".join(str(finding) for finding in self.findings))


def errors(findings: Iterable[Finding]) -> list[Finding]:
    """Only the findings that forbid going on."""
    return [finding for finding in findings if finding.severity == "error"]
