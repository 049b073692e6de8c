"""Institutions: served where their village newly has safe piped water, and kept going under stress."""

import numpy as np

from planner.plan.audit.check import AuditCheck, judge
from planner.plan.audit.claims import Claims
from planner.plan.audit.facts import Facts
from planner.plan.audit.names import Codes, Numbers, dense
from planner.plan.audit.tolerances import COUNT, INSTITUTIONS, WATER
from planner.plan.audit.water import demands
from planner.scenario.policy import Policy


def check_institutions(facts: Facts, policy: Policy, claims: Claims, newly: Numbers) -> list[AuditCheck]:
    """The claimed table against persons newly on safe piped water and the claimed shortage, and the policy's floors."""
    table, claimed = facts.basin.tables["institutions"], claims["institutions"]
    at = (claimed["institution"].to_numpy(), claimed["stage"].to_numpy())
    home = facts.names.codes("villages", table["village"])
    need = (table["persons"] * table["litres_per_person_per_day"] / 1000.0).to_numpy(float)
    served = _piped(facts, newly)[home]
    lacking = _lacking(facts, claims, newly, home, need * (1.0 - table["survival_share"].to_numpy(float)))
    place = facts.names.rows(institutions=at[0], stages=at[1])

    def claim(code: str, title: str, column: str, true: Numbers) -> AuditCheck:
        return judge(code, title, np.abs(claimed[column].to_numpy(float) - true), WATER, place, true)

    return [
        judge("institution_served", "An institution is served where its village follows a plan with safe piped water",
              claimed["served"].to_numpy(bool) != served[at], COUNT, place),
        claim("institution_need", "An institution's need is the basin's", "need_m3_per_day", need[at[0]]),
        claim("institution_delivered", "Who is served gets the whole need in design members", "delivered_m3_per_day",
              (need[:, None] * served)[at]),
        claim("institution_shortage", "Institutions bear their part of their village's largest shortage",
              "largest_shortage_m3_per_day", lacking[at]),
        _floors_held(facts, policy, home, served),
    ]  # fmt: skip


def _piped(facts: Facts, newly: Numbers) -> np.ndarray:
    """Whether anybody (village, stage) is newly on safe piped water."""
    modes = facts.basin.tables["modes"]
    safe = (modes["grade"] == "safe").to_numpy(bool) & (modes["litres_per_person_per_day"] > 0).to_numpy(bool)
    return np.asarray(newly @ safe.astype(float) > 0.0)


def _lacking(facts: Facts, claims: Claims, newly: Numbers, home: Codes, may_lack: Numbers) -> Numbers:
    """(institution, stage): its part of the largest shortage of its village."""
    rows = claims["shortage"]
    rows = rows[(rows["grade"] == "safe").to_numpy(bool)]
    where = tuple(rows[column].to_numpy() for column in ("village", "stage", "season", "member"))
    short = dense((*facts.size("villages"), *facts.horizon.shape), where, rows["shortage_m3_per_day"])
    wanted, kept = demands(facts, newly)
    together = (wanted - kept)[:, 1]
    part = np.divide(short.max(axis=(2, 3), initial=0.0), together, out=np.zeros_like(together), where=together > 1e-9)
    return np.asarray(part[home] * may_lack[:, None], dtype=float)


def _floors_held(facts: Facts, policy: Policy, home: Codes, served: np.ndarray) -> AuditCheck:
    table = facts.basin.tables["institutions"]
    administration = facts.names.codes("administrations", facts.basin.tables["villages"]["administration"])[home]
    floors = policy.institution_floors
    missed = np.zeros((len(floors), facts.horizon.stages))
    for number, floor in enumerate(floors):
        counts = np.ones(len(home), bool) if floor.kind is None else (table["kind"] == floor.kind).to_numpy(bool)
        if floor.administration is not None:
            area = np.array([facts.names.code("administrations", floor.administration)])
            counts = counts & facts.administrations.within(administration, area)[:, 0]
        first = 0 if floor.stage is None else facts.names.code("stages", floor.stage)
        if floor.hard:
            missed[number, first:] = floor.share * counts.sum() - served[counts, first:].sum(axis=0)
    return judge("institution_floor", "Floors for institutions that may not be missed are met", missed, INSTITUTIONS,
                 lambda n, t: f"floor for institutions {n + 1}, {facts.names.label('stages', t)}")  # fmt: skip
