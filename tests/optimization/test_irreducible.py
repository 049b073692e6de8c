"""Irreducible conflicts: the parts that are named cannot all hold, and without any one of them they can."""

import json
from dataclasses import replace

import numpy as np
import pytest
from typer.testing import CliRunner

from api.cli.main import app
from datasets.infeasible import infeasible
from optimization import Limits, solve
from optimization.irreducible import ONLY_WHOLE_WORKS, TIME_IS_OVER, irreducible
from optimization.solving.engine import solve_linear
from optimization.solving.engine_answers import Effort
from optimization.solving.session import irreducible_conflict
from planner.plan.conflict import IrreducibleConflict
from planner.plan.outcome import NoPlan
from planner.scenario.resolved import resolve
from tests.optimization.tiny_basins import NO_FILTERS, NO_MEMBRANES, RIVERSIDE_TAPS, compiled_problem, resolved

SMALL = ("money_too_late", "no_channel_eligible", "running_costs_uncovered", "no_service_plan")
EFFORT = Effort(seconds=10.0)


def of(cause):
    case = infeasible(cause)
    return compiled_problem(resolve(case.basin, case.scenario))


def only(problem, found, without_row=None, without_column=None):
    """The linear problem with nothing but a conflict's rows and limits of columns, less one of them."""
    lower, upper = np.full(problem.row_count, -np.inf), np.full(problem.row_count, np.inf)
    rows = found.rows[found.rows != without_row]
    lower[rows], upper[rows] = problem.row_lower[rows], problem.row_upper[rows]
    low, high = np.full(problem.column_count, -np.inf), np.full(problem.column_count, np.inf)
    for column, side in zip(found.columns, found.side, strict=True):
        if column != without_column:
            low[column] = problem.column_lower[column] if side <= 0 else -np.inf
            high[column] = problem.column_upper[column] if side >= 0 else np.inf
    return replace(
        problem, row_lower=lower, row_upper=upper, column_lower=low, column_upper=high,
        integer=np.zeros(problem.column_count, bool), objective=np.zeros(problem.column_count),
    )  # fmt: skip


def status(problem):
    return solve_linear(problem, problem.column_lower, problem.column_upper, EFFORT).status


@pytest.mark.parametrize("cause", SMALL)
def test_without_any_one_of_its_members_a_conflict_is_none(cause):
    _, problem = of(cause)
    found = irreducible_conflict(problem, Limits(time_seconds=20))
    assert status(only(problem, found)) == "infeasible"
    for row in found.rows:
        assert status(only(problem, found, without_row=row)) == "optimal", f"row {row}"
    told = found.columns[(problem.column_upper[found.columns] <= 0) & (found.side >= 0)]
    for column in told[:20]:
        assert status(only(problem, found, without_column=column)) == "optimal", f"column {column}"


def test_its_parts_are_told_with_places_and_periods_what_may_give_way_first():
    compiled, problem = of("money_too_late")
    conflict = irreducible(compiled, problem, Limits(time_seconds=20), None, ())
    channels = next(part for part in conflict.parts if part.title == "Channel in the first stage")
    assert channels.may_give_way
    assert "what the channel aid offers by stage_0" in channels.members
    plans = next(part for part in conflict.parts if part.title == "One service plan")
    assert not plans.may_give_way
    assert all("stage_0" in member for member in plans.members)
    giving = [part.may_give_way for part in conflict.parts]
    assert giving == sorted(giving, reverse=True)
    assert IrreducibleConflict.from_dict(json.loads(json.dumps(conflict.to_dict()))) == conflict


def test_where_only_whole_works_conflict_none_is_given_and_that_is_said():
    money = [{"table": "channel_amounts", "set": {"amount_usd": 0.0}},
             {"table": "channel_amounts", "where": {"channel": "government_grant", "stage": "stage_1"},
              "set": {"amount_usd": 12_900.0}}]  # fmt: skip
    compiled, problem = compiled_problem(resolved(NO_FILTERS, NO_MEMBRANES, *money, floors=[RIVERSIDE_TAPS]))
    assert irreducible(compiled, problem, Limits(time_seconds=20), None, ()) == IrreducibleConflict(note=ONLY_WHOLE_WORKS)


def test_where_the_time_is_over_that_is_said():
    compiled, problem = of("money_too_late")
    assert irreducible(compiled, problem, Limits(time_seconds=1e-3), None, ()).note == TIME_IS_OVER


def test_a_bound_of_the_policy_is_a_member():
    case = infeasible("bound_on_cost_too_low")
    with pytest.raises(NoPlan) as caught:
        solve(resolve(case.basin, case.scenario), Limits(time_seconds=60, relative_gap=0.9))
    assert any("the bound on cost" in part.members for part in caught.value.conflict.parts)


def test_the_command_line_tells_it(tmp_path):
    (tmp_path / "poor.yaml").write_text(
        "name: poor\nchanges:\n  - {table: channel_amounts, set: {amount_usd: 0.0}}\n"
        "policy:\n  floors:\n    - {rung: 4, share: 1.0, administration: lower_district, hard: true}\n"
    )
    asked = ["plan", "tutorial", "--scenario", str(tmp_path / "poor.yaml"), "--time", "20", "--output", str(tmp_path / "plan")]
    told = CliRunner().invoke(app, asked)
    assert told.exit_code == 3
    assert "These limits cannot all hold, and without any one of them they can:" in told.output
    assert "what the channel" in told.output
