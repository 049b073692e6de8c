"""What a plan has decided, as values of the model's yes-or-no columns."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from optimization.algebra import CompiledModel
from planner.plan.plan import Plan
from planner.scenario.resolved import ResolvedScenario
from planner.scenario.resolved.index import positions


class FrozenPlanError(ValueError):
    """A plan cannot be put back into the model: the reason in a sentence."""


def chosen_plans(plan: Plan, scenario: ResolvedScenario) -> NDArray[np.bool_]:
    """(candidates, stages) which service plan each village follows. Raises FrozenPlanError where the model does not have it."""
    followed, service = plan.tables["village_plans"], scenario.service
    chosen = np.zeros((len(service.village), len(scenario.horizon.stages)), bool)
    candidates = pd.MultiIndex.from_arrays([service.village, service.plan])
    wanted = pd.MultiIndex.from_arrays(
        [positions(followed["village"], scenario.network.villages), positions(followed["service_plan"], service.plan_names)]
    )
    at = candidates.get_indexer(wanted)
    if (at < 0).any():
        row = followed.iloc[int(np.argmin(at))]
        raise FrozenPlanError(f"{row['village']} follows {row['service_plan']}, which the model no longer offers there.")
    chosen[at, positions(followed["stage"], scenario.horizon.stages)] = True
    return chosen


def standing_options(plan: Plan, scenario: ResolvedScenario) -> NDArray[np.bool_]:
    """(options, stages) which options serve."""
    return _of_investments(plan, scenario, "serves").astype(bool)


def built_capacity(plan: Plan, scenario: ResolvedScenario) -> NDArray[np.float64]:
    """(options, stages) capacity that stands, m³/day."""
    return _of_investments(plan, scenario, "capacity_m3_per_day")


def _of_investments(plan: Plan, scenario: ResolvedScenario, column: str) -> NDArray[np.float64]:
    built = plan.tables["investments"]
    values = np.zeros((len(scenario.works.options), len(scenario.horizon.stages)))
    at = positions(built["option"], scenario.works.options), positions(built["stage"], scenario.horizon.stages)
    values[at] = built[column].to_numpy(float)
    return values


def standing_tanks(plan: Plan, scenario: ResolvedScenario) -> NDArray[np.float64]:
    """(tanks of villages, stages) how many tanks of each size stand in each village where the model may build them."""
    told, service, tanks = plan.tables["village_assets"], scenario.service, scenario.tanks
    units = np.zeros((len(scenario.network.villages), len(service.assets), len(scenario.horizon.stages)))
    village, asset = positions(told["village"], scenario.network.villages), positions(told["asset"], service.assets)
    units[village, asset, positions(told["stage"], scenario.horizon.stages)] = told["units"].to_numpy(float)
    of_village, size = np.nonzero(tanks.built_in)
    return units[of_village, tanks.asset[size]]


def short_deliveries(plan: Plan, scenario: ResolvedScenario, compiled: CompiledModel) -> NDArray[np.bool_]:
    """(short deliveries,) in which of the villages and deliveries under stress that count for assurance something is missing."""
    told, horizon, periods = plan.tables["shortage"], scenario.horizon, scenario.periods
    village = positions(told["village"], scenario.network.villages)
    axes = {"stage": horizon.stages, "season": horizon.seasons, "member": horizon.members}
    at = tuple(positions(told[name], axis) for name, axis in axes.items())
    period = np.ravel_multi_index(at, tuple(len(axis) for axis in axes.values()))
    missing = np.zeros((len(scenario.network.villages), len(periods.delivery_stage)), bool)
    missing[village, periods.delivery[periods.stands_for[period]]] = True
    under_stress = np.flatnonzero(periods.delivery_binding >= 0)
    shorts = compiled.variables["short"].sets[0]
    return np.asarray(missing[shorts.label("village"), under_stress[shorts.label("stress")]])


def whole_values(plan: Plan, scenario: ResolvedScenario, compiled: CompiledModel) -> NDArray[np.float64]:
    """(columns,) what is built, which service plans are followed, who is short; nothing in columns that are not whole."""
    values = np.zeros(compiled.column_count)
    further = np.maximum(_of_investments(plan, scenario, "count") - 1.0, 0.0)[scenario.works.modular]
    serves, chosen = standing_options(plan, scenario), chosen_plans(plan, scenario)
    tanks = standing_tanks(plan, scenario)
    decided = [("serves", serves), ("further", further), ("chosen", chosen), ("tanks", tanks)]
    if "short" in compiled.variables:
        decided.append(("short", short_deliveries(plan, scenario, compiled)))
    for name, array in decided:
        family = compiled.variables[name]
        values[family.start : family.start + family.size] = array.ravel()
    return values
