"""What a rule means: its names are known, its units fit, and it is linear in what is planned. No basin is needed for that."""

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from planner.rules import vocabulary
from planner.rules.checking_conditions import check_condition
from planner.rules.document import Rule
from planner.rules.errors import RuleError, Span
from planner.rules.meaning import meaning, same_unit
from planner.rules.names import near
from planner.rules.parser import parse_condition, parse_expression
from planner.rules.tree import Comparator, Condition, Expression, Extreme, Piecewise
from planner.rules.units import Unit, in_words


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
            check_condition(where, scope)
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
        units.append(same_unit(left.unit, right.unit, comparison.span, "compared"))
    unit = next((one for one in units if one is not None), ())
    return CheckedRule(rule, foreach, where, relations, in_words(unit) if unit else "")


def _examples() -> str:
    return ", ".join(f"{table}.{column}" for table, column in list(vocabulary.VARIABLES)[:3])


def _foreach(rule: Rule) -> tuple[str, ...]:
    for position, name in enumerate(rule.foreach):
        span = Span(0, len(name))
        if name not in vocabulary.dimensions():
            raise RuleError(f"There is no set {name!r}.", span, near(name, vocabulary.dimensions()), "foreach")
        if name in rule.foreach[:position]:
            raise RuleError(f"{name} stands twice.", span, "Name it once.", "foreach")
    return rule.foreach


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
