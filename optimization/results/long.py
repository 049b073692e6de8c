"""Arrays as long tables."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from planner.plan.tables import columns


def long(axes: Mapping[str, pd.Index], values: Mapping[str, NDArray[np.generic]], keep: ArrayLike | None = None) -> pd.DataFrame:
    """One row for each element that is kept: the names along the axes, then the values."""
    shape = tuple(len(index) for index in axes.values())
    where = np.nonzero(np.ones(shape, bool) if keep is None else np.broadcast_to(np.asarray(keep, bool), shape))
    named = {name: index.take(position) for (name, index), position in zip(axes.items(), where, strict=True)}
    return pd.DataFrame({**named, **{name: np.broadcast_to(array, shape)[where] for name, array in values.items()}})


def in_order(table: str, frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with the plan's columns of that table, in order."""
    return frame[[column.name for column in columns(table)]].reset_index(drop=True)
