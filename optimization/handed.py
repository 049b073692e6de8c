"""A compiled model and a level as the problem that the engine gets: arrays, places, what can be built."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from optimization.aims import Level
from optimization.algebra import CompiledModel
from optimization.solving.limits import Limits
from optimization.solving.problem import Problem
from optimization.weighted_aims import NAME as WEIGHTED
from planner.scenario.resolved import ResolvedScenario
from planner.scenario.resolved.index import picked

Floats = NDArray[np.float64]
_KM_PER_DEGREE = 111.2
ELASTIC_FAMILIES = ("channel_at_first", "channel_later", "running_costs_covered", "works_have_operators", "floor_is_met")
"""Rows across many villages that the search for a first plan may overdraw on its way."""

TIGHTENING_FAMILIES = ("main_gives", "plan_needs_size")
"""Rows that whole works fulfil by themselves: they bring the relaxation nearer, and say nothing of why a plan is as it is."""
_ENOUGH_PERSONS = 0.05


@dataclass(frozen=True)
class Cap:
    """What an earlier level has reached: coefficients · x ≤ most."""

    coefficients: Floats
    most: float


def policy_caps(scenario: ResolvedScenario, compiled: CompiledModel) -> list[Cap]:
    """What the policy bounds, in its order, as rows."""
    caps = []
    for bound in scenario.policy.bounds:
        coefficients, constant = compiled.objective_vector({bound.objective: 1.0})
        # The model counts money in thousands.
        most = bound.at_most / 1000 if bound.objective == "cost" else bound.at_most
        caps.append(Cap(coefficients, most - constant))
    return caps


class Objectives(Protocol):
    """What has objectives over columns: a compiled model, or several that are solved as one."""

    def objective_vector(self, weights: Mapping[str, float]) -> tuple[Floats, float]:
        """Coefficients (columns,) and constant of Σ weight · objective."""


def level_caps(objectives: Objectives, level: Level, solution: Floats) -> list[Cap]:
    """What later levels must not undo: each objective of this level, within its tolerance."""
    kept = (
        [level.own()]
        if level.name in ("cost", "risk", "environmental_flow_deficit", WEIGHTED)
        else [{n: 1.0} for n in level.own()]
    )
    caps = []
    for weights in kept:
        coefficients, constant = objectives.objective_vector(weights)
        reached = float(coefficients @ solution)
        slack = abs(reached + constant + level.constant) * level.tolerance_share + (
            _ENOUGH_PERSONS if level.unit == "persons" else 1e-6
        )
        caps.append(Cap(coefficients, reached + slack))
    return caps


def level_limits(limits: Limits, level: Level, seconds: float) -> Limits:
    """The limits of one level: the gap is a share of what gaps of the level are told by."""
    return replace(
        limits,
        time_seconds=max(seconds, 0.5),
        relative_gap=0.0 if level.people else limits.relative_gap,
        absolute_gap=limits.relative_gap * level.people * level.scale if level.people else limits.absolute_gap,
    )


def with_caps(problem: Problem, caps: list[Cap]) -> Problem:
    """The problem with what earlier levels reached as further rows, which nobody may overdraw."""
    if not caps:
        return problem
    return replace(
        problem,
        matrix=sp.csc_array(sp.vstack([problem.matrix, *(sp.csr_array(cap.coefficients[None]) for cap in caps)])),
        row_lower=np.concatenate([problem.row_lower, np.full(len(caps), -np.inf)]),
        row_upper=np.concatenate([problem.row_upper, [cap.most for cap in caps]]),
        elastic=np.concatenate([problem.elastic, np.zeros(len(caps), bool)]),
    )


def place_km(scenario: ResolvedScenario) -> Floats:
    """(places, 2) kilometres east and north; places are sources, then sites, then villages."""
    tables = scenario.basin.tables
    degrees = np.concatenate(
        [tables[name][["longitude", "latitude"]].to_numpy(float) for name in ("sources", "treatment_sites", "villages")]
    )
    east = np.cos(np.radians(degrees[:, 1].mean())) if len(degrees) else 1.0
    return np.asarray(degrees * _KM_PER_DEGREE * [east, 1.0])


def without_tightening(compiled: CompiledModel, problem: Problem) -> Problem:
    """The problem without rows that only tighten its relaxation, for what is asked of duals, slacks and conflicts."""
    row_lower, row_upper = problem.row_lower.copy(), problem.row_upper.copy()
    for name in TIGHTENING_FAMILIES:
        family = compiled.families[name]
        own = slice(family.start, family.start + family.count)
        row_lower[own], row_upper[own] = -np.inf, np.inf
    return replace(problem, row_lower=row_lower, row_upper=row_upper)


def _joins_villages(scenario: ResolvedScenario) -> NDArray[np.bool_]:
    """(options,) whether an option is a pipe from one village to another."""
    return picked(scenario.network.link_village, scenario.works.link) >= 0


def problem_of(
    scenario: ResolvedScenario, compiled: CompiledModel, level: Level, caps: list[Cap], start: Floats | None
) -> Problem:
    """The problem of one level, with what earlier levels reached as rows."""
    objective, constant = compiled.objective_vector(level.weights)
    constant += level.constant
    place = compiled.column_label("place")
    position = np.vstack([place_km(scenario), [np.nan, np.nan]])
    structural = np.zeros(compiled.column_count, bool)
    structural[compiled.variables["serves"].columns] = True
    structural[compiled.variables["further"].columns] = True
    joining = np.zeros(compiled.column_count, bool)
    joining[compiled.variables["serves"].columns[_joins_villages(scenario)]] = True
    elastic = np.zeros(compiled.row_count, bool)
    for name in ELASTIC_FAMILIES:
        family = compiled.families[name]
        elastic[family.start : family.start + family.count] = True
    takes, stages = compiled.families["plan_needs_assets"], len(scenario.horizon.stages)
    alone = Problem(
        matrix=sp.csc_array(compiled.matrix),
        row_lower=compiled.row_lower,
        row_upper=compiled.row_upper,
        column_lower=compiled.column_lower,
        column_upper=compiled.column_upper,
        integer=compiled.integer,
        objective=objective,
        objective_constant=constant,
        structural=structural,
        place_xy=position[place],
        start=start,
        elastic=elastic,
        lasting=takes.start + np.arange(takes.count).reshape(-1, stages),
        joining=joining,
    )
    return with_caps(alone, caps)
