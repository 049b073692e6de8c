"""A basin with a plan, made straight in the database: for tests of who may see them."""

from dataclasses import dataclass

from api.persistence.models import BasinRow, Organisation, PlanRow, Run, ScenarioRow
from tests.api.service.house import House, Person

NONE = "0" * 64


@dataclass(frozen=True)
class SharedBasin:
    """Identifiers of a basin and of two plans of it."""

    basin_id: str
    plan_id: str
    other_plan_id: str

    @property
    def place(self) -> str:
        return f"/v1/basins/{self.basin_id}"


def shared_basin(house: House, owner: Person) -> SharedBasin:
    """A basin of the first organisation, owned by somebody, with a scenario and two plans."""
    with house.service.database.writing() as session:
        organisation_id = session.query(Organisation).filter_by(name="authority").one().id
        basin = BasinRow(organisation_id=organisation_id, name="sesan", title="Sesan", created_by=owner.user_id)
        session.add(basin)
        session.flush()
        common = {"basin_id": basin.id, "created_by": owner.user_id}
        scenario = ScenarioRow(name="base", title="Base", changes=[], **common)
        session.add(scenario)
        session.flush()
        made = {"basin_id": basin.id, "scenario_id": scenario.id, "basin_version": 1, "scenario": {}, "lineage": []}
        plans = []
        for number in range(2):
            run = Run(organisation_id=organisation_id, user_id=owner.user_id, limits={}, input_key=NONE, **made)
            session.add(run)
            session.flush()
            plans.append(
                PlanRow(
                    **made,
                    run_id=run.id,
                    input_key=NONE,
                    resolved_hash=NONE,
                    title=f"Plan {number}",
                    status="optimal",
                    passed=True,
                    verdict="",
                    audit={},
                    indicators=[],
                    record=NONE,
                    tables={},
                    basin_settings={},
                    basin_tables={},
                    versions={},
                    created_by=owner.user_id,
                )
            )
        session.add_all(plans)
        basin_id, plan_ids = basin.id, [plan.id for plan in plans]
    house.give_role(owner, basin_id, "owner")
    return SharedBasin(basin_id, *plan_ids)
