"""What a neighbourhood leaves free: the whole values of its places, and what is continuous around them."""

import time
from dataclasses import replace

import numpy as np
import pytest

from optimization.solving import steps_neighbourhoods
from optimization.solving.engine import solve_linear
from optimization.solving.engine_answers import Effort
from optimization.solving.engine_kept import KeptRelaxation
from optimization.solving.limits import Limits
from optimization.solving.steps_guide import guide_of
from optimization.solving.steps_neighbourhoods import MOVING, Improver, Neighbourhoods
from optimization.solving.steps_search import Search
from tests.optimization.solving.solving_problems import facility_location

VILLAGES, SITES, SIZE = 40, 5, 4
PROBLEM = facility_location(VILLAGES, SITES, seed=3)
RELAXED = solve_linear(PROBLEM, PROBLEM.column_lower, PROBLEM.column_upper, Effort(20))
LEFT_OUT = np.arange(PROBLEM.column_count) >= PROBLEM.column_count - VILLAGES
NOTHING = np.where(LEFT_OUT, 1.0, 0.0)


def search() -> Search:
    return Search(PROBLEM, Limits(time_seconds=60), time.monotonic(), lambda _: None)


def test_only_what_is_continuous_near_the_places_freed_moves() -> None:
    around = Neighbourhoods(search(), RELAXED.values, RELAXED.reduced_costs)
    for freed in around.choose(NOTHING, SIZE, 2):
        assert not (freed.integers & ~PROBLEM.integer).any()
        assert not (freed.moving & PROBLEM.integer).any()
        places = np.unique(PROBLEM.place_xy[freed.integers], axis=0)
        assert len(places) == freed.places == SIZE
        assert 0 < freed.moving.sum() <= MOVING * SIZE < VILLAGES
        distance = np.linalg.norm(PROBLEM.place_xy[:, None] - places[None], axis=2).min(axis=1)
        held = ~PROBLEM.integer & ~freed.moving
        assert distance[freed.moving].max() <= distance[held].min()
        assert freed.moving[LEFT_OUT & (distance == 0)].all()


def test_a_plan_whose_held_rows_only_tolerances_let_hold_is_still_improved(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(steps_neighbourhoods, "FIRST_SIZE", SIZE)
    begun = search()
    assert begun.offer(NOTHING)
    # Far villages have a little too much: more than a row left without columns may be off.
    far = NOTHING + np.where(LEFT_OUT, 1e-5, 0.0)
    improver = Improver(begun, guide_of(RELAXED))
    begun.best_values = far
    before = begun.best_objective
    for _ in range(10):
        improver.step()
    assert begun.best_objective < before


def test_a_kept_relaxation_comes_to_what_a_new_one_does_at_each_cost() -> None:
    kept, random = KeptRelaxation(PROBLEM), np.random.default_rng(4)
    for _ in range(5):
        cost = PROBLEM.objective * random.uniform(0.5, 1.5, PROBLEM.column_count)
        priced = replace(PROBLEM, objective=cost)
        new = solve_linear(priced, PROBLEM.column_lower, PROBLEM.column_upper, Effort(20))
        found = kept.solve(cost)
        assert found is not None
        values, objective = found
        assert np.isclose(objective, new.objective)
        assert np.isclose(priced.objective_of(values), new.objective)
        reduced = kept.reduced_costs(cost)
        inside = (values > 1e-6) & (values < PROBLEM.column_upper - 1e-6)
        assert np.abs(reduced[inside]).max(initial=0.0) < 1e-6
