"""A published problem with a known answer, solved through the public interface."""

import pytest

from optimization import Limits, solve
from planner.scenario.resolved import resolve
from planner.scenario.scenario import Scenario
from tests.optimization.cap41_basin import KNOWN_OPTIMUM, cap41_basin
from tests.optimization.two_stage_basin import two_stage_basin


@pytest.mark.parametrize("make", [cap41_basin, two_stage_basin])
def test_the_published_optimum_of_cap41_is_reached_from_sources_and_through_treatment(make):
    everyone = {"floors": [{"rung": 5, "share": 1.0, "within": "village", "hard": True}]}
    scenario = Scenario.from_dict({"name": "everyone_served", "policy": everyone})
    plan = solve(resolve(make(), scenario), Limits(time_seconds=60, relative_gap=1e-7))
    cost = plan.tables["objectives"].set_index("objective").loc["cost", "value"]
    assert plan.passed
    assert cost == pytest.approx(KNOWN_OPTIMUM, rel=1e-6)
