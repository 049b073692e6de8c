"""Caps on gaps, one for each of the policy's and each stage in which it holds, with the parties that it compares."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from planner.basin import Basin
from planner.scenario.policy import GapCap, Policy
from planner.scenario.resolved.horizon import Horizon
from planner.scenario.resolved.index import Floats, Integers, position
from planner.scenario.resolved.money import Money
from planner.scenario.resolved.people import People


@dataclass(frozen=True)
class GapAsked:
    """`number` counts the policy's caps from 1. P parties that have people, V villages, G groups."""

    number: int
    cap: GapCap
    stage: int
    parties: pd.Index  # (P,)
    party: Integers  # (V, G), -1 where nobody lives
    persons: Floats  # (P,)


def gaps_asked(basin: Basin, policy: Policy, horizon: Horizon, people: People, money: Money) -> list[GapAsked]:
    """Every cap in every stage in which it holds."""
    found = []
    for number, cap in enumerate(policy.gap_caps, start=1):
        names, owner = _parties(basin, cap, people, money)
        first = 0 if cap.stage is None else position(cap.stage, horizon.stages)
        for stage in range(first, len(horizon.stages)):
            persons = np.zeros(len(names))
            np.add.at(persons, owner, people.persons[:, :, stage])
            kept = np.flatnonzero(persons > 0)
            if not len(kept):
                continue
            renumbered = np.full(len(names), -1)
            renumbered[kept] = np.arange(len(kept))
            found.append(GapAsked(number, cap, stage, names[kept], renumbered[owner], persons[kept]))
    return found


def _parties(basin: Basin, cap: GapCap, people: People, money: Money) -> tuple[pd.Index, Integers]:
    """Names of the parties, and the party (V, G) of each group of each village."""
    home = basin.tables["villages"]["administration"]
    shape = (len(home), len(people.groups))
    if cap.between == "groups":
        return people.groups, np.broadcast_to(np.arange(shape[1]), shape)
    if cap.between == "accounts":
        return money.accounts, np.broadcast_to(money.account_positions(home)[:, None], shape)
    codes, names = pd.factorize(home)
    return pd.Index(names), np.broadcast_to(codes[:, None], shape)
