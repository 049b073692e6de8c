"""Reservoirs: what they hold from season to season, what the air takes, and that they stand."""

from dataclasses import dataclass

import numpy as np

from planner.plan.audit.check import AuditCheck, judge
from planner.plan.audit.claims import Claims
from planner.plan.audit.facts import Facts
from planner.plan.audit.names import Numbers, dense
from planner.plan.audit.options import Works
from planner.plan.audit.tolerances import VOLUME, WATER


@dataclass(frozen=True)
class Storage:
    """By reservoir, stage, season and member: the claimed storage, and what follows from it in m³/day."""

    volume: Numbers
    evaporation: Numbers
    held_back: Numbers


def standing(facts: Facts, works: Works) -> np.ndarray:
    """(reservoir, stage) whether it exists or an option that builds it serves."""
    options, names = facts.basin.tables["options"], facts.names
    stands = np.repeat(facts.basin.tables["reservoirs"]["existing"].to_numpy(bool)[:, None], facts.horizon.stages, axis=1)
    dams = (options["kind"] == "reservoir").to_numpy(bool)
    np.logical_or.at(stands, names.codes("reservoirs", options["place"][dams]), works.serves[dams])
    return stands


def storage_of(facts: Facts, claims: Claims, stands: np.ndarray) -> Storage:
    """Follow the claimed storage round the year."""
    table, claimed, names = facts.basin.tables["reservoirs"], claims["storage"], facts.names
    at = tuple(claimed[column].to_numpy() for column in ("reservoir", "stage", "season", "member"))
    end = dense((*facts.size("reservoirs"), *facts.horizon.shape), at, claimed["storage_m3"])
    start = np.concatenate([end[:, :, -1:], end[:, :, :-1]], axis=2)
    column = {name: table[name].to_numpy(float)[:, None, None, None] for name in table.columns if name.endswith(("_m2", "_m3"))}
    between = column["largest_storage_m3"] - column["smallest_storage_m3"]
    filled = ((start + end) / 2 - column["smallest_storage_m3"]) / np.where(between > 0, between, 1.0) * (between > 0)
    surface = column["surface_at_smallest_m2"] + filled * (column["surface_at_largest_m2"] - column["surface_at_smallest_m2"])
    rate = facts.basin.tables["reservoir_evaporation"]
    codes = names.codes("reservoirs", rate["reservoir"]), names.codes("seasons", rate["season"])
    metres = dense(facts.size("reservoirs", "seasons"), codes, rate["evaporation_mm_per_day"]) / 1000.0
    evaporation = surface * metres[:, None, :, None] * stands[:, :, None, None]
    days = facts.horizon.days[None, None, :, None]
    return Storage(end, evaporation, (end - start) / days + evaporation)


def check_storage(facts: Facts, claims: Claims, storage: Storage, stands: np.ndarray, taken: Numbers) -> list[AuditCheck]:
    """Bounds, claims, and no water from a reservoir that does not stand. `taken`: source, stage, season, member."""
    names, table, claimed = facts.names, facts.basin.tables["reservoirs"], claims["storage"]
    at = tuple(claimed[column].to_numpy() for column in ("reservoir", "stage", "season", "member"))
    grid, row = (
        names.grid("reservoirs", "stages", "seasons", "members"),
        names.rows(reservoirs=at[0], stages=at[1], seasons=at[2], members=at[3]),
    )
    there = stands[:, :, None, None]
    least, most = (table[f"{end}_storage_m3"].to_numpy(float)[:, None, None, None] * there for end in ("smallest", "largest"))
    beyond = np.maximum(storage.volume - most, least - storage.volume)
    draws = names.codes("reservoirs", facts.basin.tables["sources"]["reservoir"])
    dry = ~np.append(stands, np.ones((1, facts.horizon.stages), bool), axis=0)[draws]
    return [
        judge("storage_bounds", "A reservoir holds what it can, and nothing before it stands", beyond, VOLUME, grid, most),
        judge("storage_evaporation", "Evaporation is that of the surface between the two ends of a season",
              np.abs(claimed["evaporation_m3_per_day"].to_numpy(float) - storage.evaporation[at]), WATER, row,
              storage.evaporation[at]),
        judge("storage_held_back", "Held back is what fills the reservoir and what the air takes",
              np.abs(claimed["held_back_m3_per_day"].to_numpy(float) - storage.held_back[at]), WATER, row,
              storage.held_back[at]),
        judge("reservoir_not_built", "Water only from reservoirs that exist or are built", taken * dry[:, :, None, None], WATER,
              names.grid("sources", "stages", "seasons", "members")),
    ]  # fmt: skip
