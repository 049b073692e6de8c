"""A compiled model: one matrix, bounds, objectives by term, and everything findable by name and by place."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import sparse

from optimization.algebra.errors import ModelError
from optimization.algebra.families import (
    Change,
    FallbackFamily,
    Floats,
    GrownColumns,
    LinearTerm,
    RowFamily,
    VariableFamily,
    bounds_over,
    item_name,
    label_kinds,
)
from optimization.algebra.sets import Integers


@dataclass
class CompiledModel:
    """Minimise objectives · x subject to row_lower ≤ matrix · x ≤ row_upper, column_lower ≤ x ≤ column_upper.

    Arrays are float64 (`integer` bool) over rows or columns. `changes` lists what was changed since compilation, in
    order, so that a solver session can follow. `fallback` names the families that were expanded row by row, and why.
    """

    name: str
    base_matrix: Any
    row_lower: Floats
    row_upper: Floats
    column_lower: Floats
    column_upper: Floats
    integer: NDArray[np.bool_]
    objectives: dict[str, dict[str, LinearTerm]]
    variables: dict[str, VariableFamily]
    families: dict[str, RowFamily]
    fallback: dict[str, FallbackFamily] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)
    added_blocks: list[Any] = field(default_factory=list)

    @property
    def version(self) -> int:
        """How many changes there have been."""
        return len(self.changes)

    @property
    def matrix(self) -> Any:
        """scipy.sparse.csr_array (rows, columns), int32 indices; added columns join it when it is asked for."""
        if self.added_blocks:
            self.base_matrix = sparse.hstack([self.base_matrix, *self.added_blocks], format="csr")
            self.added_blocks.clear()
        return self.base_matrix

    @property
    def row_count(self) -> int:
        """How many rows."""
        return len(self.row_lower)

    @property
    def column_count(self) -> int:
        """How many columns."""
        return len(self.column_lower)

    def objective_vector(self, weights: Mapping[str, float]) -> tuple[Floats, float]:
        """Coefficients (columns,) and constant of Σ weight · objective. Raises ModelError on an unknown objective."""
        vector, constant = np.zeros(self.column_count), 0.0
        for objective, weight in weights.items():
            if objective not in self.objectives:
                raise ModelError(f"there is no objective {objective!r}; there are {', '.join(self.objectives)}")
            for term in self.objectives[objective].values():
                # A term names a column once, so indexed addition loses nothing.
                vector[term.columns] += weight * term.values
                constant += weight * term.constant
        return vector, constant

    def values(self, solution: ArrayLike, name: str) -> Floats:
        """A solution's values of one variable, in its shape (columns added later: `grown_values`)."""
        family = self._variable(name)
        found: Floats = np.asarray(solution, dtype=np.float64)[family.start : family.start + family.size]
        return found.reshape(family.shape)

    def grown_values(self, solution: ArrayLike, name: str) -> Floats:
        """A solution's values of the columns that were added to a family, in the order they came."""
        found: Floats = np.asarray(solution, dtype=np.float64)[self._variable(name).grown_columns]
        return found

    def row_name(self, row: int) -> str:
        """Name of a row, such as `safe_water[Lumphat,dry]`."""
        for family in self.families.values():
            if family.start <= row < family.start + family.count:
                offset = row - family.start
                position = offset if family.positions is None else int(family.positions[offset])
                return item_name(family.name, family.sets, position)
        raise ModelError(f"there is no row {row}")

    def column_name(self, column: int) -> str:
        """Name of a column, such as `flow[pipe 3,dry]`; added ones are numbered: `plan_choice[+0]`."""
        for family in self.variables.values():
            if family.start <= column < family.start + family.size:
                return item_name(family.name, family.sets, column - family.start)
            matches = np.flatnonzero(family.grown_columns == column)
            if len(matches):
                return f"{family.name}[+{matches[0]}]"
        raise ModelError(f"there is no column {column}")

    @property
    def label_kinds(self) -> list[str]:
        """Every kind of label that some rows or columns have."""
        families: Iterable[VariableFamily | RowFamily] = [*self.variables.values(), *self.families.values()]
        return sorted(set().union(*(label_kinds(family.sets, family.place) for family in families)))

    def column_label(self, kind: str) -> Integers:
        """int32 label (columns,) of one kind, -1 where a column has none."""
        labels = np.full(self.column_count, -1, dtype=np.int32)
        for family in self.variables.values():
            own = family.labels(kind)
            if own is not None:
                labels[family.start : family.start + family.size] = own
            for part in family.grown:
                if kind in part.labels:
                    labels[part.start : part.start + part.count] = part.labels[kind]
        return labels

    def row_label(self, kind: str) -> Integers:
        """int32 label (rows,) of one kind, -1 where a row has none."""
        labels = np.full(self.row_count, -1, dtype=np.int32)
        for family in self.families.values():
            own = family.labels(kind)
            if own is not None:
                labels[family.start : family.start + family.count] = own
        return labels

    def set_row_bounds(self, name: str, lower: ArrayLike | None = None, upper: ArrayLike | None = None) -> None:
        """Replaces the bounds of a law's rows; what is not given stays."""
        if name not in self.families:
            raise ModelError(f"there is no law {name!r}")
        family = self.families[name]
        own = slice(family.start, family.start + family.count)
        if lower is not None:
            self.row_lower[own] = bounds_over(lower, family, family.count)
        if upper is not None:
            self.row_upper[own] = bounds_over(upper, family, family.count)
        self.changes.append(Change("row bounds", name, own.start, own.stop))

    def set_column_bounds(self, name: str, lower: ArrayLike | None = None, upper: ArrayLike | None = None) -> None:
        """Replaces the bounds of a variable's compiled columns; what is not given stays."""
        family = self._variable(name)
        own = slice(family.start, family.start + family.size)
        if lower is not None:
            self.column_lower[own] = bounds_over(lower, family, family.size)
        if upper is not None:
            self.column_upper[own] = bounds_over(upper, family, family.size)
        self.changes.append(Change("column bounds", name, own.start, own.stop))

    def set_objective_term(self, objective: str, name: str, coefficients: ArrayLike, constant: float | None = None) -> None:
        """Replaces a term's coefficients by a vector over all columns; its constant stays unless it is given."""
        if name not in self.objectives.get(objective, {}):
            raise ModelError(f"objective {objective!r} has no term {name!r}")
        vector = np.asarray(coefficients, dtype=np.float64)
        if vector.shape != (self.column_count,) or not np.isfinite(vector).all():
            raise ModelError(f"term {name!r} needs {self.column_count} finite coefficients, one a column")
        term = self.objectives[objective][name]
        term.columns = np.flatnonzero(vector).astype(np.int32)
        term.values = vector[term.columns]
        term.constant = term.constant if constant is None else constant
        self.changes.append(Change("objective", f"{objective}.{name}", 0, self.column_count))

    def add_columns(
        self,
        name: str,
        count: int,
        rows: Any,
        lower: ArrayLike = 0.0,
        upper: ArrayLike = np.inf,
        integer: ArrayLike = False,
        objective: Mapping[tuple[str, str], ArrayLike] | None = None,
        labels: Mapping[str, ArrayLike] | None = None,
    ) -> Integers:
        """Lets a variable grow by `count` columns behind the last one; returns their numbers.

        rows: sparse (rows, count) with their coefficients. objective: (objective, term) → their coefficients (count,).
        labels: kind → int labels (count,), -1 for none. Raises ModelError if a shape does not fit.
        """
        family = self._variable(name)
        block = sparse.csc_array(rows)
        if block.shape != (self.row_count, count) or not np.isfinite(block.data).all():
            raise ModelError(f"new columns of {name!r} need finite coefficients of shape {(self.row_count, count)}")
        start = self.column_count
        for (goal, term_name), coefficients in (objective or {}).items():
            if term_name not in self.objectives.get(goal, {}):
                raise ModelError(f"objective {goal!r} has no term {term_name!r}")
            term = self.objectives[goal][term_name]
            added = np.broadcast_to(np.asarray(coefficients, dtype=np.float64), (count,))
            term.columns = np.concatenate([term.columns, np.arange(start, start + count, dtype=np.int32)])
            term.values = np.concatenate([term.values, added])
        self.column_lower = np.concatenate([self.column_lower, np.broadcast_to(np.asarray(lower, float), (count,))])
        self.column_upper = np.concatenate([self.column_upper, np.broadcast_to(np.asarray(upper, float), (count,))])
        self.integer = np.concatenate([self.integer, np.broadcast_to(np.asarray(integer, bool), (count,))])
        own_labels = {
            kind: np.broadcast_to(np.asarray(values, dtype=np.int32), (count,)).copy() for kind, values in (labels or {}).items()
        }
        family.grown.append(GrownColumns(start, count, own_labels))
        self.added_blocks.append(block)
        self.changes.append(Change("columns", name, start, start + count))
        return np.arange(start, start + count, dtype=np.int32)

    def _variable(self, name: str) -> VariableFamily:
        if name not in self.variables:
            raise ModelError(f"there is no variable {name!r}")
        return self.variables[name]
