"""What shows a search the way to better plans."""

from dataclasses import dataclass, replace

import numpy as np

from optimization.solving.engine_answers import LinearSolution
from optimization.solving.problem import BoolArray

USED = 1e-6


@dataclass(frozen=True)
class Guide:
    """What shows the way to better plans: a relaxation and, yes/no a column, what it and all that is nearly as good have.

    `cheap`: that, and what is cheap enough at its prices to be tried in a neighbourhood.
    """

    relaxed: LinearSolution
    used: BoolArray
    cheap: BoolArray

    def extended(self, columns: int) -> "Guide":
        """For a problem with more columns at the end, of which nothing is known: `columns` in all."""
        more = columns - len(self.used)
        values, costs = (np.append(known, np.zeros(more)) for known in (self.relaxed.values, self.relaxed.reduced_costs))
        used, cheap = (np.append(known, np.zeros(more, bool)) for known in (self.used, self.cheap))
        return Guide(replace(self.relaxed, values=values, reduced_costs=costs), used, cheap)

    def strict(self) -> "Guide":
        """Nothing is tried that is not used."""
        return replace(self, cheap=self.used)


def guide_of(relaxed: LinearSolution) -> Guide:
    """What the relaxation itself tells."""
    used = relaxed.values > USED
    return Guide(relaxed, used, used)
