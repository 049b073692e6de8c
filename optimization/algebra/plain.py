"""The same model as an ordinary, dense Pyomo model, for any other solver and as the check on the compiler."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pyomo.environ as pyo

from optimization.algebra.declarations import Law
from optimization.algebra.errors import ModelError
from optimization.algebra.families import item_name
from optimization.algebra.model import Model, pyomo_variable


def to_pyomo(model: Model, weights: Mapping[str, float] | None = None) -> Any:
    """A ConcreteModel with every variable, law and objective term expanded by plain Pyomo.

    A law is the Constraint `law_<name>`, a term the Expression `<objective>_<term>`, and the one Objective,
    `total_objective`, is the weighted sum of the terms (all weights 1
    unless given). Columns that a family got after compilation are not in it.
    """
    weights = dict.fromkeys(model.terms, 1.0) if weights is None else weights
    unknown = [objective for objective in weights if objective not in model.terms]
    if unknown:
        raise ModelError(f"there is no objective {', '.join(map(repr, unknown))}")
    plain = pyo.ConcreteModel(name=model.name)
    for index_set in model.index_sets.values():
        setattr(plain, index_set.name, pyo.RangeSet(0, index_set.size - 1))
    for data in model.data_arrays.values():
        setattr(plain, data.name, data if data.values.ndim else data.values.item())
    for neighbour_set in model.neighbour_sets.values():
        setattr(plain, neighbour_set.name, neighbour_set)
    for variable in model.variables.values():
        sets = [getattr(plain, index_set.name) for index_set in variable.sets]
        setattr(plain, variable.name, pyomo_variable(variable, sets, dense=True))
    for law in model.laws.values():
        setattr(plain, _free(plain, f"law_{law.name}"), _constraint(law))
    parts = []
    for objective, weight in weights.items():
        for term in model.terms[objective].values():
            total = pyo.quicksum(term.rule(plain, *index) for index in term.index_tuples())
            expression = pyo.Expression(expr=total)
            setattr(plain, _free(plain, f"{objective}_{term.name}"), expression)
            parts.append(weight * expression)
    plain.total_objective = pyo.Objective(expr=pyo.quicksum(parts), sense=pyo.minimize)
    return plain


def row_relation(law: Law, block: Any, index: tuple[int, ...]) -> Any:
    """What a law's rule gives at one index, fit for Pyomo; a row without variables that holds is skipped.

    Raises ModelError naming the row if the rule fails there, or if a row without variables does not hold.
    """
    position = int(np.ravel_multi_index(index, law.shape)) if index else 0
    name = item_name(law.name, law.sets, position)
    try:
        relation = law.rule(block, *index)
    except Exception as cause:
        # A researcher's callback may fail in any way; it must not end in a traceback of ours.
        raise ModelError(f"law {name}: {type(cause).__name__}: {cause}") from cause
    if relation is None:
        raise ModelError(f"law {name}: its rule returns nothing")
    if isinstance(relation, bool | np.bool_):
        if not relation:
            raise ModelError(f"law {name} can never hold: no variable is left in it")
        return pyo.Constraint.Skip
    return relation


def _constraint(law: Law) -> Any:
    if not law.sets:
        return pyo.Constraint(pyo.Set(initialize=range(law.count)), rule=lambda block, _: row_relation(law, block, ()))
    tuples = law.index_tuples()
    keys = [index[0] for index in tuples] if len(law.sets) == 1 else tuples
    indices = pyo.Set(initialize=keys, dimen=len(law.sets))
    return pyo.Constraint(indices, rule=lambda block, *index: row_relation(law, block, index))


def _free(plain: Any, name: str) -> str:
    while hasattr(plain, name):
        name += "_"
    return name
