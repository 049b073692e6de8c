"""Hazards with what stands, and what they are to villages."""

import numpy as np
import pandas as pd

from optimization.results.decisions import Decisions, Flags
from optimization.results.long import in_order, long
from planner.scenario.policy.risk import MOST_POINTS
from planner.scenario.resolved import ResolvedScenario
from planner.scenario.resolved.index import Integers
from planner.scenario.resolved.risk import EXISTS


def risk_tables(scenario: ResolvedScenario, decisions: Decisions) -> dict[str, pd.DataFrame]:
    """Tables of hazard levels and of the risk of villages; without rows where the basin knows no hazard."""
    risk, stages = scenario.risk, scenario.horizon.stages
    likelihood = _left(risk.likelihood, risk.likelihood_reduction, scenario, decisions.serves)
    severity = _left(risk.severity, risk.severity_reduction, scenario, decisions.serves)
    points = likelihood * severity
    arrives = _arriving(scenario, decisions.serves)[risk.first_village :]
    worst = (points * arrives).max(axis=1, initial=0)
    axes = {"village": scenario.network.villages, "stage": stages}
    villages = long(
        axes,
        {
            "hazards": arrives.sum(axis=1),
            "worst_points": worst,
            "band": bands(worst),
            "weighted_points": np.einsum("g,gt,vgt->vt", risk.weight, points, arrives),
        },
        len(risk.hazards) > 0,
    )
    levels = {"likelihood": likelihood, "severity": severity, "points": points}
    return {
        "hazard_levels": in_order("hazard_levels", long({"hazard": risk.hazards, "stage": stages}, levels)),
        "risk": in_order("risk", villages),
    }


def bands(points: Integers) -> np.ndarray:
    """The band of each figure by name."""
    steps = [0, *MOST_POINTS.values()]
    return np.asarray(["none", *MOST_POINTS, "very_high"], dtype=object)[np.searchsorted(steps, points)]


def _left(whole: Integers, taken: Integers, scenario: ResolvedScenario, serves: Flags) -> Integers:
    """(G, T) what is left of a figure of each hazard, 1 at least."""
    risk = scenario.risk
    left = np.repeat(whole[:, None], serves.shape[1], axis=1)
    np.subtract.at(left, risk.reduction_hazard, taken[:, None] * serves[risk.reduction_option])
    return np.maximum(left, 1)


def _arriving(scenario: ResolvedScenario, serves: Flags) -> Flags:
    """(places, G, T) whether a hazard is one of a place: carried along open ways until nothing changes any more."""
    risk = scenario.risk
    there = np.zeros((risk.first_village + len(scenario.network.villages), len(risk.hazards), serves.shape[1]), dtype=bool)
    open_always = np.concatenate([serves, np.ones((1, serves.shape[1]), dtype=bool)])
    assert EXISTS == -1  # the last row
    hazard, place, option = risk.opening_ways.T
    np.logical_or.at(there, (place, hazard), open_always[option])
    begin, end, option = risk.water_ways.T
    while True:
        before = there.copy()
        np.logical_or.at(there, end, before[begin] & open_always[option][:, None])
        if (there == before).all():
            return there
