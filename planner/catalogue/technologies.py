"""The catalogue of technologies, read from the table beside this file."""

from functools import cache
from pathlib import Path

import pandas as pd

TABLE = Path(__file__).with_name("technologies.csv")
CITATIONS = Path(__file__).with_name("citations.csv")
LOG_REMOVALS = Path(__file__).with_name("log_removals.csv")

TYPES = {
    "technology": "str",
    "title": "str",
    "category": "str",
    "quantity": "str",
    "value": "float64",
    "low": "float64",
    "high": "float64",
    "unit": "str",
    "year": "int64",
    "citation": "str",
    "assumed": "bool",
    "note": "str",
}


@cache
def _values() -> dict[tuple[str, str], float]:
    rows = technologies()
    return dict(zip(zip(rows["technology"], rows["quantity"], strict=True), rows["value"].tolist(), strict=True))


def technologies() -> pd.DataFrame:
    """Every figure of every technology, one a row.

    Columns: technology, title, category, quantity (the name carries no unit of its own where `unit` says it), value,
    low, high, unit, year of the price or publication, citation (blank where none was found), assumed, note.
    """
    return pd.read_csv(TABLE, dtype=TYPES)


def citations() -> pd.DataFrame:
    """The sources that the catalogue names: citation, title, licence."""
    return pd.read_csv(CITATIONS, dtype="str")


def log_removals() -> pd.DataFrame:
    """What single treatment steps remove: process, pathogen, low, high (log10), citation."""
    return pd.read_csv(LOG_REMOVALS, dtype={"low": "float64", "high": "float64"})


def figure(technology: str, quantity: str) -> float:
    """The value of one figure, in the unit its row states.

    Raises KeyError, naming both, if the catalogue has no such row.
    """
    try:
        return _values()[technology, quantity]
    except KeyError as error:
        raise KeyError(f"the catalogue has no {quantity!r} of {technology!r}") from error
