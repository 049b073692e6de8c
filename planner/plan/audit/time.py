"""Time spent on fetching water, and assurance, counted anew from persons by mode and from the claimed shortage."""

import numpy as np

from planner.plan.audit.check import AuditCheck, judge
from planner.plan.audit.claims import Claims
from planner.plan.audit.facts import Facts
from planner.plan.audit.names import Numbers
from planner.plan.audit.service import Service
from planner.plan.audit.tolerances import HOURS_PER_YEAR, SHARE
from planner.scenario.policy import Policy


def check_time(facts: Facts, policy: Policy, claims: Claims, service: Service) -> list[AuditCheck]:
    """All rules of collection time and assurance."""
    return [*_collection(facts, claims, service), *_assurance(facts, policy, claims)]


def _collection(facts: Facts, claims: Claims, service: Service) -> list[AuditCheck]:
    claimed, modes = claims["collection_time"], facts.basin.tables["modes"]
    litres_a_minute = (modes["litres_per_person_per_day"] * modes["collection_minutes"]).to_numpy(float)
    per_person = litres_a_minute / facts.basin.settings.litres_per_collection_trip * 365.0 / 60.0
    at = tuple(claimed[column].to_numpy() for column in ("village", "group", "stage"))
    place = facts.names.rows(villages=at[0], groups=at[1], stages=at[2])
    spent, before = (service.persons @ per_person)[at], (facts.people.before @ per_person)[at]

    def claim(code: str, title: str, column: str, true: Numbers) -> AuditCheck:
        off = np.abs(claimed[column].to_numpy(float) - true)
        return judge(code, title, off, HOURS_PER_YEAR, place, np.maximum(spent, before))

    return [
        claim("collection_hours", "Hours spent on fetching water follow from persons by mode", "hours_per_year", spent),
        claim("collection_before", "Hours spent if nothing is built", "hours_per_year_if_nothing_is_built", before),
        claim("collection_saved", "Hours saved are the difference", "hours_saved_per_year", before - spent),
    ]


def _assurance(facts: Facts, policy: Policy, claims: Claims) -> list[AuditCheck]:
    rows, claimed = claims["shortage"], claims["assurance"]
    missing = (rows["shortage_m3_per_day"] + rows["hauled_m3_per_day"]).to_numpy(float) > 0
    short = np.zeros((*facts.size("villages"), *facts.horizon.shape), dtype=bool)
    short[tuple(rows[column].to_numpy()[missing] for column in ("village", "stage", "season", "member"))] = True
    probability = facts.basin.tables["members"]["probability"].to_numpy(float)
    weight = facts.horizon.days[:, None] * probability[None, :]
    met = 1.0 - (short * weight).sum(axis=(2, 3)) / weight.sum()
    at = (claimed["village"].to_numpy(), claimed["stage"].to_numpy())
    place = facts.names.rows(villages=at[0], stages=at[1])
    required, without_exception = _required(facts, policy)

    def claim(code: str, title: str, column: str, true: Numbers) -> AuditCheck:
        return judge(code, title, np.abs(claimed[column].to_numpy(float) - true[at]), SHARE, place)

    return [
        claim("assurance", "Assurance is the share of days without shortage or hauling", "assurance_share", met),
        claim("assurance_required", "The assurance asked for is the policy's", "required_share", required),
        claim("assurance_missed", "Assurance missed is what lacks to the assurance asked for", "missed_share",
              np.maximum(0.0, required - met)),
        judge("assurance_hard", "Floors for assurance that may not be missed are met", without_exception - met, SHARE,
              facts.names.grid("villages", "stages")),
    ]  # fmt: skip


def _required(facts: Facts, policy: Policy) -> tuple[Numbers, Numbers]:
    """(village, stage): the highest share of days that a floor asks for, and that one which may not be missed asks for."""
    home = facts.names.codes("administrations", facts.basin.tables["villages"]["administration"])
    highest, hard = (np.zeros((len(home), facts.horizon.stages)) for _ in range(2))
    for floor in policy.assurance_floors:
        there = np.ones(highest.shape, bool)
        if floor.administration is not None:
            area = np.array([facts.names.code("administrations", floor.administration)])
            there &= facts.administrations.within(home, area)
        if floor.group is not None:
            there &= facts.people.persons[:, facts.names.code("groups", floor.group)] > 0
        if floor.stage is not None:
            there[:, : facts.names.code("stages", floor.stage)] = False
        share = np.where(there, floor.least_share, 0.0)
        highest = np.maximum(highest, share)
        hard = np.maximum(hard, share if floor.hard else 0.0)
    return highest, hard
