"""A scenario changes the basin's tables where it says so, and nowhere else."""

from pathlib import Path
from typing import Any

import pytest

from planner.basin import Basin
from planner.scenario.changes import apply
from planner.scenario.scenario import Scenario, ScenarioError


@pytest.fixture
def basin(small_basin: Path) -> Basin:
    return Basin.read(small_basin)


def changed(basin: Basin, *changes: dict[str, Any], policy: dict[str, Any] | None = None) -> Basin:
    return apply(basin, Scenario.from_dict({"name": "tried", "changes": list(changes), "policy": policy or {}}))


def only_finding(basin: Basin, *changes: dict[str, Any], policy: dict[str, Any] | None = None) -> Any:
    with pytest.raises(ScenarioError) as caught:
        changed(basin, *changes, policy=policy)
    assert len(caught.value.findings) == 1, str(caught.value)
    finding = caught.value.findings[0]
    assert finding.severity == "error"
    assert finding.remedy
    return finding


def test_without_changes_the_basin_stays_the_same_object(basin: Basin) -> None:
    assert changed(basin) is basin


def test_aid_that_is_cut_by_a_fifth_leaves_other_money_alone(basin: Basin) -> None:
    before = basin.tables["channel_amounts"]
    after = changed(basin, {"table": "channel_amounts", "where": {"stage": "s1"}, "multiply": {"amount_usd": 0.8}})
    amounts = after.tables["channel_amounts"]["amount_usd"]
    first = before["stage"] == "s1"
    assert amounts[first].tolist() == pytest.approx((before["amount_usd"][first] * 0.8).tolist())
    assert amounts[~first].tolist() == before["amount_usd"][~first].tolist()
    assert first.any() and not first.all()


def test_the_basin_itself_is_never_touched(basin: Basin) -> None:
    before = {name: table.copy() for name, table in basin.tables.items()}
    changed(
        basin,
        {"table": "reaches", "set": {"protected": True}},
        {"table": "obligations", "where": {"season": "wet"}, "remove": True},
        {"settings": {"discount_rate_share_per_year": 0.1}},
    )
    for name, table in before.items():
        assert table.equals(basin.tables[name])
    assert basin.settings.discount_rate_share_per_year == 0.05


def test_a_protected_reach_is_set_in_the_rows_named(basin: Basin) -> None:
    after = changed(basin, {"table": "reaches", "where": {"reach": ["mouth"]}, "set": {"protected": True, "title": "M"}})
    assert after.tables["reaches"].set_index("reach")["protected"].to_dict() == {"head": True, "mouth": True}
    assert after.tables["reaches"].set_index("reach")["title"]["mouth"] == "M"


def test_null_makes_a_cell_blank_and_blank_cells_can_be_asked_for(basin: Basin) -> None:
    blank = changed(basin, {"table": "sources", "set": {"licence_m3_per_year": None}})
    assert blank.tables["sources"]["licence_m3_per_year"].isna().all()
    capped = changed(basin, {"table": "sources", "where": {"licence_m3_per_year": None}, "set": {"licence_m3_per_year": 5000}})
    assert capped.tables["sources"]["licence_m3_per_year"].tolist() == [120000.0, 5000.0]


def test_multiplying_leaves_blank_cells_blank(basin: Basin) -> None:
    after = changed(basin, {"table": "sources", "multiply": {"licence_m3_per_year": 0.5}})
    assert after.tables["sources"]["licence_m3_per_year"].tolist()[0] == 60000.0
    assert after.tables["sources"]["licence_m3_per_year"].isna().tolist() == [False, True]


def test_an_added_row_gets_the_defaults_and_the_dtypes_of_its_table(basin: Basin) -> None:
    after = changed(
        basin,
        {"table": "groups", "add": {"group": "herders"}},
        {"table": "obligations",
         "add": [{"obligation": "delta", "reach": "mouth", "season": "dry", "flow_m3_per_day": 9}]},
        {"table": "population", "add": [
            {"village": village, "group": "herders", "persons": 0, "income_usd_per_person_per_year": 100}
            for village in basin.tables["villages"]["village"]
        ]},
        {"table": "baseline", "add": [
            {"village": village, "group": "herders", "mode": basin.tables["modes"]["mode"][0], "share": 1}
            for village in basin.tables["villages"]["village"]
        ]},
    )  # fmt: skip
    groups = after.tables["groups"]
    assert groups.set_index("group")["weight"]["herders"] == 1.0
    for table in ("groups", "obligations", "population"):
        assert after.tables[table].dtypes.tolist() == basin.tables[table].dtypes.tolist()
    assert len(after.tables["obligations"]) == len(basin.tables["obligations"]) + 1


def test_changes_are_made_in_order(basin: Basin) -> None:
    after = changed(
        basin,
        {"table": "use_demand", "where": {"season": "dry"}, "set": {"demand_m3_per_day": 100}},
        {"table": "use_demand", "where": {"season": "dry"}, "multiply": {"demand_m3_per_day": 3}},
    )
    assert after.tables["use_demand"].set_index("season")["demand_m3_per_day"]["dry"] == 300.0


def test_settings_change_the_discount_rate(basin: Basin) -> None:
    after = changed(basin, {"settings": {"discount_rate_share_per_year": 0.08}})
    assert after.settings.discount_rate_share_per_year == 0.08
    assert after.settings.base_year == basin.settings.base_year


def test_a_changed_basin_is_written_and_read_back(basin: Basin, tmp_path: Path) -> None:
    after = changed(basin, {"table": "use_demand", "set": {"demand_m3_per_day": 7}})
    after.write(tmp_path / "changed")
    again = Basin.read(tmp_path / "changed")
    assert again.tables["use_demand"]["demand_m3_per_day"].tolist() == [7.0, 7.0]
    assert (tmp_path / "changed" / "reaches.csv").read_bytes() == basin.original["reaches.csv"]


WRONG = [
    ({"table": "reachs", "set": {"protected": True}}, "scenario.table", "changes[0].table", "reaches"),
    ({"table": "reaches", "set": {"protcted": True}}, "scenario.column", "changes[0].set.protcted", "protected"),
    ({"table": "reaches", "where": {"rech": "head"}, "set": {"protected": True}}, "scenario.column",
     "changes[0].where.rech", "reach"),
    ({"table": "reaches", "where": {"reach": "hed"}, "set": {"protected": True}}, "scenario.no_row",
     "changes[0].where.reach", "head"),
    ({"table": "reaches", "where": {"reach": ["head", "nile"]}, "set": {"protected": True}}, "scenario.no_row",
     "changes[0].where.reach", "head, mouth"),
    ({"table": "inflow", "where": {"reach": "head", "inflow_m3_per_day": 90000}, "set": {"inflow_m3_per_day": 1}},
     "scenario.no_row", "changes[0].where", "has"),
    ({"table": "reaches", "set": {"protected": "yes"}}, "scenario.value", "changes[0].set.protected", "true or false"),
    ({"table": "reaches", "set": {"reach": None}}, "scenario.value", "changes[0].set.reach", "letters"),
    ({"table": "reaches", "set": {"catchment_area_km2": -3}}, "scenario.value", "changes[0].set.catchment_area_km2",
     "above 0"),
    ({"table": "reaches", "set": {"catchment_area_km2": "big"}}, "scenario.value",
     "changes[0].set.catchment_area_km2", "a number"),
    ({"table": "stages", "set": {"years": 2.5}}, "scenario.value", "changes[0].set.years", "whole number"),
    ({"table": "sources", "set": {"kind": "dam"}}, "scenario.value", "changes[0].set.kind", "spring"),
    ({"table": "villages", "set": {"title": "x" * 501}}, "scenario.value", "changes[0].set.title", "500"),
    ({"table": "other_uses", "multiply": {"return_share": 9}}, "scenario.value", "changes[0].multiply.return_share",
     "at most 1"),
    ({"table": "stages", "multiply": {"years": 2}}, "scenario.value", "changes[0].multiply.years", "value"),
    ({"table": "obligations", "add": {"obligation": "x", "reach": "mouth", "season": "dry"}}, "scenario.missing",
     "changes[0].add[0].flow_m3_per_day", "at least 0"),
    ({"table": "obligations",
      "add": [{"obligation": "treaty", "reach": "mouth", "season": "dry", "flow_m3_per_day": 1}]},
     "scenario.row_twice", "changes[0].add[0]", "another name"),
    ({"settings": {"discount": 0.1}}, "scenario.column", "changes[0].settings.discount", "discount_rate"),
    ({"settings": {"discount_rate_share_per_year": 0.9}}, "scenario.value",
     "changes[0].settings.discount_rate_share_per_year", "0.5"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "code", "place", "hint"), WRONG, ids=[f"{w[1]}-{w[2]}" for w in WRONG])
def test_a_change_that_fits_nothing_is_a_finding(basin: Basin, change: dict[str, Any], code: str, place: str, hint: str) -> None:
    finding = only_finding(basin, change)
    assert (finding.code, finding.place) == (code, place)
    assert hint in f"{finding.allowed} {finding.remedy}"


def test_all_findings_come_at_once(basin: Basin) -> None:
    with pytest.raises(ScenarioError) as caught:
        changed(
            basin,
            {"table": "nowhere", "set": {"a": 1}},
            {"table": "reaches", "set": {"protected": 3, "colour": "blue"}},
            policy={"floors": [{"rung": 3, "share": 0.5, "group": "giants"}]},
        )
    assert [finding.place for finding in caught.value.findings] == [
        "changes[0].table",
        "changes[1].set.protected",
        "changes[1].set.colour",
        "policy.floors[0].group",
    ]


def test_a_floor_for_a_stage_that_is_not_there_is_a_finding(basin: Basin) -> None:
    finding = only_finding(basin, policy={"floors": [{"rung": 3, "share": 0.5, "stage": "s9"}]})
    assert (finding.code, finding.place) == ("scenario.reference", "policy.floors[0].stage")
    assert "s1" in finding.remedy + finding.allowed


def test_an_objective_that_stands_twice_is_a_finding(basin: Basin) -> None:
    finding = only_finding(basin, policy={"objectives": [{"objective": "cost"}, {"objective": "cost"}]})
    assert finding.place == "policy.objectives"


def test_a_village_that_is_removed_but_still_named_elsewhere_is_a_finding(basin: Basin) -> None:
    village = basin.tables["villages"]["village"][0]
    with pytest.raises(ScenarioError) as caught:
        changed(basin, {"table": "villages", "where": {"village": village}, "remove": True})
    assert {"population", "baseline"} <= {finding.table for finding in caught.value.findings}
    assert all(village in finding.message for finding in caught.value.findings if finding.code == "reference.unknown")
