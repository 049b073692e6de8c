"""A family's entries put together into its own block of the matrix, row after row."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from optimization.algebra.evaluate import Entries, Evaluator
from optimization.algebra.families import Floats
from optimization.algebra.frame import Array, Frame, gathered
from optimization.algebra.template import Relation


@dataclass(frozen=True)
class RowBlock:
    """Rows of one family: a CSR matrix over all columns, their bounds, and their places in the grid if some lack."""

    matrix: Any
    lower: Floats
    upper: Floats
    positions: NDArray[np.intp] | None = None


def row_block(
    evaluator: Evaluator, relation: Relation, frame: Frame, positions: NDArray[np.intp] | None, columns: int
) -> RowBlock:
    """The rows lower ≤ body ≤ upper over a frame; the body's constant moves to the bounds."""
    count = int(np.prod(frame.shape))
    entries: list[Entries] = []
    constants: list[tuple[Frame, Array]] = []
    evaluator.linear(relation.body, frame, entries, constants)
    constant = sum((_gathered_constant(part, values, count) for part, values in constants), np.zeros(count))
    lower = _bound(evaluator, relation.lower, frame, constant, -np.inf)
    upper = lower if relation.upper is relation.lower else _bound(evaluator, relation.upper, frame, constant, np.inf)
    return RowBlock(assembled(entries, count, columns), lower, upper, positions)


def _gathered_constant(frame: Frame, values: Array, count: int) -> Floats:
    return gathered(frame, count, values).astype(np.float64, copy=False)


def _bound(evaluator: Evaluator, expression: Any, frame: Frame, constant: Floats, absent: float) -> Floats:
    if expression is None:
        return np.full(len(constant), absent)
    values = np.broadcast_to(np.asarray(evaluator.number(expression, frame), dtype=np.float64), frame.shape)
    return values.reshape(-1) - constant


def joined_blocks(blocks: list[RowBlock], columns: int) -> RowBlock:
    """The blocks of all families, one under another."""
    matrices = [block.matrix for block in blocks]
    sizes = [matrix.nnz for matrix in matrices]
    offsets = np.cumsum([0, *sizes])
    starts = [np.zeros(1, dtype=np.int32)]
    starts += [matrix.indptr[1:] + np.int32(offset) for matrix, offset in zip(matrices, offsets, strict=False)]
    indices = np.empty(offsets[-1], dtype=np.int32)
    data = np.empty(offsets[-1], dtype=np.float64)
    for matrix, begin, end in zip(matrices, offsets[:-1], offsets[1:], strict=True):
        indices[begin:end] = matrix.indices
        data[begin:end] = matrix.data
    pointers = np.concatenate(starts)
    whole = sparse.csr_array((data, indices, pointers), shape=(len(pointers) - 1, columns), copy=False)
    none = np.empty(0)
    lower, upper = ([none, *(getattr(block, side) for block in blocks)] for side in ("lower", "upper"))
    return RowBlock(whole, np.concatenate(lower), np.concatenate(upper))


def assembled(entries: list[Entries], count: int, columns: int) -> Any:
    """CSR matrix (count, columns) of a family's entries: entries of one place are added, zeros dropped."""
    if all(part.frame.regular for part in entries):
        matrix = _stacked(entries, count, columns)
    else:
        matrix = _scattered(entries, count, columns)
    names = [part.variable.name for part in entries]
    if len(set(names)) < len(names) or any(part.may_repeat for part in entries):
        matrix.sum_duplicates()
    if not matrix.data.all():
        matrix.eliminate_zeros()
    return matrix


def _stacked(entries: list[Entries], count: int, columns: int) -> Any:
    """Every row has equally many entries: they are written side by side, with no sorting."""
    widths = [count and int(np.prod(part.frame.shape[part.frame.row_axes :])) for part in entries]
    width = sum(widths)
    grid = entries[0].frame.shape[: entries[0].frame.row_axes] if entries else (count,)
    indices = np.empty((*grid, width), dtype=np.int32)
    data = np.empty((*grid, width), dtype=np.float64)
    begin = 0
    for part, own_width in zip(entries, widths, strict=True):
        target = (..., slice(begin, begin + own_width))
        shape = (*grid, own_width)
        indices[target] = np.broadcast_to(part.columns, part.frame.shape).reshape(shape)
        data[target] = np.broadcast_to(part.frame.factor, part.frame.shape).reshape(shape)
        begin += own_width
    starts = np.arange(0, count * width + 1, width, dtype=np.int32) if width else np.zeros(count + 1, dtype=np.int32)
    return sparse.csr_array((data.reshape(-1), indices.reshape(-1), starts), shape=(count, columns), copy=False)


def _scattered(entries: list[Entries], count: int, columns: int) -> Any:
    """Rows differ in length: scipy counts and places the entries, in the order in which they come."""

    def joined(arrays: list[Array]) -> Array:
        flat = [np.broadcast_to(array, part.frame.shape).reshape(-1) for array, part in zip(arrays, entries, strict=True)]
        return flat[0] if len(flat) == 1 else np.concatenate(flat)

    rows = joined([part.frame.rows for part in entries])
    places = joined([part.columns for part in entries])
    values = joined([part.frame.factor for part in entries])
    triples: Any = sparse.coo_array((values, (rows, places)), shape=(count, columns), copy=False)
    # Whoever calls adds up duplicates where there can be any; scipy would sort every row to look for them.
    triples.has_canonical_format = True
    return triples.tocsr()
