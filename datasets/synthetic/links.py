"""Candidate links along the ground between places."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.spatial import cKDTree

from datasets.frames import Names
from datasets.synthetic.land import Floats, Indices

WINDING = 1.25
"""Length along the ground over the straight line."""
GRAVITY_NEEDS_M = 8.0
LIFT_AT_MOST_M = 150.0


@dataclass(frozen=True)
class Places:
    """Nodes of one sort."""

    names: Names
    xy: Floats
    elevation_m: Floats


@dataclass(frozen=True)
class Links:
    """Candidate links of one sort; `start` and `end` are positions in their sorts of places."""

    start: Indices
    end: Indices
    km: Floats
    lift_m: Floats

    @property
    def pumped(self) -> npt.NDArray[np.bool_]:
        return np.asarray(self.lift_m > -GRAVITY_NEEDS_M)

    def only(self, kept: npt.NDArray[np.bool_]) -> "Links":
        """The links where `kept` is true."""
        return Links(self.start[kept], self.end[kept], self.km[kept], self.lift_m[kept])


def nearest_links(start: Places, end: Places, *, each: int, km_at_most: float, to_itself: bool = True) -> Links:
    """The `each` cheapest links into every end, by length, lift and pumping."""
    near = min(3 * each + 1, len(start.xy))
    straight, begin = cKDTree(start.xy).query(end.xy, k=np.arange(1, near + 1))
    km = straight * WINDING + 0.05
    lift = end.elevation_m[:, None] - start.elevation_m[begin]
    effort = 6 * km + 0.15 * np.maximum(lift, 0) + 8 * (lift > -GRAVITY_NEEDS_M)
    row = np.arange(len(end.xy))[:, None]
    effort[(km > km_at_most) | (lift > LIFT_AT_MOST_M) | ((begin == row) & (not to_itself))] = np.inf
    best = np.argsort(effort, axis=1, kind="stable")[:, :each]
    kept = np.isfinite(effort[row, best])
    ends = np.broadcast_to(row, best.shape)[kept]
    return Links(begin[row, best][kept], ends, np.round(km[row, best][kept], 2), np.round(lift[row, best][kept], 1))
