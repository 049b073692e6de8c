"""Where the gap lies: the parts of all places and of what has none add up to it, and a place that is open says why."""

import time

import numpy as np
import pytest
from scipy import sparse

from datasets.synthetic import make
from optimization import Limits, solve
from optimization.open_places import by_place, overpaid_by_column
from optimization.solving.engine import solve_linear
from optimization.solving.engine_answers import Effort, Relaxation
from optimization.solving.session import solve as solve_problem
from optimization.solving.steps_relax import relax
from optimization.solving.steps_search import Search
from planner import Scenario, resolve
from tests.optimization.solving.solving_problems import choices_that_last, facility_location

SITES, VILLAGES = 8, 24


def relaxed_and_planned(**size):
    problem = facility_location(VILLAGES, SITES, seed=10, **size)
    relaxed = solve_linear(problem, problem.column_lower, problem.column_upper, Effort(20))
    planned = solve_problem(problem)
    return problem, relaxed, planned


def test_the_parts_of_all_columns_are_the_distance_from_the_relaxation():
    problem, relaxed, planned = relaxed_and_planned()
    parts = overpaid_by_column(problem, Relaxation(relaxed.values, relaxed.row_duals, None), planned.values)
    assert (parts >= 0).all()
    assert planned.objective - relaxed.objective > 1
    assert parts.sum() == pytest.approx(planned.objective - relaxed.objective, rel=1e-6)


def test_a_place_that_the_plan_makes_worse_has_the_gap():
    """All as in the relaxation but one village, which is left out at its price: the whole distance lies there."""
    problem, relaxed, _ = relaxed_and_planned(opening=0.0)
    plan = relaxed.values.copy()
    links = SITES + np.arange(VILLAGES * SITES).reshape(VILLAGES, SITES)
    village = int(np.argmax(problem.objective[links].min(axis=1) < problem.objective[-VILLAGES:]))
    plan[links[village]], plan[len(plan) - VILLAGES + village] = 0.0, 1.0
    _, place = np.unique(problem.place_xy, axis=0, return_inverse=True)
    share = by_place(problem, Relaxation(relaxed.values, relaxed.row_duals, None), plan, place.ravel(), place.max() + 1)
    assert share.argmax() == place.ravel()[len(plan) - VILLAGES + village]
    assert share.sum() == pytest.approx(1)


def test_rows_that_the_search_has_added_have_their_part():
    problem = choices_that_last(3)
    search = Search(problem, Limits(time_seconds=20), time.monotonic(), lambda _: None)
    relaxed = relax(search)
    further = sparse.csr_array(search.problem.matrix)[problem.row_count :]
    assert further.shape[0]
    planned = solve_problem(problem)
    told = Relaxation(relaxed.values, relaxed.row_duals, None, further)
    assert planned.objective - relaxed.objective > 1e-3
    assert overpaid_by_column(problem, told, planned.values).sum() == pytest.approx(planned.objective - relaxed.objective)


def test_nothing_lies_anywhere_where_nothing_is_overpaid():
    problem, relaxed, _ = relaxed_and_planned()
    told = Relaxation(relaxed.values, relaxed.row_duals, None)
    assert not by_place(problem, told, relaxed.values, np.zeros(problem.column_count, np.int64), 1).any()


def planned(gap):
    floors = [{"rung": 3, "share": 0.7, "within": "village"}, {"rung": 5, "share": 0.3, "within": "account"}]
    policy = {"objectives": [{"objective": "cost"}], "floors": floors}
    scenario = Scenario.model_validate({"name": "open", "title": "Open", "policy": policy})
    basin = make(30, stages=2, seasons=2, members=1)
    return basin, solve(resolve(basin, scenario), Limits(relative_gap=gap)).record["levels"][0]


def test_a_record_tells_places_of_the_basin_with_their_part_of_the_gap():
    basin, level = planned(gap=0.2)
    assert level["gap"] > 0
    told = level["open_places"]
    assert told
    assert [place["share"] for place in told] == sorted((place["share"] for place in told), reverse=True)
    assert sum(place["share"] for place in told) <= 1 + 1e-9
    for place in told:
        key = {"sources": "source", "treatment_sites": "site", "villages": "village"}[place["subject"]]
        assert place["name"] in set(basin.tables[place["subject"]][key])
        assert place["title"] not in ("", "nan")
        assert place["gap"] == pytest.approx(place["share"] * level["gap"])
    assert any(place["works_in_part"] or place["services_mixed"] for place in told)


def test_a_gap_that_is_closed_lies_nowhere():
    basin = make(8, stages=2, seasons=2, members=1)
    scenario = Scenario.model_validate({"name": "closed", "title": "Closed", "policy": {"objectives": [{"objective": "cost"}]}})
    level = solve(resolve(basin, scenario), Limits(relative_gap=0.0)).record["levels"][0]
    assert level["gap_share"] < 1e-6
    assert level["open_places"] == []
