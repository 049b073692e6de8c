"""The catalogue of technologies as frames and as plain rows."""

import hashlib
from functools import cache
from typing import Any, Literal

import pandas as pd

from planner.catalogue import citations, log_removals, technologies

Part = Literal["technologies", "citations", "log-removals"]
_READERS = {"technologies": technologies, "citations": citations, "log-removals": log_removals}
_OF_TECHNOLOGY = ["technology", "title", "category"]


@cache
def frame(part: Part) -> pd.DataFrame:
    """A table of the catalogue. Nobody may change it in place."""
    return _READERS[part]()


@cache
def digest(part: Part) -> str:
    """What changes whenever the table does."""
    return hashlib.sha256(csv(frame(part))).hexdigest()[:32]


def csv(table: pd.DataFrame) -> bytes:
    """A table as CSV."""
    return table.to_csv(index=False, lineterminator="\n").encode()


def rows(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Plain rows; a missing value is None."""
    plain = table.astype(object).where(table.notna(), None)
    return [dict(zip(table.columns, row, strict=True)) for row in plain.itertuples(index=False)]


def figures(category: str | None, technology: str | None) -> pd.DataFrame:
    """The figures of the technologies of a category, of one technology, or of all."""
    table = frame("technologies")
    if category is not None:
        table = table[table["category"] == category]
    return table if technology is None else table[table["technology"] == technology]


def by_technology(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Each technology with its figures, in the order of the table."""
    groups = table.groupby(_OF_TECHNOLOGY, sort=False)
    return [
        {**dict(zip(_OF_TECHNOLOGY, key, strict=True)), "figures": rows(found.drop(columns=_OF_TECHNOLOGY))}
        for key, found in groups
    ]
