"""What an expression gives: its unit, and whether it has something planned; never anything that is not linear in that."""

from collections.abc import Iterable
from dataclasses import dataclass

from planner.rules import vocabulary
from planner.rules.checking_conditions import check_belongs, check_condition
from planner.rules.errors import RuleError, Span
from planner.rules.names import Scope, attribute_column, check_index, known_figure, near
from planner.rules.tree import (
    Attribute,
    Belongs,
    Expression,
    Extreme,
    Figure,
    Index,
    Negative,
    Number,
    Operation,
    Piecewise,
    Sum,
)
from planner.rules.units import Unit, in_words, times, unit_of


@dataclass(frozen=True)
class Meaning:
    """What an expression gives: its unit (None: a bare number, which fits any), and whether it has something planned."""

    unit: Unit | None
    planned: bool


def meaning(expression: Expression, scope: Scope) -> Meaning:
    """Unit and kind of an expression. Raises RuleError."""
    match expression:
        case Number(_, written, _):
            return Meaning(None if written is None else unit_of(written), False)
        case Figure():
            return _of_figure(expression, scope)
        case Attribute():
            return Meaning(unit_of(attribute_column(expression, scope, figure=True).unit), False)
        case Negative(inner, _):
            return meaning(inner, scope)
        case Operation():
            return _of_operation(expression, scope)
        case Sum():
            return meaning(expression.body, inner_scope_checked(expression, scope))
        case Extreme(_, inner, span):
            found = [meaning(one, scope) for one in inner]
            _demand_given(found, span)
            unit = found[0].unit
            for one in found[1:]:
                unit = same_unit(unit, one.unit, span, "compared")
            return Meaning(unit, False)
        case Piecewise():
            return _of_piecewise(expression, scope)


def _demand_given(found: Iterable[Meaning], span: Span) -> None:
    if any(one.planned for one in found):
        raise RuleError(
            "This bends in what is planned, and so is not linear.",
            span,
            "What is planned may stand in min or a curve that flattens as the whole larger side, or in max or a curve that "
            "steepens as the whole smaller side.",
        )


def _of_piecewise(expression: Piecewise, scope: Scope) -> Meaning:
    argument = meaning(expression.argument, scope)
    if len(expression.points) > 2:
        _demand_given([argument], expression.span)
    return Meaning(None if expression.unit is None else unit_of(expression.unit), argument.planned)


def _of_figure(figure: Figure, scope: Scope) -> Meaning:
    known = known_figure(figure)
    if len(figure.indices) != len(known.dimensions):
        wanted = ", ".join(known.dimensions)
        raise RuleError(
            f"{figure.table}.{figure.column} has {len(known.dimensions)} indices.", figure.span,
            f"Write {figure.table}.{figure.column}[{wanted}].",
        )  # fmt: skip
    for index, dimension in zip(figure.indices, known.dimensions, strict=True):
        check_index(index, dimension, scope)
    return Meaning(known.unit, known.planned)


def _of_operation(operation: Operation, scope: Scope) -> Meaning:
    left, right = meaning(operation.left, scope), meaning(operation.right, scope)
    planned = left.planned or right.planned
    if operation.sign in "+-":
        return Meaning(same_unit(left.unit, right.unit, operation.span, "added"), planned)
    if operation.sign == "*" and left.planned and right.planned:
        raise RuleError(
            "Two planned figures are multiplied: that is not linear.", operation.span, "Multiply by a given figure or a number."
        )
    if operation.sign == "/" and right.planned:
        raise RuleError("A rule cannot divide by what is planned.", operation.right.span, "Multiply both sides by it.")
    if left.unit is None and right.unit is None:
        return Meaning(None, planned)
    return Meaning(times(left.unit or (), right.unit or (), 1 if operation.sign == "*" else -1), planned)


def same_unit(left: Unit | None, right: Unit | None, span: Span, done: str) -> Unit | None:
    """The unit of two sides that are added or compared; None where both are bare numbers. Raises RuleError."""
    if left is None or right is None or left == right:
        return left if right is None else right
    raise RuleError(
        f"Different units are {done}: {in_words(left)} and {in_words(right)}.", span,
        "Multiply by what turns one into the other, and write the unit of a number behind it: 5 [m³/day].",
    )  # fmt: skip


def inner_scope_checked(found: Sum, scope: Scope) -> Scope:
    """Indices within a sum. Raises RuleError where one is not known, or is there already."""
    inner = dict(scope)
    for iterator in found.over:
        if iterator.name not in vocabulary.dimensions():
            raise RuleError(f"There is no set {iterator.name!r}.", iterator.span, near(iterator.name, vocabulary.dimensions()))
        if iterator.owner is not None:
            member = Index(iterator.alias, False, 0, iterator.span)
            check_belongs(Belongs(member, iterator.owner, iterator.span), {**inner, iterator.alias: iterator.name})
        if iterator.alias in inner:
            raise RuleError(
                f"There is an index {iterator.alias} already.", iterator.span,
                f"Give it another name: {iterator.name} as other_{iterator.name}.",
            )  # fmt: skip
        inner[iterator.alias] = iterator.name
    if len(inner) > 10:
        raise RuleError("There are too many indices at once.", found.span, "Use at most 10.")
    if found.where is not None:
        check_condition(found.where, inner)
    return inner
