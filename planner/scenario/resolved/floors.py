"""Floors that couple villages, one for each place, group and stage."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from planner.basin import Basin
from planner.basin.lineages import lineages
from planner.scenario.policy import Floor, Policy
from planner.scenario.resolved.horizon import Horizon
from planner.scenario.resolved.index import Integers, position
from planner.scenario.resolved.people import People


@dataclass(frozen=True)
class CoupledFloor:
    """`number` counts the policy's floors from 1; `group` is blank where all groups count together."""

    number: int
    place: str
    group: str | None
    stage: int
    villages: Integers
    groups: Integers
    rung: int
    required_persons: float
    hard: bool
    price_usd_per_person_year: float

    @property
    def name(self) -> str:
        return f"{self.number}:{self.place}:{self.group or 'all'}:{self.stage}"


def _places(basin: Basin, floor: Floor) -> Iterator[tuple[str, Integers]]:
    """The places at which a floor is counted, with their villages."""
    administrations = basin.tables["administrations"]
    above = lineages(administrations)
    accounts = set(administrations.loc[administrations["account"], "administration"])
    home = list(basin.tables["villages"]["administration"])
    here = [floor.administration is None or floor.administration in above[place] for place in home]
    by_place: dict[str, list[int]] = {}
    for village, (place, inside) in enumerate(zip(home, here, strict=True)):
        if not inside:
            continue
        if floor.within == "basin":
            name = floor.administration or "basin"
        elif floor.within == "account":
            name = next((up for up in above[place] if up in accounts), above[place][-1])
        else:
            name = place
        by_place.setdefault(name, []).append(village)
    for name, villages in by_place.items():
        yield name, np.array(villages, dtype=np.int64)


def coupled_floors(basin: Basin, policy: Policy, horizon: Horizon, people: People) -> list[CoupledFloor]:
    """Every floor that is counted over more than one village's own people."""
    found = []
    for number, floor in enumerate(policy.floors, start=1):
        if floor.within == "village":
            continue
        first = 0 if floor.stage is None else position(floor.stage, horizon.stages)
        groups = np.arange(len(people.groups))
        if floor.group is not None:
            groups = groups[people.groups == floor.group]
        for place, villages in _places(basin, floor):
            for stage in range(first, len(horizon.stages)):
                present = float(people.persons[villages][:, groups, stage].sum())
                found.append(
                    CoupledFloor(
                        number=number,
                        place=place,
                        group=floor.group,
                        stage=stage,
                        villages=villages,
                        groups=groups,
                        rung=floor.rung,
                        required_persons=floor.share * present,
                        hard=floor.hard,
                        price_usd_per_person_year=floor.missed_price_usd_per_person_year,
                    )
                )
    return found
