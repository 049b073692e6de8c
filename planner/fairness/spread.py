"""Lorenz curve, Gini and what is made of them, each from one sorting."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


def _shares(scores: ArrayLike, weights: ArrayLike | None) -> tuple[Floats, Floats]:
    """Scores in rising order and their shares of all weight. Raises ValueError where that cannot be meant."""
    y = np.asarray(scores, dtype=float).ravel()
    w = np.ones(len(y)) if weights is None else np.asarray(weights, dtype=float).ravel()
    if len(y) == 0 or len(w) != len(y) or not (np.isfinite(y).all() and np.isfinite(w).all()):
        raise ValueError("scores and weights must be finite numbers, as many of the one as of the other, at least one")
    if (w < 0).any() or w.sum() <= 0:
        raise ValueError("weights may not be negative, nor all be 0")
    order = np.argsort(y, kind="stable")
    return y[order], w[order] / w.sum()


def mean(scores: ArrayLike, weights: ArrayLike | None = None) -> float:
    """The weighted mean."""
    y, w = _shares(scores, weights)
    return float(y @ w)


def lorenz(scores: ArrayLike, weights: ArrayLike | None = None) -> tuple[Floats, Floats]:
    """The generalised Lorenz curve: shares of all people, worst-off first, from 0 to 1, and what they have of the mean.

    The second ends at the mean, and is not divided by it, so that of two plans the one with more for everybody lies higher.
    """
    y, w = _shares(scores, weights)
    return np.concatenate([[0.0], np.cumsum(w)]), np.concatenate([[0.0], np.cumsum(w * y)])


def lorenz_ordinate(scores: ArrayLike, share: float, weights: ArrayLike | None = None) -> float:
    """What the worst-off `share` of the people have of the mean: the generalised Lorenz curve at that share."""
    if not 0 <= share <= 1:
        raise ValueError("share must lie between 0 and 1")
    return float(np.interp(share, *lorenz(scores, weights)))


def half_mean_difference(scores: ArrayLike, weights: ArrayLike | None = None) -> float:
    """Γ = ½ Σ Σ w_i w_j |y_i − y_j|, without the pairs: below each score lies all weight sorted before it."""
    y, w = _shares(scores, weights)
    before = np.cumsum(w) - w
    # Rounding alone could put equal scores below 0.
    return max(0.0, float(np.sum(w * y * (2 * before + w - 1))))


def gini(scores: ArrayLike, weights: ArrayLike | None = None) -> float:
    """Γ over the mean: 0 where all have the same, 0 too where nobody has anything."""
    average = mean(scores, weights)
    return half_mean_difference(scores, weights) / average if average != 0 else 0.0


def mean_minus_gini(scores: ArrayLike, share: float, weights: ArrayLike | None = None) -> float:
    """μ − λ Γ. With λ (`share`) from 0 to 1 it never prefers a plan that gives everybody less."""
    if not 0 <= share <= 1:
        raise ValueError("λ must lie between 0 and 1: above, giving everybody less could count as better")
    return mean(scores, weights) - share * half_mean_difference(scores, weights)


def jain(scores: ArrayLike, weights: ArrayLike | None = None) -> float:
    """Jain's index (Σ w y)² / Σ w y² with Σ w = 1: 1 where all have the same. For reports only."""
    y, w = _shares(scores, weights)
    squares = float(w @ y**2)
    return float((w @ y) ** 2 / squares) if squares > 0 else 1.0
