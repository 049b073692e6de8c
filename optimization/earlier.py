"""What an earlier plan tells a model much like its own: what it decided and where its relaxation ended, all by names."""

import hashlib
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from optimization.aims import Level
from optimization.algebra import CompiledModel
from optimization.frozen import chosen_plans, whole_values
from optimization.kept_basis import KeptBasis
from optimization.solving.problem import Earlier
from planner.plan.plan import Plan
from planner.plan.store import typed
from planner.scenario.resolved import ResolvedScenario
from planner.scenario.resolved.index import positions

DECIDED = ("village_plans", "investments", "village_assets", "shortage")
"""Tables of a plan that say what it decided."""
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class EarlierPlan:
    """An earlier plan over the columns of a model: (n,) values, nan where it tells nothing, and its bases by level."""

    values: Floats
    bases: KeptBasis | None
    record: dict[str, Any]

    def of_level(self, level: Level, compiled: CompiledModel, row_count: int) -> Earlier:
        """What it tells the problem of a level, which has so many rows."""
        basis = None if self.bases is None else self.bases.of(level_key(level), compiled, row_count)
        return Earlier(self.values, basis)


def level_key(level: Level) -> str:
    """The name under which a level's basis is kept."""
    return f"{level.order}:{level.name}"


def earlier_plan(plan: Plan, scenario: ResolvedScenario, compiled: CompiledModel) -> EarlierPlan:
    """What a plan tells of this model. What is new in the model is not told, what is gone is left out.

    A plan without a readable basis, such as one of an earlier release, tells its decisions alone.
    """
    known = _with_what_is_there(plan, scenario)
    values = np.where(compiled.integer, whole_values(known, scenario, compiled), np.nan)
    chosen, followed = compiled.variables["chosen"], chosen_plans(known, scenario)
    told = np.zeros((len(scenario.network.villages), followed.shape[1]), bool)
    np.logical_or.at(told, scenario.service.village, followed)
    values[chosen.columns[~told[scenario.service.village]]] = np.nan
    options = pd.Index(plan.basin.tables["options"]["option"])
    new = options.get_indexer(scenario.works.options) < 0
    values[compiled.variables["serves"].columns[new]] = np.nan
    values[compiled.variables["further"].columns[new[scenario.works.modular]]] = np.nan
    try:
        bases = KeptBasis(plan.basis) if plan.basis else None
    except ValueError:
        bases = None
    whole = int(compiled.integer.sum())
    record = {
        "hash": plan_hash(plan),
        "resolved_hash": plan.resolved_hash,
        "scenario": plan.scenario.name,
        "decisions": whole,
        "told": whole - int(np.isnan(values[compiled.integer]).sum()),
        "basis": bases is not None,
    }
    return EarlierPlan(values, bases, record)


def plan_hash(plan: Plan) -> str:
    """SHA-256 of what a plan hands on: its decisions and its basis."""
    digest = hashlib.sha256(plan.basis)
    for name in DECIDED:
        digest.update(typed(name, plan.tables[name]).to_csv(index=False, lineterminator="\n").encode())
    return digest.hexdigest()


def _with_what_is_there(plan: Plan, scenario: ResolvedScenario) -> Plan:
    """The plan without rows of its decisions that name what the model does not have."""
    service, horizon, tables = scenario.service, scenario.horizon, plan.tables
    village, stage = scenario.network.villages, horizon.stages
    followed = _known(tables["village_plans"], {"village": village, "stage": stage, "service_plan": service.plan_names})
    at = [positions(followed["village"], village), positions(followed["service_plan"], service.plan_names)]
    offered = pd.MultiIndex.from_arrays([service.village, service.plan]).get_indexer(pd.MultiIndex.from_arrays(at)) >= 0
    axes = {"village": village, "stage": stage, "season": horizon.seasons, "member": horizon.members}
    kept = {
        "village_plans": followed[offered],
        "investments": _known(tables["investments"], {"option": scenario.works.options, "stage": stage}),
        "village_assets": _known(tables["village_assets"], {"village": village, "asset": service.assets, "stage": stage}),
        "shortage": _known(tables["shortage"], axes),
    }
    return replace(plan, tables={**tables, **kept})


def _known(table: pd.DataFrame, axes: dict[str, pd.Index]) -> pd.DataFrame:
    there = np.ones(len(table), bool)
    for column, names in axes.items():
        there &= positions(table[column], names) >= 0
    return table[there]
