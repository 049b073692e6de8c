"""What new sources take from protected reaches."""

import numpy as np

from planner.plan.audit.check import AuditCheck, judge
from planner.plan.audit.claims import Claims
from planner.plan.audit.facts import Facts
from planner.plan.audit.names import Numbers
from planner.plan.audit.network import summed
from planner.plan.audit.options import Works
from planner.plan.audit.tolerances import COUNT, WATER
from planner.scenario.policy import Policy


def check_protection(facts: Facts, policy: Policy, claims: Claims, works: Works, taken: Numbers) -> list[AuditCheck]:
    """What is taken (source, stage, season, member) against what is claimed, and what the policy forbids."""
    tables, names, claimed = facts.basin.tables, facts.names, claims["protected_abstraction"]
    sources, options = tables["sources"], tables["options"]
    reach = names.codes("reaches", sources["reach"])
    protected = np.append(tables["reaches"]["protected"].to_numpy(bool), False)
    new = ~sources["existing"].to_numpy(bool)
    by_reach = summed(facts.size("reaches"), np.where(new & protected[reach], reach, -1), taken)
    at = tuple(claimed[column].to_numpy() for column in ("reach", "stage", "season", "member"))
    said, true = claimed["abstracted_m3_per_day"].to_numpy(float), by_reach[at]
    opens = np.where((options["kind"] == "source_development").to_numpy(bool), names.codes("sources", options["place"]), -1)
    forbidden = protected[np.append(reach, -1)[opens]] & (policy.protected_reaches == "hard")
    return [
        judge("protected_abstraction", "What new sources take from protected reaches is told", np.abs(said - true), WATER,
              names.rows(reaches=at[0], stages=at[1], seasons=at[2], members=at[3]), true),
        judge("protected_reach", "No new source opens in a protected reach where the policy allows none",
              works.serves & forbidden[:, None], COUNT, names.grid("options", "stages")),
    ]  # fmt: skip
