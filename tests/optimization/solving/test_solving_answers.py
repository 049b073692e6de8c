"""What a run answers: the optimum, its bound, and the words for a problem without a plan."""

import json
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from scipy import sparse

from optimization.solving.limits import Limits
from optimization.solving.problem import Problem
from optimization.solving.session import fixed_duals, solve, solve_relaxation
from tests.optimization.solving.solving_problems import facility_location, set_covering

EXACT = Limits(time_seconds=60, relative_gap=0.0)


@pytest.mark.parametrize(
    "problem",
    [
        facility_location(16, 6, seed=1),
        facility_location(14, 6, seed=2, must_serve=True),
        set_covering(40, 60, seed=3),
    ],
    ids=["sites for villages", "every village must be served", "covering"],
)
def test_an_exact_run_finds_what_plain_highs_finds(problem: Problem, plain_optimum: Callable[[Problem], float]) -> None:
    outcome = solve(problem, EXACT)
    assert outcome.status == "optimal"
    assert outcome.objective == pytest.approx(plain_optimum(problem), rel=1e-6)
    assert outcome.bound == pytest.approx(outcome.objective, rel=1e-6)


def test_bound_and_plan_enclose_the_optimum_at_every_moment(plain_optimum: Callable[[Problem], float]) -> None:
    problem = facility_location(20, 8, seed=4)
    events = []
    outcome = solve(problem, Limits(time_seconds=60, relative_gap=0.02), events.append)
    optimum = plain_optimum(problem)
    for event in events:
        assert event.bound is None or event.bound <= optimum + 1e-6 * optimum
        assert event.incumbent is None or event.incumbent >= optimum - 1e-6 * optimum
    assert outcome.status in ("gap_reached", "optimal")
    assert outcome.gap is not None and outcome.gap <= 0.02


@pytest.mark.parametrize(("price_of_leaving_out", "rounded"), [(30.0, True), (0.6, False)])
def test_what_the_relaxation_builds_is_rounded_up_where_building_nothing_is_very_bad(
    plain_optimum: Callable[[Problem], float], price_of_leaving_out: float, rounded: bool
) -> None:
    problem = facility_location(12, 5, seed=4)
    left_out = ~problem.integer
    problem = replace(problem, objective=np.where(left_out, price_of_leaving_out, 1.0) * problem.objective)
    outcome = solve(problem, EXACT)
    phases = [phase.phase for phase in outcome.record.phases]
    guided = outcome.record.phases[phases.index("relaxation") + 1]
    assert (guided.phase, "rounds" in guided.message) == ("guided", rounded)
    assert outcome.objective == pytest.approx(plain_optimum(problem), rel=1e-6)
    assert outcome.bound == pytest.approx(outcome.objective, rel=1e-6)


def test_a_plan_has_whole_integers_and_holds_in_every_row() -> None:
    problem = facility_location(25, 8, seed=5)
    values = solve(problem, Limits(time_seconds=60, relative_gap=0.05)).values
    assert values is not None
    assert (values[problem.integer] == np.round(values[problem.integer])).all()
    activity = problem.matrix @ values
    assert (activity <= problem.row_upper + 1e-6).all() and (activity >= problem.row_lower - 1e-6).all()
    assert (values >= problem.column_lower).all() and (values <= problem.column_upper).all()


def test_the_first_plan_builds_nothing() -> None:
    problem = facility_location(12, 5, seed=6)
    events = []
    solve(problem, EXACT, events.append)
    first = next(event for event in events if event.incumbent is not None)
    everyone_left_out = problem.objective[-12:].sum() + problem.objective_constant
    assert first.phase == "points only"
    assert first.incumbent == pytest.approx(everyone_left_out)


def test_capacity_too_small_for_all_is_infeasible() -> None:
    outcome = solve(facility_location(10, 2, must_serve=True, capacity=1.0), EXACT)
    assert outcome.status == "infeasible"
    assert outcome.values is None and outcome.objective is None


def test_villages_that_cannot_be_split_can_be_infeasible_though_the_relaxation_is_not() -> None:
    problem = replace(_one_row([2.0, 2.0, 2.0], 3.0, 3.0, [1.0, 1.0, 1.0]), integer=np.ones(3, dtype=bool))
    assert solve_relaxation(problem).status == "optimal"
    assert solve(problem, EXACT).status == "infeasible"


def test_a_lower_limit_above_its_upper_limit_is_infeasible() -> None:
    problem = replace(_one_row([1.0], 0.0, 5.0, [1.0]), column_lower=np.array([2.0]))
    assert solve(problem, EXACT).status == "infeasible"


def test_a_gain_without_limit_is_unbounded() -> None:
    problem = replace(_one_row([1.0, -1.0], 0.0, 0.0, [-1.0, 0.0]), column_upper=np.full(2, np.inf))
    assert solve(problem, EXACT).status == "unbounded"


def test_a_known_plan_is_where_the_search_starts() -> None:
    problem = facility_location(14, 6, seed=7)
    best = solve(problem, EXACT)
    assert best.values is not None
    events = []
    again = solve(replace(problem, start=best.values), Limits(time_seconds=60, relative_gap=0.01), events.append)
    first = next(event for event in events if event.incumbent is not None)
    assert first.incumbent == pytest.approx(best.objective)
    assert again.objective == pytest.approx(best.objective)


def test_a_known_plan_that_no_longer_holds_is_left_aside() -> None:
    problem = facility_location(10, 4, seed=8)
    start = np.zeros(problem.column_count)
    start[4:44] = 1.0
    outcome = solve(replace(problem, start=start), EXACT)
    assert outcome.status == "optimal"


def test_the_price_of_water_is_what_one_more_unit_saves() -> None:
    problem = _one_row([1.0, 1.0], 3.0, np.inf, [2.0, 5.0])
    problem = replace(problem, column_upper=np.array([1.0, 10.0]))
    relaxed = solve_relaxation(problem)
    assert relaxed.objective == pytest.approx(2.0 + 10.0)
    assert relaxed.row_duals == pytest.approx([5.0])


def test_duals_with_fixed_integers_belong_to_the_plan_given() -> None:
    problem = _one_row([1.0, 1.0], 3.0, np.inf, [2.0, 5.0])
    problem = replace(problem, column_upper=np.array([9.0, 10.0]), integer=np.array([True, False]))
    answer = fixed_duals(problem, np.array([1.0, 2.0]))
    assert answer.values == pytest.approx([1.0, 2.0])
    assert answer.row_duals == pytest.approx([5.0])
    assert fixed_duals(problem, np.array([20.0, 0.0])).status == "infeasible"


def test_the_record_can_be_written_as_json() -> None:
    outcome = solve(facility_location(10, 4), EXACT)
    record = json.loads(json.dumps(outcome.record.to_dict(), allow_nan=False))
    assert record["status"] == "optimal" and record["reproducible"] is True
    assert record["sizes"] == {"rows": 54, "columns": 54, "nonzeros": 174, "integers": 44, "structural": 4}
    assert {"python", "highspy", "pyomo", "numpy", "rivershare"} <= set(record["versions"])
    assert [phase["phase"] for phase in record["phases"]][:2] == ["points only", "relaxation"]
    assert all(phase["events"] for phase in record["phases"])


def test_arrays_that_do_not_fit_are_named() -> None:
    with pytest.raises(ValueError, match="row_upper"):
        replace(facility_location(4, 2), row_upper=np.zeros(3))
    with pytest.raises(ValueError, match="objective"):
        replace(facility_location(4, 2), objective=np.full(14, np.nan))


def _one_row(coefficients: list[float], lower: float, upper: float, cost: list[float]) -> Problem:
    columns = len(coefficients)
    return Problem(
        matrix=sparse.csc_array(np.array([coefficients])),
        row_lower=np.array([lower]),
        row_upper=np.array([upper]),
        column_lower=np.zeros(columns),
        column_upper=np.ones(columns),
        integer=np.zeros(columns, dtype=bool),
        objective=np.array(cost),
        objective_constant=0.0,
        structural=np.zeros(columns, dtype=bool),
        place_xy=np.full((columns, 2), np.nan),
    )
