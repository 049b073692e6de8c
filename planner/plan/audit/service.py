"""Who gets water how: everyone once, as the village's service plan says, and nobody worse off than before."""

from dataclasses import dataclass

import numpy as np

from planner.plan.audit.check import AuditCheck, judge
from planner.plan.audit.claims import Claims
from planner.plan.audit.facts import Facts
from planner.plan.audit.names import Numbers, dense
from planner.plan.audit.people import reached
from planner.plan.audit.tolerances import COUNT, PERSONS


@dataclass(frozen=True)
class Service:
    """Persons (village, group, stage, mode) as claimed, and those of them beyond the base year's works, all groups."""

    persons: Numbers
    newly: Numbers
    handed: Numbers
    """As the plan put them (village, group, stage, mode), before some gave treatment at home up."""


def service_of(facts: Facts, claims: Claims) -> Service:
    """The claimed persons by mode."""
    claimed = claims["service"]
    at = tuple(claimed[column].to_numpy() for column in ("village", "group", "stage", "mode"))
    persons = dense(facts.size("villages", "groups", "stages", "modes"), at, claimed["persons"])
    existing = facts.people.existing[:, :, None, :]
    handed = facts.people.household.handed_out(persons, existing)
    return Service(persons, np.maximum(0.0, handed - existing).sum(axis=1), handed)


def check_service(facts: Facts, claims: Claims, service: Service, grades: dict[str, np.ndarray]) -> list[AuditCheck]:
    """All rules of service. `grades`: for raw and safe, the villages that a link of that grade leads to."""
    names, people, claimed = facts.names, facts.people, claims["service"]
    by_mode, by_group = names.grid("villages", "groups", "stages", "modes"), names.grid("villages", "groups", "stages")
    followed = np.zeros(facts.size("villages", "stages"), dtype=np.intp)
    rows = claims["village_plans"]
    followed[rows["village"], rows["stage"]] = rows["service_plan"]
    meant = people.under(followed)
    fallen = reached(people.before, people.rung) - reached(service.persons, people.rung)
    wrong_rung = claimed["rung"].to_numpy() != people.rung[claimed["mode"].to_numpy()]
    return [
        judge("service_everyone_once", "Every person is on one mode",
              np.abs(service.persons.sum(axis=-1) - people.persons), PERSONS, by_group, people.persons),
        judge("service_follows_plan", "Persons by mode are those of the village's service plan",
              np.abs(service.persons - meant), PERSONS, by_mode, people.persons[..., None]),
        judge("service_rung", "The rung is the mode's", wrong_rung, COUNT,
              names.rows(villages=claimed["village"].to_numpy(), modes=claimed["mode"].to_numpy())),
        judge("service_nobody_falls", "At no rung are there fewer persons than if nothing were built", fallen, PERSONS,
              lambda v, g, t, k: f"{by_group(v, g, t)}, rung {k} or above", people.persons[..., None]),
        judge("service_needs_link", "Piped modes only where a link of their grade leads",
              _unlinked(facts, service, grades), PERSONS, names.grid("villages", "stages", "modes"), service.newly),
    ]  # fmt: skip


def _unlinked(facts: Facts, service: Service, grades: dict[str, np.ndarray]) -> Numbers:
    """Persons (village, stage, mode) newly on a mode whose water no link brings."""
    grade = facts.basin.tables["modes"]["grade"].to_numpy(object)
    without = np.zeros(facts.size("villages", "modes"), dtype=bool)
    for name, linked in grades.items():
        without |= ~linked[:, None] & (grade == name)[None, :]
    return service.newly * without[:, None, :]
