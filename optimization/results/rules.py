"""Table of rules: how often each applies, and how often it binds."""

import numpy as np
import pandas as pd

from optimization.algebra import CompiledModel
from optimization.results.decisions import Floats
from optimization.results.long import in_order
from planner.rules.checking import checked
from planner.scenario.resolved import ResolvedScenario

_ROOM = 1e-6
_COLUMNS = ["rule", "title", "applies", "binding", "least_room", "unit"]


def rules(scenario: ResolvedScenario, compiled: CompiledModel, solution: Floats) -> pd.DataFrame:
    """A row for each active rule."""
    active = [rule for rule in scenario.policy.rules if rule.active]
    if not active:
        return in_order("rules", pd.DataFrame(columns=_COLUMNS))
    activity = compiled.matrix @ solution
    rows = []
    for number, rule in enumerate(active, start=1):
        own = [
            np.arange(family.start, family.start + family.count)
            for name, family in compiled.families.items()
            if name.startswith(f"rule_{number}_")
        ]
        row = np.concatenate([*own, np.empty(0, dtype=int)]).astype(int)
        room = np.maximum(np.minimum(activity[row] - compiled.row_lower[row], compiled.row_upper[row] - activity[row]), 0.0)
        tight = room <= _ROOM * (1.0 + np.abs(activity[row]))
        rows.append([rule.name, rule.called, len(row), int(tight.sum()), float(room.min(initial=np.inf)), checked(rule).unit])
    frame = pd.DataFrame(rows, columns=_COLUMNS)
    frame["least_room"] = frame["least_room"].replace(np.inf, 0.0)
    return in_order("rules", frame)
