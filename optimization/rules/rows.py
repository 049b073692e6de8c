"""The rows that a rule gives."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from optimization.rules.linear import LARGEST, ROWS_AT_MOST, Floats, Form, Integers, Linear, too_many
from planner.rules.checking import CheckedRule
from planner.rules.conditions import holds
from planner.rules.errors import RuleError, Span
from planner.rules.facts import Facts
from planner.rules.tree import Comparator


@dataclass(frozen=True)
class RuleRows:
    """One relation of a rule: row i is Σ factor · x[column] (sign) limit[i]."""

    sign: Comparator
    names: list[str]
    limit: Floats
    row: Integers
    column: Integers
    factor: Floats
    left_out: int
    """Combinations to which the rule does not apply: its condition is not true, or something in it is blank."""

    @property
    def entries(self) -> int:
        """Entries that are not zero, each place counted once."""
        return len(np.unique(self.row * (int(self.column.max(initial=0)) + 1) + self.column))


def rows_of(rule: CheckedRule, linear: Linear) -> Iterator[RuleRows]:
    """The rows of every relation of a rule. Raises RuleError where the basin lacks a name, or where there are too many."""
    facts = linear.facts
    at, count = _combinations(rule, facts)
    if rule.where is not None:
        try:
            kept = np.broadcast_to(holds(rule.where, facts, rule.scope, at), (count,))
        except RuleError as error:
            raise error.within("where") from None
        at = {name: one[kept] for name, one in at.items()}
    every, count = count, int(kept.sum()) if rule.where is not None else count
    for relation in rule.relations:
        sides = [linear.form(side, rule.scope, at, count) for side in (relation.left, relation.right)]
        form = sides[0].plus(sides[1].scaled(np.full(count, -1.0)))
        yield _rows(rule, relation.sign, form, at, every, facts)


def _combinations(rule: CheckedRule, facts: Facts) -> tuple[dict[str, Integers], int]:
    sizes = [len(facts.members(name)) for name in rule.foreach]
    count = int(np.prod(sizes, dtype=float)) if sizes else 1
    if count > 50 * ROWS_AT_MOST:
        too_many(Span(0, 1))
    grid = np.indices(sizes).reshape(len(sizes), count) if sizes else np.empty((0, 1), np.int64)
    return {name: grid[place].astype(np.int64) for place, name in enumerate(rule.foreach)}, count


def _rows(rule: CheckedRule, sign: Comparator, form: Form, at: dict[str, Integers], every: int, facts: Facts) -> RuleRows:
    blank = form.blank
    planned = np.bincount(form.row[form.factor != 0], minlength=len(form.constant)) > 0
    # A row without anything planned says nothing, unless it is false: then there is no plan, and that is to be found out.
    value = np.nan_to_num(form.constant)
    false = value > 1e-9 if sign == "<=" else value < -1e-9 if sign == ">=" else np.abs(value) > 1e-9
    kept = np.flatnonzero(~blank & (planned | false))
    if len(kept) > ROWS_AT_MOST:
        too_many(Span(0, 1))
    new = np.full(len(form.constant), -1)
    new[kept] = np.arange(len(kept))
    entry = new[form.row] >= 0
    factor = form.factor[entry]
    if np.abs(factor).max(initial=0.0) > LARGEST or np.abs(form.constant[kept]).max(initial=0.0) > LARGEST:
        raise RuleError("The rule has figures that are too large.", Span(0, 1), "Use other units, or smaller factors.")
    return RuleRows(
        sign, _names(rule, at, kept, facts), -form.constant[kept], new[form.row[entry]], form.column[entry], factor,
        every - len(kept),
    )  # fmt: skip


def _names(rule: CheckedRule, at: dict[str, Integers], kept: NDArray[np.intp], facts: Facts) -> list[str]:
    if not rule.foreach:
        return [rule.rule.name] * len(kept)
    parts = [facts.members(name).take(at[name][kept]) for name in rule.foreach]
    return ["/".join(words) for words in zip(*parts, strict=True)]
