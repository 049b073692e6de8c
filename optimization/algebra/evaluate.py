"""A rule's template evaluated over all its rows at once: data become arrays, variables become column numbers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from pyomo.core.expr import numeric_expr as pyomo_numeric
from pyomo.core.expr import template_expr
from pyomo.core.expr.numvalue import native_numeric_types

from optimization.algebra.data import DataItem
from optimization.algebra.errors import ModelError, NotVectorisable
from optimization.algebra.frame import Array, Frame, gathered
from optimization.algebra.sets import NeighbourSlice

# Pyomo files a whole class of expressions under "no variables" if the first it sees has none; sums come in both kinds.
pyomo_numeric.register_arg_type(template_expr.TemplateSumExpression, pyomo_numeric.ARG_TYPE.OTHER)


@dataclass(frozen=True)
class ColumnRange:
    """The contiguous columns of one variable, in C order of its index sets."""

    name: str
    start: int
    shape: tuple[int, ...]

    @property
    def size(self) -> int:
        """How many columns."""
        return int(np.prod(self.shape))


@dataclass(frozen=True)
class Entries:
    """One occurrence of a variable in a family: its columns and coefficients over a frame."""

    variable: ColumnRange
    columns: Array
    frame: Frame
    may_repeat: bool


def has_variable(expression: Any) -> bool:
    """Whether a template expression holds a decision variable."""
    if expression.__class__ in native_numeric_types or isinstance(expression, template_expr.IndexTemplate | DataItem):
        return False
    if isinstance(expression, template_expr.TemplateSumExpression):
        return has_variable(expression.template_args()[0])
    if isinstance(expression, template_expr.GetItemExpression):
        return True
    if not expression.is_expression_type():
        return bool(expression.is_variable_type())
    return any(has_variable(argument) for argument in expression.args)


class Evaluator:
    """Evaluates template expressions, given where each variable's columns lie and how large each set is.

    variables and set_sizes are keyed by the identity of the Pyomo component.
    """

    def __init__(self, variables: Mapping[int, ColumnRange], set_sizes: Mapping[int, int]) -> None:
        self.variables = variables
        self.set_sizes = set_sizes

    def linear(self, expression: Any, frame: Frame, entries: list[Entries], constants: list[tuple[Frame, Array]]) -> None:
        """Appends the entries and constants of a linear expression, each with the frame it lives in."""
        if not has_variable(expression):
            constants.append((frame, frame.factor * self.number(expression, frame)))
        elif isinstance(expression, template_expr.TemplateSumExpression):
            self.linear(expression.template_args()[0], self.extended(expression, frame), entries, constants)
        elif isinstance(expression, template_expr.GetItemExpression) or not expression.is_expression_type():
            entries.append(self.entries_of(expression, frame))
        elif isinstance(expression, pyomo_numeric.SumExpression):
            for argument in expression.args:
                self.linear(argument, frame, entries, constants)
        elif isinstance(expression, pyomo_numeric.NegationExpression):
            self.linear(expression.arg(0), frame.scaled(-1.0), entries, constants)
        elif isinstance(expression, pyomo_numeric.ProductExpression):
            left, right = expression.args
            if has_variable(left):
                left, right = right, left
            if has_variable(left):
                raise NotVectorisable("a product of two variables")
            self.linear(right, frame.scaled(self.number(left, frame)), entries, constants)
        elif isinstance(expression, pyomo_numeric.DivisionExpression) and not has_variable(expression.arg(1)):
            with np.errstate(divide="ignore", invalid="ignore"):
                share = 1.0 / np.asarray(self.number(expression.arg(1), frame), dtype=np.float64)
            self.linear(expression.arg(0), frame.scaled(share), entries, constants)
        else:
            raise NotVectorisable(type(expression).__name__)

    def extended(self, expression: Any, frame: Frame) -> Frame:
        """The frame inside a sum, with one more iterator for each `for` of the sum."""
        sums_over = expression.template_args()[1:]
        for iterators, summed in zip(expression.template_iters(), sums_over, strict=True):
            if len(iterators) != 1:
                raise NotVectorisable("a sum over a set of tuples")
            iterator = id(iterators[0])
            if isinstance(summed, NeighbourSlice):
                relation = summed.neighbour_set.relation
                owner = self.index(summed.owner, frame, relation.owners, summed.neighbour_set.name)
                frame = frame.over_neighbours(iterator, relation, owner)
            elif id(summed) in self.set_sizes:
                frame = frame.over_set(iterator, self.set_sizes[id(summed)])
            else:
                raise NotVectorisable(f"a sum over {summed}")
        return frame

    def entries_of(self, expression: Any, frame: Frame) -> Entries:
        """Columns of one variable over the frame."""
        indices: tuple[Any, ...]
        if isinstance(expression, template_expr.GetItemExpression):
            component, indices = expression.arg(0), tuple(expression.args[1:])
        else:
            component, index = expression.parent_component(), expression.index()
            indices = () if index is None else index if isinstance(index, tuple) else (index,)
        variable = self.variables.get(id(component))
        if variable is None:
            raise NotVectorisable(f"{component}, which is no variable of this model")
        if len(indices) != len(variable.shape):
            raise ModelError(f"variable {variable.name!r} has {len(variable.shape)} indices, a rule gives {len(indices)}")
        columns: Array = np.full((1,) * len(frame.shape), variable.start, dtype=np.int32)
        stride = variable.size
        for index, size in zip(indices, variable.shape, strict=True):
            stride = stride // size if size else 0
            columns = columns + self.index(index, frame, size, variable.name) * np.int32(stride)
        plain = {id(index) for index in indices}
        return Entries(variable, columns, frame, not frame.iterators <= plain)

    def number(self, expression: Any, frame: Frame) -> Any:
        """Value of an expression without variables: a float or an array that broadcasts to the frame."""
        if expression.__class__ in native_numeric_types:
            return float(expression)
        if isinstance(expression, template_expr.IndexTemplate):
            return self.iterated(expression, frame).astype(np.float64)
        if isinstance(expression, DataItem):
            return self.item(expression, frame).astype(np.float64, copy=False)
        if isinstance(expression, template_expr.TemplateSumExpression):
            own = frame.with_own_rows()
            inner = self.extended(expression, own)
            value = np.asarray(self.number(expression.template_args()[0], inner))
            value = value.reshape(value.shape or (1,) * len(inner.shape))
            return gathered(inner, int(np.prod(frame.shape)), value).reshape(frame.shape)
        if not hasattr(expression, "args"):
            raise NotVectorisable(type(expression).__name__)
        values = [self.number(argument, frame) for argument in expression.args]
        for kind, operation in ARITHMETIC.items():
            if isinstance(expression, kind):
                with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
                    return operation(values)
        raise NotVectorisable(type(expression).__name__)

    def iterated(self, iterator: Any, frame: Frame) -> Array:
        """Values of an index; Pyomo leaves one without its sum where a sum runs over a set and a Python range."""
        if id(iterator) not in frame.indices:
            raise NotVectorisable("one sum over both a set and a Python range or list: nest two sums instead")
        return frame.indices[id(iterator)]

    def item(self, expression: DataItem, frame: Frame) -> Array:
        """Items of a data array over the frame."""
        values = expression.data.values
        sizes = values.shape
        if not sizes:
            return values
        parts = tuple(
            self.index(part, frame, size, expression.data.name) for part, size in zip(expression.args, sizes, strict=True)
        )
        found: Array = values[parts]
        return found

    def index(self, expression: Any, frame: Frame, size: int, name: str) -> Array:
        """Value of an index expression over the frame, checked against the size of the axis it is used on."""
        value = np.asarray(self.whole_number(expression, frame))
        if value.size and (value.min() < 0 or value.max() >= size):
            raise ModelError(
                f"an index of {name!r} runs from {value.min()} to {value.max()}, but has to lie in 0 … {size - 1}; "
                "select the rows for which it does with where="
            )
        if value.ndim == 0:
            value = value.reshape((1,) * len(frame.shape))
        return value.astype(np.int32, copy=False)

    def whole_number(self, expression: Any, frame: Frame) -> Any:
        """Integer value of an index expression."""
        if isinstance(expression, int | np.integer):
            return int(expression)
        if isinstance(expression, template_expr.IndexTemplate):
            return self.iterated(expression, frame)
        if isinstance(expression, DataItem):
            if expression.data.values.dtype.kind == "f" and expression.data.values.size:
                raise NotVectorisable(f"data {expression.data.name!r} as an index, though they are no integers")
            return self.item(expression, frame).astype(np.int64)
        for kind in (
            pyomo_numeric.SumExpression,
            pyomo_numeric.NegationExpression,
            pyomo_numeric.ProductExpression,
        ):
            if isinstance(expression, kind):
                return ARITHMETIC[kind]([self.whole_number(argument, frame) for argument in expression.args])
        raise NotVectorisable(f"the index {expression}")


def _product(values: list[Any]) -> Any:
    return values[0] * values[1]


def _total(values: list[Any]) -> Any:
    total = values[0]
    for value in values[1:]:
        total = total + value
    return total


ARITHMETIC: dict[type, Callable[[list[Any]], Any]] = {
    pyomo_numeric.SumExpression: _total,
    pyomo_numeric.NegationExpression: lambda values: -values[0],
    pyomo_numeric.ProductExpression: _product,
    pyomo_numeric.DivisionExpression: lambda values: np.divide(values[0], values[1]),
    pyomo_numeric.PowExpression: lambda values: np.power(values[0], values[1]),
    pyomo_numeric.AbsExpression: lambda values: np.abs(values[0]),
}
