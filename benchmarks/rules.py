"""Rules that strangers write: random and adversarial texts, each refused in a sentence or equal to its reference.

    python -m benchmarks.rules [--texts N] [--seed N] [--json]

An accepted rule's rows at a random plan must equal what the reference evaluator counts out on that plan's figures.
"""

import argparse
import sys
import time
from collections import Counter
from typing import Any

import numpy as np

from benchmarks.figures import show
from benchmarks.rule_texts import Texts
from benchmarks.whole_tutorial import CHANGES
from datasets.cases import find
from optimization.formulation import build
from optimization.rules.linear import Floats, Linear
from optimization.rules.quantities import Quantities
from optimization.rules.rows import RuleRows, rows_of
from planner.formats.folder import read_basin
from planner.rules import Rule, RuleError, vocabulary
from planner.rules.checking import CheckedRule, checked
from planner.rules.facts import Facts
from planner.rules.reference import Sides, sides_of
from planner.scenario.resolved import resolve
from planner.scenario.scenario import Scenario

TEXTS = 100_000
SECONDS_AT_MOST = 1.0


class Trial:
    """The model of the tutorial with every concern, and a random plan of it, on which rules are tried."""

    def __init__(self, seed: int) -> None:
        scenario = resolve(read_basin(find("tutorial")), Scenario.from_dict({"name": "fuzz", "changes": list(CHANGES)}))
        self.facts = Facts(scenario.basin)
        self.quantities = Quantities(build(scenario), scenario)
        self.linear = Linear(self.facts, self.quantities)
        self.plan = np.random.default_rng(seed).random(self.quantities.columns) * 10
        self.members = {name: [str(one) for one in self.facts.members(name)] for name in vocabulary.dimensions()}

    def planned(self, table: str, column: str) -> Floats:
        found = self.quantities.of(table, column)
        return np.asarray(found.matrix @ self.plan + found.constant).reshape(found.shape)

    def outcome(self, content: dict[str, object]) -> str:
        """`refused`, or `equal` or `differs` for an accepted rule."""
        try:
            rule = checked(Rule.model_validate({"name": "fuzz", **content}))
            rows = list(rows_of(rule, self.linear))
            sides = list(sides_of(rule, self.facts, self.planned))
        except RuleError:
            return "refused"
        return "equal" if all(self._same(rule, rows, sides, part) for part in range(len(rows))) else "differs"

    def _same(self, rule: CheckedRule, rows: list[RuleRows], sides: list[Sides], part: int) -> bool:
        own, ours = rows[part], [side for number, side in enumerate(sides) if number % len(rows) == part]
        value = np.bincount(own.row, own.factor * self.plan[own.column], len(own.names)) - own.limit
        names = [self._names(rule, side) for side in ours]
        counted = dict(
            zip(
                [name for listed in names for name in listed],
                np.concatenate([(side.left - side.right)[side.counts].ravel() for side in ours]),
                strict=True,
            )
        )
        stated = dict(zip(own.names, value, strict=True))
        # A row without anything planned that is true is not stated.
        silent = [excess for side in ours for excess in side.excess[side.counts].ravel()]
        left_out = [excess for name, excess in zip(counted, silent, strict=True) if name not in stated]
        close = all(np.isclose(stated[name], counted.get(name, np.nan), rtol=1e-6, atol=1e-6) for name in stated)
        return close and not any(excess > 1e-6 for excess in left_out)

    def _names(self, rule: CheckedRule, side: Sides) -> list[str]:
        if not rule.foreach:
            return ["fuzz"] * int(side.counts.sum())
        where = np.nonzero(side.counts)
        parts = [self.facts.members(name).take(one[at])
                 for name, one, at in zip(rule.foreach, side.positions, where, strict=True)]  # fmt: skip
        return ["/".join(words) for words in zip(*parts, strict=True)]


def measure(texts: int, seed: int) -> list[dict[str, Any]]:
    """Outcomes of so many texts, and the longest time that one took."""
    trial = Trial(seed)
    source = Texts(seed, trial.members)
    outcomes: Counter[str] = Counter()
    longest, slow = 0.0, 0
    for _ in range(texts):
        content = source.rule()
        began = time.perf_counter()
        try:
            outcome = trial.outcome(content)
        except Exception as error:
            outcome = f"crash {type(error).__name__}: {content}"
        seconds = time.perf_counter() - began
        longest, slow = max(longest, seconds), slow + (seconds > SECONDS_AT_MOST)
        outcomes[outcome] += 1
        if outcome == "differs" or outcome.startswith("crash") or seconds > SECONDS_AT_MOST:
            print(f"{outcome}, {seconds:.1f} s: {content}", file=sys.stderr, flush=True)
    crashes = sum(count for outcome, count in outcomes.items() if outcome.startswith("crash"))
    return [
        _figure("texts", texts, texts >= TEXTS, TEXTS),
        {"figure": "accepted and equal to the reference", "value": outcomes["equal"], "unit": "rules", "goal": None, "met": None},
        _figure("accepted and different", outcomes["differs"], not outcomes["differs"]),
        _figure("crashes", crashes, crashes == 0),
        _figure("longer than a second", slow, slow == 0),
        {"figure": "longest", "value": longest, "unit": "s", "goal": SECONDS_AT_MOST, "met": longest <= SECONDS_AT_MOST},
    ]


def _figure(name: str, value: int, met: bool, goal: int = 0) -> dict[str, Any]:
    return {"figure": name, "value": value, "unit": "rules", "goal": goal, "met": met}


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--texts", type=int, default=TEXTS, help="how many rules to try")
    parser.add_argument("--seed", type=int, default=1, help="where the random texts begin")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    options = parser.parse_args()
    show(measure(options.texts, options.seed), as_json=options.json)
