"""Basins that cannot be served for a known reason."""

import pytest

from datasets.infeasible import CAUSES, infeasible
from planner.checks import check


def test_there_are_at_least_ten_causes():
    assert len(CAUSES) >= 10


@pytest.mark.parametrize("cause", CAUSES)
def test_the_basin_is_sound_and_differs_from_the_one_without_the_cause(cause):
    case = infeasible(cause, seed=1)
    assert [f for f in check(case.basin) if f.severity == "error"] == []
    differs = [n for n in case.basin.tables if not case.basin.tables[n].equals(case.without_cause.tables[n])]
    assert differs or case.basin.settings != case.without_cause.settings or CAUSES[cause].policy
    assert case.description and "floor" in case.demands and case.scenario.policy.floors
