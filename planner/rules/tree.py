"""A rule's text as a tree."""

from dataclasses import dataclass
from typing import Literal

from planner.rules.errors import Span

Comparator = Literal["<=", ">=", "="]
Order = Literal["<=", ">=", "=", "!=", "<", ">"]


@dataclass(frozen=True)
class Number:
    """A number, with its unit where one is written."""

    value: float
    unit: str | None
    span: Span


@dataclass(frozen=True)
class Index:
    """What stands between brackets: an index such as `stage`, moved by `shift` steps, or a member's name in quotes."""

    name: str
    quoted: bool
    shift: int
    span: Span


@dataclass(frozen=True)
class Figure:
    """A column of a table for given indices, such as `investments.serves[option, stage]`."""

    table: str
    column: str
    indices: tuple[Index, ...]
    span: Span


@dataclass(frozen=True)
class Attribute:
    """A column of an index's own table, such as `option.capex_usd`."""

    index: str
    column: str
    span: Span


@dataclass(frozen=True)
class Negative:
    """The negative of an expression."""

    inner: "Expression"
    span: Span


@dataclass(frozen=True)
class Operation:
    """Two expressions with +, -, * or / between them."""

    sign: Literal["+", "-", "*", "/"]
    left: "Expression"
    right: "Expression"
    span: Span


@dataclass(frozen=True)
class Iterator:
    """What a sum goes over: a set, under another name where one is given, and only what belongs to `owner`."""

    name: str
    alias: str
    owner: Index | None
    span: Span


@dataclass(frozen=True)
class Sum:
    """A sum over sets."""

    over: tuple[Iterator, ...]
    where: "Condition | None"
    body: "Expression"
    span: Span


@dataclass(frozen=True)
class Extreme:
    """The smallest or the largest of some expressions."""

    kind: Literal["min", "max"]
    inner: tuple["Expression", ...]
    span: Span


@dataclass(frozen=True)
class Piecewise:
    """A function of straight pieces through points, going on straight at both ends."""

    argument: "Expression"
    points: tuple[tuple[float, float], ...]
    unit: str | None
    span: Span


Expression = Number | Figure | Attribute | Negative | Operation | Sum | Extreme | Piecewise


@dataclass(frozen=True)
class Text:
    """A name in quotes."""

    value: str
    span: Span


Operand = Index | Attribute | Text | Number


@dataclass(frozen=True)
class Test:
    """Two things compared."""

    order: Order
    left: Operand
    right: Operand
    span: Span


@dataclass(frozen=True)
class Belongs:
    """Whether an index belongs to another one, or to what is named."""

    member: Index
    owner: Index
    span: Span


@dataclass(frozen=True)
class Not:
    """The contrary of a condition."""

    inner: "Condition"
    span: Span


@dataclass(frozen=True)
class Both:
    """Two conditions, both or at least one of which must hold."""

    word: Literal["and", "or"]
    left: "Condition"
    right: "Condition"
    span: Span


Condition = Test | Belongs | Not | Both


@dataclass(frozen=True)
class Comparison:
    """The two sides of a rule."""

    sign: Comparator
    left: Expression
    right: Expression
    span: Span
