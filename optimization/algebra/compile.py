"""From a stated model to arrays: family after family, each a block of rows."""

import numpy as np
from scipy import sparse

from optimization.algebra.compiled import CompiledModel
from optimization.algebra.declarations import Law, Statement, Term
from optimization.algebra.errors import ModelError, NotVectorisable
from optimization.algebra.evaluate import ColumnRange, Entries, Evaluator
from optimization.algebra.fallback import plain_rows, plain_term
from optimization.algebra.families import FallbackFamily, Floats, LinearTerm, RowFamily, VariableFamily, item_name
from optimization.algebra.frame import Array, Frame, grid_frame, selected_frame
from optimization.algebra.model import Model
from optimization.algebra.rows import RowBlock, joined_blocks, row_block
from optimization.algebra.template import relation_of


def compiled(model: Model) -> CompiledModel:
    """Arrays of the whole model. Raises ModelError naming the family, the row and the data that are wrong."""
    evaluator = _evaluator(model)
    columns = sum(variable.size for variable in model.variables.values())
    fallback: dict[str, FallbackFamily] = {}
    blocks: list[RowBlock] = []
    families: dict[str, RowFamily] = {}
    start = 0
    for law in model.laws.values():
        block = _law_block(model, law, evaluator, columns, fallback)
        count = block.matrix.shape[0]
        family = RowFamily(law.name, start, count, law.title, law.unit, law.doc, law.sets, block.positions, law.place)
        _check_finite(model, family, block)
        families[law.name] = family
        blocks.append(block)
        start += count
    objectives = {
        objective: {name: _linear_term(model, term, evaluator, fallback) for name, term in terms.items()}
        for objective, terms in model.terms.items()
    }
    whole = joined_blocks(blocks, columns)
    lower, upper, integer = _column_arrays(model, columns)
    variables = {
        one.name: VariableFamily(one.name, one.start, one.shape, one.unit, one.title, one.sets, one.place)
        for one in model.variables.values()
    }
    return CompiledModel(
        name=model.name,
        base_matrix=whole.matrix,
        row_lower=whole.lower,
        row_upper=whole.upper,
        column_lower=lower,
        column_upper=upper,
        integer=integer,
        objectives=objectives,
        variables=variables,
        families=families,
        fallback=fallback,
    )


def _evaluator(model: Model) -> Evaluator:
    variables = {id(one.component): ColumnRange(one.name, one.start, one.shape) for one in model.variables.values()}
    sizes = {id(getattr(model.pyomo, one.name)): one.size for one in model.index_sets.values()}
    return Evaluator(variables, sizes)


def _frame(model: Model, statement: Statement) -> Frame:
    iterators = [id(iterator) for iterator in statement.template(model.pyomo).iterators]
    if statement.positions is None:
        return grid_frame(iterators, statement.shape)
    return selected_frame(iterators, statement.shape, statement.positions)


def _law_block(model: Model, law: Law, evaluator: Evaluator, columns: int, fallback: dict[str, FallbackFamily]) -> RowBlock:
    if not law.count:  # as most concerns of a small basin: the rule is not even asked
        return RowBlock(sparse.csr_array((0, columns)), np.empty(0), np.empty(0), law.positions)
    try:
        if law.plain:
            raise NotVectorisable("declared as an ordinary Pyomo constraint")
        relation = relation_of(law.template(model.pyomo).expression)
        return row_block(evaluator, relation, _frame(model, law), law.positions, columns)
    except NotVectorisable as reason:
        block = plain_rows(model, law, evaluator.variables, columns)
        fallback[law.name] = FallbackFamily(block.matrix.shape[0], str(reason))
        return block
    except ModelError as cause:
        raise ModelError(f"law {law.name!r}: {cause}") from cause


def _linear_term(model: Model, term: Term, evaluator: Evaluator, fallback: dict[str, FallbackFamily]) -> LinearTerm:
    if not term.count:
        return LinearTerm(np.empty(0, dtype=np.int32), np.empty(0), 0.0, term.title, term.unit)
    entries: list[Entries] = []
    constants: list[tuple[Frame, Array]] = []
    try:
        evaluator.linear(term.template(model.pyomo).expression, _frame(model, term), entries, constants)
    except NotVectorisable as reason:
        fallback[f"{term.objective}.{term.name}"] = FallbackFamily(term.count, str(reason))
        return plain_term(model, term, evaluator.variables)
    except ModelError as cause:
        raise ModelError(f"term {term.name!r} of {term.objective!r}: {cause}") from cause
    constant = float(sum(np.broadcast_to(values, frame.shape).sum() for frame, values in constants))
    totals: dict[ColumnRange, Floats] = {}
    for part in entries:
        places = np.broadcast_to(part.columns - np.int32(part.variable.start), part.frame.shape).reshape(-1)
        factors = np.broadcast_to(part.frame.factor, part.frame.shape).reshape(-1)
        added: Floats = np.bincount(places, factors, part.variable.size).astype(np.float64, copy=False)
        totals[part.variable] = totals[part.variable] + added if part.variable in totals else added
    found = [(variable.start + np.flatnonzero(total), total[total != 0]) for variable, total in totals.items()]
    places = np.concatenate([np.empty(0, dtype=np.int32), *(place for place, _ in found)]).astype(np.int32)
    values = np.concatenate([np.empty(0), *(value for _, value in found)])
    if not np.isfinite(values).all() or not np.isfinite(constant):
        wrong = places[~np.isfinite(values)][:3].tolist()
        names = ", ".join(_column_name(model, column) for column in wrong) or "its constant"
        raise ModelError(f"term {term.name!r} of {term.objective!r} is not finite at {names}")
    return LinearTerm(places, values, constant, term.title, term.unit)


def _column_name(model: Model, column: int) -> str:
    variable = next(one for one in model.variables.values() if one.start <= column < one.start + one.size)
    return item_name(variable.name, variable.sets, column - variable.start)


def _column_arrays(model: Model, columns: int) -> tuple[Floats, Floats, Array]:
    lower, upper, integer = np.empty(columns), np.empty(columns), np.zeros(columns, dtype=bool)
    for variable in model.variables.values():
        own = slice(variable.start, variable.start + variable.size)
        lower[own].reshape(variable.shape)[...] = variable.lower
        upper[own].reshape(variable.shape)[...] = variable.upper
        integer[own] = variable.integer
    return lower, upper, integer


def _check_finite(model: Model, family: RowFamily, block: RowBlock) -> None:
    """Raises ModelError that names the rows and columns of coefficients or bounds that are no numbers."""
    matrix = block.matrix
    if not np.isfinite(matrix.data).all():
        bad = np.flatnonzero(~np.isfinite(matrix.data))
        rows = np.unique(np.searchsorted(matrix.indptr, bad, side="right") - 1)
        what = "a coefficient"
    elif np.isnan(block.lower).any() or np.isnan(block.upper).any():
        rows, what = np.flatnonzero(np.isnan(block.lower) | np.isnan(block.upper)), "a bound"
    else:
        return
    positions = rows[:3] if family.positions is None else family.positions[rows[:3]]
    names = ", ".join(item_name(family.name, family.sets, int(position)) for position in positions)
    suspects = [name for name, data in model.data_arrays.items() if not np.isfinite(data.values).all()]
    hint = f"data that are not finite: {', '.join(suspects)}" if suspects else "look for a division by zero"
    raise ModelError(f"law {family.name!r}: {what} is not finite in {len(rows)} rows, such as {names}; {hint}")
