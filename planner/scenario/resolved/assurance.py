"""Floors for assurance, one for each of the policy's and each stage in which it holds, and the days of stress in a year."""

from dataclasses import dataclass

import numpy as np

from planner.basin import Basin
from planner.basin.lineages import lineages
from planner.scenario.policy import Policy
from planner.scenario.resolved.horizon import Horizon
from planner.scenario.resolved.index import Flags, Floats, position
from planner.scenario.resolved.people import People
from planner.scenario.resolved.periods import Periods


@dataclass(frozen=True)
class AssuranceAsked:
    """`number` counts the policy's floors for assurance from 1. V villages."""

    number: int
    stage: int
    villages: Flags  # (V,) where it is asked for
    least_share: float
    hard: bool
    price_usd_per_person_day: float


def assurance_asked(basin: Basin, policy: Policy, horizon: Horizon, people: People) -> list[AssuranceAsked]:
    """Every floor for assurance in every stage in which it holds."""
    above, found = lineages(basin.tables["administrations"]), []
    for number, floor in enumerate(policy.assurance_floors, start=1):
        asked = np.ones(len(people.persons), dtype=bool)
        if floor.administration is not None:
            asked &= np.array([floor.administration in above[home] for home in basin.tables["villages"]["administration"]])
        first = 0 if floor.stage is None else position(floor.stage, horizon.stages)
        for stage in range(first, len(horizon.stages)):
            lives = asked
            if floor.group is not None:
                lives = asked & (people.persons[:, position(floor.group, people.groups), stage] > 0)
            found.append(
                AssuranceAsked(number, stage, lives, floor.least_share, floor.hard, floor.missed_price_usd_per_person_day)
            )
    return found


def required_share(asked: list[AssuranceAsked], villages: int, stages: int) -> Floats:
    """(V, T) the highest share that any floor asks for, 0 where none does."""
    required = np.zeros((villages, stages))
    for floor in asked:
        required[floor.villages, floor.stage] = np.maximum(required[floor.villages, floor.stage], floor.least_share)
    return required


def share_of_days(periods: Periods, horizon: Horizon) -> Floats:
    """(D,) share of the days of its stage that each delivery stands for, stress members by their yearly frequency."""
    weight = horizon.days[periods.period_season] * horizon.probability[periods.period_member]
    days = np.bincount(periods.delivery[periods.stands_for], weight, len(periods.delivery_stage))
    return np.asarray(days / (horizon.days.sum() * horizon.probability.sum()))
