"""Scenarios: a tree of changes over a basin, checked when written, resolved from the root on."""

from typing import Any

import pytest

from planner.scenario.scenario import Scenario
from tests.api.service.basins import Kept, made_basin, made_scenario
from tests.api.service.house import House, Person

LESS_AID = {"table": "channel_amounts", "where": {"channel": "aid"}, "multiply": {"amount_usd": 0.5}, "why": "The agency waits."}
DEARER = {"table": "options", "multiply": {"capex_usd": 1.2}}
FAIR = {"objectives": [{"objective": "access"}, {"objective": "cost"}]}
UNKNOWN = {"table": "channel_amounts", "where": {"channel": "nobody"}, "set": {"amount_usd": 0}}


def patched(person: Person, scenario: Kept, **values: Any) -> Any:
    now = {"If-Match": person.http.get(scenario.place).headers["etag"]}
    return person.http.patch(scenario.place, json=values, headers=now)


def test_a_scenario_is_kept_with_its_changes_and_policy(ada: Person) -> None:
    scenario = made_scenario(ada, made_basin(ada), name="fair", title="Fair", changes=[LESS_AID], policy=FAIR)
    read = ada.http.get(scenario.place).json()
    assert (read["name"], read["changes"], read["own_changes"], read["children"]) == ("fair", [LESS_AID], 1, 0)
    assert [aim["objective"] for aim in read["policy"]["objectives"]] == ["access", "cost"]
    assert (read["basin_version"], read["plans"]) == (None, [])


def test_every_fault_of_a_scenario_is_a_finding_with_its_pointer(ada: Person) -> None:
    basin = made_basin(ada)
    body = {"name": "x", "changes": [LESS_AID, {"table": "options"}], "policy": {"floors": [{"rung": 9, "share": 2}]}}
    answer = ada.http.post(f"{basin.place}/scenarios", json=body)
    assert answer.status_code == 422
    assert [finding["where"] for finding in answer.json()["findings"]] == [
        "/changes/1", "/policy/floors/0/rung", "/policy/floors/0/share",
    ]  # fmt: skip
    assert ada.http.get(f"{basin.place}/scenarios").json()["items"] == []


def test_a_change_that_fits_nothing_in_the_basin_is_a_finding_with_its_pointer(ada: Person) -> None:
    body = {"name": "x", "changes": [LESS_AID, UNKNOWN]}
    answer = ada.http.post(f"{made_basin(ada).place}/scenarios", json=body)
    assert [(f["code"], f["where"]) for f in answer.json()["findings"]] == [("scenario.no_row", "/changes/1/where/channel")]


def test_a_fault_that_is_inherited_names_whose_it_is(ada: Person) -> None:
    basin = made_basin(ada)
    parent = made_scenario(ada, basin, name="parent", changes=[LESS_AID])
    child = made_scenario(ada, basin, name="child", parent_id=parent.id, changes=[DEARER])
    body = {"changes": [{"table": "channels", "where": {"channel": "aid"}, "remove": True, "with_dependents": True}]}
    assert ada.http.post(f"{basin.place}/changes", json=body, headers=basin.match).status_code == 201
    found = ada.http.get(f"{child.place}/resolved").json()
    assert (found["sound"], found["content_hash"]) == (False, None)
    assert found["findings"][0]["message"].startswith("In parent, which it comes from: ")
    wrong = patched(ada, child, changes=[UNKNOWN])
    assert [f["where"] for f in wrong.json()["findings"]] == [None, "/changes/0/where/channel"]


def test_checking_a_scenario_tells_its_findings_and_sentences_and_keeps_nothing(ada: Person) -> None:
    place = f"{made_basin(ada).place}/scenarios"
    sound = ada.http.post(f"{place}/check", json={"name": "x", "changes": [DEARER]}).json()
    wrong = ada.http.post(f"{place}/check", json={"name": "x", "changes": [UNKNOWN]}).json()
    assert sound["sound"] is True and "20 % more" in sound["sentences"][0]
    assert wrong["sound"] is False and wrong["findings"][0]["where"] == "/changes/0/where/channel"
    assert ada.http.get(place).json()["items"] == []


def test_a_branch_takes_changes_and_policy_from_those_it_comes_from(ada: Person) -> None:
    basin = made_basin(ada)
    root = made_scenario(ada, basin, name="root", changes=[LESS_AID], policy=FAIR)
    branch = ada.http.post(f"{root.place}/branch", json={"name": "branch"})
    assert branch.status_code == 201
    place = branch.headers["location"]
    ada.http.patch(place, json={"changes": [DEARER]}, headers={"If-Match": branch.headers["etag"]})
    found = ada.http.get(f"{place}/resolved").json()
    assert [ancestor["name"] for ancestor in found["lineage"]] == ["root", "branch"]
    assert [(told["scenario"], told["change"]) for told in found["changes"]] == [("root", LESS_AID), ("branch", DEARER)]
    assert "The agency waits." in found["changes"][0]["sentences"][0]
    assert (found["policy_from"], found["policy"]["objectives"][0]["objective"]) == (root.id, "access")
    assert (found["sound"], found["basin_version"], found["follows_newest"]) == (True, 1, True)
    assert ada.http.get(root.place).json()["children"] == 1


def test_scenarios_that_come_to_the_same_have_the_same_hash(ada: Person) -> None:
    basin = made_basin(ada)
    root = made_scenario(ada, basin, name="root", changes=[DEARER])
    one = made_scenario(ada, basin, name="one", parent_id=root.id, changes=[LESS_AID])
    other = made_scenario(ada, basin, name="other", changes=[DEARER, LESS_AID])
    hashes = [ada.http.get(f"{scenario.place}/resolved").json()["content_hash"] for scenario in (root, one, other)]
    assert hashes[1] == hashes[2] != hashes[0]


def test_scenarios_are_listed_as_a_tree(ada: Person) -> None:
    basin = made_basin(ada)
    root = made_scenario(ada, basin, name="root")
    for name in ("one", "two"):
        made_scenario(ada, basin, name=name, parent_id=root.id)
    names = lambda **query: [s["name"] for s in ada.http.get(f"{basin.place}/scenarios", params=query).json()["items"]]  # noqa: E731
    assert (names(roots=True), names(parent_id=root.id), names(text="ON")) == (["root"], ["two", "one"], ["one"])


def test_a_scenario_cannot_come_from_itself(ada: Person) -> None:
    basin = made_basin(ada)
    root = made_scenario(ada, basin, name="root")
    child = made_scenario(ada, basin, name="child", parent_id=root.id)
    grandchild = made_scenario(ada, basin, name="grandchild", parent_id=child.id)
    assert patched(ada, root, parent_id=grandchild.id).status_code == 409
    assert patched(ada, root, parent_id=root.id).status_code == 409
    moved = patched(ada, grandchild, parent_id=root.id)
    assert (moved.status_code, moved.json()["parent_id"]) == (200, root.id)


def test_a_parent_is_a_scenario_of_the_same_basin(ada: Person) -> None:
    stranger = made_scenario(ada, made_basin(ada, name="other"))
    answer = ada.http.post(f"{made_basin(ada).place}/scenarios", json={"name": "x", "parent_id": stranger.id})
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/parent_id")


def test_a_scenario_follows_the_newest_version_or_stays_with_one(ada: Person) -> None:
    basin = made_basin(ada)
    follows, stays = (made_scenario(ada, basin, name=name, basin_version=version) for name, version in (("a", None), ("b", 1)))
    change = {"changes": [{"table": "villages", "where": {"village": "hilltop"}, "set": {"elevation_m": 310}}]}
    ada.http.post(f"{basin.place}/changes", json=change, headers=basin.match)
    assert [ada.http.get(f"{s.place}/resolved").json()["basin_version"] for s in (follows, stays)] == [2, 1]
    assert patched(ada, stays, basin_version=3).json()["errors"][0]["pointer"] == "/basin_version"


def test_a_name_is_taken_once_in_a_basin(ada: Person) -> None:
    basin = made_basin(ada)
    one = made_scenario(ada, basin, name="one")
    made_scenario(ada, basin, name="two")
    assert ada.http.post(f"{basin.place}/scenarios", json={"name": "one"}).status_code == 409
    assert patched(ada, one, name="two").status_code == 409
    assert patched(ada, one, name="one", title="One").status_code == 200


def test_the_second_of_two_editors_of_a_scenario_is_told(ada: Person) -> None:
    scenario = made_scenario(ada, made_basin(ada))
    answers = [
        ada.http.patch(scenario.place, json={"changes": [change]}, headers=scenario.match) for change in (DEARER, LESS_AID)
    ]
    assert [answer.status_code for answer in answers] == [200, 412]
    assert ada.http.patch(scenario.place, json={}).status_code == 428
    assert ada.http.get(scenario.place).json()["changes"] == [DEARER]


def test_what_was_left_out_stays_and_null_is_a_value(ada: Person) -> None:
    scenario = made_scenario(ada, made_basin(ada), changes=[DEARER], policy=FAIR)
    assert patched(ada, scenario, title="New").json()["policy"] is not None
    changed = patched(ada, scenario, policy=None).json()
    assert (changed["policy"], changed["changes"], changed["title"]) == (None, [DEARER], "New")


def test_archiving_a_scenario_takes_a_planner_and_can_be_undone(house: House, ada: Person, ben: Person) -> None:
    basin = made_basin(ada)
    house.give_role(ben, basin.id, "analyst")
    scenario = made_scenario(ben, basin)
    assert ben.http.delete(scenario.place, headers=scenario.match).status_code == 403
    assert ada.http.delete(scenario.place, headers=scenario.match).status_code == 204
    assert ada.http.get(f"{basin.place}/scenarios").json()["items"] == []
    assert patched(ada, scenario, title="x").status_code == 409
    now = {"If-Match": ada.http.get(scenario.place).headers["etag"]}
    assert ada.http.post(f"{scenario.place}/restore", headers=now).json()["archived_at"] is None


def test_a_scenario_of_a_basin_that_one_may_not_see_is_not_found(house: House, ada: Person, ben: Person) -> None:
    basin = made_basin(ada)
    scenario = made_scenario(ada, basin)
    for place in ("", "/resolved", "/scenario.yaml", f"/difference?other={scenario.id}"):
        answer = ben.http.get(f"{scenario.place}{place}")
        assert answer.status_code == 404
        assert basin.id not in answer.text
    own = made_scenario(ben, made_basin(ben))
    assert ben.http.get(f"{own.place}/difference", params={"other": scenario.id}).status_code == 404
    assert house.client().get(scenario.place).status_code == house.client().get("/v1/scenarios/none").status_code == 401


def test_a_scenario_goes_out_and_in_as_yaml(ada: Person) -> None:
    basin = made_basin(ada)
    root = made_scenario(ada, basin, name="root", changes=[LESS_AID], policy=FAIR)
    child = made_scenario(ada, basin, name="child", parent_id=root.id, changes=[DEARER])
    text = ada.http.get(f"{child.place}/scenario.yaml").text
    place = f"{made_basin(ada, name='other').place}/scenarios"
    answer = ada.http.post(f"{place}/yaml", content=text, headers={"Content-Type": "application/yaml"})
    assert answer.status_code == 201, answer.text
    assert answer.json()["changes"] == [LESS_AID, DEARER]
    assert answer.json()["policy"]["objectives"][0]["objective"] == "access"


@pytest.mark.parametrize("text", ["name: [", "name: x\nname: y", "changes: []", 'name: x\ntitle: "\\0"', "a: &a [*a]", "\x00"])
def test_yaml_that_is_no_scenario_is_refused(ada: Person, text: str) -> None:
    place = f"{made_basin(ada).place}/scenarios/yaml"
    assert ada.http.post(place, content=text, headers={"Content-Type": "application/yaml"}).status_code == 422


def test_what_a_run_starts_from_has_all_changes_and_the_lineage(house: House, ada: Person) -> None:
    from api.persistence.models import ScenarioRow
    from api.services.scenarios import resolved_of

    basin = made_basin(ada)
    root = made_scenario(ada, basin, name="root", changes=[LESS_AID], policy=FAIR)
    child = made_scenario(ada, basin, name="child", parent_id=root.id, changes=[DEARER])
    patched(ada, root, title="Root")
    with house.service.database.reading() as session:
        found = resolved_of(session, house.service.store, session.get_one(ScenarioRow, child.id))
    assert found.lineage == [[root.id, 2], [child.id, 1]]
    assert found.scenario == Scenario.from_dict({"name": "child", "changes": [LESS_AID, DEARER], "policy": FAIR})
    assert (found.basin.name, found.basin_version.number) == ("tutorial", 1)


def test_a_scenario_s_mathematics_is_a_page_and_latex(ada: Person) -> None:
    scenario = made_scenario(ada, made_basin(ada))
    page = ada.http.get(f"{scenario.place}/mathematics")
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert "<math" in page.text
    latex = ada.http.get(f"{scenario.place}/mathematics", params={"format": "latex"})
    assert latex.text.startswith(r"\documentclass")
    again = ada.http.get(f"{scenario.place}/mathematics", headers={"If-None-Match": page.headers["etag"]})
    assert again.status_code == 304
