"""Names in a rule: indices, attributes, figures, and what belongs to what."""

from collections.abc import Iterable, Mapping

from planner.basin.field import Column
from planner.checks.report import did_you_mean
from planner.rules import vocabulary
from planner.rules.errors import RuleError
from planner.rules.tree import Attribute, Figure, Index, Sum

Scope = Mapping[str, str]
"""Name of each index → its set."""


def near(name: str, known: Iterable[str]) -> str:
    """A remedy that names what is meant, or what there is."""
    listed = list(known)
    return did_you_mean(name, listed) or f"There are {', '.join(listed[:30])}."


def known_figure(figure: Figure) -> vocabulary.Known:
    """The column that a figure names. Raises RuleError."""
    known = vocabulary.figures().get((figure.table, figure.column))
    if known is not None:
        return known
    if figure.table not in vocabulary.tables():
        raise RuleError(f"There is no table {figure.table!r} to use.", figure.span, near(figure.table, vocabulary.tables()))
    columns = [column for table, column in vocabulary.figures() if table == figure.table]
    raise RuleError(
        f"{figure.table} has no figure {figure.column!r} that a rule may use.", figure.span, near(figure.column, columns)
    )


def check_index(index: Index, dimension: str, scope: Scope) -> None:
    """Raises RuleError where an index does not go over the set that belongs there."""
    if index.quoted:
        return
    if index.name not in scope:
        raise unknown_index(index, scope, dimension)
    if scope[index.name] != dimension:
        raise RuleError(
            f"Here an index of the set {dimension} belongs, and {index.name} goes over {scope[index.name]}.", index.span,
            f"Sum over {dimension}, or name it in foreach.",
        )  # fmt: skip
    if index.shift and dimension not in vocabulary.ORDERED:
        raise RuleError(
            f"The members of {dimension} have no order.", index.span, f"Only {' and '.join(vocabulary.ORDERED)} can be moved."
        )


def unknown_index(index: Index, scope: Scope, dimension: str | None = None) -> RuleError:
    """The error for an index that is not at hand."""
    remedy = did_you_mean(index.name, list(scope)) if scope else None
    if remedy is None and dimension is not None:
        remedy = f"Add {dimension} to foreach, or write sum({dimension}: …), or a name in quotes."
    return RuleError(f"There is no index {index.name!r} here.", index.span, remedy or near(index.name, scope or ["none"]))


def attribute_column(attribute: Attribute, scope: Scope, *, figure: bool) -> Column:
    """The column that an attribute names. Raises RuleError."""
    if attribute.index not in scope:
        raise unknown_index(Index(attribute.index, False, 0, attribute.span), scope)
    columns = vocabulary.attributes(scope[attribute.index])
    column = columns.get(attribute.column)
    if column is None:
        raise RuleError(
            f"{scope[attribute.index]} has no column {attribute.column!r}.", attribute.span, near(attribute.column, columns)
        )
    if figure and column.kind not in vocabulary.FIGURES:
        raise RuleError(f"{attribute.column} is no figure.", attribute.span, "Use it in a where.")
    return column


def inner_scope(found: Sum, scope: Scope) -> Scope:
    """Indices within a sum."""
    return {**scope, **{iterator.alias: iterator.name for iterator in found.over}}


def link_columns(dimension: str, owner: str) -> list[str]:
    """Columns of a set's table that name members of another one."""
    named = {column: names for column, names in vocabulary.references(dimension).items() if owner in names}
    # A place may be of many kinds: a column that names fewer kinds says more clearly what belongs to whom.
    fewest = min(map(len, named.values()), default=0)
    return [column for column, names in named.items() if len(names) == fewest]
