"""What a compiled model knows of its variables and rows by name: where they lie, what they mean, where they belong."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from optimization.algebra.errors import ModelError
from optimization.algebra.sets import IndexSet, Integers

Place = Mapping[str, ArrayLike] | str | None
Floats = NDArray[np.float64]


def labels_of(sets: Sequence[IndexSet], place: Place, kind: str) -> Integers | None:
    """int32 labels of one kind over the product of sets, broadcasting to its shape; None if nothing says them.

    `place` comes first: an array over the product, or the name of one of the sets whose members are the labels. Then
    the set that has the kind's own name, then the first set whose members carry that label.
    """
    shape = tuple(index_set.size for index_set in sets)
    stated = place.get(kind) if isinstance(place, Mapping) else None
    if stated is not None and not isinstance(stated, str):
        return np.broadcast_to(np.asarray(stated, dtype=np.int32), shape)
    sought = kind if stated is None else stated
    for axis, index_set in sorted(enumerate(sets), key=lambda pair: pair[1].name != sought):
        label = index_set.label(sought)
        if label is not None:
            return label.reshape(tuple(-1 if i == axis else 1 for i in range(len(sets))))
    return None


def label_kinds(sets: Sequence[IndexSet], place: Place) -> set[str]:
    """Every kind of label that a family over these sets has."""
    kinds = {index_set.name for index_set in sets}.union(*(index_set.labels for index_set in sets))
    return kinds | set(place) if isinstance(place, Mapping) else kinds


def item_name(family: str, sets: Sequence[IndexSet], position: int) -> str:
    """Name of one item of a family in C order of its sets, such as `flow[pipe 3,dry]`."""
    if not sets:
        return family
    indices = np.unravel_index(position, tuple(index_set.size for index_set in sets))
    return f"{family}[{','.join(one.member_name(int(i)) for one, i in zip(sets, indices, strict=True))}]"


@dataclass
class GrownColumns:
    """Columns a family got after compilation: `start` … `start + count`, with their labels by kind."""

    start: int
    count: int
    labels: dict[str, Integers] = field(default_factory=dict)


@dataclass
class VariableFamily:
    """The columns of one variable."""

    name: str
    start: int
    shape: tuple[int, ...]
    unit: str
    title: str
    sets: tuple[IndexSet, ...]
    place: Place = None
    grown: list[GrownColumns] = field(default_factory=list)

    @property
    def size(self) -> int:
        """Number of columns at compilation."""
        return int(np.prod(self.shape))

    @property
    def columns(self) -> Integers:
        """Column numbers in the variable's shape."""
        return np.arange(self.start, self.start + self.size, dtype=np.int32).reshape(self.shape)

    @property
    def grown_columns(self) -> Integers:
        """Column numbers added after compilation, in the order they came."""
        ranges = [np.arange(part.start, part.start + part.count, dtype=np.int32) for part in self.grown]
        return np.concatenate(ranges) if ranges else np.empty(0, dtype=np.int32)

    @property
    def all_columns(self) -> Integers:
        """Every column number of the family, one axis."""
        return np.concatenate([self.columns.reshape(-1), self.grown_columns])

    def labels(self, kind: str) -> Integers | None:
        """int32 labels of the compiled columns, one axis, or None."""
        labels = labels_of(self.sets, self.place, kind)
        return None if labels is None else np.broadcast_to(labels, self.shape).reshape(-1)


@dataclass
class RowFamily:
    """The rows of one law; `positions` are the chosen places in the product of its sets, None for all of them."""

    name: str
    start: int
    count: int
    title: str
    unit: str
    doc: str
    sets: tuple[IndexSet, ...]
    positions: NDArray[np.intp] | None = None
    place: Place = None

    @property
    def shape(self) -> tuple[int, ...]:
        """Sizes of the index sets."""
        return tuple(index_set.size for index_set in self.sets)

    @property
    def rows(self) -> Integers:
        """Row numbers: in the family's shape if every row exists, else on one axis."""
        rows = np.arange(self.start, self.start + self.count, dtype=np.int32)
        return rows.reshape(self.shape) if self.positions is None else rows

    @property
    def indices(self) -> tuple[Integers, ...]:
        """Each row's index values, one int32 array for each set."""
        positions = np.arange(self.count) if self.positions is None else self.positions
        return tuple(axis.astype(np.int32) for axis in np.unravel_index(positions, self.shape)) if self.sets else ()

    def labels(self, kind: str) -> Integers | None:
        """int32 labels of the rows, one axis, or None."""
        labels = labels_of(self.sets, self.place, kind)
        if labels is None:
            return None
        if self.positions is None:
            return np.broadcast_to(labels, self.shape).reshape(-1)
        return np.broadcast_to(labels, self.shape)[np.unravel_index(self.positions, self.shape)]


@dataclass
class LinearTerm:
    """A named part of an objective: values · x[columns] + constant."""

    columns: Integers
    values: Floats
    constant: float
    title: str = ""
    unit: str = ""

    def vector(self, size: int) -> Floats:
        """Its coefficients over all columns."""
        return np.bincount(self.columns, self.values, size).astype(np.float64, copy=False)


@dataclass(frozen=True)
class FallbackFamily:
    """A family that was expanded row by row, and why."""

    rows: int
    reason: str


@dataclass(frozen=True)
class Change:
    """A change to a compiled model since it was made: items start … stop of `name` (a family, or objective.term)."""

    kind: Literal["row bounds", "column bounds", "objective", "columns"]
    name: str
    start: int
    stop: int


def bounds_over(values: Any, family: VariableFamily | RowFamily, count: int) -> Floats:
    """Bounds given for a family (a number, or an array in its shape or flat), flat. Raises ModelError otherwise."""
    array = np.asarray(values, dtype=np.float64)
    if np.isnan(array).any():
        raise ModelError(f"{family.name!r}: a bound is not a number")
    if array.shape == (count,):
        return array
    try:
        full = np.broadcast_to(array, family.shape).reshape(-1)
    except ValueError as cause:
        raise ModelError(f"{family.name!r} has shape {family.shape}, the bounds have {array.shape}") from cause
    positions = family.positions if isinstance(family, RowFamily) else None
    return full if positions is None else full[positions]
