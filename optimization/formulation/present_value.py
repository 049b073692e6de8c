"""Costs of "stands from a stage on" as costs of "stands in a stage"."""

import numpy as np
from numpy.typing import NDArray


def steps(from_stage: NDArray[np.float64]) -> NDArray[np.float64]:
    """Turns a cost by first stage of service (second axis) into coefficients of monotone columns.

    Σ_u cost[u] · (stands[u] − stands[u−1]) = Σ_u stands[u] · (cost[u] − cost[u+1]), with nothing after the last stage.
    """
    later = np.concatenate([from_stage[:, 1:], np.zeros_like(from_stage[:, :1])], axis=1)
    return np.asarray(from_stage - later)
