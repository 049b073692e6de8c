"""Whether a condition means something: its names are known, and like is compared with like."""

from typing import Literal

from planner.rules import vocabulary
from planner.rules.errors import RuleError
from planner.rules.names import Scope, attribute_column, link_columns, unknown_index
from planner.rules.tree import Attribute, Belongs, Both, Condition, Index, Not, Number, Operand, Test, Text


def check_condition(condition: Condition, scope: Scope) -> None:
    """Raises RuleError where a condition names what is not there, or compares unlike things."""
    match condition:
        case Not(inner, _):
            check_condition(inner, scope)
        case Both(_, left, right, _):
            check_condition(left, scope)
            check_condition(right, scope)
        case Belongs():
            check_belongs(condition, scope)
        case Test():
            _check_test(condition, scope)


def check_belongs(condition: Belongs, scope: Scope) -> None:
    """Raises RuleError where nothing says what the member belongs to."""
    member, owner = condition.member, condition.owner
    if member.name not in scope:
        raise unknown_index(member, scope)
    if not owner.quoted and owner.name not in scope:
        raise unknown_index(owner, scope)
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
                raise unknown_index(operand, scope)
            return "name"
        case Attribute():
            return "number" if attribute_column(operand, scope, figure=False).kind in vocabulary.FIGURES else "name"
