"""Floors that hold in every village: they filter its service plans, so that most of them are no row of the model."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from planner.basin import Basin
from planner.basin.lineages import lineages
from planner.scenario.policy import Floor, Policy
from planner.scenario.resolved.horizon import Horizon
from planner.scenario.resolved.index import Flags, Floats, Integers, position
from planner.scenario.resolved.people import People

PERSON = 1e-6


@dataclass(frozen=True)
class VillageFloors:
    """allowed: plans that a village may follow. fine: price of whom a plan misses, where it may miss somebody."""

    allowed: Flags  # (V, K, T)
    fine_usd_per_year: Floats  # (V, K, T)


@dataclass(frozen=True)
class VillageFloor:
    """`number` counts the policy's floors from 1."""

    number: int
    floor: Floor
    villages: Flags
    first_stage: int
    groups: Integers


def floors_of_villages(basin: Basin, policy: Policy, horizon: Horizon, people: People) -> Iterator[VillageFloor]:
    """The policy's floors within villages, with where, when and for whom they hold."""
    above = lineages(basin.tables["administrations"])
    homes = basin.tables["villages"]["administration"]
    for number, floor in enumerate(policy.floors, start=1):
        if floor.within != "village":
            continue
        groups = np.arange(len(people.groups))
        yield VillageFloor(
            number=number,
            floor=floor,
            villages=np.array([floor.administration is None or floor.administration in above[home] for home in homes]),
            first_stage=0 if floor.stage is None else position(floor.stage, horizon.stages),
            groups=groups if floor.group is None else groups[people.groups == floor.group],
        )


def missed_persons(entry: VillageFloor, people: People, at_or_above: Floats) -> Floats:
    """Persons missed by village (first axis), stage and group (last two); at_or_above has the rungs 1 to 5 behind."""
    present = people.persons.transpose(0, 2, 1)[:, entry.first_stage :, entry.groups]
    served = at_or_above[..., entry.first_stage :, :, entry.floor.rung - 1][..., entry.groups]
    required = entry.floor.share * present
    if served.ndim == 4:
        required = required[:, None]
    missed = np.where(served + PERSON * np.maximum(required, 1.0) >= required, 0.0, required - served)
    return np.asarray(np.where(entry.villages.reshape(-1, *[1] * (missed.ndim - 1)), missed, 0.0))


def village_floors(
    basin: Basin, policy: Policy, horizon: Horizon, people: People, at_or_above: Floats, usable: Flags, unpiped: Flags
) -> VillageFloors:
    """Filters plans by the floors of their village.

    A floor that some plan without pipes reaches, beside all floors before it, is always met: plans that miss it are
    dropped. One that only piped water reaches may be missed at its price, unless it is hard; so that the plan without
    pipes remains one. Shapes: at_or_above (V, K, T, G, 5), usable and unpiped (V, K, T).
    """
    allowed = usable.copy()
    fine = np.zeros(usable.shape)
    for entry in floors_of_villages(basin, policy, horizon, people):
        missed = missed_persons(entry, people, at_or_above).sum(axis=3)
        later = np.s_[:, :, entry.first_stage :]
        meets = missed <= 0
        without_pipes = (meets & allowed[later] & unpiped[later]).any(axis=1, keepdims=True)
        demanded = without_pipes | entry.floor.hard
        allowed[later] &= meets | ~demanded
        fine[later] += np.where(demanded, 0.0, missed * entry.floor.missed_price_usd_per_person_year)
    return VillageFloors(allowed, fine)
