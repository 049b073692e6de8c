"""The policy's rules, counted out anew from the plan's tables."""

import numpy as np
import pandas as pd

from planner.plan.audit.check import AuditCheck, judge
from planner.plan.audit.claims import Claims
from planner.plan.audit.facts import Facts
from planner.plan.audit.names import dense
from planner.plan.audit.tolerances import COUNT, Tolerance
from planner.rules import vocabulary
from planner.rules.checking import CheckedRule, checked
from planner.rules.errors import RuleError
from planner.rules.facts import Facts as RuleFacts
from planner.rules.facts import Floats
from planner.rules.reference import sides_of
from planner.scenario.policy import Policy

_OF_A_SHARE = 1e-6
_OF_A_FIGURE = 1e-2


def check_rules(facts: Facts, policy: Policy, claims: Claims) -> list[AuditCheck]:
    """Every active rule on the claimed figures, and whether the table of rules tells of each."""
    active = [rule for rule in policy.rules if rule.active]
    told = set(claims["rules"]["rule"].astype(str))
    missing = np.array([rule.name not in told for rule in active] + [bool(told - {rule.name for rule in active})])
    listed = judge("rules_told", "The table of rules tells of every active rule", missing.astype(float), COUNT,
                   lambda i: active[i].name if i < len(active) else "an unknown rule")  # fmt: skip
    if not active:
        return [listed]
    figures = _Figures(facts, claims)
    return [listed, *(_check(checked(rule), figures) for rule in active)]


class _Figures:
    """The claimed figures of the plan over the sets of their indices."""

    def __init__(self, facts: Facts, claims: Claims) -> None:
        self.names, self.claims, self.rules = facts.names, claims, RuleFacts(facts.basin)
        self._kept: dict[tuple[str, str], Floats] = {}

    def planned(self, table: str, column: str) -> Floats:
        if (table, column) not in self._kept:
            self._kept[table, column] = self._dense(table, column)
        return self._kept[table, column]

    def _dense(self, table: str, column: str) -> Floats:
        frame = self.claims[table]
        codes = []
        for dimension in vocabulary.VARIABLES[table, column]:
            every = self.names.identifiers[vocabulary.dimensions()[dimension]]
            named = pd.Index([every[code] if code >= 0 else None for code in range(-1, len(every))], dtype=object)
            place = self.rules.members(dimension).get_indexer(named)
            codes.append(place[frame[dimension].to_numpy(int) + 1])
        shape = tuple(len(self.rules.members(dimension)) for dimension in vocabulary.VARIABLES[table, column])
        known = np.all([code >= 0 for code in codes], axis=0)
        values = frame[column].to_numpy(float)
        return dense(shape, tuple(code[known] for code in codes), values[known])


def _check(rule: CheckedRule, figures: _Figures) -> AuditCheck:
    """The worst miss of a rule over all combinations to which it applies."""
    excess, size, places = [], [], []
    try:
        for sides in sides_of(rule, figures.rules, figures.planned):
            excess.append(sides.excess.ravel())
            size.append(np.nan_to_num(np.abs(sides.left) + np.abs(sides.right)).ravel())
            places.append(sides.positions)
    except RuleError as error:
        return AuditCheck(f"rule_{rule.rule.name}", rule.rule.called, False, 1.0, 0.0, "cases", error.message, 1)
    starts = np.cumsum([0, *(len(one) for one in excess)])

    def place(row: int) -> str:
        block = int(np.searchsorted(starts, row, side="right")) - 1
        where = np.unravel_index(row - starts[block], tuple(len(one) for one in places[block])) if rule.foreach else ()
        found = [figures.rules.members(name)[one[at]]
                 for name, one, at in zip(rule.foreach, places[block], where, strict=True)]  # fmt: skip
        return ", ".join(str(name) for name in found) or rule.rule.name

    tolerance = Tolerance(rule.unit or "share", _OF_A_FIGURE if rule.unit else _OF_A_SHARE)
    return judge(f"rule_{rule.rule.name}", rule.rule.called, np.concatenate(excess), tolerance, place, np.concatenate(size))
