"""What is given up for the options that stand."""

import numpy as np
import pandas as pd

from optimization.results.decisions import Decisions, Floats
from optimization.results.long import in_order, long
from planner.scenario.resolved import ResolvedScenario


def _given_up(scenario: ResolvedScenario, decisions: Decisions) -> Floats:
    """(N, T) USD a year of each pair of option and account."""
    catchments = scenario.catchments
    return np.asarray(catchments.cost_usd_per_year[:, None] * decisions.serves[catchments.cost_option])


def by_purpose_usd_per_year(scenario: ResolvedScenario, decisions: Decisions) -> Floats:
    """(C, A, T) by the option's category and the account that gives up."""
    catchments, works, money = scenario.catchments, scenario.works, scenario.money
    total = np.zeros((len(money.categories), len(money.accounts), len(scenario.horizon.stages)))
    np.add.at(total, (works.category[catchments.cost_option], catchments.cost_account), _given_up(scenario, decisions))
    return total


def table(scenario: ResolvedScenario, decisions: Decisions) -> pd.DataFrame:
    """Table of what accounts give up; rows only where something is."""
    catchments, given_up = scenario.catchments, _given_up(scenario, decisions)
    rows = pd.RangeIndex(len(given_up))
    frame = long({"row": rows, "stage": scenario.horizon.stages}, {"opportunity_cost_usd_per_year": given_up}, given_up > 0)
    frame["option"] = scenario.works.options.take(catchments.cost_option[frame["row"]])
    frame["account"] = scenario.money.accounts.take(catchments.cost_account[frame["row"]])
    summed = frame.groupby(["option", "account", "stage"], sort=False)[["opportunity_cost_usd_per_year"]].sum()
    return in_order("given_up", summed.reset_index())
