"""Caps on gaps: the share of every group or administration counted anew from the claimed persons."""

import numpy as np
import pandas as pd

from planner.plan.audit.check import AuditCheck, judge
from planner.plan.audit.claims import Claims
from planner.plan.audit.facts import Facts
from planner.plan.audit.names import Codes, Numbers
from planner.plan.audit.people import reached
from planner.plan.audit.service import Service
from planner.plan.audit.tolerances import COUNT, SHARE
from planner.scenario.policy import GapCap, Policy

_COLUMNS = ["cap", "stage", "rung", "shares", "highest", "lowest", "largest", "hard"]


def check_gaps(facts: Facts, policy: Policy, claims: Claims, service: Service) -> list[AuditCheck]:
    """The claimed table against the true gaps, and the caps that must be kept."""
    at_or_above = reached(service.persons, facts.people.rung)
    rows = [row for number, cap in enumerate(policy.gap_caps, start=1) for row in _true(facts, number, cap, at_or_above)]
    true = pd.DataFrame(rows, columns=_COLUMNS).astype({"cap": int, "stage": int})
    both = true.merge(claims["gaps"].rename(columns={"rung": "said_rung"}), on=["cap", "stage"], how="outer", indicator=True)
    matched = (both["_merge"] == "both").to_numpy(bool)
    wrong = ~matched | (matched & (both["rung"] != both["said_rung"]).to_numpy(bool))
    apart = (both["highest"] - both["lowest"]).to_numpy(float)
    beyond = np.maximum(0.0, apart - both["largest"].to_numpy(float))

    def place(row: int) -> str:
        return f"cap {both['cap'].iloc[row]}"

    def claim(code: str, title: str, column: str, figure: Numbers) -> AuditCheck:
        off = np.abs(both[column].to_numpy(float) - figure)
        return judge(code, title, np.where(matched, off, 0.0), SHARE, place)

    def named(code: str, title: str, column: str, figure: str) -> AuditCheck:
        said = zip(both["shares"], both[column], both[figure], matched, strict=True)
        off = [abs(shares.get(name, np.inf) - value) if there else 0.0 for shares, name, value, there in said]
        return judge(code, title, np.array(off), SHARE, place)

    exceeded = np.where(both["hard"].eq(True), np.nan_to_num(beyond), 0.0)
    return [
        judge("gap_told", "The gaps told are those that the policy caps, none left out", wrong, COUNT, place),
        named("gap_best_off", "The best-off is who has the highest share", "best_off", "highest"),
        named("gap_worst_off", "The worst-off is who has the lowest share", "worst_off", "lowest"),
        claim("gap_best_off_share", "Share of the best-off", "best_off_share", both["highest"].to_numpy(float)),
        claim("gap_worst_off_share", "Share of the worst-off", "worst_off_share", both["lowest"].to_numpy(float)),
        claim("gap_share", "The gap is between the highest and the lowest share", "gap_share", apart),
        claim("gap_beyond", "What a gap is beyond its cap", "beyond_share", beyond),
        judge("gap_hard", "Caps on gaps that must be kept are kept", exceeded, SHARE, place),
    ]  # fmt: skip


def _true(facts: Facts, number: int, cap: GapCap, at_or_above: Numbers) -> list[tuple[object, ...]]:
    """A row for each stage in which the cap holds and somebody lives."""
    owner, names = _parties(facts, cap)
    first = 0 if cap.stage is None else facts.names.code("stages", cap.stage)
    rows: list[tuple[object, ...]] = []
    for stage in range(first, facts.horizon.stages):
        persons, served = np.zeros(len(names)), np.zeros(len(names))
        np.add.at(persons, owner, facts.people.persons[:, :, stage])
        np.add.at(served, owner, at_or_above[:, :, stage, cap.rung])
        shares = {str(names[i]): float(served[i] / persons[i]) for i in np.flatnonzero(persons > 0).tolist()}
        if shares:
            rows.append((number, stage, cap.rung, shares, max(shares.values()), min(shares.values()),
                         cap.largest_gap_share, cap.hard))  # fmt: skip
    return rows


def _parties(facts: Facts, cap: GapCap) -> tuple[Codes, pd.Index]:
    """The party (village, group) to which people belong, and the names of all parties."""
    shape = facts.size("villages", "groups")
    if cap.between == "groups":
        return np.broadcast_to(np.arange(shape[1]), shape), facts.names.identifiers["groups"]
    home = facts.names.codes("administrations", facts.basin.tables["villages"]["administration"])
    place = home if cap.between == "administrations" else facts.administrations.account[home]
    return np.broadcast_to(place[:, None], shape), facts.names.identifiers["administrations"]
