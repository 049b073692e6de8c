"""Where on the map the gap lies, and why a place is still open.

By the duals of the relaxation a plan costs the relaxation's bound and, for each column, its reduced cost times what the plan has
more of it than the relaxation, and for each row, its dual times what the plan leaves of it (Geoffrion 1974). Each of these is at
the places of its columns. What is proven beyond the relaxation is not told apart by place: shares are those of the relaxation.
"""

from typing import Any

import numpy as np
from scipy import sparse

from optimization.algebra import CompiledModel
from optimization.solving.engine_answers import Relaxation
from optimization.solving.places import shares_of_places
from optimization.solving.problem import BoolArray, FloatArray, Problem
from optimization.solving.session import Outcome
from planner.plan.verdict import PROVEN_WITHIN_SHARE
from planner.scenario.resolved import ResolvedScenario

NAMES = {"sources": "source", "treatment_sites": "site", "villages": "village"}
"""The tables of places and their column of names, in the order in which places are numbered."""
PLACES_TOLD = 20
LEAST_SHARE = 0.005
IN_PART = 0.01
NOTHING = 1e-9


def open_places(scenario: ResolvedScenario, compiled: CompiledModel, problem: Problem, outcome: Outcome) -> list[dict[str, Any]]:
    """The places with most of the gap, the most first: `subject` (table), `name`, `title`, `share` of the gap, and why.

    `works_in_part`: works there that the relaxation builds in part, where a plan builds all or nothing; `services_mixed`: ways of
    service (whole choices that are no works) that it mixes. Empty where the gap is closed, or where no relaxation was solved.
    """
    relaxed, plan = outcome.relaxation, outcome.values
    if relaxed is None or plan is None or (outcome.gap is not None and outcome.gap <= PROVEN_WITHIN_SHARE):
        return []
    places = _places(scenario)
    place = compiled.column_label("place").astype(np.int64)
    share = by_place(problem, relaxed, plan, place, len(places))
    open_ = problem.integer & (np.abs(relaxed.values - np.round(relaxed.values)) > IN_PART) & (place >= 0)
    works, services = (_count(place, open_ & kind, len(places)) for kind in (problem.structural, ~problem.structural))
    most = np.argsort(-share, kind="stable")[:PLACES_TOLD]
    return [
        {
            "subject": places[number][0],
            "name": places[number][1],
            "title": places[number][2],
            "share": float(share[number]),
            "works_in_part": int(works[number]),
            "services_mixed": int(services[number]),
        }
        for number in most.tolist()
        if share[number] >= LEAST_SHARE
    ]


def _places(scenario: ResolvedScenario) -> list[tuple[str, str, str]]:
    """Table, name and title of each place in the order of their numbers; the name where there is no title."""
    tables = ((subject, scenario.basin.tables[subject], name) for subject, name in NAMES.items())
    return [
        (subject, str(name), str(title))
        for subject, table, key in tables
        for name, title in zip(table[key], table["title"].fillna(table[key]), strict=True)
    ]


def by_place(problem: Problem, relaxed: Relaxation, plan: FloatArray, place: Any, place_count: int) -> FloatArray:
    """(place_count,) share of what the plan pays over the relaxation, by place; `place` (n) numbers them, -1 for none.

    The shares sum to at most 1: what joins many places, such as money, belongs to none. 0 everywhere where nothing is overpaid.
    """
    overpaid = overpaid_by_column(problem, relaxed, plan)
    total = float(overpaid.sum())
    if total <= NOTHING:
        return np.zeros(place_count)
    return np.asarray(shares_of_places(problem, place, place_count).T @ overpaid / total)


def overpaid_by_column(problem: Problem, relaxed: Relaxation, plan: FloatArray) -> FloatArray:
    """(n,) what the plan pays over the relaxation because of each column; a row's part is shared by what differs in it.

    At a vertex of the relaxation the sum is the plan's objective less the relaxation's.
    """
    differs = plan - relaxed.values
    matrix = problem.matrix if relaxed.further is None else sparse.vstack([problem.matrix, relaxed.further], format="csc")
    magnitude = abs(matrix)
    reduced = problem.objective - matrix.T @ relaxed.row_duals
    left = np.maximum(relaxed.row_duals * (matrix @ differs), 0.0)
    moved = magnitude @ np.abs(differs)
    by_unit = np.divide(left, moved, out=np.zeros_like(left), where=moved > NOTHING)
    return np.asarray(np.maximum(reduced * differs, 0.0) + np.abs(differs) * (magnitude.T @ by_unit))


def _count(place: Any, which: BoolArray, place_count: int) -> Any:
    return np.bincount(place[which], minlength=place_count)
