"""Who belongs to whom, and whose money it is."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from planner.basin import Basin
from planner.plan.audit.names import Codes, Names


@dataclass(frozen=True)
class Administrations:
    """`belongs[a, b]`: b is a or above a. `account[a]`: nearest with an account, from a upwards (or the topmost)."""

    belongs: np.ndarray
    account: Codes

    @classmethod
    def of(cls, basin: Basin, names: Names) -> "Administrations":
        frame = basin.tables["administrations"]
        count = len(frame)
        parent = names.codes("administrations", frame["parent"])
        has_account = frame["account"].to_numpy(bool)
        belongs = np.eye(count, dtype=bool)
        account = np.where(has_account, np.arange(count), -1)
        reached = np.arange(count)
        for _ in range(count):
            above = np.where(reached >= 0, parent[reached], -1)
            if (above < 0).all():
                break
            climbing = above >= 0
            belongs[np.flatnonzero(climbing), above[climbing]] = True
            account = np.where((account < 0) & climbing & has_account[above], above, account)
            reached = above
        topmost = np.array([int(np.flatnonzero(row & (parent < 0))[0]) if (row & (parent < 0)).any() else i
                            for i, row in enumerate(belongs)], dtype=np.intp)  # fmt: skip
        return cls(belongs, np.where(account < 0, topmost, account).astype(np.intp))

    def within(self, place: "Codes | pd.Series", area: Codes) -> np.ndarray:
        """Whether each place belongs to each area (-1: everywhere): shape (places, areas)."""
        place = np.asarray(place)
        return np.where(area[None, :] < 0, True, self.belongs[place[:, None], np.maximum(area, 0)[None, :]])
