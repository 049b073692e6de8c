"""Efficient irrigation as arrays."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from planner.basin import Basin
from planner.scenario.resolved.index import Flags, Floats, Integers, numbers, picked, positions
from planner.scenario.resolved.river import River


@dataclass(frozen=True)
class Irrigation:
    """I options that save, U other uses, S seasons, O options."""

    option: Integers  # (I,)
    use: Integers  # (I,)
    saved_m3_per_day: Floats  # (I, S) what the use wants less while the option serves
    return_cut_share: Floats  # (I,) of what is delivered, what no longer comes back

    def saved(self, serves: Flags, uses: int) -> Floats:
        """(U, T, S) what uses want less, m³/day, by the options (O, T) that serve."""
        saved = np.zeros((uses, serves.shape[1], self.saved_m3_per_day.shape[1]))
        np.add.at(saved, self.use, serves[self.option][:, :, None] * self.saved_m3_per_day[:, None, :])
        return saved


def irrigation_of(basin: Basin, river: River) -> Irrigation:
    """Read what options save."""
    table, options = basin.tables["irrigation_savings"], basin.tables["options"]
    option = positions(table["option"], pd.Index(options["option"]))
    use = picked(np.asarray(river.uses.get_indexer(pd.Index(options["place"])), np.int64), option)
    known = use >= 0
    option, use = option[known], use[known]
    return Irrigation(
        option=option,
        use=use,
        saved_m3_per_day=numbers(table, "saved_share")[known][:, None] * river.use_demand_m3_per_day[use],
        return_cut_share=numbers(table, "return_saved_share")[known] * river.use_return_share[use],
    )
