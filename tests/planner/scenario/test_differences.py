"""A scenario's changes are told in plain sentences."""

from pathlib import Path
from typing import Any

import pytest

from planner.basin import Basin
from planner.scenario.differences import describe
from planner.scenario.scenario import Scenario


@pytest.fixture
def basin(small_basin: Path) -> Basin:
    return Basin.read(small_basin)


def told(change: dict[str, Any], basin: Basin | None) -> list[str]:
    return describe(Scenario.from_dict({"name": "tried", "changes": [change]}), basin)


def test_a_scenario_without_changes_says_nothing(basin: Basin) -> None:
    assert describe(Scenario(name="as_is"), basin) == []


def test_a_cut_is_told_with_both_amounts_and_the_reason(basin: Basin) -> None:
    change = {
        "table": "use_demand",
        "where": {"use": "rice", "season": "dry"},
        "multiply": {"demand_m3_per_day": 0.8},
        "why": "One crop less.",
    }
    assert told(change, basin) == [
        "Rice, two crops, Dry: demand becomes 20 % less, 2,400 m³/day instead of 3,000 m³/day. Why: One crop less."
    ]
    assert told(change, None) == ["Rice, dry: demand becomes 20 % less. Why: One crop less."]


def test_where_only_the_basin_after_the_changes_is_known_rows_have_their_titles(basin: Basin) -> None:
    cut = {"table": "use_demand", "where": {"use": "rice", "season": "dry"}, "set": {"demand_m3_per_day": 2400}}
    scenario = Scenario.from_dict({"name": "tried", "changes": [cut]})
    assert describe(scenario, named=basin) == ["Rice, two crops, Dry: demand becomes 2,400 m³/day."]


def test_values_that_differed_are_told_as_a_range(basin: Basin) -> None:
    change = {"table": "use_demand", "set": {"demand_m3_per_day": 100}}
    assert told(change, basin) == ["Every row of use demand: demand becomes 100 m³/day instead of 500 to 3,000 m³/day (2 rows)."]


def test_choices_and_truths_are_told_as_words(basin: Basin) -> None:
    change = {"table": "reaches", "where": {"reach": "mouth"}, "set": {"protected": True}}
    assert told(change, basin) == ["Mouth: protected becomes yes instead of no."]


def test_rows_that_come_and_go_are_named(basin: Basin) -> None:
    added = {
        "table": "obligations",
        "add": {"obligation": "delta", "reach": "mouth", "season": "dry", "flow_m3_per_day": 1},
    }
    assert told(added, basin) == ["New in obligations: delta, Dry."]
    removed = {"table": "other_uses", "where": {"use": "rice"}, "remove": True}
    assert told(removed, basin) == ["Left out of other uses: Rice, two crops."]


def test_years_have_no_thousands_separator(basin: Basin) -> None:
    assert told({"settings": {"base_year": 2025}}, basin) == ["Base year becomes 2025 instead of 2026."]
