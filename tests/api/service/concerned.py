"""The tutorial's basin with people concerned and a plan, for tests of what they say."""

from dataclasses import dataclass
from typing import Any

from api.persistence.models import BasinVersion, PlanRow, Run, ScenarioRow
from api.persistence.repositories import basins
from tests.api.service.house import House, Person

DIGEST = "0" * 64


@dataclass(frozen=True)
class Concerned:
    """A basin of ada's, in which ben is a stakeholder, eve a reader, and cat nothing."""

    house: House
    basin_id: str
    scenario_id: str
    owner: Person
    stakeholder: Person
    reader: Person
    stranger: Person

    @property
    def basin(self) -> str:
        return f"/v1/basins/{self.basin_id}"

    def plan(self, indicators: list[dict[str, Any]] | None = None) -> str:
        """A plan straight in the database: what it says is not what these tests are about."""
        with self.house.service.database.writing() as session:
            version = basins.version(session, self.basin_id)
            scenario = session.get(ScenarioRow, self.scenario_id)
            assert version is not None and scenario is not None
            organisation_id = self.owner.http.get("/v1/organisations").json()["items"][0]["id"]
            common = _common(version, scenario)
            run = Run(**common, organisation_id=organisation_id, user_id=self.owner.user_id, limits={}, state="succeeded")
            session.add(run)
            session.flush()
            plan = PlanRow(
                **common, run_id=run.id, resolved_hash=DIGEST, title="Least cost", status="optimal", passed=True, verdict="",
                audit={}, indicators=indicators or [], record=DIGEST, tables={}, basin_settings=version.settings,
                basin_tables=version.tables, versions={}, created_by=self.owner.user_id,
            )  # fmt: skip
            session.add(plan)
            return plan.id


def _common(version: BasinVersion, scenario: ScenarioRow) -> dict[str, Any]:
    return {
        "basin_id": version.basin_id,
        "scenario_id": scenario.id,
        "basin_version": version.number,
        "scenario": {"name": scenario.name},
        "lineage": [],
        "input_key": DIGEST,
    }


def concerned(house: House) -> Concerned:
    """The basin with its people."""
    owner, stakeholder, reader, stranger = (house.person(name) for name in ("ada", "ben", "eve", "cat"))
    organisation_id = owner.http.get("/v1/organisations").json()["items"][0]["id"]
    made = owner.http.post("/v1/basins", json={"organisation_id": organisation_id, "case": "tutorial"})
    assert made.status_code == 201, made.text
    basin_id = made.json()["id"]
    scenario = owner.http.post(f"/v1/basins/{basin_id}/scenarios", json={"name": "least_cost"})
    assert scenario.status_code == 201, scenario.text
    house.give_role(stakeholder, basin_id, "stakeholder")
    house.give_role(reader, basin_id, "reader")
    return Concerned(house, basin_id, scenario.json()["id"], owner, stakeholder, reader, stranger)
