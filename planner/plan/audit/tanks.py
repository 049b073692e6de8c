"""Tanks in villages, counted anew from what people use on the highest day and from the units claimed."""

import numpy as np

from planner.plan.audit.assets import Assets
from planner.plan.audit.check import AuditCheck, judge
from planner.plan.audit.claims import Claims
from planner.plan.audit.facts import Facts
from planner.plan.audit.names import Numbers, dense
from planner.plan.audit.tolerances import TANKS
from planner.plan.audit.water import demands
from planner.scenario.policy import Policy


def check_tanks(facts: Facts, policy: Policy, claims: Claims, assets: Assets, newly: Numbers) -> list[AuditCheck]:
    """All rules of tanks. newly: (village, stage, mode) persons beyond what the base year's works hold."""
    names, table, tanks = facts.names, facts.basin.tables["village_storage"], facts.basin.tables["tanks"]
    asked = np.full(facts.size("villages"), policy.least_storage_hours or 0.0)
    there = np.zeros(facts.size("villages"))
    village = names.codes("villages", table["village"])
    # All of a day's use within 24/p hours draws a tank down most: by the part of the day in which nothing is used.
    idle = 24.0 - 24.0 / table["peak_hour_factor"].to_numpy(float)
    asked[village] = np.maximum(asked[village], np.maximum(idle, table["least_hours"].to_numpy(float)))
    there[village] = table["existing_m3"].to_numpy(float)
    highest_day = demands(facts, newly)[0].sum(axis=1) * facts.horizon.demand_factor.max()
    needed = highest_day * asked[:, None] / 24.0
    volume = dense(facts.size("assets"), (names.codes("assets", tanks["asset"]),), tanks["volume_m3"])
    standing = there[:, None] + np.einsum("vat,a->vt", assets.units, volume)
    claimed = claims["tank_storage"]
    at = claimed["village"].to_numpy(), claimed["stage"].to_numpy()
    said_needed, said_standing = (dense(needed.shape, at, claimed[column]) for column in ("needed_m3", "standing_m3"))
    owed, place = needed > TANKS.absolute, names.grid("villages", "stages")
    told = np.zeros(needed.shape, dtype=bool)
    told[at] = True
    return [
        judge("tanks_enough", "Tanks hold the hours of use that are asked for", needed - standing, TANKS, place, needed),
        judge("tanks_needed", "What tanks must hold", np.abs(said_needed - needed), TANKS, place, needed),
        judge("tanks_standing", "What tanks hold", np.abs(said_standing - standing) * (told | owed), TANKS, place, standing),
    ]
