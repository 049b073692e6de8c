"""Families that the compiler does not understand: expanded by plain Pyomo, brought into the same columns."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pyomo.environ as pyo
from pyomo.repn import generate_standard_repn
from scipy import sparse

from optimization.algebra.declarations import Law, Term
from optimization.algebra.errors import ModelError
from optimization.algebra.evaluate import ColumnRange
from optimization.algebra.families import LinearTerm, item_name
from optimization.algebra.model import Model
from optimization.algebra.plain import row_relation
from optimization.algebra.rows import RowBlock


def plain_rows(model: Model, law: Law, variables: Mapping[int, ColumnRange], columns: int) -> RowBlock:
    """The rows of one law, its rule called for every index; rows that it skips do not exist.

    Raises ModelError with the row's name where the rule fails, is not linear or uses another model's variables.
    """
    starts, places, values = [0], [], []
    lower, upper, positions = [], [], []
    chosen = np.arange(law.count) if law.positions is None else law.positions
    shell = pyo.ConcreteModel()
    shell.row = pyo.ConstraintList()
    for position, index in zip(chosen.tolist(), law.index_tuples(), strict=True):
        name = item_name(law.name, law.sets, position)
        relation = row_relation(law, model.pyomo, index)
        try:
            row = shell.row.add(relation)
        except ValueError as cause:
            raise ModelError(f"law {name}: {cause}") from cause
        if row is None:
            continue
        linear_columns, coefficients, constant = _linear(row.body, variables, f"law {name}")
        places += linear_columns
        values += coefficients
        starts.append(len(places))
        lower.append(-np.inf if row.lb is None else row.lb - constant)
        upper.append(np.inf if row.ub is None else row.ub - constant)
        positions.append(position)
    matrix: Any = sparse.csr_array(
        (np.array(values, dtype=np.float64), np.array(places, dtype=np.int32), np.array(starts, dtype=np.int32)),
        shape=(len(lower), columns),
    )
    matrix.sum_duplicates()
    matrix.eliminate_zeros()
    existing = law.positions if len(positions) == law.count else np.array(positions, dtype=np.intp)
    return RowBlock(matrix, np.array(lower, dtype=np.float64), np.array(upper, dtype=np.float64), existing)


def plain_term(model: Model, term: Term, variables: Mapping[int, ColumnRange]) -> LinearTerm:
    """One term of an objective, its rule called for every index and added up."""
    try:
        total = pyo.quicksum(term.rule(model.pyomo, *index) for index in term.index_tuples())
    except Exception as cause:
        raise ModelError(f"term {term.name!r}: {type(cause).__name__}: {cause}") from cause
    columns, values, constant = _linear(total, variables, f"term {term.name!r}")
    return LinearTerm(np.array(columns, dtype=np.int32), np.array(values, dtype=np.float64), constant, term.title, term.unit)


def _linear(expression: Any, variables: Mapping[int, ColumnRange], place: str) -> tuple[list[int], list[float], float]:
    representation = generate_standard_repn(expression, compute_values=True)
    if not representation.is_linear():
        raise ModelError(f"{place} is not linear: {expression}")
    columns = []
    for item in representation.linear_vars:
        variable = variables.get(id(item.parent_component()))
        if variable is None:
            raise ModelError(f"{place} uses {item.name}, which is no variable of this model")
        index = item.index()
        indices = () if index is None else index if isinstance(index, tuple) else (index,)
        columns.append(variable.start + int(np.ravel_multi_index(indices, variable.shape) if indices else 0))
    return columns, list(representation.linear_coefs), float(representation.constant)
