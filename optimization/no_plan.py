"""Where no plan exists: what the data alone forbid, why, and ways out that are solved before they are told."""

import threading
import time
from dataclasses import replace
from typing import Any

import numpy as np

from optimization.aims import levels_of
from optimization.conflicts import Lack
from optimization.formulation import build
from optimization.handed import policy_caps, problem_of
from optimization.solving.limits import Limits
from optimization.solving.session import solve as solve_problem
from optimization.ways_out import explain
from planner.checks.finding import Finding
from planner.checks.report import LISTED_AT_MOST, found
from planner.plan.conflict import IrreducibleConflict
from planner.plan.outcome import NoPlan
from planner.scenario.resolved import ResolvedScenario

SECONDS_FOR_CONFLICTS = 120.0
_ANY_PLAN = 0.9


def villages_without_a_plan(scenario: ResolvedScenario) -> list[Finding]:
    """Villages that no service plan brings to their floors, each with the first stage in which it fails."""
    service = scenario.service
    possible = np.zeros((len(scenario.network.villages), len(scenario.horizon.stages)), bool)
    np.logical_or.at(possible, service.village, service.allowed)
    villages = np.flatnonzero(~possible.all(axis=1))
    first = np.argmin(possible[villages], axis=1)
    findings = [
        found(
            "floors.out_of_reach",
            f"No service plan brings {scenario.network.villages[village]} to its floors in {scenario.horizon.stages[stage]}.",
            table="villages",
            column="village",
            value=str(scenario.network.villages[village]),
        )
        for village, stage in zip(villages[:LISTED_AT_MOST], first[:LISTED_AT_MOST], strict=True)
    ]
    if len(villages) > LISTED_AT_MOST:
        findings.append(
            found("conflict.more", f"{len(villages) - LISTED_AT_MOST} more villages are out of reach of their floors.")
        )
    return findings


def no_plan(
    scenario: ResolvedScenario,
    lacking: list[Lack],
    checked: list[Finding],
    limits: Limits,
    started: float,
    cancel: threading.Event | None,
    record: dict[str, Any] | None = None,
    conflict: IrreducibleConflict | None = None,
) -> NoPlan:
    """Why no plan exists, with ways out as far as time is left to solve them."""
    stopped = cancel is not None and cancel.is_set()
    left = 0.0 if stopped else min(limits.time_seconds - (time.monotonic() - started), SECONDS_FOR_CONFLICTS)

    def solves(changed: ResolvedScenario, seconds: float) -> bool:
        return can_be_planned(changed, replace(limits, time_seconds=seconds), cancel)

    told = explain(scenario, lacking, checked, solves, left)
    return NoPlan("infeasible", told.findings, record, told.reason, told.ways_out, conflict)


def can_be_planned(scenario: ResolvedScenario, limits: Limits, cancel: threading.Event | None = None) -> bool:
    """Whether some plan is found within the limits, however far from the best."""
    if villages_without_a_plan(scenario):
        return False
    compiled = build(scenario).compile()
    level = levels_of(scenario.policy, scenario, compiled)[0]
    anything = replace(limits, relative_gap=_ANY_PLAN, absolute_gap=0.0)
    problem = problem_of(scenario, compiled, level, policy_caps(scenario, compiled), None)
    return solve_problem(problem, anything, None, cancel).values is not None
