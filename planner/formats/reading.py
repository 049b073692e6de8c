"""A basin on its way from a file: what could be read so far, and what stands against it."""

from dataclasses import dataclass, field

import pandas as pd

from planner.basin.basin import Basin
from planner.basin.horizon import Settings
from planner.basin.tables import ROW_OF, columns
from planner.checks import check_meaning
from planner.checks.finding import BasinError, Finding, errors
from planner.checks.report import found
from planner.checks.structure import check_structure
from planner.checks.values import outside
from planner.formats.typed import TableReading, empty_table


@dataclass
class Reading:
    """A basin as far as it could be read, whatever its format. `holder` is what holds the tables, in one word."""

    holder: str
    settings: Settings | None = None
    tables: dict[str, pd.DataFrame] = field(default_factory=dict)
    original: dict[str, bytes] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    unsound: set[tuple[str, str]] = field(default_factory=set)

    def lacks_settings(self, name: str) -> None:
        """Note that there are no settings; `name` is what they would be called."""
        message = f"The {self.holder} has no {name}."
        self.findings.append(found("settings.missing", message, table=Settings.table))

    def lacks_table(self, table: str, name: str) -> None:
        """Put an empty table where it is optional, a finding where it is not; `name` is what it would be called."""
        if ROW_OF[table].optional_table:
            self.tables[table] = empty_table(table)
            return
        allowed = ",".join(column.name for column in columns(table))
        message = f"The {self.holder} has no {name}."
        self.findings.append(found("table.missing", message, table=table, allowed=allowed))

    def take(self, table: str, read: TableReading) -> None:
        """Keep a table that was read, and find the values that its columns do not allow."""
        self.findings += read.findings
        if read.frame is None:
            return
        self.tables[table] = read.frame
        self.unsound |= {(table, name) for name in read.unsound}
        for column in columns(table):
            # A whole number that could not be read stands as 0, which would be found out of range once more.
            if column.kind != "integer" or column.name not in read.unsound:
                self.findings += outside(table, read.frame, column)

    @property
    def basin(self) -> Basin:
        # Where the settings cannot be read, the checks that need them are left out, so any settings will do.
        settings = self.settings or Settings.model_construct(name="unread", base_year=0)
        return Basin(settings, self.tables, self.original)

    def with_structure(self) -> "Reading":
        """The reading with the findings of keys and references, once every table has been taken."""
        self.findings += check_structure(self.basin, self.unsound)
        return self

    def sound_basin(self) -> Basin:
        """The basin. Raises `BasinError` with every finding that forbids reading."""
        fatal = errors(self.findings)
        if fatal:
            raise BasinError(fatal)
        return self.basin

    def inspected(self) -> tuple[Basin | None, list[Finding]]:
        """The basin (None if it cannot be read) and all findings, also of whether it makes sense.

        Where a table cannot be read in full, the checks that need it are left out and the others still made.
        """
        fatal = errors(self.findings)
        findings = list(self.findings)
        if self.tables:
            unsound = {f.table for f in fatal if f.table and f.code != "column.unknown"}
            missing = set(ROW_OF) - set(self.tables)
            findings += check_meaning(self.basin, unsound | missing)
        return (None if fatal else self.basin), findings
