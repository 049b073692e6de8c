"""Identifiers as numbers, and numbers back as words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from planner.basin import Basin
from planner.basin.tables import ROW_OF

Codes = NDArray[np.intp]
Numbers = NDArray[np.float64]

AS_BEFORE = "as_before"
WATER = "water"


@dataclass(frozen=True)
class Names:
    """Identifiers of every table by position; `water` stands after the categories, `as_before` before the plans."""

    identifiers: Mapping[str, pd.Index]
    titles: Mapping[str, list[str]]

    @classmethod
    def of(cls, basin: Basin) -> "Names":
        identifiers = {}
        titles = {}
        for table, frame in basin.tables.items():
            first = frame.iloc[:, 0]
            kept = ~first.duplicated() & first.notna()
            listed = first[kept].astype(object).tolist()
            called = frame["title"][kept].astype(object).tolist() if "title" in frame else [""] * len(listed)
            if table == "service_plans":
                listed, called = [AS_BEFORE, *(name for name in listed if name != AS_BEFORE)], []
            if table == "categories":
                listed, called = [*listed, WATER], [*called, "energy and chemicals"]
            identifiers[table] = pd.Index(listed, dtype=object)
            titles[table] = [t if isinstance(t, str) else "" for t in called] + [""] * (len(listed) - len(called))
        return cls(identifiers, titles)

    def size(self, table: str) -> int:
        return len(self.identifiers[table])

    def codes(self, table: str, values: "pd.Series | pd.Index") -> Codes:
        """Positions of identifiers in their table; -1 for a blank and for one that isn't there."""
        return np.asarray(self.identifiers[table].get_indexer(pd.Index(values.astype(object))), dtype=np.intp)

    def code(self, table: str, identifier: str) -> int:
        return int(self.codes(table, pd.Index([identifier], dtype=object))[0])

    def label(self, table: str, code: int) -> str:
        kind = ROW_OF[table].key[0].replace("_", " ")
        if code < 0:
            return f"no {kind}"
        return f"{kind} {self.titles[table][code] or self.identifiers[table][code]}"

    def grid(self, *tables: str) -> Callable[..., str]:
        """Names an element of an array whose axes are these tables."""
        return lambda *where: ", ".join(self.label(t, i) for t, i in zip(tables, where, strict=True))

    def rows(self, **codes: Codes) -> Callable[[int], str]:
        """Names a row of a list, of which the codes in these tables are given."""
        return lambda row: ", ".join(self.label(table, int(code[row])) for table, code in codes.items())


def dense(shape: tuple[int, ...], codes: "tuple[Codes | pd.Series, ...]", values: "Numbers | pd.Series") -> Numbers:
    """Sums of values by their codes, in an array of this shape. Every code lies within the shape."""
    if 0 in shape or len(values) == 0:
        return np.zeros(shape)
    flat = np.ravel_multi_index(tuple(np.asarray(c) for c in codes), shape)
    total = np.bincount(flat, weights=np.asarray(values, dtype=float), minlength=int(np.prod(shape)))
    return np.asarray(total, dtype=float).reshape(shape)
