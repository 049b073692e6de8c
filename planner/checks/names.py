"""Looking up names of one column in another."""

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

STRINGS = pd.StringDtype(storage="pyarrow", na_value=np.nan)


def positions(names: pd.Series, of: pd.Series) -> npt.NDArray[np.int64]:
    """Where each name stands in `of`; -1 for a missing or unknown name. `of` holds every name once."""
    return np.asarray(pd.Index(of).get_indexer(pd.Index(names)), dtype=np.int64)


def among(names: pd.Series, others: pd.Series) -> npt.NDArray[np.bool_]:
    """Whether each name stands in `others`; a missing name does not."""
    # Arrow compares whole columns; pandas' isin makes a Python string of every name first.
    found = pc.is_in(_arrow(names), value_set=_arrow(others.dropna()))
    return np.asarray(found.to_numpy(zero_copy_only=False), dtype=bool) & names.notna().to_numpy()


def _arrow(names: pd.Series) -> pa.Array:
    values = pa.array(names.astype(STRINGS), from_pandas=True)
    return pc.cast(values.combine_chunks() if isinstance(values, pa.ChunkedArray) else values, pa.large_string())
