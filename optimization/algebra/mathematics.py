"""The model as formulas, typeset from the very templates that are compiled."""

import inspect
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from optimization.algebra.declarations import Law, Statement, Term, Variable
from optimization.algebra.errors import NotVectorisable
from optimization.algebra.model import Model
from optimization.algebra.notation import Latex, MathML, Notation
from optimization.algebra.writer import Writer


@dataclass(frozen=True)
class FamilyMathematics:
    """One law or objective term: its formula twice, what it says in words, and how many rows or summands it has.

    A law that is expanded row by row has no formula of its own; its latex and mathml are empty.
    """

    kind: Literal["law", "term"]
    name: str
    title: str
    doc: str
    latex: str
    mathml: str
    rows: int
    unit: str
    objective: str = ""


@dataclass(frozen=True)
class Symbol:
    """A set, a variable, data or neighbours: name, title, unit, the sets it is over, and its size or shape.

    A variable also has its bounds in words, over all its places: `0 … 1, whole`.
    """

    kind: Literal["set", "variable", "data", "neighbours"]
    name: str
    title: str
    unit: str
    sets: tuple[str, ...]
    shape: tuple[int, ...]
    bounds: str = ""


def mathematics(model: Model) -> list[FamilyMathematics]:
    """Every law in its order, then every term of every objective."""
    laws = [_typeset(model, law, "law", "") for law in model.laws.values()]
    terms = [
        _typeset(model, term, "term", objective) for objective, own_terms in model.terms.items() for term in own_terms.values()
    ]
    return laws + terms


def glossary(model: Model) -> list[Symbol]:
    """Sets, variables, data and neighbours, as the formulas name them."""
    return [
        *(Symbol("set", one.name, one.title, "", (), (one.size,)) for one in model.index_sets.values()),
        *(
            Symbol("variable", one.name, one.title, one.unit, tuple(own.name for own in one.sets), one.shape, _bounds(one))
            for one in model.variables.values()
        ),
        *(Symbol("data", one.name, one.title, one.unit, (), one.values.shape) for one in model.data_arrays.values()),
        *(
            Symbol("neighbours", one.name, one.name, "", (one.owner_set, one.member_set), (one.relation.owners,))
            for one in model.neighbour_sets.values()
        ),
    ]


def _bounds(variable: Variable) -> str:
    """From the least lower to the greatest upper bound, and whether values are whole."""
    if not variable.size:
        return ""
    least, most = float(np.min(variable.lower)), float(np.max(variable.upper))
    below = "−∞" if np.isinf(least) else f"{least:.6g}"
    above = "∞" if np.isinf(most) else f"{most:.6g}"
    return f"{below} … {above}{', whole' if variable.integer else ''}"


def _typeset(model: Model, statement: Statement, kind: Literal["law", "term"], objective: str) -> FamilyMathematics:
    formulas = [_formula(model, statement, notation) for notation in (Latex(), MathML())]
    return FamilyMathematics(
        kind,
        statement.name,
        statement.title,
        inspect.cleandoc(statement.doc),
        formulas[0],
        formulas[1],
        statement.count,
        statement.unit,
        objective,
    )


def _formula(model: Model, statement: Statement, notation: Notation) -> str:
    """The statement's formula, or nothing where its rule has none."""
    if isinstance(statement, Law) and statement.plain:
        return ""
    try:
        template = statement.template(model.pyomo)
        writer = Writer(notation, template.letters)
        ranges = [
            writer.range_of(iterator, notation.name(index_set.name))
            for iterator, index_set in zip(template.iterators, statement.sets, strict=True)
        ]
        if isinstance(statement, Term):
            return notation.display(_definition(writer, statement, template.expression, ranges))
        written = writer.relation(template.expression)
        return notation.display(written + notation.for_all(ranges, statement.positions is not None))
    except NotVectorisable:
        return ""


def _definition(writer: Writer, term: Term, expression: Any, ranges: list[str]) -> str:
    """The term's name = its sum over the index sets."""
    notation = writer.notation
    summed = notation.total(ranges, writer.factor(expression)) if ranges else writer.expression(expression)
    written = notation.row([notation.name(term.name), notation.operator("=="), summed])
    return written + notation.for_all([], term.positions is not None)
