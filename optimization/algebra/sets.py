"""Index sets and the sparse relations between them (links into a village, options at a place)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from pyomo.core.expr import template_expr

from optimization.algebra.errors import ModelError

Integers = NDArray[np.int32]


@dataclass(frozen=True)
class IndexSet:
    """A dense index set 0 … size - 1, its members' names and the labels they carry."""

    name: str
    size: int
    names: tuple[str, ...] | None = None
    title: str = ""
    labels: Mapping[str, Integers] = field(default_factory=dict)

    def member_name(self, position: int) -> str:
        """Name of one member: the given name, else its number."""
        return str(position) if self.names is None else self.names[position]

    def label(self, kind: str) -> Integers | None:
        """int32 label of every member for a kind of label, or None; a set labels itself under its own name."""
        if kind in self.labels:
            return self.labels[kind]
        return np.arange(self.size, dtype=np.int32) if kind == self.name else None


def index_set(
    name: str,
    members: int | Sequence[str],
    title: str = "",
    labels: Mapping[str, ArrayLike] | None = None,
) -> IndexSet:
    """An index set from a size or from its members' names. Raises ModelError if a label has another length."""
    names = None if isinstance(members, int | np.integer) else tuple(str(member) for member in members)
    size = int(members) if isinstance(members, int | np.integer) else len(members)
    if size < 0:
        raise ModelError(f"index set {name!r}: a set cannot have {size} members")
    arrays = {kind: np.asarray(values, dtype=np.int32) for kind, values in (labels or {}).items()}
    for kind, values in arrays.items():
        if values.shape != (size,):
            raise ModelError(f"index set {name!r}: label {kind!r} has shape {values.shape}, the set has {size} members")
    return IndexSet(name, size, names, title or name, arrays)


@dataclass(frozen=True)
class Neighbours:
    """For each owner the members that belong to it, as CSR: members[starts[i]:starts[i + 1]]."""

    starts: Integers
    members: Integers
    unique: bool = True

    @property
    def owners(self) -> int:
        """How many owners there are."""
        return len(self.starts) - 1


def neighbours(
    owners: int,
    owner: ArrayLike | None = None,
    pairs: tuple[ArrayLike, ArrayLike] | None = None,
    where: ArrayLike | None = None,
) -> Neighbours:
    """Members grouped by owner.

    owners: how many owners there are. Either `owner` gives each member's owner (-1: none), or `pairs` gives
    (owner, member) arrays of equal length, in which a member may occur under several owners. `where` keeps only
    the members (of `owner`) or the pairs that are True. Members keep their order. Raises ModelError on numbers
    outside the owners.
    """
    if (owner is None) == (pairs is None):
        raise ModelError("neighbours need either owner= or pairs=, and not both")
    if pairs is None:
        rows = np.asarray(owner, dtype=np.int32)
        members = np.arange(len(rows), dtype=np.int32)
    else:
        rows, members = (np.asarray(side, dtype=np.int32) for side in pairs)
        if rows.shape != members.shape:
            raise ModelError(f"neighbours: {len(rows)} owners are paired with {len(members)} members")
    if len(rows) and (rows.max() >= owners or rows.min() < -1):
        raise ModelError(f"neighbours: owners run from {rows.min()} to {rows.max()}, but there are {owners}")
    kept = rows >= 0
    if where is not None:
        kept &= np.asarray(where, dtype=bool)
    rows, members = rows[kept], members[kept]
    order = np.argsort(rows, kind="stable")
    starts = np.zeros(owners + 1, dtype=np.int32)
    np.cumsum(np.bincount(rows, minlength=owners), out=starts[1:])
    unique = pairs is None or _no_pair_twice(rows, members)
    return Neighbours(starts, members[order], unique)


def _no_pair_twice(rows: Integers, members: Integers) -> bool:
    key = np.sort(rows.astype(np.int64) * (int(members.max(initial=0)) + 1) + members)
    return bool((key[1:] != key[:-1]).all())


class NeighbourSet:
    """What a rule sees as `m.pipes_into`: indexed by an owner, it gives that owner's members."""

    def __init__(self, name: str, owner_set: str, member_set: str, relation: Neighbours) -> None:
        self.name = name
        self.owner_set = owner_set
        self.member_set = member_set
        self.relation = relation

    def __getitem__(self, owner: Any) -> Any:
        if hasattr(owner, "is_expression_type"):
            return NeighbourSlice(self, owner)
        starts = self.relation.starts
        return self.relation.members[starts[owner] : starts[owner + 1]].tolist()


class NeighbourSlice:
    """One owner's members inside a rule's template; iterating over it gives Pyomo's index template."""

    dimen = 1

    def __init__(self, neighbour_set: NeighbourSet, owner: Any) -> None:
        self.neighbour_set = neighbour_set
        self.owner = owner

    def is_expression_type(self) -> bool:
        """False: to Pyomo's template machinery this is a plain set."""
        return False

    def __iter__(self) -> Any:
        context = template_expr._TemplateIterManager.context
        if context is None:
            raise ModelError(f"{self.neighbour_set.name}[…] can only be iterated inside a rule")
        return context.get_iter(self)
