"""Made-up basins are tight and can still be served."""

import pytest

from datasets.synthetic import make
from optimization import Limits, solve
from planner.plan.outcome import NoPlan
from planner.scenario.resolved import resolve
from planner.scenario.scenario import Scenario

ANY_PLAN = Limits(time_seconds=12, relative_gap=0.9)


def planned(tightness, seed, floor):
    policy = {"floors": [floor | {"stage": "stage_2", "hard": True}]}
    policy |= {"environmental_flow": "priced", "obligations": "priced"}
    scenario = Scenario.from_dict({"name": "floor", "policy": policy})
    return solve(resolve(make(40, tightness=tightness, seed=seed), scenario), ANY_PLAN)


@pytest.mark.parametrize("seed", range(3))
def test_the_tightest_budget_pays_points_for_most_people_of_every_village(seed):
    assert planned(1.0, seed, {"rung": 3, "share": 0.7, "within": "village"}).passed


@pytest.mark.parametrize("seed", [0])
def test_only_the_wider_budget_pays_house_taps_for_most_people(seed):
    house_taps = {"rung": 5, "share": 0.7, "within": "basin"}
    assert planned(0.0, seed, house_taps).status in ("optimal", "gap_reached")
    with pytest.raises(NoPlan):
        planned(1.0, seed, house_taps)
