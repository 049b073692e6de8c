"""Chains of rows that point to one other row of their table: rivers flow downstream, districts belong to provinces."""

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.sparse.linalg import spsolve

Indices = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]
NOWHERE = -1


def on_cycle(successor: Indices) -> Mask:
    """Which rows come back to themselves by following `successor` (-1: the chain ends)."""
    reached = successor.copy()
    steps = 1
    while steps <= len(successor):
        reached = np.where(reached >= 0, reached[reached], NOWHERE)
        steps *= 2
    # After as many steps as there are rows, only rows on a cycle are still reached.
    cycle = np.zeros(len(successor), dtype=bool)
    cycle[reached[reached >= 0]] = True
    return cycle


def nearest(successor: Indices, marked: Mask) -> Indices:
    """For each row the first marked row on its chain, itself included; -1 if there is none."""
    at = np.arange(len(successor))
    for _ in range(len(successor)):
        climbing = (at >= 0) & ~marked[at]
        if not climbing.any():
            break
        at = np.where(climbing, successor[at], at)
    return np.where((at >= 0) & marked[at], at, NOWHERE)


def ancestors(successor: Indices) -> sparse.csr_array:
    """Matrix [row, other] that is 1 where `other` stands on the chain of `row`, itself included. No cycles allowed."""
    size = len(successor)
    rows, others = [np.arange(size)], [np.arange(size)]
    at = successor
    while (at >= 0).any():
        rows.append(np.flatnonzero(at >= 0))
        others.append(at[at >= 0])
        at = np.where(at >= 0, successor[at], NOWHERE)
    where = (np.concatenate(rows), np.concatenate(others))
    return sparse.csr_array((np.ones(len(where[0])), where), shape=(size, size))


def accumulated(successor: Indices, local: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """The sum of `local` [row, …] over each row and everything that leads to it. No cycles allowed."""
    size = len(successor)
    upper = np.flatnonzero(successor >= 0)
    into = sparse.csc_array((np.ones(len(upper)), (successor[upper], upper)), shape=(size, size))
    total = spsolve(sparse.eye_array(size, format="csc") - into, local)
    return np.asarray(total).reshape(local.shape)
