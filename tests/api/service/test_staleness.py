"""Which plans are stale, and why."""

from typing import Any

from api.persistence.models import PlanRow, Run, ScenarioRow
from api.services.scenarios import resolved_of
from optimization.solving.record import versions
from tests.api.service.basins import Kept, made_basin, made_scenario
from tests.api.service.house import House, Person
from tests.api.service.test_scenarios import DEARER, LESS_AID, patched

HIGHER = {"changes": [{"table": "villages", "where": {"village": "hilltop"}, "set": {"elevation_m": 310}}]}


def planned(house: House, person: Person, scenario: Kept, **values: Any) -> None:
    """A plan of the scenario as it is now, straight in the database."""
    with house.service.database.writing() as session:
        row = session.get_one(ScenarioRow, scenario.id)
        found = resolved_of(session, house.service.store, row)
        common = {
            "basin_id": row.basin_id, "scenario_id": row.id, "basin_version": found.basin_version.number,
            "scenario": found.scenario.model_dump(mode="json"), "lineage": found.lineage, "input_key": "0" * 64,
            "resolved_hash": "0" * 64,
        }  # fmt: skip
        organisation = person.http.get("/v1/organisations").json()["items"][0]["id"]
        run = Run(**common, organisation_id=organisation, user_id=person.user_id, limits={})
        session.add(run)
        session.flush()
        more = {"versions": versions(), **values}
        session.add(
            PlanRow(
                **common,
                run_id=run.id,
                title="A plan",
                status="optimal",
                passed=True,
                verdict="It holds.",
                audit={},
                indicators=[],
                record="0" * 64,
                tables={},
                basin_settings={},
                basin_tables={},
                created_by=person.user_id,
                **more,
            )
        )


def codes(person: Person, scenario: Kept) -> list[str]:
    (plan,) = person.http.get(scenario.place).json()["plans"]
    assert all(reason["message"].endswith(".") for reason in plan["stale"])
    return [reason["code"] for reason in plan["stale"]]


def test_a_new_plan_is_not_stale_and_a_new_title_makes_none_so(house: House, ada: Person) -> None:
    scenario = made_scenario(ada, made_basin(ada), changes=[DEARER])
    planned(house, ada, scenario)
    assert codes(ada, scenario) == []
    patched(ada, scenario, title="Another title")
    assert codes(ada, scenario) == []


def test_a_plan_is_stale_when_its_scenario_changes(house: House, ada: Person) -> None:
    scenario = made_scenario(ada, made_basin(ada), changes=[DEARER])
    planned(house, ada, scenario)
    patched(ada, scenario, changes=[DEARER, LESS_AID])
    assert codes(ada, scenario) == ["scenario_changed"]


def test_a_plan_is_stale_when_what_its_scenario_comes_from_changes(house: House, ada: Person) -> None:
    basin = made_basin(ada)
    root = made_scenario(ada, basin, name="root", changes=[DEARER])
    child = made_scenario(ada, basin, name="child", parent_id=root.id)
    planned(house, ada, child)
    patched(ada, root, changes=[])
    assert codes(ada, child) == ["parent_changed"]


def test_a_plan_is_stale_when_the_basin_has_a_newer_version_unless_the_scenario_names_one(house: House, ada: Person) -> None:
    basin = made_basin(ada)
    follows, stays = (made_scenario(ada, basin, name=name, basin_version=version) for name, version in (("a", None), ("b", 1)))
    planned(house, ada, follows)
    planned(house, ada, stays)
    ada.http.post(f"{basin.place}/changes", json=HIGHER, headers=basin.match)
    assert (codes(ada, follows), codes(ada, stays)) == (["basin_changed"], [])


def test_a_plan_is_stale_when_its_scenario_or_basin_is_archived(house: House, ada: Person) -> None:
    basin = made_basin(ada)
    scenario = made_scenario(ada, basin)
    planned(house, ada, scenario)
    ada.http.delete(scenario.place, headers=scenario.match)
    ada.http.delete(basin.place, headers=basin.match)
    assert codes(ada, scenario) == ["scenario_archived", "basin_archived"]


def test_a_plan_of_other_software_is_stale_and_says_of_which(house: House, ada: Person) -> None:
    scenario = made_scenario(ada, made_basin(ada))
    planned(house, ada, scenario, versions={**versions(), "highspy": "1.0"})
    assert codes(ada, scenario) == ["software_changed"]
    assert "highspy 1.0 →" in ada.http.get(scenario.place).json()["plans"][0]["stale"][0]["message"]


def test_many_plans_of_a_scenario_take_no_more_queries_than_one(house: House, ada: Person) -> None:
    from sqlalchemy import event

    scenario = made_scenario(ada, made_basin(ada))
    counts = []
    for _ in range(2):
        planned(house, ada, scenario)
        ada.http.get(scenario.place)  # now and then a question is also told as the last use of its key
        seen: list[str] = []
        listener = lambda *arguments, seen=seen: seen.append(arguments[2])  # noqa: E731
        event.listen(house.service.database.engine, "before_cursor_execute", listener)
        ada.http.get(scenario.place)
        event.remove(house.service.database.engine, "before_cursor_execute", listener)
        counts.append(len(seen))
    assert counts[0] == counts[1] > 0
