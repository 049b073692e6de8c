"""What is missed in all members alike, at its price: floors, caps, water stress and risk. Counted from the plan's tables."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from optimization.results.decisions import Floats
from planner.scenario.policy.risk import MOST_POINTS
from planner.scenario.resolved import ResolvedScenario
from planner.scenario.resolved.assurance import assurance_asked
from planner.scenario.resolved.index import position
from planner.scenario.resolved.institutions import institutions_asked

Tables = Mapping[str, pd.DataFrame]


def missed_alike_usd(scenario: ResolvedScenario, tables: Tables) -> float:
    """Present value, USD. What may not be missed at a price is missed in no plan."""
    parts = (_floors, _institutions, _assurance, _gaps, _water_stress, _risk)
    return float(sum(part(scenario, tables) @ scenario.horizon.annuity for part in parts))


def _by_stage(scenario: ResolvedScenario, rows: pd.DataFrame, usd_per_year: Floats) -> Floats:
    """(T,) the sum of USD a year of all rows by their stage."""
    stage = scenario.horizon.stages.get_indexer(pd.Index(rows["stage"]))
    return np.asarray(np.bincount(stage, usd_per_year, len(scenario.horizon.stages)), dtype=float)


def _floors(scenario: ResolvedScenario, tables: Tables) -> Floats:
    rows, floors = tables["floors"], scenario.policy.floors
    price = np.array([floor.missed_price_usd_per_person_year for floor in floors])
    return _by_stage(scenario, rows, price[rows["floor"].to_numpy(np.int64) - 1] * rows["missed_persons"].to_numpy(float))


def _institutions(scenario: ResolvedScenario, tables: Tables) -> Floats:
    rows, missed = tables["institutions"], np.zeros(len(scenario.horizon.stages))
    home = scenario.basin.tables["institutions"].set_index("institution")
    for floor in institutions_asked(scenario.basin, scenario.policy, scenario.horizon):
        now = rows[rows["stage"] == scenario.horizon.stages[floor.stage]]
        own = home.loc[now["institution"]]
        counts = floor.institutions[scenario.network.villages.get_indexer(pd.Index(own["village"]))] > 0
        if floor.kind != "all":
            counts &= (own["kind"] == floor.kind).to_numpy(bool)
        served = float(now["served"].to_numpy(bool)[counts].sum())
        missed[floor.stage] += max(floor.required - served, 0.0) * floor.price_usd_per_institution_year
    return missed


def _assurance(scenario: ResolvedScenario, tables: Tables) -> Floats:
    horizon, people = scenario.horizon, scenario.people
    share = tables["assurance"].set_index(["village", "stage"])["assurance_share"]
    missed = np.zeros(len(horizon.stages))
    for floor in assurance_asked(scenario.basin, scenario.policy, horizon, people):
        reached = share.xs(horizon.stages[floor.stage], level="stage").reindex(scenario.network.villages).to_numpy(float)
        lacking = np.maximum(floor.least_share - reached, 0.0) * floor.villages
        persons = people.persons[:, :, floor.stage].sum(axis=1)
        missed[floor.stage] += float(lacking @ persons) * horizon.days.sum() * floor.price_usd_per_person_day
    return missed


def _gaps(scenario: ResolvedScenario, tables: Tables) -> Floats:
    rows, caps = tables["gaps"], scenario.policy.gap_caps
    price = np.array([100 * cap.exceeded_price_usd_per_point_year for cap in caps])
    return _by_stage(scenario, rows, price[rows["cap"].to_numpy(np.int64) - 1] * rows["beyond_share"].to_numpy(float))


def _water_stress(scenario: ResolvedScenario, tables: Tables) -> Floats:
    rows, policy = tables["water_stress"], scenario.policy
    price = policy.water_stress_price_usd_per_m3 if policy.water_stress == "priced" else 0.0
    return _by_stage(scenario, rows, price * rows["beyond_m3_per_year"].to_numpy(float))


def _risk(scenario: ResolvedScenario, tables: Tables) -> Floats:
    rows, wanted, horizon = tables["risk"], scenario.policy.risk, scenario.horizon
    if wanted.highest == "any":
        return np.zeros(len(horizon.stages))
    stage = horizon.stages.get_indexer(pd.Index(rows["stage"]))
    persons = scenario.people.persons.sum(axis=1)[scenario.network.villages.get_indexer(pd.Index(rows["village"])), stage]
    above = np.maximum(rows["worst_points"].to_numpy(float) - MOST_POINTS[wanted.highest], 0.0)
    first = 0 if wanted.stage is None else position(wanted.stage, horizon.stages)
    return _by_stage(scenario, rows, above * (stage >= first) * persons * wanted.price_usd_per_person_point_year)
