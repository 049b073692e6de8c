"""Writes the templates of rules as formulas, in any notation."""

from collections.abc import Mapping
from typing import Any

from pyomo.core.expr import numeric_expr as pyomo_numeric
from pyomo.core.expr import template_expr
from pyomo.core.expr.numvalue import native_numeric_types
from pyomo.core.expr.relational_expr import EqualityExpression, RangedExpression, tuple_to_relational_expr

from optimization.algebra.data import DataItem
from optimization.algebra.errors import NotVectorisable
from optimization.algebra.evaluate import has_variable
from optimization.algebra.notation import Notation
from optimization.algebra.sets import NeighbourSlice


class Writer:
    """Writes template expressions in one notation, each index under the name its rule gives it."""

    def __init__(self, notation: Notation, letters: Mapping[int, str]) -> None:
        self.notation = notation
        self.letters = letters
        self.ranged: set[int] = set()

    def index(self, iterator: Any) -> str:
        """An index under the name it has in the rule. Raises NotVectorisable for one that no sum or law ranges over."""
        if id(iterator) not in self.ranged:
            raise NotVectorisable("an index without a range")
        return self.notation.letter(self.letters.get(id(iterator), str(iterator)))

    def range_of(self, iterator: Any, over: str) -> str:
        """`index ∈ set`."""
        self.ranged.add(id(iterator))
        return self.notation.row([self.index(iterator), self.notation.operator("in"), over])

    def relation(self, relation: Any) -> str:
        """A law: variables to the left where only one side has them."""
        if relation.__class__ is tuple:
            relation = tuple_to_relational_expr(relation)
        if isinstance(relation, RangedExpression):
            parts, operators = list(relation.args), ["<=", "<="]
        elif isinstance(relation, EqualityExpression):
            parts, operators = list(relation.args), ["=="]
        elif not hasattr(relation, "args"):
            raise NotVectorisable("no relation")
        else:
            parts, operators = list(relation.args), ["<="]
        if len(parts) == 2 and has_variable(parts[1]) and not has_variable(parts[0]):
            parts.reverse()
            operators = [{"<=": ">=", "==": "=="}[operators[0]]]
        written = [self.expression(parts[0])]
        for operator, part in zip(operators, parts[1:], strict=True):
            written += [self.notation.operator(operator), self.expression(part)]
        return self.notation.row(written)

    def expression(self, expression: Any) -> str:
        """A sum of signed parts."""
        parts = list(expression.args) if isinstance(expression, pyomo_numeric.SumExpression) else [expression]
        written: list[str] = []
        for part in parts:
            negative, rest = self.signed(part)
            if written or negative:
                written.append(self.notation.operator("-" if negative else "+"))
            written.append(rest)
        return self.notation.row(written)

    def signed(self, expression: Any) -> tuple[bool, str]:
        """Whether a part is taken away, and the part without its sign."""
        if expression.__class__ in native_numeric_types:
            return expression < 0, self.notation.number(abs(expression))
        if isinstance(expression, pyomo_numeric.NegationExpression):
            negative, rest = self.signed(expression.arg(0)) if not _is_sum(expression.arg(0)) else (False, "")
            return not negative, rest or self.factor(expression.arg(0))
        if isinstance(expression, pyomo_numeric.ProductExpression):
            left, right = expression.args
            negative, rest = self.signed(left) if not _is_sum(left) else (False, self.factor(left))
            if left.__class__ in native_numeric_types and abs(left) == 1:
                return negative, self.factor(right)
            if isinstance(left, template_expr.TemplateSumExpression):
                rest = self.notation.fenced(rest)
            return negative, self.notation.row([rest, self.notation.operator("*"), self.factor(right)])
        if isinstance(expression, pyomo_numeric.SumExpression):
            return False, self.factor(expression)
        return False, self.atom(expression)

    def factor(self, expression: Any) -> str:
        """Something that is multiplied: sums stand in brackets."""
        if _is_sum(expression):
            return self.notation.fenced(self.expression(expression))
        negative, rest = self.signed(expression)
        return self.notation.fenced(self.notation.row([self.notation.operator("-"), rest])) if negative else rest

    def atom(self, expression: Any) -> str:
        """Indices, data, variables, sums over sets, fractions and powers."""
        if isinstance(expression, template_expr.IndexTemplate):
            return self.index(expression)
        if isinstance(expression, DataItem):
            return self.notation.item(expression.data.name, [self.expression(part) for part in expression.args])
        if isinstance(expression, template_expr.GetItemExpression):
            indices = [self.expression(part) for part in expression.args[1:]]
            return self.notation.item(expression.arg(0).local_name, indices)
        if isinstance(expression, template_expr.TemplateSumExpression):
            ranges = []
            for iterators, summed in zip(expression.template_iters(), expression.template_args()[1:], strict=True):
                ranges.append(self._summed_range(iterators[0], summed))
            return self.notation.total(ranges, self.factor(expression.template_args()[0]))
        if isinstance(expression, pyomo_numeric.DivisionExpression):
            return self.notation.fraction(self.expression(expression.arg(0)), self.expression(expression.arg(1)))
        if isinstance(expression, pyomo_numeric.PowExpression):
            return self.notation.power(self.factor(expression.arg(0)), self.expression(expression.arg(1)))
        if isinstance(expression, pyomo_numeric.AbsExpression):
            return self.notation.fenced(self.expression(expression.arg(0)), "||")
        if not expression.is_expression_type() and expression.is_variable_type():
            index = expression.index()
            numbers = () if index is None else index if isinstance(index, tuple) else (index,)
            name = expression.parent_component().local_name
            return self.notation.item(name, [self.notation.number(part) for part in numbers])
        raise NotVectorisable(f"no notation for {type(expression).__name__}")

    def _summed_range(self, iterator: Any, summed: Any) -> str:
        if isinstance(summed, NeighbourSlice):
            neighbour_set = summed.neighbour_set
            over = self.notation.item(neighbour_set.name, [self.expression(summed.owner)])
            return self.range_of(iterator, over)
        return self.range_of(iterator, self.notation.name(summed.local_name))


def _is_sum(expression: Any) -> bool:
    return isinstance(expression, pyomo_numeric.SumExpression)
