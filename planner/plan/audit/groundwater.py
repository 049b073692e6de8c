"""What boreholes draw from an aquifer in a year, added up anew."""

import numpy as np

from planner.plan.audit.check import AuditCheck, judge
from planner.plan.audit.claims import Claims
from planner.plan.audit.facts import Facts
from planner.plan.audit.names import Numbers
from planner.plan.audit.network import summed
from planner.plan.audit.tolerances import WATER_PER_YEAR
from planner.scenario.policy import Policy


def check_groundwater(facts: Facts, policy: Policy, claims: Claims, taken: Numbers) -> list[AuditCheck]:
    """The claimed groundwater against what sources take (`taken`: source, stage, season, member)."""
    names, claimed = facts.names, claims["groundwater"]
    owner = names.codes("aquifers", facts.basin.tables["sources"]["aquifer"])
    drawn = np.tensordot(summed(facts.size("aquifers"), owner, taken), facts.horizon.days, axes=([2], [0]))
    gives = facts.basin.tables["aquifers"]["sustainable_yield_m3_per_year"].to_numpy(float)[:, None, None]
    beyond = np.maximum(drawn - gives, 0.0)
    at = tuple(claimed[column].to_numpy() for column in ("aquifer", "stage", "member"))
    place = names.rows(aquifers=at[0], stages=at[1], members=at[2])

    def claim(code: str, title: str, column: str, true: Numbers) -> AuditCheck:
        said = claimed[column].to_numpy(float)
        return judge(code, title, np.abs(said - true), WATER_PER_YEAR, place, drawn[at])

    hard = beyond if policy.groundwater == "hard" else np.zeros(0)
    return [
        claim("groundwater_drawn", "Drawn is what all boreholes of the aquifer take", "drawn_m3_per_year", drawn[at]),
        claim("groundwater_yield", "The sustainable yield is the basin's", "sustainable_yield_m3_per_year", gives[at[0], 0, 0]),
        claim("groundwater_overdraft", "Overdraft is what is drawn beyond the sustainable yield", "overdraft_m3_per_year",
              beyond[at]),
        judge("groundwater", "No aquifer is overdrawn where the policy holds it hard", hard, WATER_PER_YEAR,
              names.grid("aquifers", "stages", "members"), gives if hard.size else 0.0),
    ]  # fmt: skip
