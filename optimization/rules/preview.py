"""What a rule would be in the model, without solving anything."""

from dataclasses import dataclass

import numpy as np

from optimization.algebra import Model
from optimization.formulation import build
from optimization.rules.linear import Linear
from optimization.rules.quantities import Quantities
from optimization.rules.rows import RuleRows, rows_of
from planner.rules.document import Rule
from planner.rules.facts import Facts
from planner.rules.soundness import understood
from planner.scenario.resolved import ResolvedScenario

EXAMPLES = 3
_ENTRIES_SHOWN = 6


@dataclass(frozen=True)
class RulePreview:
    """How large a rule is in the model, and some of its rows in words."""

    unit: str
    rows: int
    entries: int
    left_out: int
    """Combinations to which the rule does not apply."""
    examples: list[str]


def preview(rule: Rule, scenario: ResolvedScenario) -> RulePreview:
    """The rows that a rule gives with a scenario. Raises RuleError."""
    facts = Facts(scenario.basin)
    found = understood(rule, facts)
    model = build(scenario)
    every = list(rows_of(found, Linear(facts, Quantities(model, scenario))))
    return RulePreview(
        unit=found.unit,
        rows=sum(len(one.names) for one in every),
        entries=sum(one.entries for one in every),
        left_out=min((one.left_out for one in every), default=0),
        examples=[_in_words(one, row, model) for one in every for row in range(min(EXAMPLES, len(one.names)))][:EXAMPLES],
    )


def _in_words(rows: RuleRows, row: int, model: Model) -> str:
    """One row: what it is about, its first entries, its limit."""
    own = np.flatnonzero(rows.row == row)
    columns, which = np.unique(rows.column[own], return_inverse=True)
    factors = np.bincount(which, rows.factor[own], len(columns))
    kept = np.flatnonzero(factors)
    words = [f"{factors[at]:g} · {_column(int(columns[at]), model)}" for at in kept[:_ENTRIES_SHOWN]]
    rest = len(kept) - _ENTRIES_SHOWN
    left = " + ".join(words) + (f" + {rest} more" if rest > 0 else "")
    return f"{rows.names[row]}: {left or '0'} {rows.sign} {rows.limit[row]:g}"


def _column(column: int, model: Model) -> str:
    for variable in model.variables.values():
        if variable.start <= column < variable.start + variable.size:
            where = np.unravel_index(column - variable.start, variable.shape)
            names = [one.member_name(int(at)) for one, at in zip(variable.sets, where, strict=True)]
            return f"{variable.name}[{', '.join(names)}]"
    return str(column)
