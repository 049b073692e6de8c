"""Why a plan is as it is, over HTTP."""

from optimization import Limits, solve
from planner.scenario.resolved import resolve
from planner.scenario.scenario import Scenario
from tests.api.service.access.scene import Scene, basin_of_tutorial
from tests.api.service.house import House
from tests.api.service.plans_made import publish


def test_a_plan_tells_what_one_more_cubic_metre_of_its_river_is_worth(scene: tuple[House, Scene]) -> None:
    floors = [{"rung": 4, "share": 0.9, "within": "village"}]
    scenario = Scenario.from_dict({"name": "floors", "policy": {"floors": floors}})
    plan = publish(*scene, solve(resolve(basin_of_tutorial(), scenario), Limits(time_seconds=30)))
    house, made = scene
    reader = house.client(Authorization=f"Bearer {made.keys['reader']}")
    told = reader.get(f"/v1/plans/{plan}/explanation")
    assert told.status_code == 200
    values = {one["constraint"]: one["value"] for one in reversed(told.json()["marginal_values"])}
    assert abs(values["Environmental flow"] - 3.7125) < 1e-6
    assert reader.get(f"/v1/plans/{plan}/explanation", headers={"If-None-Match": told.headers["ETag"]}).status_code == 304


def test_a_plan_that_the_model_does_not_have_says_that_it_cannot_be_explained(scene: tuple[House, Scene]) -> None:
    house, made = scene
    reader = house.client(Authorization=f"Bearer {made.keys['reader']}")
    told = reader.get(f"/v1/plans/{made.places['plan_id']}/explanation").json()
    assert told["marginal_values"] == []
    assert "infeasible" in told["caveat"]
