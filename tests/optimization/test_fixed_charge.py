"""A second published problem: fixed-charge network flow, solved through the public interface to its known optimum."""

import pytest

from optimization import Limits, solve
from planner.checks import check
from planner.scenario.resolved import resolve
from planner.scenario.scenario import Scenario
from tests.optimization.fixed_charge_basin import KNOWN_OPTIMUM, fixed_charge_basin


def test_the_problem_said_as_a_basin_is_a_sound_basin():
    assert [finding for finding in check(fixed_charge_basin()) if finding.severity == "error"] == []


def test_the_published_optimum_of_r20x100_is_reached():
    everyone = {"floors": [{"rung": 5, "share": 1.0, "within": "village", "hard": True}]}
    scenario = Scenario.from_dict({"name": "everyone_served", "policy": everyone})
    plan = solve(resolve(fixed_charge_basin(), scenario), Limits(time_seconds=60, relative_gap=1e-7))
    cost = plan.tables["objectives"].set_index("objective").loc["cost", "value"]
    assert plan.passed
    assert cost == pytest.approx(KNOWN_OPTIMUM, rel=1e-6)
