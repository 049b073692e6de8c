"""The proof that compiling changes nothing: a model's arrays against plain Pyomo's own standard form."""

from typing import Any

import numpy as np
from pyomo.repn.plugins.standard_form import LinearStandardFormCompiler

from optimization.algebra.compiled import CompiledModel
from optimization.algebra.families import Floats, RowFamily
from optimization.algebra.model import Model

EQUAL, UPPER, LOWER = 0, 1, -1


def differences_from_plain_pyomo(model: Model, tolerance: float = 1e-9) -> list[str]:
    """Where the compiled model differs from `to_pyomo()` in rows, bounds, whole columns or objective; empty if nowhere.

    Both are written out densely: for small models only.
    """
    compiled, plain = model.compile(), model.to_pyomo()
    form = LinearStandardFormCompiler().write(plain, mixed_form=True)
    columns = [_column(compiled, item) for item in form.columns]
    return [
        *_column_differences(compiled, form.columns, columns, tolerance),
        *_row_differences(model, compiled, plain, form, columns, tolerance),
        *_objective_differences(compiled, form, columns, tolerance),
    ]


def _column(compiled: CompiledModel, item: Any) -> int:
    family = compiled.variables[item.parent_component().local_name]
    index = item.index()
    return int(family.columns[() if index is None else index])


def _column_differences(compiled: CompiledModel, items: list[Any], columns: list[int], tolerance: float) -> list[str]:
    found = []
    for item, column in zip(items, columns, strict=True):
        lower, upper = (default if bound is None else bound for bound, default in ((item.lb, -np.inf), (item.ub, np.inf)))
        same = _close(
            np.array([lower, upper]),
            np.array([compiled.column_lower[column], compiled.column_upper[column]]),
            tolerance,
        )
        if not same or item.is_integer() != compiled.integer[column]:
            found.append(f"column {compiled.column_name(column)} differs from {item.name} in bounds or wholeness")
    return found


def _row_differences(
    model: Model, compiled: CompiledModel, plain: Any, form: Any, columns: list[int], tolerance: float
) -> list[str]:
    laws = {f"law_{name}": name for name in model.laws}
    coefficients = np.zeros((len(form.rows), compiled.column_count))
    coefficients[:, columns] = form.A.toarray()
    expected: dict[tuple[str, Any], tuple[Floats, float, float]] = {}
    for (item, kind), values, bound in zip(form.rows, coefficients, form.rhs, strict=True):
        key = (laws[item.parent_component().local_name], item.index())
        _, lower, upper = expected.get(key, (values, -np.inf, np.inf))
        expected[key] = (values, lower if kind == UPPER else bound, upper if kind == LOWER else bound)
    found = []
    matrix = compiled.matrix.toarray()
    for family in compiled.families.values():
        for row, key in zip(range(family.start, family.start + family.count), _keys(family), strict=True):
            wanted = expected.pop((family.name, key), None)
            bounds = np.array([compiled.row_lower[row], compiled.row_upper[row]])
            if wanted is None:
                empty = not matrix[row].any() and bounds[0] <= tolerance and bounds[1] >= -tolerance
                if not empty and np.isfinite(bounds).any():
                    found.append(f"row {compiled.row_name(row)} does not exist in plain Pyomo")
            elif not _same_row(matrix[row], bounds, wanted, tolerance):
                found.append(f"row {compiled.row_name(row)} differs: {matrix[row]} {bounds}, plain Pyomo has {wanted}")
    return [*found, *(f"row {name}[{index}] is missing" for name, index in expected)]


def _same_row(values: Floats, bounds: Floats, wanted: tuple[Floats, float, float], tolerance: float) -> bool:
    """Whether two rows say the same; Pyomo writes `0 <= x` from the other side than `x >= 0`."""
    plain, limits = wanted[0], np.array(wanted[1:])
    as_it_is = _close(values, plain, tolerance) and _close(bounds, limits, tolerance)
    return as_it_is or (_close(values, -plain, tolerance) and _close(bounds, -limits[::-1], tolerance))


def _keys(family: RowFamily) -> list[Any]:
    if not family.sets:
        return list(range(family.count))
    columns = [axis.tolist() for axis in family.indices]
    return columns[0] if len(columns) == 1 else list(zip(*columns, strict=True))


def _objective_differences(compiled: CompiledModel, form: Any, columns: list[int], tolerance: float) -> list[str]:
    vector, constant = compiled.objective_vector(dict.fromkeys(compiled.objectives, 1.0))
    wanted = np.zeros(compiled.column_count)
    wanted[columns] = form.c.toarray()[0]
    same = _close(vector, wanted, tolerance) and _close(np.array([constant]), np.asarray(form.c_offset), tolerance)
    return [] if same else [f"the objective differs: {vector} + {constant}, plain Pyomo has {wanted} + {form.c_offset}"]


def _close(left: Floats, right: Floats, tolerance: float) -> bool:
    return bool(np.allclose(left, right, rtol=tolerance, atol=tolerance))
