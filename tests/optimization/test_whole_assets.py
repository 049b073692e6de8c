"""Taps, points and filters are whole, also where money that cannot be kept would buy a part of one."""

import numpy as np
import pytest

from optimization.solving.limits import Limits
from optimization.whole import whole_unit_columns, with_whole_units
from tests.optimization.tiny_basins import compiled_problem, optimum, resolved

LATER = {"rung": 3, "share": 0.9, "within": "village", "stage": "stage_2"}


@pytest.fixture(scope="module")
def solved():
    scenario = resolved(floors=[LATER])
    compiled, problem = compiled_problem(scenario)
    return scenario, compiled, problem, optimum(problem, 0.0)[0]


def test_a_part_of_an_asset_is_made_whole_and_every_law_still_holds(solved):
    scenario, compiled, problem, solution = solved
    columns = whole_unit_columns(scenario, compiled)
    part = solution.copy()
    part[columns[0]] += 0.4
    mended = with_whole_units(scenario, compiled, problem, part, Limits())
    assert np.abs(mended[columns] - np.round(mended[columns])).max() < 1e-6
    activity = problem.matrix @ mended
    assert (activity <= problem.row_upper + 1e-5).all()
    assert (activity >= problem.row_lower - 1e-5).all()
    assert problem.objective_of(mended) == pytest.approx(problem.objective_of(solution), rel=2e-3)


def test_what_is_whole_is_left_alone(solved):
    scenario, compiled, problem, solution = solved
    assert with_whole_units(scenario, compiled, problem, solution, Limits()) is solution


def test_pipes_inside_a_village_are_counted_by_persons_and_need_not_be_whole(solved):
    scenario, compiled, _, _ = solved
    by_persons = scenario.basin.tables["mode_assets"].query("basis == 'village_persons'")["asset"]
    names = {compiled.column_name(int(column)).split(":")[1].split(",")[0] for column in whole_unit_columns(scenario, compiled)}
    assert names
    assert not names & set(by_persons)
