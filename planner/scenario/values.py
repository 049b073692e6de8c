"""One value of a scenario against the column that it is meant for."""

import re
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from planner.basin.field import IDENTIFIER_PATTERN, Column


class NotAllowedError(ValueError):
    """The value does not fit the column."""


def fitted(value: Any, column: Column) -> Any:
    """The value as the column holds it; a blank as NaN. Raises NotAllowedError.

    Whole numbers in a text column become text, so that an identifier such as 12 needs no quotes.
    """
    if value is None:
        if column.required or (column.default is not None and column.default != ""):
            raise NotAllowedError
        return np.nan
    result = _READERS[column.kind](value, column)
    if isinstance(result, int | float) and not isinstance(result, bool) and not in_range(np.array([result]), column)[0]:
        raise NotAllowedError
    return result


def in_range(values: NDArray[Any], column: Column) -> NDArray[np.bool_]:
    """Which numbers the column allows; blanks count as allowed."""
    allowed: NDArray[np.bool_] = np.isfinite(values) | np.isnan(values)
    if column.minimum is not None:
        allowed &= ~((values <= column.minimum) if column.minimum_excluded else (values < column.minimum))
    if column.maximum is not None:
        allowed &= ~((values >= column.maximum) if column.maximum_excluded else (values > column.maximum))
    return allowed


def matches(series: pd.Series, value: Any, column: Column) -> pd.Series:
    """Which rows hold a value that stands in a `where`. Raises NotAllowedError where the column can never hold it."""
    if value is None:
        return series.isna()
    return series == _READERS[column.kind](value, column)


def _number(value: Any, _: Column) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise NotAllowedError
    return float(value)


def _integer(value: Any, _: Column) -> int:
    if isinstance(value, bool) or not isinstance(value, int | float) or value != int(value):
        raise NotAllowedError
    return int(value)


def _boolean(value: Any, _: Column) -> bool:
    if not isinstance(value, bool):
        raise NotAllowedError
    return value


def _text(value: Any, column: Column) -> str:
    if isinstance(value, bool | float) or not isinstance(value, int | str):
        raise NotAllowedError
    text = str(value)
    if column.max_length is not None and len(text) > column.max_length:
        raise NotAllowedError
    if column.kind == "identifier" and not re.fullmatch(IDENTIFIER_PATTERN, text):
        raise NotAllowedError
    if column.kind == "choice" and text not in column.choices:
        raise NotAllowedError
    return text


_READERS = {
    "number": _number,
    "integer": _integer,
    "boolean": _boolean,
    "identifier": _text,
    "text": _text,
    "choice": _text,
}
