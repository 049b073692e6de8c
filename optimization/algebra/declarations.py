"""What a model holds before it is compiled: variables, laws and terms, as they were stated."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from optimization.algebra.errors import ModelError
from optimization.algebra.families import Floats, Place
from optimization.algebra.sets import IndexSet
from optimization.algebra.template import Template, template_of

Domain = Literal["nonnegative", "binary", "reals", "integer"]
DOMAIN_BOUNDS: dict[str, tuple[float, float]] = {
    "nonnegative": (0.0, np.inf),
    "binary": (0.0, 1.0),
    "reals": (-np.inf, np.inf),
    "integer": (0.0, np.inf),
}


@dataclass
class Variable:
    """A decision over index sets; `lower` and `upper` are read-only arrays that broadcast to its shape."""

    name: str
    sets: tuple[IndexSet, ...]
    within: Domain
    lower: Floats
    upper: Floats
    unit: str
    title: str
    place: Place
    start: int
    component: Any = None

    @property
    def shape(self) -> tuple[int, ...]:
        """Sizes of its index sets."""
        return tuple(index_set.size for index_set in self.sets)

    @property
    def size(self) -> int:
        """Number of columns."""
        return int(np.prod(self.shape))

    @property
    def integer(self) -> bool:
        """Whether its values are whole."""
        return self.within in ("binary", "integer")

    def set_bounds(self, lower: ArrayLike | None, upper: ArrayLike | None) -> None:
        """Replaces the bounds that are given. Raises ModelError on another shape, nan, or crossing bounds."""
        self.lower = self.lower if lower is None else self._bound(lower)
        self.upper = self.upper if upper is None else self._bound(upper)
        least, most = DOMAIN_BOUNDS[self.within]
        if (self.lower < least).any() or (self.upper > most).any():
            raise ModelError(f"variable {self.name!r} is {self.within}: its bounds must lie in {least:g} … {most:g}")
        if (self.lower > self.upper).any():
            raise ModelError(f"variable {self.name!r}: a lower bound lies above the upper one")

    def _bound(self, values: ArrayLike) -> Floats:
        array = np.asarray(values, dtype=np.float64)
        if np.isnan(array).any():
            raise ModelError(f"variable {self.name!r}: a bound is not a number")
        try:
            return np.broadcast_to(array, self.shape)
        except ValueError as cause:
            raise ModelError(f"variable {self.name!r} has shape {self.shape}, a bound has {array.shape}") from cause


@dataclass
class Statement:
    """A rule over index sets: what a law and a term have in common."""

    name: str
    rule: Callable[..., Any]
    sets: tuple[IndexSet, ...]
    components: tuple[Any, ...]
    positions: NDArray[np.intp] | None
    title: str
    unit: str
    doc: str
    cached_template: Template | None = field(default=None, init=False)

    @property
    def shape(self) -> tuple[int, ...]:
        """Sizes of its index sets."""
        return tuple(index_set.size for index_set in self.sets)

    @property
    def count(self) -> int:
        """How many rows or summands it has."""
        return int(np.prod(self.shape)) if self.positions is None else len(self.positions)

    def template(self, block: Any) -> Template:
        """Its expression with index templates, made once. Raises NotVectorisable."""
        if self.cached_template is None:
            self.cached_template = template_of(self.rule, block, self.components)
        return self.cached_template

    def index_tuples(self) -> list[tuple[int, ...]]:
        """Every chosen combination of index values, for plain Pyomo."""
        positions = np.arange(self.count) if self.positions is None else self.positions
        if not self.sets:
            return [()] * len(positions)
        return list(zip(*(axis.tolist() for axis in np.unravel_index(positions, self.shape)), strict=True))


@dataclass
class Law(Statement):
    """A family of constraints; `plain` ones were asked to be expanded row by row."""

    place: Place = None
    plain: bool = False


@dataclass
class Term(Statement):
    """A named part of an objective; `in_member` is its rule for one member alone, were every year like it."""

    objective: str = ""
    in_member: Callable[..., Any] | None = None


def chosen_positions(where: ArrayLike | None, shape: tuple[int, ...], name: str) -> NDArray[np.intp] | None:
    """Flat positions at which a mask is True; None if there is no mask. Raises ModelError on another shape."""
    if where is None:
        return None
    mask = np.asarray(where)
    if mask.dtype != bool:
        raise ModelError(f"{name!r}: where= must be an array of booleans, not {mask.dtype}")
    try:
        full = np.broadcast_to(mask, shape)
    except ValueError as cause:
        raise ModelError(f"{name!r} has shape {shape}, where= has {mask.shape}") from cause
    return np.flatnonzero(full)
