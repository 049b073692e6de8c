"""Rules as linear forms: combinations of indices are rows of a table, a sum adds rows below each of them and gathers them."""

from dataclasses import dataclass
from typing import NoReturn

import numpy as np
from numpy.typing import NDArray

from optimization.rules.quantities import Quantities
from planner.rules.conditions import holds
from planner.rules.errors import RuleError, Span
from planner.rules.facts import Facts
from planner.rules.names import Scope, inner_scope, known_figure
from planner.rules.reference import curve, moved
from planner.rules.tree import (
    Attribute,
    Expression,
    Extreme,
    Figure,
    Iterator,
    Negative,
    Number,
    Operation,
    Piecewise,
    Sum,
)

ROWS_AT_MOST = 200_000
COMBINATIONS_AT_MOST = 12_000_000
LARGEST = 1e15

Integers = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Form:
    """Row i is constant[i] + Σ factor · x[column] over the entries with row i. A constant is NaN where something is blank."""

    constant: Floats
    row: Integers
    column: Integers
    factor: Floats

    def scaled(self, by: Floats) -> "Form":
        return Form(self.constant * by, self.row, self.column, self.factor * by[self.row])

    def plus(self, other: "Form") -> "Form":
        return Form(
            self.constant + other.constant,
            np.concatenate([self.row, other.row]),
            np.concatenate([self.column, other.column]),
            np.concatenate([self.factor, other.factor]),
        )

    @property
    def blank(self) -> NDArray[np.bool_]:
        """Rows in which something is blank, infinite, or divided by zero."""
        found = ~np.isfinite(self.constant)
        found[self.row[~np.isfinite(self.factor)]] = True
        return found

    def without(self, rows: NDArray[np.bool_]) -> "Form":
        """Nothing stands in these rows."""
        kept = ~rows[self.row]
        return Form(np.where(rows, 0.0, self.constant), self.row[kept], self.column[kept], self.factor[kept])


def given(constant: Floats) -> Form:
    """A form without anything planned."""
    none = np.empty(0, dtype=np.int64)
    return Form(constant, none, none, np.empty(0))


def too_many(span: Span) -> NoReturn:
    """Raises RuleError: there are too many combinations."""
    raise RuleError("The rule goes through too many combinations.", span, "Use `in`, or fewer sets at once.")


@dataclass(frozen=True)
class Linear:
    """Evaluates expressions of a rule over a table of combinations."""

    facts: Facts
    quantities: Quantities

    def form(self, expression: Expression, scope: Scope, at: dict[str, Integers], count: int) -> Form:
        """The form of an expression, a row for each of `count` combinations, whose positions are `at`."""
        match expression:
            case Number(value, _, _):
                return given(np.full(count, value))
            case Attribute(index, column, _):
                return given(self.facts.attribute(scope[index], column)[at[index]].astype(float))
            case Figure():
                return self._figure(expression, at, count)
            case Negative(inner, _):
                return self.form(inner, scope, at, count).scaled(np.full(count, -1.0))
            case Operation():
                return self._operation(expression, scope, at, count)
            case Sum():
                return self._sum(expression, scope, at, count)
            case Extreme(kind, inner, _):
                values = [self.form(one, scope, at, count).constant for one in inner]
                return given(np.min(values, axis=0) if kind == "min" else np.max(values, axis=0))
            case Piecewise(argument, points, _, _):
                found = self.form(argument, scope, at, count)
                if len(points) > 2 or not len(found.row):
                    return given(curve(found.constant, points))
                (x, y), (further, up) = points
                slope = (up - y) / (further - x)
                return found.scaled(np.full(count, slope)).plus(given(np.full(count, y - slope * x)))

    def _figure(self, figure: Figure, at: dict[str, Integers], count: int) -> Form:
        known = known_figure(figure)
        where, inside = [], np.ones(count, bool)
        for index, dimension in zip(figure.indices, known.dimensions, strict=True):
            place, there = moved(index, dimension, self.facts, at)
            where.append(np.broadcast_to(place, (count,)))
            inside &= there
        if not known.planned:
            values = self.facts.given(known.table, known.column)
            return given(np.where(inside, values[tuple(where)], 0.0) if values.size else np.zeros(count))
        quantity = self.quantities.of(known.table, known.column)
        if not quantity.constant.size:
            return given(np.zeros(count))
        cell = np.ravel_multi_index(tuple(where), quantity.shape)
        starts, ends = quantity.matrix.indptr[cell].astype(np.int64), quantity.matrix.indptr[cell + 1].astype(np.int64)
        lengths = np.where(inside, ends - starts, 0)
        if lengths.sum() > COMBINATIONS_AT_MOST:
            too_many(figure.span)
        row = np.repeat(np.arange(count), lengths)
        entry = np.arange(len(row)) - np.repeat(np.cumsum(lengths) - lengths, lengths) + starts[row]
        constant = np.where(inside, quantity.constant[cell], 0.0)
        return Form(constant, row, quantity.matrix.indices[entry].astype(np.int64), quantity.matrix.data[entry])

    def _operation(self, operation: Operation, scope: Scope, at: dict[str, Integers], count: int) -> Form:
        left, right = (self.form(side, scope, at, count) for side in (operation.left, operation.right))
        with np.errstate(all="ignore"):
            if operation.sign == "+":
                return left.plus(right)
            if operation.sign == "-":
                return left.plus(right.scaled(np.full(count, -1.0)))
            if operation.sign == "/":
                return left.scaled(
                    np.where(right.constant == 0, np.nan, 1.0 / np.where(right.constant == 0, 1.0, right.constant))
                )
            return left.scaled(right.constant) if len(left.row) or not len(right.row) else right.scaled(left.constant)

    def _sum(self, found: Sum, scope: Scope, at: dict[str, Integers], count: int) -> Form:
        above, inner = np.arange(count), dict(at)
        within: dict[str, str] = dict(scope)
        for iterator in found.over:
            above, inner = self._further(iterator, within, above, inner)
            within[iterator.alias] = iterator.name
        if found.where is not None:
            kept = np.broadcast_to(holds(found.where, self.facts, within, inner), above.shape)
            above, inner = above[kept], {name: one[kept] for name, one in inner.items()}
        body = self.form(found.body, inner_scope(found, scope), inner, len(above))
        body = body.without(body.blank)
        return Form(np.bincount(above, body.constant, count).astype(float), above[body.row], body.column, body.factor)

    def _further(
        self, iterator: Iterator, scope: Scope, above: Integers, at: dict[str, Integers]
    ) -> tuple[Integers, dict[str, Integers]]:
        """Every combination with each member of one more set, or with those that belong to its owner."""
        size = len(self.facts.members(iterator.name))
        if iterator.owner is None:
            lengths, member_of = np.full(len(above), size), None
        else:
            belongs = self._owned(iterator, scope)
            counts = belongs.sum(axis=0)
            owner = np.zeros(len(above), np.int64) if iterator.owner.quoted else at[iterator.owner.name]
            lengths, member_of = counts[owner], (np.nonzero(belongs.T)[1], np.cumsum(counts) - counts, owner)
        if int(lengths.sum()) > COMBINATIONS_AT_MOST:
            too_many(iterator.span)
        parent = np.repeat(np.arange(len(above)), lengths)
        number = np.arange(len(parent)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
        member = number if member_of is None else member_of[0][member_of[1][member_of[2][parent]] + number]
        return above[parent], {**{name: one[parent] for name, one in at.items()}, iterator.alias: member.astype(np.int64)}

    def _owned(self, iterator: Iterator, scope: Scope) -> NDArray[np.bool_]:
        """(members, owners) whether a member belongs to an owner; one column for an owner named in quotes."""
        owner = iterator.owner
        assert owner is not None
        if not owner.quoted:
            return self.facts.belongs(iterator.name, scope[owner.name])
        return self.facts.belongs_to_named(iterator.name, owner)[:, None]
