"""Why a plan is as it is, over HTTP."""

from pathlib import Path

from api.services.plan_reasons import LIMIT_OF_SUBJECT
from optimization import Limits, formulation, solve
from planner.plan.aims import aims_in_words
from planner.plan.titles import Titles
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


def test_a_plan_tells_what_it_rests_on_what_it_leaves_out_and_what_that_would_cost(scene: tuple[House, Scene]) -> None:
    scenario = Scenario.from_dict({"name": "least_cost"})
    plan = publish(*scene, solve(resolve(basin_of_tutorial(), scenario), Limits(time_seconds=30)))
    house, made = scene
    reader = house.client(Authorization=f"Bearer {made.keys['reader']}")
    rests = reader.get(f"/v1/plans/{plan}/assumptions").json()
    assert {"subject": "Aims, the first one first", "words": "least cost", "limit": ""} in rests["policy"]
    assert set(rests["origins"]) == {"given", "derived", "assumed"}
    left_out = [one for one in reader.get(f"/v1/plans/{plan}/options").json() if not one["built"]]
    told = reader.get(f"/v1/plans/{plan}/options/{left_out[0]['option']}/forced").json()
    assert told["title"] == left_out[0]["title"]
    assert told["costs_at_most"] is None or told["costs_at_most"] >= told["costs_at_least"] >= 0
    assert reader.get(f"/v1/plans/{plan}/options/nothing/forced").status_code == 404
    assert b"<math" in reader.get(f"/v1/plans/{plan}/mathematics").content
    tex = reader.get(f"/v1/plans/{plan}/mathematics?format=latex")
    assert tex.headers["Content-Disposition"].startswith('attachment; filename="mathematics.tex"')


def test_every_limit_of_the_policy_is_a_constraint_of_the_model() -> None:
    policy = aims_in_words(Scenario.from_dict({"name": "least_cost"}).policy, Titles(basin_of_tutorial()))
    stated = "".join(file.read_text(encoding="utf-8") for file in Path(formulation.__path__[0]).glob("*.py"))
    assert set(LIMIT_OF_SUBJECT) <= set(policy)
    assert [title for title in LIMIT_OF_SUBJECT.values() if f'title="{title}"' not in stated] == []
