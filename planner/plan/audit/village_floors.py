"""Floors that hold in every village: met wherever a plan without pipes would meet them."""

from collections.abc import Iterator

import numpy as np

from planner.plan.audit.check import AuditCheck, judge
from planner.plan.audit.facts import Facts
from planner.plan.audit.names import Codes, Numbers
from planner.plan.audit.people import reached
from planner.plan.audit.service import Service
from planner.plan.audit.tolerances import PERSONS
from planner.scenario.policy import Floor, Policy

_EXACT = 1e-9
_FALLEN = 1e-6


def check_village_floors(facts: Facts, policy: Policy, service: Service) -> AuditCheck:
    """A floor of a village may only be missed where no service plan without pipes meets it beside those before it."""
    floors = [floor for floor in policy.floors if floor.within == "village"]
    reached_now = reached(service.persons, facts.people.rung)
    shape = facts.size("villages", "stages")
    missed, required = np.zeros((len(floors), *shape)), np.zeros((len(floors), *shape))
    if floors:
        lacks, without_pipes = _of_every_plan(facts, floors)
        for number, floor in enumerate(floors):
            meets = lacks[number] <= _EXACT * np.maximum(1.0, _required(facts, floor))
            owed = (meets & without_pipes).any(axis=0)
            required[number] = _required(facts, floor)
            missed[number] = np.where(owed, _lacking(facts, floor, reached_now), 0.0)
            without_pipes &= meets | ~(owed | floor.hard)
    place = facts.names.grid("villages", "stages")
    return judge("floor_village", "Floors of villages are met wherever a plan without pipes meets them", missed, PERSONS,
                 lambda n, v, t: f"{place(v, t)}, rung {floors[n].rung}", required)  # fmt: skip


def _of_every_plan(facts: Facts, floors: list[Floor]) -> tuple[Numbers, np.ndarray]:
    """Persons missed (floor, plan, village, stage), and whether a plan (plan, village, stage) can be had without piped water."""
    lacks, without_pipes = [], []
    people, piped = facts.people, (facts.basin.tables["modes"]["grade"] != "none").to_numpy(float)
    for persons in _every_plan(facts):
        reached_then = reached(persons, people.rung)
        lacks.append([_lacking(facts, floor, reached_then) for floor in floors])
        existing = people.existing[:, :, None, :]
        newly = np.maximum(0.0, people.household.handed_out(persons, existing) - existing).sum(axis=1)
        without_pipes.append((newly @ piped <= 0.0) & _may_be_followed(facts, newly, reached_then))
    return np.moveaxis(np.array(lacks), 0, 1), np.array(without_pipes)


def _may_be_followed(facts: Facts, newly: Numbers, reached_then: Numbers) -> np.ndarray:
    """(village, stage): treatment at home makes the water safe, and nobody falls because it is given up."""
    people = facts.people
    unsafe = (newly[..., people.household.mode] * people.household.fails[:, None, :]).sum(axis=-1)
    fallen = reached(people.before, people.rung) - reached_then
    lost = (fallen > _FALLEN * np.maximum(1.0, people.persons[..., None])).any(axis=(1, 3))
    return np.asarray((unsafe <= _EXACT) & ~lost)


def _every_plan(facts: Facts) -> Iterator[Numbers]:
    """Persons (village, group, stage, mode) if every village followed one service plan, plan by plan."""
    for plan in range(facts.names.size("service_plans")):
        yield facts.people.under(np.full(facts.size("villages", "stages"), plan, dtype=np.intp))


def _groups(facts: Facts, floor: Floor) -> Codes:
    groups = np.arange(facts.names.size("groups"))
    return groups if floor.group is None else groups[[facts.names.code("groups", floor.group)]]


def _holds(facts: Facts, floor: Floor) -> np.ndarray:
    """Where (village) and when (stage) a floor holds."""
    own = facts.names.codes("administrations", facts.basin.tables["villages"]["administration"])
    area = -1 if floor.administration is None else facts.names.code("administrations", floor.administration)
    first = 0 if floor.stage is None else facts.names.code("stages", floor.stage)
    here = facts.administrations.within(own, np.array([area]))
    return np.asarray(here & (np.arange(facts.horizon.stages) >= first)[None, :])


def _required(facts: Facts, floor: Floor) -> Numbers:
    """Persons (village, stage) that a floor asks for, all its groups."""
    return np.asarray(floor.share * facts.people.persons[:, _groups(facts, floor)].sum(axis=1), dtype=float)


def _lacking(facts: Facts, floor: Floor, at_or_above: Numbers) -> Numbers:
    """Persons (village, stage) missed, each group on its own; 0 where the floor does not hold."""
    groups = _groups(facts, floor)
    short = floor.share * facts.people.persons[:, groups] - at_or_above[..., floor.rung][:, groups]
    return np.asarray(np.where(_holds(facts, floor), np.maximum(0.0, short).sum(axis=1), 0.0), dtype=float)
