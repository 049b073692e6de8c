"""How scenarios differ: in what they say, and in what they come to."""

from tests.api.service.basins import made_basin, made_scenario
from tests.api.service.house import Person

LESS_AID = {"table": "channel_amounts", "where": {"channel": "aid"}, "multiply": {"amount_usd": 0.5}}
DEARER = {"table": "options", "multiply": {"capex_usd": 1.2}}
FAIR = {"objectives": [{"objective": "access"}, {"objective": "cost"}]}


def test_two_scenarios_differ_in_changes_and_in_lines_of_the_policy(ada: Person) -> None:
    basin = made_basin(ada)
    here = made_scenario(ada, basin, name="here", changes=[LESS_AID, DEARER], policy=FAIR)
    there = made_scenario(ada, basin, name="there", changes=[DEARER, DEARER])
    found = ada.http.get(f"{here.place}/difference", params={"other": there.id}).json()
    assert [told["change"] for told in found["changes_here"]] == [LESS_AID]
    assert [told["change"] for told in found["changes_there"]] == [DEARER]
    aims = next(line for line in found["policy"] if line["subject"].startswith("Aims"))
    assert aims["values"][1] == "least cost"
    assert found["resolved"] is None


def test_resolved_they_differ_in_words_and_cell_by_cell(ada: Person) -> None:
    basin = made_basin(ada)
    here = made_scenario(ada, basin, name="here", changes=[{**DEARER, "multiply": {"capex_usd": 1.0}}])
    there = made_scenario(ada, basin, name="there", changes=[DEARER])
    found = ada.http.get(f"{here.place}/difference", params={"other": there.id, "resolved": True}).json()["resolved"]
    assert any("capital" in line["subject"].lower() for line in found["words"]), found["words"]
    options = found["basin"]["tables"]["options"]
    assert options["changed_count"] == len(options["changed"]) > 0
    assert all(cell["column"] == "capex_usd" and cell["after"] > cell["before"] for cell in options["changed"])


def test_scenarios_that_come_to_the_same_do_not_differ_resolved(ada: Person) -> None:
    basin = made_basin(ada)
    root = made_scenario(ada, basin, name="root", changes=[DEARER])
    here = made_scenario(ada, basin, name="here", parent_id=root.id, changes=[LESS_AID])
    there = made_scenario(ada, basin, name="there", changes=[LESS_AID, DEARER])
    found = ada.http.get(f"{here.place}/difference", params={"other": there.id, "resolved": True}).json()
    assert (found["changes_here"], found["changes_there"], found["policy"]) == ([], [], [])
    assert found["resolved"] == {"words": [], "basin": {"settings": [], "tables": {}}}
