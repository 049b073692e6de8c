"""The account of each administration: what it pays, receives and gains."""

import numpy as np
import pandas as pd

from optimization.results.decisions import Floats
from optimization.results.long import in_order, long
from planner.scenario.resolved import ResolvedScenario

_BASIC = 3
_PERSON = 1e-6


def table(
    scenario: ResolvedScenario, fund: Floats, repaid_usd_per_year: Floats, running_costs: pd.DataFrame, persons: Floats
) -> pd.DataFrame:
    """Table of accounts. `fund`: (F, C, A, T); `repaid`: (A, T); `persons`: (V, G, T, M); running costs as in their table."""
    money, horizon = scenario.money, scenario.horizon
    shape = (len(money.accounts), len(horizon.stages))
    paid = fund.sum(axis=1)
    own = money.raised_by[:, None] == np.arange(shape[0])
    raised = np.einsum("fa,ft->at", own, paid.sum(axis=1))
    covered = {name: running_costs[name].to_numpy(float).reshape(shape) for name in running_costs.columns[2:]}
    capital = paid.sum(axis=0)
    figures = {
        "capital_usd": capital,
        "raised_usd": raised,
        "received_usd": np.where(own[:, :, None], 0.0, paid).sum(axis=0),
        **covered,
        "repaid_usd_per_year": repaid_usd_per_year,
        "gained_persons": _gained(scenario, persons),
        "capital_present_usd": capital * horizon.discount(horizon.first_year),
        "running_present_usd": covered["running_cost_usd_per_year"] * horizon.annuity,
    }
    return in_order("accounts", long({"account": money.accounts, "stage": horizon.stages}, figures))


def _gained(scenario: ResolvedScenario, persons: Floats) -> Floats:
    """(A, T) persons at basic service or better beyond those who would be if nothing were built."""
    people, accounts, stages = scenario.people, len(scenario.money.accounts), len(scenario.horizon.stages)
    before = np.stack([people.baseline(stage) for stage in range(stages)], axis=2)
    more = (persons - before)[..., people.rung >= _BASIC].sum(axis=(1, 3))
    gained = np.zeros((accounts, stages))
    np.add.at(gained, scenario.service.village_account, more)
    return np.where(gained > _PERSON, gained, 0.0)
