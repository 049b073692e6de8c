"""A plan is read village by village."""

import pytest
from fastapi.testclient import TestClient

from tests.api.service.access.scene import Scene
from tests.api.service.house import House


@pytest.fixture
def reader(scene: tuple[House, Scene]) -> TestClient:
    house, made = scene
    return house.client(Authorization=f"Bearer {made.keys['reader']}")


def test_a_village_reads_its_own_line(reader: TestClient, scene: tuple[House, Scene]) -> None:
    plan = scene[1].places["plan_id"]
    line = reader.get(f"/v1/plans/{plan}/villages/hilltop").json()
    assert line["title"] == "Hilltop"
    served = reader.get(f"/v1/plans/{plan}/aggregate?table=service&measure=persons&by=village,stage").json()
    told = {row["stage"]: row["persons"] for row in served["items"] if row["village"] == "hilltop"}
    assert {stage["stage"]: sum(stage["persons_by_rung"]) for stage in line["stages"]} == pytest.approx(told)


@pytest.mark.parametrize("village", ["atlantis", "%F0%9F%8C%8A", "a" * 100])
def test_a_village_that_the_plan_has_not_is_told(reader: TestClient, scene: tuple[House, Scene], village: str) -> None:
    answer = reader.get(f"/v1/plans/{scene[1].places['plan_id']}/villages/{village}")
    assert answer.status_code == 404
    assert answer.json()["detail"] == "The plan has no such village."
