"""Places that stand for many villages."""

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]
Indices = npt.NDArray[np.int64]
ROUNDS = 30


def centres(points: Numbers, weights: Numbers, count: int) -> tuple[Numbers, Indices]:
    """Weighted k-means started from the farthest points, so that no chance is in it.

    Takes points (n, 2) and weights (n). Returns the centres (count, 2) and the cluster of each point.
    """
    chosen = [int(np.argmax(weights))]
    gap = ((points - points[chosen[0]]) ** 2).sum(axis=1)
    while len(chosen) < count:
        chosen.append(int(np.argmax(gap)))
        gap = np.minimum(gap, ((points - points[chosen[-1]]) ** 2).sum(axis=1))
    centre = points[chosen].copy()
    member = np.zeros(len(points), dtype=np.int64)
    for _ in range(ROUNDS):
        member = ((points[:, None] - centre) ** 2).sum(axis=2).argmin(axis=1)
        total = np.bincount(member, weights, count)
        for axis in (0, 1):
            mean = np.bincount(member, weights * points[:, axis], count) / np.maximum(total, 1e-9)
            centre[:, axis] = np.where(total > 0, mean, centre[:, axis])
    return centre, member


def spread(points: Numbers, order: Indices, count: int, apart_km: float) -> list[int]:
    """The first `count` points in an order that keep a distance from one another."""
    chosen: list[int] = []
    for candidate in order:
        if len(chosen) == count:
            break
        gaps = ((points[chosen] - points[candidate]) ** 2).sum(axis=1)
        if not len(chosen) or gaps.min() >= apart_km**2:
            chosen.append(int(candidate))
    return chosen
