"""Whether rules can be used in a basin."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from pydantic import ValidationError

from planner.basin import Basin
from planner.rules import vocabulary
from planner.rules.checking import CheckedRule, checked
from planner.rules.document import Rule
from planner.rules.errors import RuleError, Span
from planner.rules.facts import Facts, Floats
from planner.rules.reference import sides_of


def understood(rule: Rule, facts: Facts) -> CheckedRule:
    """What a rule means in a basin. Raises RuleError, also where it names what the basin does not have."""
    found = checked(rule)

    def nothing(table: str, column: str) -> Floats:
        return np.zeros([len(facts.members(name)) for name in vocabulary.VARIABLES[table, column]])

    next(sides_of(found, facts, nothing), None)
    return found


def errors_of(rules: Sequence[Rule], basin: Basin) -> list[tuple[int, RuleError]]:
    """The first thing that is wrong with each active rule: (position, error)."""
    facts = Facts(basin)
    found: list[tuple[int, RuleError]] = []
    for number, rule in enumerate(rules):
        if rule.name in [one.name for one in rules[:number]]:
            twice = RuleError(f"There are two rules {rule.name}.", Span(0, 1), "Give each its own name.", "foreach")
            found.append((number, twice))
            continue
        try:
            if rule.active:
                understood(rule, facts)
        except RuleError as error:
            found.append((number, error))
    return found


def said(rule: Rule, error: RuleError) -> tuple[str, str]:
    """What is wrong with a rule in a sentence with its place, and the line with a caret below the place."""
    text = {"expression": rule.expression, "where": rule.where, "foreach": ", ".join(rule.foreach)}[error.part]
    return f"{error.message} ({error.part}, {error.place(text)})", error.pointed(text)


def rule_of(content: Any) -> Rule:
    """A rule from a document. Raises ValueError in a sentence."""
    try:
        return Rule.model_validate(content)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(str(part) for part in first["loc"]) or "the rule"
        raise ValueError(f"{place}: {first['msg']}") from None
