"""A bound from parts of the map lies between that of the relaxation and the optimum, whatever the parts."""

import pytest

from datasets.synthetic import make
from optimization.aims import levels_of
from optimization.formulation import build
from optimization.handed import problem_of
from optimization.solving import blocks
from optimization.solving.blocks import Blocks
from optimization.solving.engine import solve_linear
from optimization.solving.engine_answers import Effort
from optimization.solving.limits import Limits
from optimization.solving.session import solve
from optimization.solving.side_by_side import SideBySide
from planner import Scenario, resolve

POLICY = {"objectives": [{"objective": "cost"}], "floors": [{"rung": 3, "share": 0.7, "within": "village"}]}


@pytest.mark.parametrize("integers", [1, 60, 10_000])
def test_the_bound_lies_between_the_relaxation_and_the_optimum(monkeypatch: pytest.MonkeyPatch, integers: int) -> None:
    monkeypatch.setattr(blocks, "INTEGERS_IN_A_BLOCK", integers)
    basin = make(8, stages=2, seasons=2, members=1)
    scenario = resolve(basin, Scenario.model_validate({"name": "parts", "title": "Parts", "policy": POLICY}))
    compiled = build(scenario).compile()
    level = levels_of(scenario.policy, scenario, compiled)[0]
    problem = problem_of(scenario, compiled, level, [], None)
    relaxed = solve_linear(problem, problem.column_lower, problem.column_upper, Effort(20))
    parts = Blocks(problem, problem.column_lower, problem.column_upper, relaxed)
    gains = list(parts.gains(Effort(20), lambda: False, SideBySide(1)))
    best = solve(problem, Limits(time_seconds=20, relative_gap=0.0))
    assert best.status == "optimal" and best.objective is not None
    assert parts.relaxed_bound == pytest.approx(relaxed.objective, rel=1e-6)
    assert all(gain >= 0 for gain in gains)
    assert parts.relaxed_bound + sum(gains) <= best.objective + 1e-6 * abs(best.objective)
    assert parts.count > 1
