"""Where an expression is evaluated: the index values of all rows at once, as arrays that broadcast to one shape."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from optimization.algebra.sets import Neighbours

Array = NDArray[Any]


@dataclass(frozen=True)
class Frame:
    """Index values, row numbers and the factor in front of the expression, all broadcasting to `shape`.

    A frame begins as the grid of a family's rows (or the list of its selected rows). A sum over a whole set appends an
    axis; a sum over neighbours stretches the axis of their owner. So only what really varies is ever written out.
    """

    shape: tuple[int, ...]
    indices: dict[int, Array]
    rows: Array
    factor: Array
    row_axes: int
    iterators: frozenset[int] = frozenset()
    regular: bool = True

    def scaled(self, factor: Array | float) -> "Frame":
        """The frame with another factor in front."""
        return replace(self, factor=self.factor * factor)

    def over_set(self, iterator: int, size: int) -> "Frame":
        """The frame with one more axis, along which `iterator` runs over a whole set."""
        values = np.arange(size, dtype=np.int32).reshape((1,) * len(self.shape) + (size,))
        indices = {key: array[..., np.newaxis] for key, array in self.indices.items()}
        indices[iterator] = values
        return replace(
            self,
            shape=(*self.shape, size),
            indices=indices,
            rows=self.rows[..., np.newaxis],
            factor=self.factor[..., np.newaxis],
            iterators=self.iterators | {iterator},
        )

    def over_neighbours(self, iterator: int, relation: Neighbours, owner: Array) -> "Frame":
        """The frame with one entry for each neighbour of `owner`, along which `iterator` runs."""
        varying = [axis for axis, size in enumerate(owner.shape) if size != 1]
        if len(varying) > 1 or not self.shape:
            frame = self.flat()
            return frame.over_neighbours(iterator, relation, np.broadcast_to(owner, self.shape).reshape(-1))
        axis = varying[0] if varying else 0
        owners = np.broadcast_to(owner.reshape(-1), (self.shape[axis],))
        counts = relation.starts[owners + 1] - relation.starts[owners]
        source = np.repeat(np.arange(len(owners), dtype=np.int32), counts)
        before = np.cumsum(counts) - counts
        members = relation.members[
            np.arange(len(source), dtype=np.int32) + (relation.starts[owners] - before).astype(np.int32)[source]
        ]

        def stretched(array: Array) -> Array:
            return array if array.shape[axis] == 1 else array.take(source, axis=axis)

        indices = {key: stretched(array) for key, array in self.indices.items()}
        indices[iterator] = members.reshape(tuple(-1 if i == axis else 1 for i in range(len(self.shape))))
        return replace(
            self,
            shape=tuple(len(source) if i == axis else size for i, size in enumerate(self.shape)),
            indices=indices,
            rows=stretched(self.rows),
            factor=stretched(self.factor),
            iterators=self.iterators | {iterator},
            regular=False,
        )

    def flat(self) -> "Frame":
        """The same entries along one axis."""

        def flattened(array: Array) -> Array:
            return np.broadcast_to(array, self.shape).reshape(-1)

        return replace(
            self,
            shape=(int(np.prod(self.shape)),),
            indices={key: flattened(array) for key, array in self.indices.items()},
            rows=flattened(self.rows),
            factor=flattened(self.factor),
            regular=False,
        )

    def with_own_rows(self) -> "Frame":
        """The frame whose rows are its own entries and whose factor is one: a sum inside it is gathered there."""
        count = int(np.prod(self.shape))
        return replace(
            self,
            rows=np.arange(count, dtype=np.int32).reshape(self.shape),
            factor=np.ones((1,) * len(self.shape)),
            row_axes=len(self.shape),
            iterators=frozenset(),
            regular=True,
        )


def grid_frame(iterators: Sequence[int], sizes: Sequence[int]) -> Frame:
    """The frame of a family with a row for every combination of its index sets, in C order."""
    dimensions = len(sizes)
    indices = {
        iterator: np.arange(size, dtype=np.int32).reshape(tuple(-1 if i == axis else 1 for i in range(dimensions)))
        for axis, (iterator, size) in enumerate(zip(iterators, sizes, strict=True))
    }
    shape = tuple(sizes)
    rows = np.arange(int(np.prod(shape)), dtype=np.int32).reshape(shape)
    return Frame(shape, indices, rows, np.ones((1,) * dimensions), dimensions)


def selected_frame(iterators: Sequence[int], sizes: Sequence[int], positions: Array) -> Frame:
    """The frame of a family with rows only at the given flat positions of its grid."""
    coordinates = np.unravel_index(positions, tuple(sizes))
    indices = {iterator: axis.astype(np.int32, copy=False) for iterator, axis in zip(iterators, coordinates, strict=True)}
    return Frame((len(positions),), indices, np.arange(len(positions), dtype=np.int32), np.ones(1), 1)


def gathered(frame: Frame, rows: int, values: Array) -> Array:
    """Sum of `values` (broadcasting to the frame) over the entries of each row: float64 of length `rows`."""
    if frame.regular:
        extra = tuple(range(frame.row_axes, len(frame.shape)))
        if extra:
            missing = np.prod([frame.shape[axis] for axis in extra if values.shape[axis] == 1])
            values = values.sum(axis=extra) * missing
        return np.broadcast_to(values, frame.shape[: frame.row_axes]).astype(np.float64).reshape(-1)
    positions = np.broadcast_to(frame.rows, frame.shape).reshape(-1)
    return np.bincount(positions, np.broadcast_to(values, frame.shape).reshape(-1), rows)
