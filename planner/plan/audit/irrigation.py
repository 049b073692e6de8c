"""What efficient irrigation saves, from what serves and what is delivered."""

from dataclasses import dataclass

import numpy as np

from planner.plan.audit.check import AuditCheck, judge
from planner.plan.audit.claims import Claims
from planner.plan.audit.facts import Facts
from planner.plan.audit.names import Codes, Numbers, dense
from planner.plan.audit.options import Works
from planner.plan.audit.tolerances import COUNT, WATER


@dataclass(frozen=True)
class Saving:
    """Shares by use and stage: of the demand that is no longer wanted, of the return flow that no longer comes."""

    demand: Numbers
    returned: Numbers


def _rows(facts: Facts) -> tuple[Codes, Codes]:
    """(option, use) of each row of irrigation_savings."""
    names, tables = facts.names, facts.basin.tables
    option = names.codes("options", tables["irrigation_savings"]["option"])
    return option, names.codes("other_uses", tables["options"]["place"])[option]


def saving_of(facts: Facts, works: Works) -> Saving:
    """What serves, added up for each use."""
    table, shape = facts.basin.tables["irrigation_savings"], (*facts.size("other_uses"), facts.horizon.stages)
    option, use = _rows(facts)
    shares = []
    for column in ("saved_share", "return_saved_share"):
        total = np.zeros(shape)
        np.add.at(total, use, works.serves[option] * table[column].to_numpy(float)[:, None])
        shares.append(total)
    return Saving(*shares)


def check_irrigation(facts: Facts, claims: Claims, works: Works, demand: Numbers, delivered: Numbers) -> list[AuditCheck]:
    """`demand`: (use, season), before any saving; `delivered`: (use, stage, season, member), both m³/day."""
    table, names, claimed = facts.basin.tables["irrigation_savings"], facts.names, claims["irrigation_saved"]
    option, use = _rows(facts)
    serves = np.broadcast_to(works.serves[option][:, :, None, None], (len(option), *facts.horizon.shape))
    share = table["saved_share"].to_numpy(float)[:, None, None, None]
    saved = share * demand[use][:, None, :, None] * serves
    gives = facts.basin.tables["other_uses"]["return_share"].to_numpy(float)[use] * table["return_saved_share"].to_numpy(float)
    lost = gives[:, None, None, None] * delivered[use] * serves
    shape = (*facts.size("options"), *facts.horizon.shape)
    at = tuple(claimed[column].to_numpy() for column in ("option", "stage", "season", "member"))
    told = dense(shape, at, np.ones(len(claimed)))
    owed = np.zeros(shape)
    owed[option] = serves
    grid = names.grid("options", "stages", "seasons", "members")

    def claim(code: str, title: str, column: str, true: Numbers) -> AuditCheck:
        whole = np.zeros(shape)
        whole[option] = true
        return judge(code, title, np.abs(dense(shape, at, claimed[column]) - whole), WATER, grid, whole)

    return [
        judge("irrigation_told", "Efficient irrigation is told while it serves, and no other", np.abs(told - owed), COUNT, grid),
        claim("irrigation_saved", "Saved is a share of the demand", "saved_m3_per_day", saved),
        claim("irrigation_return", "Return flow lost is a share of what comes back", "return_lost_m3_per_day", lost),
    ]
