"""A plan needs a pipe that carries its water: no whole plan is lost, and the relaxation rises."""

import numpy as np
import pytest

from datasets.cases import find
from datasets.synthetic import make
from optimization.aims import levels_of
from optimization.formulation import build
from optimization.formulation.pipe_sizes import _beyond
from optimization.handed import problem_of, without_tightening
from optimization.solving.limits import Limits
from optimization.solving.session import solve, solve_relaxation
from planner import Basin, Scenario, resolve

EXACT = Limits(time_seconds=60, relative_gap=0.0)


def problems(basin: Basin, floors: list[dict[str, object]]):
    policy = {"objectives": [{"objective": "cost"}], "floors": floors}
    scenario = resolve(basin, Scenario.model_validate({"name": "sizes", "title": "Sizes", "policy": policy}))
    compiled = build(scenario).compile()
    tight = problem_of(scenario, compiled, levels_of(scenario.policy, scenario, compiled)[0], [], None)
    return compiled, tight, without_tightening(compiled, tight)


@pytest.mark.parametrize("seed", [0, 3, 4])
def test_it_changes_no_plan_and_lowers_no_bound(seed):
    floors = [{"rung": 4, "share": 0.6, "within": "account"}]
    compiled, tight, loose = problems(make(6, stages=2, seasons=2, members=1, seed=seed), floors)
    best = [solve(problem, EXACT, None, None).objective for problem in (tight, loose)]
    bounds = [solve_relaxation(problem, EXACT, None).objective for problem in (tight, loose)]
    assert best[0] == pytest.approx(best[1])
    assert bounds[1] <= bounds[0] * (1 + 1e-9) <= best[0] * (1 + 2e-9)
    assert compiled.families["plan_needs_size"].count > 0


def test_it_raises_the_bound_of_ratanak_kiri_where_taps_in_houses_are_asked_for():
    floors = [{"rung": 5, "share": 0.3, "within": "account"}]
    compiled, tight, _ = problems(Basin.read(find("ratanakiri")), floors)
    rows = compiled.families["plan_needs_size"]
    assert rows.count > 500
    part = tight.matrix[rows.start : rows.start + rows.count]
    # Whole choices that hold in all other rows are not excluded: nothing asks for more than one pipe.
    assert set(part.data) == {1.0, -1.0}
    assert (np.asarray((part > 0).sum(axis=1)) > 0).all()


def test_sizes_are_told_apart_by_the_plans_beyond_them():
    """Village 0 has pipes of 10, 30 and 35, village 1 one of 10; plans draw 5, 20, 32 and 50, and 40 in village 1."""
    village, arrives = np.array([0, 0, 0, 1]), np.array([10.0, 30.0, 35.0, 10.0])
    plans, draws = np.array([0, 0, 0, 0, 1]), np.array([5.0, 20.0, 32.0, 50.0, 40.0])
    size, (of_plan, plan), (of_option, other) = _beyond(village, arrives, plans, draws)
    assert size.tolist() == [0, 1, 2, 3]
    told = {(one, two) for one, two in zip(of_plan.tolist(), plan.tolist(), strict=True)}
    assert told == {(0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3), (3, 4)}
    assert {(one, two) for one, two in zip(of_option.tolist(), other.tolist(), strict=True)} == {(0, 1), (0, 2), (1, 2)}


def test_of_sizes_with_the_same_plans_beyond_the_widest_is_kept():
    size, (of_plan, plan), (of_option, other) = _beyond(
        np.zeros(3, int), np.array([10.0, 12.0, 12.0]), np.zeros(1, int), np.array([20.0])
    )
    assert size.tolist() == [1]
    assert (of_plan.tolist(), plan.tolist(), of_option.tolist(), other.tolist()) == ([0], [0], [], [])
