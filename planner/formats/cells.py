"""Cells of a column: text to typed values, a whole column at a time."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from planner.basin.field import Column
from planner.checks.names import STRINGS as STRINGS

NUMBER = r"^-?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,4})?$"
NOT_FINITE = r"^(?i:[+-]?(inf|infinity|nan))$"
INTEGER = r"^-?\d{1,18}$"
BOOLEAN = r"^(?i:true|false)$"

Array = npt.NDArray[Any]


@dataclass(frozen=True)
class Cells:
    """Typed values of a column and, by code of the finding, which cells could not be read."""

    values: Array | pd.api.extensions.ExtensionArray
    wrong: dict[str, Array]

    @property
    def sound(self) -> bool:
        return not self.wrong


def dtype_of(column: Column) -> Any:
    """The dtype a column has in a basin's tables."""
    if column.kind == "number" or (column.kind == "integer" and not column.required and column.default is None):
        return np.dtype("float64")
    if column.kind in ("integer", "boolean"):
        return np.dtype("int64" if column.kind == "integer" else "bool")
    return STRINGS


def blank(column: Column) -> Any:
    """What a blank cell stands for: the default, or a missing value."""
    return np.nan if column.default is None or column.default == "" else column.default


def filled(column: Column, rows: int) -> "pd.Series[Any]":
    """A column that the file does not have: the default in every row."""
    kind = dtype_of(column)
    value = blank(column)
    if column.required and kind in (np.dtype("int64"), np.dtype("bool")):
        value = 0
    series: pd.Series[Any] = pd.Series([value] * rows, dtype=kind, name=column.name)
    return series


def read_cells(text: Any, column: Column) -> Cells:
    """The typed values of a column of text (an Arrow array in which a blank cell is null).

    Cells that cannot be read are named in `wrong` under the code of their finding and hold a harmless value.
    """
    missing = _mask(text.is_null())
    wrong = {"cell.blank": missing} if column.required and missing.any() else {}
    if column.kind in ("text", "identifier", "choice"):
        if isinstance(column.default, str) and column.default:
            text = pc.fill_null(text, column.default)
        return Cells(pd.array(text, dtype=STRINGS), wrong)
    values, faults = _READERS[column.kind](text, column)
    return Cells(values, {**wrong, **{code: mask for code, mask in faults.items() if mask.any()}})


def _numbers(text: Any, column: Column) -> tuple[Array, dict[str, Array]]:
    plain, readable = _plain(text, NUMBER)
    values = pc.cast(plain, pa.float64()).to_numpy(zero_copy_only=False)
    infinite = np.isinf(values)
    named = ~readable & _mask(pc.match_substring_regex(text, NOT_FINITE))
    default = np.nan if column.default is None else float(column.default)
    values = np.where(infinite, np.nan, values)
    if not np.isnan(default):
        values = np.where(_mask(text.is_null()), default, values)
    return values, {"cell.not_finite": infinite | named, "cell.not_a_number": ~readable & ~named}


def _integers(text: Any, column: Column) -> tuple[Array, dict[str, Array]]:
    plain, readable = _plain(text, INTEGER)
    if dtype_of(column) == np.dtype("float64"):
        return pc.cast(plain, pa.float64()).to_numpy(zero_copy_only=False), {"cell.not_an_integer": ~readable}
    default = 0 if column.default is None else int(column.default)
    values = pc.cast(plain, pa.int64())
    values = pc.if_else(pc.is_null(text), default, pc.fill_null(values, 0))
    return values.to_numpy(zero_copy_only=False), {"cell.not_an_integer": ~readable}


def _booleans(text: Any, column: Column) -> tuple[Array, dict[str, Array]]:
    _, readable = _plain(text, BOOLEAN)
    values = pc.fill_null(pc.equal(pc.utf8_lower(text), "true"), bool(column.default))
    return values.to_numpy(zero_copy_only=False).astype(bool), {"cell.not_a_boolean": ~readable}


def _plain(text: Any, pattern: str) -> tuple[Any, Array]:
    """The text where it matches (null elsewhere), and which cells are readable; a blank is."""
    matches = pc.fill_null(pc.match_substring_regex(text, pattern), True)
    readable = _mask(matches)
    return (text if readable.all() else pc.if_else(matches, text, None)), readable


def _mask(values: Any) -> Array:
    return np.asarray(pc.fill_null(values, False).to_numpy(zero_copy_only=False), dtype=bool)


_READERS: dict[str, Callable[[Any, Column], tuple[Array, dict[str, Array]]]] = {
    "number": _numbers,
    "integer": _integers,
    "boolean": _booleans,
}
