"""What the sources of administrations take in a year against their licences, added up anew."""

import numpy as np

from planner.plan.audit.check import AuditCheck, judge
from planner.plan.audit.claims import Claims
from planner.plan.audit.facts import Facts
from planner.plan.audit.names import Numbers
from planner.plan.audit.tolerances import COUNT, WATER_PER_YEAR
from planner.scenario.policy import Policy


def check_licences(facts: Facts, policy: Policy, claims: Claims, taken: Numbers) -> list[AuditCheck]:
    """The claimed use of licences against what sources take (`taken`: source, stage, season, member)."""
    names, tables, claimed = facts.names, facts.basin.tables, claims["licence_use"]
    owner = names.codes("administrations", tables["sources"]["administration"])
    in_a_year = np.einsum("jtsh,s->jth", taken, facts.horizon.days)
    drawn = np.einsum("ja,jth->ath", facts.administrations.belongs[owner].astype(float), in_a_year)
    table = tables["administration_licences"]
    licence = np.full(drawn.shape[:2], np.inf)
    where = names.codes("administrations", table["administration"]), names.codes("stages", table["stage"])
    licence[where] = table["licence_m3_per_year"].to_numpy(float)
    beyond = np.maximum(drawn - licence[:, :, None], 0.0)
    at = tuple(claimed[column].to_numpy() for column in ("administration", "stage", "member"))
    told = np.zeros(drawn.shape, bool)
    told[at] = True
    place, grid = (
        names.rows(administrations=at[0], stages=at[1], members=at[2]),
        names.grid("administrations", "stages", "members"),
    )

    def claim(code: str, title: str, column: str, true: Numbers) -> AuditCheck:
        return judge(code, title, np.abs(claimed[column].to_numpy(float) - true), WATER_PER_YEAR, place, drawn[at])

    hard = beyond if policy.administration_licences == "hard" else np.zeros(0)
    return [
        judge("licence_told", "Every licence of an administration is told, and no other",
              told != np.isfinite(licence)[:, :, None], COUNT, grid),
        claim("licence_drawn", "Drawn is what all sources of the administration take", "drawn_m3_per_year", drawn[at]),
        claim("licence_volume", "The licence is the basin's", "licence_m3_per_year", licence[at[0], at[1]]),
        claim("licence_exceeded", "Exceeded is what is drawn beyond the licence", "exceeded_m3_per_year", beyond[at]),
        judge("administration_licence", "No licence of an administration is exceeded where the policy holds it hard", hard,
              WATER_PER_YEAR, grid, drawn if hard.size else 0.0),
    ]  # fmt: skip
