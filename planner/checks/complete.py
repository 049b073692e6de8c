"""Tables that need a row for every combination of what other tables name."""

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd

from planner.basin.basin import Basin
from planner.basin.tables import ROW_OF
from planner.checks.finding import Finding
from planner.checks.names import positions
from planner.checks.report import LISTED_AT_MOST, found


def lacking(basin: Basin, code: str, table: str, over: Sequence[str], says: str) -> Iterator[Finding]:
    """A finding for every combination of the rows of the tables `over` that `table` has no row for.

    `says` is what that means, said after the names.
    """
    names = [basin.tables[other][ROW_OF[other].key[0]] for other in over]
    frame = basin.tables[table]
    given = [positions(frame[str(one.name)], one) for one in names]
    shape = tuple(len(one) for one in names)
    known = np.all([one >= 0 for one in given], axis=0)
    present = np.zeros(shape, dtype=bool)
    present[tuple(one[known] for one in given)] = True
    absent = np.argwhere(~present)
    for where in absent[:LISTED_AT_MOST]:
        what = " × ".join(str(one.iloc[i]) for one, i in zip(names, where, strict=True))
        yield found(code, f"There is no row for {what}: {says}", table=table, column=str(names[0].name), value=what,
                    allowed=f"a row for each {' × '.join(str(one.name) for one in names)}")  # fmt: skip
    rest = len(absent) - LISTED_AT_MOST
    if rest > 0:
        yield found(code, f"And {rest} more like it.", table=table, column=str(names[0].name))


def cube(basin: Basin, table: str, over: Sequence[str], value: str, default: float = 0.0) -> np.ndarray:
    """A column of a complete table as an array over the rows of the tables `over`; `default` where there is no row."""
    names = [basin.tables[other][ROW_OF[other].key[0]] for other in over]
    frame = basin.tables[table]
    given = [positions(frame[str(one.name)], pd.Series(one)) for one in names]
    known = np.all([one >= 0 for one in given], axis=0)
    array = np.full(tuple(len(one) for one in names), default)
    array[tuple(one[known] for one in given)] = frame[value].to_numpy()[known]
    return array
