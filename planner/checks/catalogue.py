"""Every code a finding can have: how grave it is, what it means, how to mend it. Defined once, in catalogue.csv."""

import csv
from dataclasses import dataclass
from importlib.resources import files
from itertools import groupby
from typing import cast

from planner.checks.finding import Severity


@dataclass(frozen=True)
class Code:
    """What a code means. `remedy` is said where a check knows nothing better."""

    family: str
    code: str
    severity: Severity
    meaning: str
    remedy: str


def _read() -> dict[str, Code]:
    text = files(__package__).joinpath("catalogue.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    return {
        row["code"]: Code(row["family"], row["code"], cast(Severity, row["severity"]), row["meaning"], row["remedy"])
        for row in rows
    }


CODES: dict[str, Code] = _read()


def catalogue_markdown() -> str:
    """The page of all codes: severity, meaning, remedy, by family."""
    lines = ["# What a check can find", ""]
    for title, family in groupby(CODES.values(), key=lambda code: code.family):
        lines += [f"## {title}", "", "| code | severity | what it means | what to do |", "|---|---|---|---|"]
        lines += [f"| `{code.code}` | {code.severity} | {code.meaning} | {code.remedy} |" for code in family]
        lines.append("")
    return "\n".join(lines)
