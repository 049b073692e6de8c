"""Water stress of sub-basins, from what is taken and what the river brings."""

import numpy as np

from planner.plan.audit.check import AuditCheck, judge
from planner.plan.audit.claims import Claims
from planner.plan.audit.facts import Facts
from planner.plan.audit.names import Codes, Numbers
from planner.plan.audit.network import summed
from planner.plan.audit.river import River
from planner.plan.audit.tolerances import COUNT, WATER_PER_YEAR, Tolerance
from planner.scenario.policy import Policy

PERCENT = Tolerance("percent", 1e-4)
BANDS = {"none": (0.0, 25.0), "low": (25.0, 50.0), "medium": (50.0, 75.0), "high": (75.0, 100.0), "critical": (100.0, np.inf)}
NEAR = 1e-6


def _lowest(held: np.ndarray, downstream: Codes) -> np.ndarray:
    """Reaches of each sub-basin from which the river comes to no other of it: walked down from each, reach by reach."""
    comes_back = np.zeros_like(held)
    here = downstream.copy()
    for _ in range(len(downstream)):
        going = here >= 0
        if not going.any():
            break
        comes_back[:, going] |= held[:, here[going]]
        here = np.where(going, downstream[here], -1)
    return np.asarray(held & ~comes_back)


def check_water_stress(facts: Facts, policy: Policy, claims: Claims, river: River, taken: Numbers) -> list[AuditCheck]:
    """The claimed water stress. `taken`: source, stage, season, member."""
    names, tables, claimed, time = facts.names, facts.basin.tables, claims["water_stress"], facts.horizon
    table, uses, listed = tables["sub_basins"], tables["other_uses"], tables["sub_basin_reaches"]
    held = np.zeros(facts.size("sub_basins", "reaches"), bool)
    held[names.codes("sub_basins", listed["sub_basin"]), names.codes("reaches", listed["reach"])] = True
    count = facts.size("reaches")
    turbines = (uses["kind"] == "hydropower_release").to_numpy(bool)[:, None, None, None]
    at_reach = summed(count, names.codes("reaches", tables["sources"]["reach"]), taken) + summed(
        count, names.codes("reaches", uses["reach"]), np.where(turbines, 0.0, river.drawn)
    )
    days = time.days[:, None] * time.expected
    withdrawn = held.astype(float) @ np.einsum("rtsh,sh->rt", at_reach, days)
    left = np.einsum("rsh,sh->r", river.natural - river.required[:, 0], days)
    available = _lowest(held, names.codes("reaches", tables["reaches"]["downstream"])).astype(float) @ left
    limit = table["largest_water_stress_percent"].to_numpy(float, na_value=np.nan) / 100 * available
    beyond = np.maximum(withdrawn - np.where(np.isnan(limit), np.inf, limit)[:, None], 0.0)
    at = claimed["sub_basin"].to_numpy(), claimed["stage"].to_numpy()
    place, here = names.rows(sub_basins=at[0], stages=at[1]), available[at[0]]
    some = here > 0
    percent = np.divide(100 * withdrawn[at], here, out=np.where(withdrawn[at] > 0, np.inf, 0.0), where=some)

    def claim(code: str, title: str, column: str, true: Numbers) -> AuditCheck:
        return judge(code, title, np.abs(claimed[column].to_numpy(float) - true), WATER_PER_YEAR, place, withdrawn[at])

    said = claimed["stress_percent"].to_numpy(float, na_value=np.nan)
    off = np.where(some, np.abs(said - np.where(some, percent, 0.0)), np.where(np.isnan(said), 0.0, np.inf))
    least, most = np.array([BANDS.get(band, (np.inf, -np.inf)) for band in claimed["band"]], float).reshape(-1, 2).T
    hard = beyond if policy.water_stress == "hard" else np.zeros(0)
    return [
        claim("stress_withdrawn", "Withdrawn is what sources and other uses take in the expected year", "withdrawn_m3_per_year",
              withdrawn[at]),
        judge("stress_available", "Available is the renewable water less the environmental flow",
              np.abs(claimed["available_m3_per_year"].to_numpy(float) - here), WATER_PER_YEAR, place, here),
        judge("stress_percent", "Water stress is what is withdrawn of what is available", off, PERCENT, place,
              np.where(some, percent, 0.0)),
        judge("stress_band", "The band is that of the water stress", (percent < least - NEAR) | (percent > most + NEAR), COUNT,
              place),
        claim("stress_beyond", "Beyond is what is withdrawn above the largest water stress", "beyond_m3_per_year", beyond[at]),
        judge("water_stress", "No sub-basin is beyond its largest water stress where the policy holds it hard", hard,
              WATER_PER_YEAR, names.grid("sub_basins", "stages"), withdrawn if hard.size else 0.0),
    ]  # fmt: skip
