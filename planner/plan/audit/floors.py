"""Floors of the policy: who was to be served, who is, who is missed."""

import numpy as np
import pandas as pd

from planner.plan.audit.check import AuditCheck, judge
from planner.plan.audit.claims import Claims
from planner.plan.audit.facts import Facts
from planner.plan.audit.names import Codes, Numbers
from planner.plan.audit.people import reached
from planner.plan.audit.service import Service
from planner.plan.audit.tolerances import COUNT, PERSONS
from planner.scenario.policy import Floor, Policy

KEY = ["floor", "place", "group", "stage"]
COLUMNS = [*KEY, "rung", "required", "served", "within", "hard"]


def check_floors(facts: Facts, policy: Policy, claims: Claims, service: Service) -> list[AuditCheck]:
    """Every floor counted anew from the claimed persons, and the claimed table against it."""
    at_or_above = reached(service.persons, facts.people.rung)
    counted = [_count(facts, floor, at_or_above).assign(floor=i) for i, floor in enumerate(policy.floors, start=1)]
    true = pd.concat(counted, ignore_index=True) if counted else pd.DataFrame(columns=COLUMNS)
    true["missed"] = np.maximum(0.0, (true["required"] - true["served"]).to_numpy(float))
    return [*_held(true), *_told(true, claims)]


def _count(facts: Facts, floor: Floor, at_or_above: Numbers) -> pd.DataFrame:
    """One row for each place, group and stage to which a floor applies."""
    names = facts.names
    own = names.codes("administrations", facts.basin.tables["villages"]["administration"])
    owner, labels = _places(facts, floor, own)
    if floor.administration is not None:
        area = np.array([names.code("administrations", floor.administration)])
        owner = np.where(facts.administrations.within(own, area)[:, 0], owner, -1)
    apart = floor.within == "village" or floor.group is not None
    groups = np.arange(len(names.identifiers["groups"]))
    if floor.group is not None:
        groups = groups[[names.code("groups", floor.group)]]
    first = 0 if floor.stage is None else names.code("stages", floor.stage)
    persons, above = facts.people.persons[:, groups, first:], at_or_above[..., floor.rung][:, groups, first:]
    if not apart:
        persons, above, groups = persons.sum(axis=1, keepdims=True), above.sum(axis=1, keepdims=True), np.array([-1])
    here = owner >= 0
    shape = (len(labels), *persons.shape[1:])
    required, served = np.zeros(shape), np.zeros(shape)
    np.add.at(required, owner[here], floor.share * persons[here])
    np.add.at(served, owner[here], above[here])
    place, group, stage = (axis.ravel() for axis in np.indices(shape))
    counted = pd.DataFrame({"place": labels[place], "group": groups[group], "stage": stage + first, "rung": floor.rung,
                            "required": required.ravel(), "served": served.ravel()})  # fmt: skip
    return counted[np.isin(place, owner[here])].assign(within=floor.within, hard=floor.hard, floor=0)[COLUMNS]


def _places(facts: Facts, floor: Floor, own: Codes) -> tuple[Codes, np.ndarray]:
    """The place at which each village counts, and the names of the places."""
    if floor.within == "village":
        return np.arange(len(own)), facts.names.identifiers["villages"].to_numpy(object)
    if floor.within == "basin":
        return np.zeros(len(own), dtype=np.intp), np.array([floor.administration or "basin"], dtype=object)
    owner = own if floor.within == "administration" else facts.administrations.account[own]
    return owner, facts.names.identifiers["administrations"].to_numpy(object)


def _held(true: pd.DataFrame) -> list[AuditCheck]:
    missed, required = true["missed"].to_numpy(float), true["required"].to_numpy(float)

    def place(row: int) -> str:
        return f"floor {true['floor'].iloc[row]}, {true['place'].iloc[row]}"

    return [
        judge("floor_hard", "Floors that may not be missed are met", missed * true["hard"].to_numpy(bool), PERSONS,
              place, required),
    ]  # fmt: skip


def _told(true: pd.DataFrame, claims: Claims) -> list[AuditCheck]:
    """The claimed rows against the true ones. Floors that villages meet and places without people need not be told."""
    claimed = claims["floors"].rename(columns={"rung": "said_rung"})
    known = true.drop_duplicates(KEY).astype({"floor": int, "group": int, "stage": int, "place": object})
    both = known.merge(claimed.astype({"place": object}), on=KEY, how="outer", indicator=True)
    side = both["_merge"].to_numpy(object)
    required = np.nan_to_num(both["required"].to_numpy(float))
    met = np.nan_to_num(both["missed"].to_numpy(float)) <= PERSONS.absolute + PERSONS.relative * required
    optional = ((both["within"] == "village").to_numpy(bool) & met) | (required <= PERSONS.absolute)
    wrong = (side == "right_only") | ((side == "left_only") & ~optional)
    matched = side == "both"
    wrong |= matched & (both["rung"].to_numpy(float) != both["said_rung"].to_numpy(float))

    def place(row: int) -> str:
        return f"floor {both['floor'].iloc[row]}, {both['place'].iloc[row]}"

    def claim(code: str, title: str, said: str, figure: str) -> AuditCheck:
        off = np.abs(both[said].to_numpy(float) - both[figure].to_numpy(float))
        return judge(code, title, np.where(matched, off, 0.0), PERSONS, place, required)

    return [
        judge("floor_told", "The floors told are those of the policy, none left out", wrong, COUNT, place),
        claim("floor_required", "Persons required by a floor", "required_persons", "required"),
        claim("floor_served", "Persons on a floor's rung or above", "served_persons", "served"),
        claim("floor_missed", "Persons missed by a floor", "missed_persons", "missed"),
    ]
