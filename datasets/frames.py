"""Tables of a basin from arrays."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from planner.basin import Basin, Settings
from planner.basin.tables import ROW_OF, columns
from planner.formats.cells import dtype_of, filled
from planner.formats.typed import empty_table

Names = npt.NDArray[np.object_]


def frame(table: str, **given: Any) -> pd.DataFrame:
    """A table with the given columns, each an array of one length or a single value; the others hold their defaults.

    Raises ValueError for a column that the table does not have or one without a default that is not given.
    """
    described = {column.name: column for column in columns(table)}
    unknown = given.keys() - described.keys()
    missing = [c.name for c in described.values() if c.required and c.name not in given]
    if unknown or missing:
        raise ValueError(f"{table}: unknown columns {sorted(unknown)}, missing columns {missing}")
    rows = max((len(value) for value in given.values() if not np.isscalar(value) and value is not None), default=1)
    series = {}
    for name, column in described.items():
        if name not in given:
            series[name] = filled(column, rows)
            continue
        value = given[name]
        whole = np.full(rows, value, dtype=object) if np.isscalar(value) or value is None else value
        series[name] = pd.Series(whole).astype(dtype_of(column))
    return pd.DataFrame(series)


def basin(settings: Settings, tables: Mapping[str, pd.DataFrame]) -> Basin:
    """A basin of these tables; those left out have no rows."""
    return Basin(settings, {name: tables[name] if name in tables else empty_table(name) for name in ROW_OF})


def names(prefix: str, count: int) -> Names:
    """`count` identifiers: the prefix and a number that sorts."""
    width = len(str(max(count - 1, 0)))
    return np.array([f"{prefix}_{i:0{width}d}" for i in range(count)], dtype=object)


def product(*counts: int) -> tuple[npt.NDArray[np.intp], ...]:
    """Indices of every combination, the last running fastest."""
    return tuple(index.ravel() for index in np.indices(counts))
