"""A rule's expression, made once with Pyomo's index templates in place of index values."""

import builtins
import inspect
import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from pyomo.common.log import LoggingIntercept
from pyomo.core.expr import template_expr
from pyomo.core.expr.relational_expr import (
    EqualityExpression,
    InequalityExpression,
    RangedExpression,
    tuple_to_relational_expr,
)

from optimization.algebra.errors import NotVectorisable
from optimization.algebra.evaluate import has_variable

# Pyomo swaps builtins.sum while it makes a template, which two threads must not do at once. Others go on summing meanwhile.
_TEMPLATE_LOCK = threading.Lock()
_PLAIN_SUM = sum


@dataclass(frozen=True)
class Template:
    """A rule's expression, the index templates that stand for its indices, in their order, and every index's name.

    `letters` is keyed by the identity of an index template and holds the names that the rule itself uses.
    """

    expression: Any
    iterators: tuple[Any, ...]
    letters: dict[int, str]


@dataclass(frozen=True)
class Relation:
    """A law as lower ≤ body ≤ upper; a bound that is None is absent, bounds hold no variables."""

    lower: Any
    body: Any
    upper: Any


def template_of(rule: Callable[..., Any], block: Any, index_sets: Sequence[Any]) -> Template:
    """The rule called once with index templates. Raises NotVectorisable if the rule looks at index values or data."""
    iterators: list[Any] = []
    letters: dict[int, str] = {}

    def called(_: Any, __: Any) -> Any:
        context = template_expr._TemplateIterManager.context
        for index_set in index_sets:
            iterators.append(template_expr.IndexTemplate(index_set, 0, context.next_id(), context.next_group()))
        context.sum_template = vars(builtins)["sum"] = _naming(context.sum_template, letters)
        return rule(block, *iterators)

    with _TEMPLATE_LOCK, LoggingIntercept(None, "pyomo", logging.ERROR):
        try:
            expression, _ = template_expr.templatize_rule(block, called, None)
        except Exception as cause:
            # Whatever a rule does with an index value fails here in its own way; plain Pyomo then has the last word.
            reason = str(cause).splitlines() or [type(cause).__name__]
            raise NotVectorisable(reason[0]) from cause
    names = [*inspect.signature(rule).parameters][1:]
    letters.update({id(iterator): name for iterator, name in zip(iterators, names, strict=False)})
    return Template(expression, tuple(iterators), letters)


def _naming(template_sum: Callable[..., Any], letters: dict[int, str]) -> Callable[..., Any]:
    """Pyomo's sum of templates, which also notes what the generator calls its indices. In all other threads the plain sum."""
    own_thread = threading.get_ident()

    def named_sum(summed: Any, *start: Any, **named: Any) -> Any:
        if threading.get_ident() != own_thread:
            return _PLAIN_SUM(summed, *start, **named)
        total = template_sum(summed, *start, **named)
        frame = getattr(summed, "gi_frame", None)
        for name, value in (frame.f_locals if frame else {}).items():
            if isinstance(value, template_expr.IndexTemplate):
                letters[id(value)] = name
        return total

    return named_sum


def relation_of(expression: Any) -> Relation:
    """The expression of a law, normalised as Pyomo does it: bounds where a side is without variables."""
    if expression.__class__ is tuple:
        expression = tuple_to_relational_expr(expression)
    if isinstance(expression, RangedExpression):
        lower, body, upper = expression.args
        if has_variable(lower) or has_variable(upper):
            raise NotVectorisable("a range whose bounds hold variables")
        return Relation(lower, body, upper)
    if isinstance(expression, EqualityExpression):
        left, right = expression.args
        if has_variable(right) and not has_variable(left):
            left, right = right, left
        return Relation(right, left, right) if not has_variable(right) else Relation(0.0, left - right, 0.0)
    if isinstance(expression, InequalityExpression):
        left, right = expression.args
        if not has_variable(right):
            return Relation(None, left, right)
        return Relation(left, right, None) if not has_variable(left) else Relation(None, left - right, 0.0)
    raise NotVectorisable(f"{type(expression).__name__} instead of a relation")
