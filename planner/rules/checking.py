"""What a rule means: its names are known, its units fit, and it is linear in what is planned. No basin is needed for that."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from planner.checks.report import did_you_mean
from planner.rules import vocabulary
from planner.rules.document import Rule
from planner.rules.errors import Part, RuleError, Span
from planner.rules.parser import parse_condition, parse_expression
from planner.rules.tree import (
    Attribute,
    Belongs,
    Both,
    Comparator,
    Condition,
    Expression,
    Extreme,
    Figure,
    Index,
    Negative,
    Not,
    Number,
    Operand,
    Operation,
    Piecewise,
    Sum,
    Test,
    Text,
)
from planner.rules.units import Unit, in_words, times, unit_of

Scope = Mapping[str, str]
"""Name of each index → its set."""


@dataclass(frozen=True)
class Meaning:
    """What an expression gives: its unit (None: a bare number, which fits any), and whether it has something planned."""

    unit: Unit | None
    planned: bool


@dataclass(frozen=True)
class Relation:
    """Two sides, both linear in what is planned."""

    sign: Comparator
    left: Expression
    right: Expression


@dataclass(frozen=True)
class CheckedRule:
    """A rule that is understood: `relations` must all hold for each combination of `foreach` where `where` is true."""

    rule: Rule
    foreach: tuple[str, ...]
    where: Condition | None
    relations: tuple[Relation, ...]
    unit: str

    @property
    def scope(self) -> dict[str, str]:
        return {name: name for name in self.foreach}


def checked(rule: Rule) -> CheckedRule:
    """What a rule means. Raises RuleError with the place of the first thing that is wrong."""
    foreach = _foreach(rule)
    scope = {name: name for name in foreach}
    where = None
    if rule.where.strip():
        try:
            where = parse_condition(rule.where)
            _check_condition(where, scope)
        except RuleError as error:
            raise error.within("where") from None
    comparison = parse_expression(rule.expression)
    relations = _straight(Relation(comparison.sign, comparison.left, comparison.right), comparison.span)
    units: list[Unit | None] = []
    for relation in relations:
        left, right = meaning(relation.left, scope), meaning(relation.right, scope)
        if not (left.planned or right.planned):
            raise RuleError(
                "There is nothing planned in the rule: it holds or not, whatever the plan.",
                comparison.span,
                f"Use a column of the plan, such as {_examples()}.",
            )
        units.append(_same(left.unit, right.unit, comparison.span, "compared"))
    unit = next((one for one in units if one is not None), ())
    return CheckedRule(rule, foreach, where, relations, in_words(unit) if unit else "")


def _examples() -> str:
    return ", ".join(f"{table}.{column}" for table, column in list(vocabulary.VARIABLES)[:3])


def _foreach(rule: Rule) -> tuple[str, ...]:
    for position, name in enumerate(rule.foreach):
        span = Span(0, len(name))
        if name not in vocabulary.dimensions():
            raise RuleError(f"There is no set {name!r}.", span, near(name, vocabulary.dimensions()), _part("foreach"))
        if name in rule.foreach[:position]:
            raise RuleError(f"{name} stands twice.", span, "Name it once.", _part("foreach"))
    return rule.foreach


def _part(name: Literal["foreach"]) -> Part:
    return name


def near(name: str, known: Iterable[str]) -> str:
    """A remedy that names what is meant, or what there is."""
    listed = list(known)
    return did_you_mean(name, listed) or f"There are {', '.join(listed[:30])}."


def _straight(relation: Relation, span: Span) -> tuple[Relation, ...]:
    """The relation without min, max and piecewise as a whole side: one relation for each of their straight pieces."""
    if relation.sign == ">=":
        return tuple(
            Relation(">=", one.right, one.left) for one in _straight(Relation("<=", relation.right, relation.left), span)
        )
    if relation.sign == "=":
        return (relation,)
    right = _pieces(relation.right, "min")
    left = _pieces(relation.left, "max")
    if len(right) * len(left) > 100:
        raise RuleError("The rule falls into too many straight pieces.", span, "Use fewer points.")
    return tuple(Relation("<=", low, high) for low in left for high in right)


def _pieces(side: Expression, kind: Literal["min", "max"]) -> tuple[Expression, ...]:
    """The straight pieces whose min (or max) a side is; itself where it is none."""
    if isinstance(side, Extreme) and side.kind == kind:
        return tuple(piece for inner in side.inner for piece in _pieces(inner, kind))
    if isinstance(side, Piecewise) and _bends(side, kind):
        return tuple(_line(side, first) for first in range(len(side.points) - 1))
    return (side,)


def _slopes(side: Piecewise) -> list[float]:
    return [(after[1] - before[1]) / (after[0] - before[0]) for before, after in pairwise(side.points)]


def _bends(side: Piecewise, kind: Literal["min", "max"]) -> bool:
    slopes = _slopes(side)
    falling = all(before >= after for before, after in pairwise(slopes))
    rising = all(before <= after for before, after in pairwise(slopes))
    return falling if kind == "min" else rising


def _line(side: Piecewise, first: int) -> Piecewise:
    """The straight line through two neighbouring points."""
    return replace(side, points=side.points[first : first + 2])


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
            return meaning(expression.body, _inner_scope(expression, scope))
        case Extreme(_, inner, span):
            found = [meaning(one, scope) for one in inner]
            _demand_given(found, span)
            unit = found[0].unit
            for one in found[1:]:
                unit = _same(unit, one.unit, span, "compared")
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
        _check_index(index, dimension, scope)
    return Meaning(known.unit, known.planned)


def known_figure(figure: Figure) -> vocabulary.Known:
    """The column that a figure names. Raises RuleError."""
    known = vocabulary.figures().get((figure.table, figure.column))
    if known is not None:
        return known
    if figure.table not in vocabulary.tables():
        raise RuleError(f"There is no table {figure.table!r} to use.", figure.span, near(figure.table, vocabulary.tables()))
    columns = [column for table, column in vocabulary.figures() if table == figure.table]
    raise RuleError(
        f"{figure.table} has no figure {figure.column!r} that a rule may use.", figure.span, near(figure.column, columns)
    )


def _check_index(index: Index, dimension: str, scope: Scope) -> None:
    if index.quoted:
        return
    if index.name not in scope:
        raise _unknown_index(index, scope, dimension)
    if scope[index.name] != dimension:
        raise RuleError(
            f"Here an index of the set {dimension} belongs, and {index.name} goes over {scope[index.name]}.", index.span,
            f"Sum over {dimension}, or name it in foreach.",
        )  # fmt: skip
    if index.shift and dimension not in vocabulary.ORDERED:
        raise RuleError(
            f"The members of {dimension} have no order.", index.span, f"Only {' and '.join(vocabulary.ORDERED)} can be moved."
        )


def _unknown_index(index: Index, scope: Scope, dimension: str | None = None) -> RuleError:
    remedy = did_you_mean(index.name, list(scope)) if scope else None
    if remedy is None and dimension is not None:
        remedy = f"Add {dimension} to foreach, or write sum({dimension}: …), or a name in quotes."
    return RuleError(f"There is no index {index.name!r} here.", index.span, remedy or near(index.name, scope or ["none"]))


def attribute_column(attribute: Attribute, scope: Scope, *, figure: bool) -> vocabulary.Column:
    """The column that an attribute names. Raises RuleError."""
    if attribute.index not in scope:
        raise _unknown_index(Index(attribute.index, False, 0, attribute.span), scope)
    columns = vocabulary.attributes(scope[attribute.index])
    column = columns.get(attribute.column)
    if column is None:
        raise RuleError(
            f"{scope[attribute.index]} has no column {attribute.column!r}.", attribute.span, near(attribute.column, columns)
        )
    if figure and column.kind not in vocabulary.FIGURES:
        raise RuleError(f"{attribute.column} is no figure.", attribute.span, "Use it in a where.")
    return column


def _of_operation(operation: Operation, scope: Scope) -> Meaning:
    left, right = meaning(operation.left, scope), meaning(operation.right, scope)
    planned = left.planned or right.planned
    if operation.sign in "+-":
        return Meaning(_same(left.unit, right.unit, operation.span, "added"), planned)
    if operation.sign == "*" and left.planned and right.planned:
        raise RuleError(
            "Two planned figures are multiplied: that is not linear.", operation.span, "Multiply by a given figure or a number."
        )
    if operation.sign == "/" and right.planned:
        raise RuleError("A rule cannot divide by what is planned.", operation.right.span, "Multiply both sides by it.")
    if left.unit is None and right.unit is None:
        return Meaning(None, planned)
    return Meaning(times(left.unit or (), right.unit or (), 1 if operation.sign == "*" else -1), planned)


def _same(left: Unit | None, right: Unit | None, span: Span, done: str) -> Unit | None:
    if left is None or right is None or left == right:
        return left if right is None else right
    raise RuleError(
        f"Different units are {done}: {in_words(left)} and {in_words(right)}.", span,
        "Multiply by what turns one into the other, and write the unit of a number behind it: 5 [m³/day].",
    )  # fmt: skip


def _inner_scope(found: Sum, scope: Scope) -> Scope:
    inner = dict(scope)
    for iterator in found.over:
        if iterator.name not in vocabulary.dimensions():
            raise RuleError(f"There is no set {iterator.name!r}.", iterator.span, near(iterator.name, vocabulary.dimensions()))
        if iterator.owner is not None:
            member = Index(iterator.alias, False, 0, iterator.span)
            _check_belongs(Belongs(member, iterator.owner, iterator.span), {**inner, iterator.alias: iterator.name})
        if iterator.alias in inner:
            raise RuleError(
                f"There is an index {iterator.alias} already.", iterator.span,
                f"Give it another name: {iterator.name} as other_{iterator.name}.",
            )  # fmt: skip
        inner[iterator.alias] = iterator.name
    if len(inner) > 10:
        raise RuleError("There are too many indices at once.", found.span, "Use at most 10.")
    if found.where is not None:
        _check_condition(found.where, inner)
    return inner


def inner_scope(found: Sum, scope: Scope) -> Scope:
    """Indices within a sum."""
    return {**scope, **{iterator.alias: iterator.name for iterator in found.over}}


def _check_condition(condition: Condition, scope: Scope) -> None:
    match condition:
        case Not(inner, _):
            _check_condition(inner, scope)
        case Both(_, left, right, _):
            _check_condition(left, scope)
            _check_condition(right, scope)
        case Belongs():
            _check_belongs(condition, scope)
        case Test():
            _check_test(condition, scope)


def _check_belongs(condition: Belongs, scope: Scope) -> None:
    member, owner = condition.member, condition.owner
    if member.name not in scope:
        raise _unknown_index(member, scope)
    if not owner.quoted and owner.name not in scope:
        raise _unknown_index(owner, scope)
    dimension = scope[member.name]
    reached = [name for names in vocabulary.references(dimension).values() for name in names]
    if not reached:
        raise RuleError(f"Nothing says what a {dimension} belongs to.", condition.span, "Compare it with = instead.")
    if owner.quoted:
        return
    ways = link_columns(dimension, scope[owner.name])
    if not ways:
        raise RuleError(
            f"Nothing says to which {scope[owner.name]} a {dimension} belongs.", condition.span,
            f"A {dimension} belongs to {', '.join(dict.fromkeys(reached))}.",
        )  # fmt: skip
    if len(ways) > 1:
        raise RuleError(
            f"A {dimension} names a {scope[owner.name]} in several columns: {', '.join(ways)}.", condition.span,
            f"Say which: {member.name}.{ways[0]} = {owner.name}.",
        )  # fmt: skip


def link_columns(dimension: str, owner: str) -> list[str]:
    """Columns of a set's table that name members of another one."""
    return [column for column, names in vocabulary.references(dimension).items() if owner in names]


def _check_test(test: Test, scope: Scope) -> None:
    left, right = _kind(test.left, scope), _kind(test.right, scope)
    if "number" in (left, right) and left != right:
        raise RuleError("A number is compared with a name.", test.span, "Compare like with like.")
    if test.order in ("<", ">", "<=", ">=") and left != "number":
        ordered = [one for one in (test.left, test.right) if isinstance(one, Index) and scope[one.name] in vocabulary.ORDERED]
        if not ordered:
            raise RuleError(
                "Names have no order.", test.span, f"Only {' and '.join(vocabulary.ORDERED)} and numbers come one after another."
            )


def _kind(operand: Operand, scope: Scope) -> Literal["number", "name"]:
    match operand:
        case Number():
            return "number"
        case Text():
            return "name"
        case Index():
            if operand.name not in scope:
                raise _unknown_index(operand, scope)
            return "name"
        case Attribute():
            return "number" if attribute_column(operand, scope, figure=False).kind in vocabulary.FIGURES else "name"
