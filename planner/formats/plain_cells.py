"""Cells of a column: plain values, as JSON has them, to typed ones, a whole column at a time."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from planner.basin.field import Column
from planner.formats.cells import Array, Cells, dtype_of, read_cells

BITS_SHOWN = 128
LARGEST_INTEGER = 1e15


def read_plain(values: list[Any], column: Column) -> Cells:
    """The typed values of a column of plain ones (None is blank); see `planner.formats.cells.read_cells`."""
    if column.kind in ("text", "identifier", "choice"):
        return _texts(values, column)
    typed, wrong = _READERS[column.kind](values, column)
    if column.required:
        wrong["cell.blank"] = _each(values, lambda value: value is None)
    return Cells(typed, {code: mask for code, mask in wrong.items() if mask.any()})


def seen(values: list[Any]) -> Array:
    """The values as a finding may show them: nested content and huge numbers by their sort only."""
    shown = np.empty(len(values), dtype=object)
    shown[:] = [_seen(value) for value in values]
    return shown


def _seen(value: Any) -> Any:
    if isinstance(value, dict):
        return "an object"
    if isinstance(value, list):
        return "a list"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int) and value.bit_length() > BITS_SHOWN:
        return "a huge number"
    # Half of a surrogate pair cannot be kept in a column of text, not even to be shown.
    return value.encode(errors="replace").decode() if isinstance(value, str) and not _encodable(value) else value


def _texts(values: list[Any], column: Column) -> Cells:
    stray = _each(values, lambda value: value is not None and not isinstance(value, str))
    if stray.any():
        values = [None if isnt else value for value, isnt in zip(values, stray, strict=True)]
    try:
        text = pa.array(values, pa.large_string())
    except UnicodeEncodeError:  # half of a surrogate pair, which JSON can escape and no file can hold
        broken = _each(values, lambda value: value is not None and not _encodable(value))
        stray |= broken
        text = pa.array([None if is_ else value for value, is_ in zip(values, broken, strict=True)], pa.large_string())
    cells = read_cells(pc.if_else(pc.equal(text, ""), None, text), column)
    wrong = {code: mask & ~stray for code, mask in cells.wrong.items()} | {"cell.not_a_text": stray}
    return Cells(cells.values, {code: mask for code, mask in wrong.items() if mask.any()})


def _encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _numbers(values: list[Any], column: Column) -> tuple[Array, dict[str, Array]]:
    array, stray = _floats(values)
    missing = _each(values, lambda value: value is None)
    not_finite = ~np.isfinite(array) & ~missing & ~stray
    array = np.where(not_finite, np.nan, array)
    if column.default is not None:
        array = np.where(missing, float(column.default), array)
    return array, {"cell.not_a_number": stray, "cell.not_finite": not_finite}


def _integers(values: list[Any], column: Column) -> tuple[Array, dict[str, Array]]:
    array, _ = _floats(values)
    missing = _each(values, lambda value: value is None)
    whole = np.isfinite(array) & (np.abs(array) < LARGEST_INTEGER)
    whole &= np.trunc(np.where(whole, array, 0.5)) == array
    if dtype_of(column) == np.dtype("float64"):
        return np.where(whole, array, np.nan), {"cell.not_an_integer": ~whole & ~missing}
    array = np.where(missing, float(column.default or 0), np.where(whole, array, 0.0))
    return array.astype(np.int64), {"cell.not_an_integer": ~whole & ~missing}


def _booleans(values: list[Any], column: Column) -> tuple[Array, dict[str, Array]]:
    stray = _each(values, lambda value: value is not None and not isinstance(value, bool))
    default = bool(column.default)
    typed = _each(values, lambda value: value is True or (default and value is None))
    return typed, {"cell.not_a_boolean": stray}


def _floats(values: list[Any]) -> tuple[Array, Array]:
    """The values as float64 (NaN for what is none), and which are neither a number nor blank."""
    if set(map(type, values)) <= {int, float, type(None)}:
        try:
            return np.array(values, dtype=np.float64), np.zeros(len(values), dtype=bool)
        except OverflowError:
            pass  # an integer beyond any float, which is infinite below
    stray = _each(values, lambda value: isinstance(value, bool) or not isinstance(value, int | float | None))
    return np.array([np.nan if isnt else _float(v) for v, isnt in zip(values, stray, strict=True)], dtype=np.float64), stray


def _float(value: float | None) -> float:
    try:
        return np.nan if value is None else float(value)
    except OverflowError:
        return np.inf


def _each(values: list[Any], is_so: Callable[[Any], Any]) -> Array:
    return np.fromiter(map(is_so, values), dtype=bool, count=len(values))


_READERS: dict[str, Callable[[list[Any], Column], tuple[Array, dict[str, Array]]]] = {
    "number": _numbers,
    "integer": _integers,
    "boolean": _booleans,
}
