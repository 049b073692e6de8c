"""How far groups or administrations are apart under the policy's caps."""

import numpy as np
import pandas as pd

from optimization.results.decisions import Floats
from optimization.results.long import in_order
from planner.plan.tables import columns
from planner.scenario.resolved import ResolvedScenario
from planner.scenario.resolved.gaps import GapAsked, gaps_asked

_NOISE = 1e-7


def table(scenario: ResolvedScenario, persons: Floats) -> pd.DataFrame:
    """Table of gaps. persons: (V, G, T, M) by mode."""
    asked = gaps_asked(scenario.basin, scenario.policy, scenario.horizon, scenario.people, scenario.money)
    rows = [_row(scenario, gap, persons[:, :, gap.stage]) for gap in asked]
    names = [column.name for column in columns("gaps")]
    return in_order("gaps", pd.DataFrame(rows, columns=names).astype(dict.fromkeys(("stage", "best_off", "worst_off"), "str")))


def _row(scenario: ResolvedScenario, gap: GapAsked, persons: Floats) -> dict[str, object]:
    served = persons[..., scenario.people.rung >= gap.cap.rung].sum(axis=2)
    lives = gap.party >= 0
    share = np.bincount(gap.party[lives], served[lives], len(gap.parties)) / gap.persons
    share = np.clip(share, 0.0, 1.0)
    best, worst = int(np.argmax(share)), int(np.argmin(share))
    apart = float(share[best] - share[worst])
    beyond = apart - gap.cap.largest_gap_share
    return {
        "cap": gap.number,
        "stage": scenario.horizon.stages[gap.stage],
        "rung": gap.cap.rung,
        "best_off": gap.parties[best],
        "best_off_share": share[best],
        "worst_off": gap.parties[worst],
        "worst_off_share": share[worst],
        "gap_share": apart,
        "beyond_share": beyond if beyond > _NOISE else 0.0,
    }
