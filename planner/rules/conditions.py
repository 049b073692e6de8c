"""Conditions of rules, for many combinations of members at once."""

from collections.abc import Mapping
from operator import eq, ge, gt, le, lt, ne
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from planner.rules import vocabulary
from planner.rules.errors import RuleError
from planner.rules.facts import Facts
from planner.rules.names import Scope
from planner.rules.tree import Attribute, Belongs, Both, Condition, Index, Not, Number, Operand, Test, Text

Positions = Mapping[str, NDArray[np.intp]]
"""Name of each index → positions of the members, arrays that broadcast to one another."""

_ORDERS = {"=": eq, "!=": ne, "<": lt, "<=": le, ">": gt, ">=": ge}


def holds(condition: Condition, facts: Facts, scope: Scope, positions: Positions) -> NDArray[np.bool_]:
    """Where a condition is true. What is blank is equal to nothing. Raises RuleError on a name that the basin lacks."""
    match condition:
        case Not(inner, _):
            return np.asarray(~holds(inner, facts, scope, positions))
        case Both(word, left, right, _):
            sides = holds(left, facts, scope, positions), holds(right, facts, scope, positions)
            return np.asarray(sides[0] & sides[1] if word == "and" else sides[0] | sides[1])
        case Belongs():
            return belongs(condition, facts, scope, positions)
        case Test():
            return _test(condition, facts, scope, positions)


def belongs(condition: Belongs, facts: Facts, scope: Scope, positions: Positions) -> NDArray[np.bool_]:
    """Where a member belongs to an owner."""
    member, owner = condition.member, condition.owner
    dimension = scope[member.name]
    if not owner.quoted:
        matrix = facts.belongs(dimension, scope[owner.name])
        return np.asarray(matrix[positions[member.name], positions[owner.name]])
    return np.asarray(facts.belongs_to_named(dimension, owner)[positions[member.name]])


def _test(test: Test, facts: Facts, scope: Scope, positions: Positions) -> NDArray[np.bool_]:
    ordered = _ordered_set(test, scope)
    if ordered is not None and test.order not in ("=", "!="):
        sides = [_place(one, ordered, facts, positions) for one in (test.left, test.right)]
        return np.asarray(_ORDERS[test.order](*sides))
    left, right = (_value(one, facts, scope, positions) for one in (test.left, test.right))
    with np.errstate(invalid="ignore"):
        result = np.asarray(_ORDERS[test.order](left, right), dtype=bool)
    for side in (left, right):
        result = result & ~np.asarray(pd.isna(side))
    return result


def _ordered_set(test: Test, scope: Scope) -> str | None:
    for one in (test.left, test.right):
        if isinstance(one, Index) and scope[one.name] in vocabulary.ORDERED:
            return scope[one.name]
    return None


def _place(operand: Operand, dimension: str, facts: Facts, positions: Positions) -> NDArray[np.intp]:
    """Place of a member in the order of its set."""
    if isinstance(operand, Index):
        return positions[operand.name]
    if isinstance(operand, Text):
        return np.asarray(facts.position(Index(operand.value, True, 0, operand.span), dimension))
    raise RuleError(f"A {dimension} is compared with something else.", operand.span, "Compare it with a name in quotes.")


def _value(operand: Operand, facts: Facts, scope: Scope, positions: Positions) -> NDArray[Any]:
    match operand:
        case Number(value, _, _):
            return np.asarray(value)
        case Text(value, _):
            return np.asarray(value, dtype=object)
        case Attribute(index, column, _):
            return np.asarray(facts.attribute(scope[index], column)[positions[index]])
        case Index(name, _, _, _):
            return np.asarray(facts.members(scope[name]).to_numpy(object)[positions[name]])
