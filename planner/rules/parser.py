"""From a rule's text to its tree, by recursive descent. Depth and length are limited, so that no text takes long."""

import math
from collections.abc import Callable
from typing import cast

from planner.rules.errors import RuleError, Span
from planner.rules.tokens import WORDS, Token, tokens
from planner.rules.tree import (
    Attribute,
    Belongs,
    Both,
    Comparator,
    Comparison,
    Condition,
    Expression,
    Extreme,
    Figure,
    Index,
    Iterator,
    Negative,
    Not,
    Number,
    Operand,
    Operation,
    Order,
    Piecewise,
    Sum,
    Test,
    Text,
)

DEPTH_AT_MOST = 40
OPERATIONS_AT_MOST = 100
"""Of +, -, *, /, and, or: each may make the tree one deeper, and whoever walks it goes as deep."""
POINTS_AT_MOST = 50


def parse_expression(text: str) -> Comparison:
    """The two sides of a rule. Raises RuleError with the place of what is wrong."""
    parser = _Parser(tokens(text))
    found = parser.comparison()
    parser.demand_end()
    return found


def parse_condition(text: str) -> Condition:
    """A condition. Raises RuleError with the place of what is wrong."""
    parser = _Parser(tokens(text))
    found = parser.condition()
    parser.demand_end()
    return found


class _Parser:
    def __init__(self, found: list[Token]) -> None:
        self.tokens, self.at, self.depth, self.operations = found, 0, 0, 0

    @property
    def next(self) -> Token:
        return self.tokens[self.at]

    def take(self) -> Token:
        token = self.next
        self.at = min(self.at + 1, len(self.tokens) - 1)
        return token

    def sees(self, *texts: str) -> bool:
        return self.next.kind in ("sign", "name") and self.next.text in texts

    def accept(self, *texts: str) -> Token | None:
        return self.take() if self.sees(*texts) else None

    def demand(self, text: str, why: str) -> Token:
        found = self.accept(text)
        if found is None:
            raise self.unexpected(f"Here {text} is missing: {why}.", f"Write {text}.")
        return found

    def unexpected(self, message: str, remedy: str = "") -> RuleError:
        return RuleError(message, self.next.span, remedy)

    def demand_end(self) -> None:
        if self.next.kind != "end":
            raise self.unexpected(f"{self.next.text!r} stands behind the end.", "Leave it out, or join it with and, +, *.")

    def deeper(self, inner: Callable[[], Expression | Condition]) -> Expression | Condition:
        self.depth += 1
        if self.depth > DEPTH_AT_MOST:
            raise self.unexpected("There are too many brackets within brackets.", f"Use at most {DEPTH_AT_MOST}.")
        try:
            return inner()
        finally:
            self.depth -= 1

    def operation(self, *texts: str) -> Token | None:
        """One of some signs between two sides, if it comes next."""
        found = self.accept(*texts)
        if found is not None:
            self.operations += 1
            if self.operations > OPERATIONS_AT_MOST:
                raise RuleError("The rule has too many parts.", found.span, f"Use at most {OPERATIONS_AT_MOST}, or a sum.")
        return found

    def since(self, start: Token) -> Span:
        return Span(start.span.start, self.tokens[max(self.at - 1, 0)].span.end)

    def comparison(self) -> Comparison:
        start = self.next
        left = self.expression()
        sign = self.accept("<=", ">=", "=")
        if sign is None:
            strict = self.sees("<", ">", "!=")
            remedy = "Write <=, >= or =." if strict else "Write two sides with <=, >= or = between them."
            raise self.unexpected("A rule compares two sides.", remedy)
        right = self.expression()
        if self.sees("<=", ">=", "=", "<", ">", "!="):
            raise self.unexpected("A rule has two sides only.", "Make two rules of it.")
        return Comparison(cast(Comparator, sign.text), left, right, self.since(start))

    def expression(self) -> Expression:
        return cast(Expression, self.deeper(self._added))

    def _added(self) -> Expression:
        start = self.next
        found = self._multiplied()
        while sign := self.operation("+", "-"):
            found = Operation("+" if sign.text == "+" else "-", found, self._multiplied(), self.since(start))
        return found

    def _multiplied(self) -> Expression:
        start = self.next
        found = self._signed()
        while sign := self.operation("*", "/"):
            found = Operation("*" if sign.text == "*" else "/", found, self._signed(), self.since(start))
        return found

    def _signed(self) -> Expression:
        start = self.next
        if self.accept("-"):
            return Negative(cast(Expression, self.deeper(self._signed)), self.since(start))
        return self._single()

    def _single(self) -> Expression:
        token = self.next
        if token.kind == "number":
            return self._number()
        if self.accept("("):
            inner = self.expression()
            self.demand(")", "a bracket is open")
            return inner
        if token.kind == "name" and token.text not in WORDS:
            return self._figure()
        if self.sees("sum"):
            return self._sum()
        if self.sees("min", "max"):
            return self._extreme()
        if self.sees("piecewise"):
            return self._piecewise()
        if token.kind == "text":
            raise self.unexpected("A name in quotes is no figure.", 'Use it as an index: table.column["name"].')
        raise self.unexpected("Here a figure is missing.", "Write a number, table.column[index], index.column, or sum(index: …).")

    def _number(self) -> Number:
        token = self.take()
        value = float(token.text)
        if not math.isfinite(value) or abs(value) > 1e15:
            raise RuleError("The number is too large.", token.span, "Use numbers up to 1e15.")
        unit = self.take() if self.next.kind == "unit" else None
        return Number(value, None if unit is None else unit.text, Span(token.span.start, (unit or token).span.end))

    def _figure(self) -> Figure | Attribute:
        first = self.take()
        if not self.accept("."):
            raise RuleError(
                f"{first.text} alone is no figure.", first.span, f"Write {first.text}.column, or table.column[{first.text}]."
            )
        column = self.take()
        if column.kind != "name":
            raise RuleError("After the point the name of a column is missing.", column.span, "Name a column.")
        if not self.accept("["):
            return Attribute(first.text, column.text, self.since(first))
        indices = [self._index()]
        while self.accept(","):
            indices.append(self._index())
        self.demand("]", "a bracket is open")
        return Figure(first.text, column.text, tuple(indices), self.since(first))

    def _index(self) -> Index:
        token = self.take()
        if token.kind == "text":
            return Index(token.text, True, 0, token.span)
        if token.kind != "name" or token.text in WORDS:
            raise RuleError("Here an index is missing.", token.span, "Write an index such as stage, or a name in quotes.")
        sign = self.accept("+", "-")
        if sign is None:
            return Index(token.text, False, 0, token.span)
        steps = self.take()
        if steps.kind != "number" or not steps.text.isdigit() or int(steps.text) > 100:
            raise RuleError("An index is moved by a whole number of steps.", steps.span, "Write for instance stage - 1.")
        return Index(token.text, False, int(steps.text) * (1 if sign.text == "+" else -1), self.since(token))

    def _sum(self) -> Sum:
        start = self.take()
        self.demand("(", "a sum says over what it goes")
        over = [self._iterator()]
        while self.accept(","):
            over.append(self._iterator())
        where = self.condition() if self.accept("where") else None
        self.demand(":", "before it stands over what the sum goes, after it what is summed")
        body = self.expression()
        self.demand(")", "a bracket is open")
        return Sum(tuple(over), where, body, self.since(start))

    def _iterator(self) -> Iterator:
        token = self.take()
        if token.kind != "name" or token.text in WORDS:
            raise RuleError("Here a set is missing.", token.span, "Name a set such as village.")
        alias = token
        if self.accept("as"):
            alias = self.take()
            if alias.kind != "name" or alias.text in WORDS:
                raise RuleError("After as a name is missing.", alias.span, "Give the index a name.")
        owner = self._index() if self.accept("in") else None
        return Iterator(token.text, alias.text, owner, self.since(token))

    def _extreme(self) -> Extreme:
        start = self.take()
        self.demand("(", "what is compared stands in brackets")
        inner = [self.expression()]
        while self.accept(","):
            inner.append(self.expression())
        self.demand(")", "a bracket is open")
        return Extreme("min" if start.text == "min" else "max", tuple(inner), self.since(start))

    def _piecewise(self) -> Piecewise:
        start = self.take()
        self.demand("(", "the argument and the points stand in brackets")
        argument = self.expression()
        points: list[tuple[float, float]] = []
        unit: str | None = None
        while self.accept(","):
            self.demand("(", "a point is (x, y)")
            across = self._coordinate()
            self.demand(",", "a point is (x, y)")
            up = self._coordinate()
            self.demand(")", "a point is (x, y)")
            if points and across.value <= points[-1][0]:
                raise RuleError("The points do not go from left to right.", across.span, "Order them by their first number.")
            points.append((across.value, up.value))
            unit = up.unit or unit
        self.demand(")", "a bracket is open")
        if not 2 <= len(points) <= POINTS_AT_MOST:
            raise RuleError(f"piecewise takes 2 to {POINTS_AT_MOST} points.", self.since(start), "Write (x, y), (x, y), …")
        return Piecewise(argument, tuple(points), unit, self.since(start))

    def _coordinate(self) -> Number:
        minus = self.accept("-")
        if self.next.kind != "number":
            raise self.unexpected("Here a number is missing.", "Points are made of numbers.")
        found = self._number()
        return Number(-found.value, found.unit, found.span) if minus else found

    def condition(self) -> Condition:
        return cast(Condition, self.deeper(self._either))

    def _either(self) -> Condition:
        start = self.next
        found = self._all()
        while self.operation("or"):
            found = Both("or", found, self._all(), self.since(start))
        return found

    def _all(self) -> Condition:
        start = self.next
        found = self._contrary()
        while self.operation("and"):
            found = Both("and", found, self._contrary(), self.since(start))
        return found

    def _contrary(self) -> Condition:
        start = self.next
        if self.accept("not"):
            return Not(cast(Condition, self.deeper(self._contrary)), self.since(start))
        if self.accept("("):
            inner = self.condition()
            self.demand(")", "a bracket is open")
            return inner
        return self._test()

    def _test(self) -> Condition:
        start = self.next
        left = self._operand()
        if self.accept("in"):
            if not isinstance(left, Index):
                raise RuleError("Only an index belongs to something.", left.span, "Write for instance village in administration.")
            return Belongs(left, self._index(), self.since(start))
        order = self.accept("<=", ">=", "=", "!=", "<", ">")
        if order is None:
            raise self.unexpected("A condition compares two things.", "Write =, !=, <, >, <=, >= or in.")
        return Test(cast(Order, order.text), left, self._operand(), self.since(start))

    def _operand(self) -> Operand:
        token = self.next
        if token.kind == "text":
            return Text(self.take().text, token.span)
        if token.kind == "number":
            return self._number()
        if minus := self.accept("-"):
            if self.next.kind != "number":
                raise self.unexpected("After the minus a number is missing.")
            number = self._number()
            return Number(-number.value, number.unit, Span(minus.span.start, number.span.end))
        if token.kind == "name" and token.text in ("true", "false"):
            self.take()
            return Number(1.0 if token.text == "true" else 0.0, None, token.span)
        if token.kind == "name" and token.text not in WORDS:
            self.take()
            if not self.accept("."):
                return Index(token.text, False, 0, token.span)
            column = self.take()
            if column.kind != "name":
                raise RuleError("After the point the name of a column is missing.", column.span, "Name a column.")
            return Attribute(token.text, column.text, self.since(token))
        raise self.unexpected("Here something to compare is missing.", 'Write an index, index.column, a number, or "a name".')
