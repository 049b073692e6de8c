"""Measures that look at scores from the worst-off upwards, each party counting once."""

import numpy as np
from numpy.typing import ArrayLike


def worst_sum(scores: ArrayLike, count: int) -> float:
    """The sum of the `count` lowest scores; of all where there are fewer."""
    if count < 1:
        raise ValueError("count must be at least 1")
    return float(np.sort(np.asarray(scores, dtype=float).ravel())[:count].sum())


def ordered_mean(scores: ArrayLike, weights: ArrayLike) -> float:
    """Σ ω_k y_(k), y rising: the ordered weighted average. Its weights may not rise, so that the worst-off count most.

    Scores beyond the last weight do not count. The weights are used as they are, not brought to a sum of 1.
    """
    ordered = np.sort(np.asarray(scores, dtype=float).ravel())
    omega = np.asarray(weights, dtype=float).ravel()[: len(ordered)]
    if (omega < 0).any() or (np.diff(omega) > 0).any():
        raise ValueError("weights may not be negative nor rise: the worst-off counts most")
    return float(omega @ ordered[: len(omega)])


def leximin_compare(one: ArrayLike, other: ArrayLike, tolerance: float = 0.0) -> int:
    """1 if `one` is fairer, -1 if `other` is, 0 if neither: by the worst-off first, then the next, and so on."""
    first, second = (np.sort(np.asarray(scores, dtype=float).ravel()) for scores in (one, other))
    if len(first) != len(second):
        raise ValueError("both must have as many scores")
    apart = np.flatnonzero(np.abs(first - second) > tolerance)
    return 0 if len(apart) == 0 else int(np.sign(first[apart[0]] - second[apart[0]]))
