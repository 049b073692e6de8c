"""The aim of conservation, counted from a plan's tables."""

from collections.abc import Mapping

import pandas as pd

from planner.scenario.resolved import ResolvedScenario

COUNTED_IN = {
    "environmental_flow": ("river", "deficit_m3_per_day"),
    "groundwater": ("groundwater", "overdraft_m3_per_year"),
    "protected_reaches": ("protected_abstraction", "abstracted_m3_per_day"),
    "wastewater": ("wastewater", "untreated_m3_per_day"),
}


def conservation_value(scenario: ResolvedScenario, tables: Mapping[str, pd.DataFrame]) -> dict[str, float]:
    """The aim's value by its name; nothing where the policy does not seek it or the basin knows no part of it."""
    per_m3 = scenario.conservation.per_m3
    if not per_m3 or "conservation" not in scenario.policy.sought():
        return {}
    return {"conservation": sum(worth * _m3_per_year(scenario, tables, name) for name, worth in per_m3.items())}


def _m3_per_year(scenario: ResolvedScenario, tables: Mapping[str, pd.DataFrame], part: str) -> float:
    """Expected over design members, mean over the stages."""
    horizon, (table, column) = scenario.horizon, COUNTED_IN[part]
    frame = tables[table]
    chance = pd.Series(horizon.probability * horizon.design, index=horizon.members)
    weight = frame["member"].map(chance).astype(float) * frame["stage"].map(
        pd.Series(horizon.stage_weight, index=horizon.stages)
    ).astype(float)
    if "season" in frame:
        weight = weight * frame["season"].map(pd.Series(horizon.days, index=horizon.seasons)).astype(float)
    return float((frame[column] * weight).sum())
