"""Scenarios of some of the design members, and the mean year of all."""

import pytest

from datasets.cases import find
from planner.basin import Basin
from planner.scenario.members import design_members, mean_year, only_members
from planner.scenario.resolved import resolve
from planner.scenario.scenario import Scenario

PARTED = [
    {"table": "members", "where": {"member": "normal_year"}, "set": {"probability": 0.45}},
    {"table": "members", "add": {"member": "wet_year", "probability": 0.3}},
    {"table": "members", "add": {"member": "drought", "kind": "stress", "probability": 0.02}},
]


@pytest.fixture(scope="module")
def three():
    """Normal 45 %, wet 30 %, dry 25 %, and a drought as stress."""
    basin = Basin.read(find("tutorial"))
    rows = {}
    for table, place in (("inflow", "reach"), ("source_yields", "source")):
        normal = basin.tables[table].query("member == 'normal_year'")
        rows[table] = [
            {**row, "member": member}
            for member in ("wet_year", "drought")
            for row in normal.drop(columns="member").to_dict("records")
        ]
        assert rows[table] and place in rows[table][0]
    changes = [*PARTED, *({"table": table, "add": added} for table, added in rows.items())]
    return resolve(basin, Scenario.from_dict({"name": "three", "changes": changes}))


def test_the_members_that_stay_share_the_whole_probability(three):
    part = only_members(three, ["dry_year", "wet_year"], "part", "Part")
    assert design_members(part.basin).to_dict() == pytest.approx({"dry_year": 0.25 / 0.55, "wet_year": 0.3 / 0.55})
    assert list(part.horizon.members) == ["dry_year", "wet_year", "drought"]
    for table in ("inflow", "source_yields"):
        assert set(part.basin.tables[table]["member"]) == {"dry_year", "wet_year", "drought"}


def test_written_down_and_planned_again_it_is_the_same(three):
    part = only_members(three, ["dry_year"], "dry", "Dry alone")
    assert part.scenario.changes[: len(three.scenario.changes)] == three.scenario.changes
    again = resolve(Basin.read(find("tutorial")), Scenario.from_dict(part.scenario.model_dump(mode="json")))
    assert again.hash == part.hash


def test_with_all_members_nothing_is_changed(three):
    whole = only_members(three, list(design_members(three.basin).index), "whole", "Whole")
    assert whole.hash == three.hash


def test_the_mean_year_s_water_is_the_mean_by_probability(three):
    mean = mean_year(three)
    assert design_members(mean.basin).tolist() == [1.0]
    design = three.horizon.design
    for own, all_members in ((mean.network.source_yield_m3_per_day, three.network.source_yield_m3_per_day),
                             (mean.river.natural_m3_per_day, three.river.natural_m3_per_day)):  # fmt: skip
        expected = all_members[..., design] @ three.horizon.probability[design]
        assert own[..., mean.horizon.design][..., 0] == pytest.approx(expected)
        assert own[..., ~mean.horizon.design] == pytest.approx(all_members[..., ~design])
