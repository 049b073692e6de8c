"""Positions of identifiers in their tables, and long tables as arrays."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Flags = NDArray[np.bool_]


def positions(names: pd.Series | Sequence[str], index: pd.Index) -> Integers:
    """Position of each name in an index; -1 for a blank or unknown name."""
    return np.asarray(index.get_indexer(pd.Index(names)), dtype=np.int64)


def dense(table: pd.DataFrame, value: str, *axes: tuple[str, pd.Index]) -> Floats:
    """A long table as an array with one axis for each (column, index); what is not in the table is 0."""
    shape = tuple(len(index) for _, index in axes)
    where = tuple(positions(table[column], index) for column, index in axes)
    array = np.zeros(shape)
    array[where] = table[value].to_numpy(float)
    return array


def dense_sums(table: pd.DataFrame, value: str, *axes: tuple[str, pd.Index]) -> Floats:
    """A long table as sums over all else than its axes; what is not in the table is 0."""
    array = np.zeros(tuple(len(index) for _, index in axes))
    np.add.at(array, tuple(positions(table[column], index) for column, index in axes), table[value].to_numpy(float))
    return array


def numbers(table: pd.DataFrame, column: str, blank: float = np.nan) -> Floats:
    """A column as floats, blanks replaced."""
    values = table[column].to_numpy(float, na_value=np.nan)
    return np.where(np.isnan(values), blank, values)


def position(name: str, index: pd.Index) -> int:
    """Position of one name that is there."""
    return int(positions([name], index)[0])


def picked(values: Integers, index: Integers) -> Integers:
    """values[index], and -1 where the index is -1."""
    if not len(values):
        return np.full(len(index), -1, dtype=np.int64)
    return np.where(index >= 0, values[np.maximum(index, 0)], -1)
