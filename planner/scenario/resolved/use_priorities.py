"""Priorities of other uses as arrays: what a missed m³ costs, and what must be delivered."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from planner.basin import Basin
from planner.scenario.policy import Policy
from planner.scenario.resolved.horizon import Horizon
from planner.scenario.resolved.index import Floats, Integers, numbers, positions
from planner.scenario.resolved.river import River


@dataclass(frozen=True)
class UsePriorities:
    """U other uses, L of them in use_priorities, H members."""

    listed: Integers  # (L,) positions among the other uses
    value_usd_per_m3: Floats  # (U,) what water is worth to a use
    price_usd_per_m3: Floats  # (U,) what is paid for what it misses: its value, or the price of its class
    smallest_share: Floats  # (U, H) of what it wants, what must be delivered in every season


def use_priorities_of(basin: Basin, policy: Policy, horizon: Horizon, river: River) -> UsePriorities:
    """Read the priorities of other uses under a policy."""
    table = basin.tables["use_priorities"]
    listed = positions(table["use"], river.uses)
    value = numbers(basin.tables["other_uses"], "value_usd_per_m3")
    price = value
    if policy.other_uses == "priority":
        first = np.zeros(len(river.uses), bool)
        first[listed] = (table["priority"] == "first").to_numpy(bool)
        price = np.where(first, policy.first_priority_price_usd_per_m3, policy.second_priority_price_usd_per_m3)
    usual, stress = _shares(table, "smallest_share", river, listed), _shares(table, "smallest_share_in_stress", river, listed)
    share = np.where(horizon.design, usual[:, None], stress[:, None])
    return UsePriorities(listed, value, price, share)


def _shares(table: pd.DataFrame, column: str, river: River, listed: Integers) -> Floats:
    share = np.zeros(len(river.uses))
    share[listed] = numbers(table, column)
    return share
