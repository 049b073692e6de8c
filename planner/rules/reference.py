"""Rules counted out on figures that are at hand: every index is an axis of an array, and a sum adds up axes.

The optimisation never uses this: it is how the audit knows whether a plan keeps a rule.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from planner.rules import vocabulary
from planner.rules.checking import CheckedRule
from planner.rules.conditions import belongs, holds
from planner.rules.errors import RuleError, Span
from planner.rules.facts import Facts, Floats
from planner.rules.names import Scope, inner_scope, known_figure
from planner.rules.tree import Attribute, Belongs, Expression, Extreme, Figure, Index, Negative, Number, Operation, Piecewise, Sum

CELLS_AT_ONCE = 4_000_000
CELLS_AT_MOST = 60_000_000

Planned = Callable[[str, str], Floats]
"""Table and column of the plan → its figures over the sets of its indices."""


@dataclass(frozen=True)
class Sides:
    """Both sides of one relation of a rule for some combinations of `foreach`, whose positions are given."""

    sign: str
    left: Floats
    right: Floats
    counts: NDArray[np.bool_]  # where the rule applies: its condition is true and nothing in it is blank
    positions: tuple[NDArray[np.intp], ...]

    @property
    def excess(self) -> Floats:
        """By how much the relation is missed; 0 where it holds or does not apply."""
        apart = self.left - self.right
        over = np.abs(apart) if self.sign == "=" else apart if self.sign == "<=" else -apart
        return np.where(self.counts, np.maximum(np.nan_to_num(over), 0.0), 0.0)


def sides_of(rule: CheckedRule, facts: Facts, planned: Planned) -> Iterator[Sides]:
    """Both sides of every relation of a rule, some members of the first set of `foreach` at a time."""
    sizes = [len(facts.members(name)) for name in rule.foreach]
    inside = max(_largest_sum(side, facts) for one in rule.relations for side in (one.left, one.right))
    rest = float(np.prod([float(size) for size in sizes[1:]])) * inside
    if rest * (sizes[0] if sizes else 1) > CELLS_AT_MOST:
        raise RuleError("The rule goes through too many combinations.", Span(0, 1), "Use `in` and fewer sets at once.")
    step = max(1, int(CELLS_AT_ONCE / max(rest, 1.0)))
    first = np.arange(sizes[0]) if sizes else np.zeros(1, np.intp)
    for begin in range(0, len(first), step):
        chosen = [first[begin : begin + step], *(np.arange(size) for size in sizes[1:])] if sizes else []
        evaluator = _Evaluator(facts, planned, chosen, rule)
        yield from evaluator.relations()


def _largest_sum(expression: Expression, facts: Facts) -> float:
    """Most combinations that the sums within an expression go through at once."""
    match expression:
        case Sum(over, _, body, _):
            own = float(np.prod([float(len(facts.members(one.name))) for one in over]))
            return own * _largest_sum(body, facts)
        case Operation(_, left, right, _):
            return max(_largest_sum(left, facts), _largest_sum(right, facts))
        case Negative(inner, _):
            return _largest_sum(inner, facts)
        case Extreme(_, inner, _):
            return max(_largest_sum(one, facts) for one in inner)
        case Piecewise():
            return _largest_sum(expression.argument, facts)
        case _:
            return 1.0


class _Evaluator:
    def __init__(self, facts: Facts, planned: Planned, chosen: list[NDArray[np.intp]], rule: CheckedRule) -> None:
        self.facts, self.planned, self.chosen, self.rule = facts, planned, tuple(chosen), rule

    def relations(self) -> Iterator[Sides]:
        rule, axes = self.rule, len(self.rule.foreach)
        positions = {
            name: one.reshape([-1 if axis == place else 1 for axis in range(axes)])
            for place, (name, one) in enumerate(zip(rule.foreach, self.chosen, strict=True))
        }
        shape = tuple(len(one) for one in self.chosen)
        applies = np.ones(shape, bool)
        if rule.where is not None:
            applies = np.broadcast_to(holds(rule.where, self.facts, rule.scope, positions), shape)
        for relation in rule.relations:
            with np.errstate(all="ignore"):
                left, right = (
                    np.broadcast_to(self.value(side, rule.scope, positions), shape) for side in (relation.left, relation.right)
                )
                known = np.isfinite(left) & np.isfinite(right)
            yield Sides(relation.sign, left, right, applies & known, self.chosen)

    def value(self, expression: Expression, scope: Scope, positions: dict[str, NDArray[np.intp]]) -> Floats:
        match expression:
            case Number(number, _, _):
                return np.asarray(number)
            case Figure():
                return self._figure(expression, positions)
            case Attribute(index, column, _):
                return np.asarray(self.facts.attribute(scope[index], column)[positions[index]], dtype=float)
            case Negative(inner, _):
                return np.asarray(-self.value(inner, scope, positions))
            case Operation(sign, one, other, _):
                left, right = self.value(one, scope, positions), self.value(other, scope, positions)
                if sign == "/":
                    return np.asarray(np.where(right == 0, np.nan, left / np.where(right == 0, 1.0, right)))
                return np.asarray(left + right if sign == "+" else left - right if sign == "-" else left * right)
            case Sum():
                return self._sum(expression, scope, positions)
            case Extreme(kind, several, _):
                values = np.broadcast_arrays(*(self.value(one, scope, positions) for one in several))
                return np.asarray(np.min(values, axis=0) if kind == "min" else np.max(values, axis=0))
            case Piecewise(argument, points, _, _):
                return curve(self.value(argument, scope, positions), points)

    def _figure(self, figure: Figure, positions: dict[str, NDArray[np.intp]]) -> Floats:
        known = known_figure(figure)
        values = self.planned(known.table, known.column) if known.planned else self.facts.given(known.table, known.column)
        where: list[NDArray[np.intp]] = []
        inside: NDArray[np.bool_] = np.asarray(True)
        for index, dimension in zip(figure.indices, known.dimensions, strict=True):
            at, there = moved(index, dimension, self.facts, positions)
            where.append(at)
            inside = inside & there
        return np.asarray(np.where(inside, values[tuple(where)], 0.0)) if values.size else np.zeros(np.shape(inside))

    def _sum(self, found: Sum, scope: Scope, positions: dict[str, NDArray[np.intp]]) -> Floats:
        before = max((one.ndim for one in positions.values()), default=0)
        count = len(found.over)
        inner = {name: one.reshape(*one.shape, *[1] * (before + count - one.ndim)) for name, one in positions.items()}
        for place, iterator in enumerate(found.over):
            own = [1] * (before + count)
            own[before + place] = -1
            inner[iterator.alias] = np.arange(len(self.facts.members(iterator.name))).reshape(own)
        within = inner_scope(found, scope)
        keeps: NDArray[np.bool_] = np.asarray(True)
        for iterator in found.over:
            if iterator.owner is not None:
                member = Belongs(Index(iterator.alias, False, 0, iterator.span), iterator.owner, iterator.span)
                keeps = keeps & belongs(member, self.facts, within, inner)
        if found.where is not None:
            keeps = keeps & holds(found.where, self.facts, within, inner)
        shape = np.broadcast_shapes(*(one.shape for one in inner.values()))
        body = np.where(keeps, self.value(found.body, within, inner), 0.0)
        body = np.where(np.isfinite(body), body, 0.0)
        # An axis that the body does not use still counts: it is added up as often as the set has members.
        axes = tuple(range(before, before + count))
        padded = (1,) * (len(shape) - body.ndim) + body.shape
        full = tuple(shape[axis] if axis in axes else size for axis, size in enumerate(padded))
        return np.asarray(np.broadcast_to(body, full).sum(axis=axes))


def moved(
    index: Index, dimension: str, facts: Facts, positions: dict[str, NDArray[np.intp]]
) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
    """Positions that an index stands for, and where there is such a member: there is nothing before the first stage."""
    if index.quoted:
        return np.asarray(facts.position(index, dimension)), np.asarray(True)
    at = positions[index.name]
    if not index.shift:
        return at, np.asarray(True)
    size = len(facts.members(dimension))
    if dimension == vocabulary.ORDERED[1]:
        return np.asarray((at + index.shift) % max(size, 1)), np.asarray(True)
    there = (at + index.shift >= 0) & (at + index.shift < size)
    return np.asarray(np.where(there, at + index.shift, 0)), there


def curve(argument: Floats, points: tuple[tuple[float, float], ...]) -> Floats:
    """A function of straight pieces through points, going on straight at both ends."""
    across, up = np.array(points).T
    piece = np.clip(np.searchsorted(across, argument, side="right") - 1, 0, len(points) - 2)
    slope = (up[1:] - up[:-1]) / (across[1:] - across[:-1])
    return np.asarray(up[piece] + slope[piece] * (argument - across[piece]))
