"""How a plan fares in other futures, over HTTP."""

import pandas as pd
import pytest

from api.services.searching import one_search
from optimization import Limits, solve
from optimization.futures import evaluate, robustness, sampled
from planner.plan.plan import Plan
from planner.scenario.resolved import resolve
from planner.scenario.scenario import Scenario
from tests.api.service.access.scene import Scene, basin_of_tutorial
from tests.api.service.house import House
from tests.api.service.plans_made import publish


@pytest.fixture
def plan() -> Plan:
    floors = [{"rung": 4, "share": 0.9, "within": "village"}]
    scenario = Scenario.from_dict({"name": "floors", "policy": {"floors": floors}})
    return solve(resolve(basin_of_tutorial(), scenario), Limits(time_seconds=30))


def test_the_futures_are_those_of_the_library(scene: tuple[House, Scene], plan: Plan) -> None:
    house, made = scene
    address = f"/v1/plans/{publish(*scene, plan)}/futures"
    reader = house.client(Authorization=f"Bearer {made.keys['reader']}")
    told = reader.get(address, params={"count": 12, "seed": 3, "water_from_share": 0.9, "water_to_share": 0.2})
    assert told.status_code == 200, told.text
    expected = evaluate(plan, sampled(plan.basin, 12, 3, (0.2, 0.9), (0.9, 1.3)))
    pd.testing.assert_frame_equal(pd.DataFrame(told.json()["futures"]), expected, check_dtype=False, atol=1e-6)
    assert pd.DataFrame(told.json()["stages"])["satisfied_share"].tolist() == pytest.approx(
        robustness(expected, 0.9)["satisfied_share"].tolist()
    )
    asked_again = reader.get(address, params={"count": 12, "seed": 3, "water_from_share": 0.9, "water_to_share": 0.2},
                             headers={"If-None-Match": told.headers["ETag"]})  # fmt: skip
    assert asked_again.status_code == 304
    assert reader.get(address, params={"count": 201}).status_code == 422


def test_one_question_is_solved_at_a_time(scene: tuple[House, Scene], plan: Plan) -> None:
    house, made = scene
    address = f"/v1/plans/{publish(*scene, plan)}/futures"
    reader = house.client(Authorization=f"Bearer {made.keys['reader']}")
    with one_search():
        told = reader.get(address, params={"count": 1, "seed": 9})
    assert told.status_code == 429
    assert told.headers["Retry-After"]
    assert reader.get(address, params={"count": 1, "seed": 9}).status_code == 200


def test_a_plan_that_the_model_does_not_have_says_so(scene: tuple[House, Scene]) -> None:
    house, made = scene
    reader = house.client(Authorization=f"Bearer {made.keys['reader']}")
    told = reader.get(f"/v1/plans/{made.places['plan_id']}/futures", params={"count": 1})
    assert told.status_code == 409
    assert told.json()["remedy"]
