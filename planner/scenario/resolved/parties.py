"""Between whom fairness is sought: parties with their people, and what a person on each rung is worth to a score."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from planner.basin import Basin
from planner.scenario.policy import Fairness
from planner.scenario.resolved.horizon import Horizon
from planner.scenario.resolved.index import Floats, Integers, position
from planner.scenario.resolved.money import Money
from planner.scenario.resolved.people import People


@dataclass(frozen=True)
class Parties:
    """P parties that have people, V villages, G groups, T stages, rungs 1 to 5.

    The score of a party is the sum over its people of `rung_worth` of each rung that they reach, by `stage_weight`, as a
    share of `persons`.
    """

    names: pd.Index  # (P,)
    party: Integers  # (V, G), -1 where nobody lives
    persons: Floats  # (P,) mean over the stages that count
    stage_weight: Floats  # (T,) sums to 1
    rung_worth: Floats  # (5,) sums to 1

    @property
    def shares(self) -> Floats:
        """(P,) of all persons."""
        return np.asarray(self.persons / self.persons.sum()) if len(self.persons) else self.persons


def parties_of(basin: Basin, fairness: Fairness, horizon: Horizon, people: People, money: Money) -> Parties:
    """The parties of a policy's fairness."""
    villages = basin.tables["villages"]
    by_group = fairness.between.endswith("groups")
    place = {"vil": villages["village"], "adm": villages["administration"],
             "acc": pd.Series(money.accounts.to_numpy()[money.account_positions(villages["administration"])], dtype=object),
             "gro": pd.Series("", index=villages.index)}[fairness.between[:3]]  # fmt: skip
    codes, places = pd.factorize(place)
    groups = len(people.groups)
    group = np.arange(groups) if by_group else np.zeros(groups, np.int64)
    every = codes[:, None] * (groups if by_group else 1) + group[None, :]
    names = [":".join(part for part in (str(name), str(which)) if part)
             for name in places for which in (people.groups if by_group else [""])]  # fmt: skip
    weight = horizon.stage_weight
    if fairness.stage is not None:
        weight = (np.arange(len(weight)) == position(fairness.stage, horizon.stages)).astype(float)
    persons = np.zeros(len(names))
    np.add.at(persons, every, people.persons @ weight)
    kept = np.flatnonzero(persons > 0)
    renumbered = np.full(len(names), -1)
    renumbered[kept] = np.arange(len(kept))
    worth = np.full(5, 0.2) if fairness.score == "mean_rung" else (np.arange(1, 6) == fairness.rung).astype(float)
    return Parties(pd.Index(np.array(names, dtype=object)[kept]), renumbered[every], persons[kept], weight, worth)
