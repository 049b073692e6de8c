"""Making findings: one by one, or for every row that a mask marks."""

import difflib
import math
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from planner.checks.catalogue import CODES
from planner.checks.finding import Finding

LISTED_AT_MOST = 20
SHOWN_CHARACTERS = 80

Mask = npt.NDArray[np.bool_]


def shown(value: Any) -> str | None:
    """A cell as it is shown in a finding: short, numbers in their shortest form, blank for a missing value."""
    if value is None:
        return None
    if isinstance(value, float | np.floating):
        number = float(value)
        return "blank" if math.isnan(number) else f"{number:.12g}"
    text = str(value)
    text = "".join(c if c.isprintable() else "�" for c in text[: SHOWN_CHARACTERS + 1])
    return text if len(text) <= SHOWN_CHARACTERS else text[: SHOWN_CHARACTERS - 1] + "…"


def found(
    code: str,
    message: str,
    *,
    table: str | None = None,
    row: int | None = None,
    column: str | None = None,
    value: Any = None,
    allowed: str | None = None,
    remedy: str | None = None,
) -> Finding:
    """A finding with the severity and, unless a better one is given, the remedy of the catalogue."""
    entry = CODES[code]
    return Finding(code, entry.severity, message, table, row, column, shown(value), allowed or None, remedy or entry.remedy)


def line(frame: pd.DataFrame, position: int) -> int:
    """The line in the file of the row at a position; the header is line 1.

    Rows keep their number of reading as the index, so that the line is right even where other rows were left out.
    """
    label = frame.index[position]
    return int(label) + 2 if isinstance(label, int | np.integer) else position + 2


def at_rows(
    code: str,
    table: str,
    frame: pd.DataFrame,
    marked: Mask | pd.Series,
    say: Callable[[int], str] | str,
    *,
    column: str | None = None,
    values: Any = None,
    allowed: str | None = None,
    remedy: Callable[[int], str | None] | None = None,
) -> list[Finding]:
    """A finding for every marked row; after the first twenty, one that says how many more there are.

    `say` is a sentence with names of columns in braces, or gets the position of the row, as `remedy` does; `values`
    (by default the column's) is what is shown.
    """
    positions = np.flatnonzero(np.asarray(marked, dtype=bool))
    if not len(positions):
        return []
    cells = frame[column] if values is None and column is not None else values

    def cell(position: int) -> Any:
        if cells is None:
            return None
        return cells.iloc[position] if isinstance(cells, pd.Series) else cells[position]

    def sentence(position: int) -> str:
        if callable(say):
            return say(position)
        return say.format_map({str(name): shown(frame[name].iloc[position]) for name in frame})

    findings = [
        found(
            code,
            sentence(int(p)),
            table=table,
            row=line(frame, int(p)),
            column=column,
            value=cell(int(p)),
            allowed=allowed,
            remedy=None if remedy is None else remedy(int(p)),
        )
        for p in positions[:LISTED_AT_MOST]
    ]
    return findings + more(code, table, column, [line(frame, int(p)) for p in positions[LISTED_AT_MOST:]])


def more(code: str, table: str | None, column: str | None, lines: list[int]) -> list[Finding]:
    """One finding for all that are not listed one by one; none if there are none."""
    if not lines:
        return []
    return [found(code, f"And {len(lines)} more like it.", table=table, row=lines[0], column=column)]


def listed(names: Iterable[str], at_most: int = 5) -> str:
    """Names in a sentence: the first few, and how many more."""
    every = list(names)
    rest = len(every) - at_most
    return ", ".join(shown(name) or "" for name in every[:at_most]) + (f" and {rest} more" if rest > 0 else "")


def did_you_mean(name: str, known: Iterable[str]) -> str | None:
    """A remedy that names the nearest known name; None if nothing is near."""
    near = difflib.get_close_matches(name[:100], list(known), n=1, cutoff=0.7)
    return f"Did you mean {near[0]}?" if near else None
