"""Clear-water tanks at treatment sites, counted anew from what flows out of each on the highest day and what serves."""

import numpy as np

from planner.plan.audit.check import AuditCheck, judge
from planner.plan.audit.claims import Claims
from planner.plan.audit.facts import Facts
from planner.plan.audit.names import dense
from planner.plan.audit.network import Flows, Network, summed
from planner.plan.audit.options import Works
from planner.plan.audit.tolerances import TANKS


def check_site_tanks(facts: Facts, claims: Claims, network: Network, flows: Flows, works: Works) -> list[AuditCheck]:
    """All rules of tanks at treatment sites."""
    names, tables, sites = facts.names, facts.basin.tables, facts.size("treatment_sites")
    asked, tanks, options = tables["site_storage"], tables["site_tanks"], tables["options"]
    at = (names.codes("treatment_sites", asked["site"]),)
    # All that flows in a day within 24/p hours draws a tank down most: by the part of the day in which nothing flows.
    idle = 24.0 - 24.0 / asked["peak_hour_factor"].to_numpy(float)
    hours = dense(sites, at, np.maximum(idle, asked["least_hours"].to_numpy(float)))
    design = (tables["members"]["kind"] == "design").to_numpy(bool)
    leaving = summed(sites, network.from_site, flows.entering)[..., design]
    needed = leaving.max(axis=(2, 3), initial=0.0) * hours[:, None] / 24.0
    option = names.codes("options", tanks["option"])
    place = names.codes("treatment_sites", options["place"].iloc[option])
    standing = np.repeat(dense(sites, at, asked["existing_m3"])[:, None], facts.horizon.stages, axis=1)
    np.add.at(standing, place, works.count[option] * tanks["volume_m3"].to_numpy(float)[:, None])
    claimed = claims["site_tank_storage"]
    row = claimed["site"].to_numpy(), claimed["stage"].to_numpy()
    said_needed, said_standing = (dense(needed.shape, row, claimed[column]) for column in ("needed_m3", "standing_m3"))
    told, where = needed > TANKS.absolute, names.grid("treatment_sites", "stages")
    told[row] = True
    return [
        judge("site_tanks_enough", "Tanks at sites hold the hours of flow that are asked for", needed - standing, TANKS, where,
              needed),
        judge("site_tanks_needed", "What tanks at sites must hold", np.abs(said_needed - needed), TANKS, where, needed),
        judge("site_tanks_standing", "What tanks at sites hold", np.abs(said_standing - standing) * told, TANKS, where, standing),
    ]  # fmt: skip
