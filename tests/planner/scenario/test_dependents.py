"""A row is removed with everything that names it, and what remains is sound."""

from typing import Any

import pandas as pd
import pytest

from datasets.cases import find
from planner.basin import Basin
from planner.checks import check, errors
from planner.scenario.changes import apply
from planner.scenario.differences import describe
from planner.scenario.resolved import content_hash, resolve
from planner.scenario.scenario import Scenario, ScenarioError

TUTORIAL = Basin.read(find("tutorial"))


def removal(table: str, name: str, **more: Any) -> Scenario:
    key = TUTORIAL.tables[table].columns[0]
    change = {"table": table, "where": {key: name}, "remove": True, **more}
    return Scenario.from_dict({"name": "removal", "changes": [change]})


def without(table: str, name: str) -> Basin:
    return apply(TUTORIAL, removal(table, name, with_dependents=True))


@pytest.mark.parametrize(
    ("table", "name"),
    [(table, name) for table in ("villages", "sources", "treatment_sites", "links", "options", "trains", "channels", "groups")
     for name in TUTORIAL.tables[table].iloc[:, 0]],
)  # fmt: skip
def test_whatever_is_removed_from_the_tutorial_leaves_a_sound_basin(table: str, name: str) -> None:
    after = without(table, name)
    assert name not in set(after.tables[table].iloc[:, 0])
    assert errors(check(after)) == []


def test_a_village_takes_its_people_links_options_and_what_requires_them() -> None:
    after = without("villages", "hilltop")
    gone = {t: len(TUTORIAL.tables[t]) - len(f) for t, f in after.tables.items() if len(f) < len(TUTORIAL.tables[t])}
    assert gone == {"villages": 1, "population": 2, "baseline": 4, "links": 1, "options": 1, "option_requirements": 1}


def test_without_dependents_the_names_that_dangle_are_findings() -> None:
    with pytest.raises(ScenarioError) as error:
        apply(TUTORIAL, removal("villages", "hilltop"))
    assert {f.code for f in error.value.findings} == {"reference.unknown"}


def test_a_name_that_may_be_left_out_is_left_out() -> None:
    after = without("reaches", "lower_reach")
    assert after.tables["reaches"]["downstream"].isna().all()
    assert len(after.tables["reaches"]) == len(TUTORIAL.tables["reaches"]) - 1


def test_a_source_goes_with_its_reach_rather_than_drawing_on_no_river() -> None:
    sources = TUTORIAL.tables["sources"]
    drawing = set(sources.loc[sources["reach"] == "lower_reach", "source"])
    assert drawing
    assert not drawing & set(without("reaches", "lower_reach").tables["sources"]["source"])


def test_a_channel_is_never_opened_to_everywhere_because_its_place_is_gone() -> None:
    before = TUTORIAL.tables["channel_eligibility"]
    after = without("administrations", "lower_district").tables["channel_eligibility"]
    assert after["administration"].isna().sum() == before["administration"].isna().sum()
    assert len(after) < len(before)


def test_a_name_that_other_rows_keep_takes_nothing_along() -> None:
    change = {"table": "service_plans", "where": {"mode": "public_tap"}, "remove": True, "with_dependents": True}
    after = apply(TUTORIAL, Scenario.from_dict({"name": "x", "changes": [change]}))
    assert {t for t, f in after.tables.items() if len(f) < len(TUTORIAL.tables[t])} == {"service_plans"}


def test_scenarios_without_it_are_written_as_before_and_with_it_read_back() -> None:
    assert "with_dependents" not in removal("villages", "hilltop").to_yaml()
    with_it = removal("villages", "hilltop", with_dependents=True)
    assert "with_dependents: true" in with_it.to_yaml()
    assert describe(with_it, TUTORIAL) == ["Left out of villages: Hilltop, with everything that names it."]


def test_the_hash_of_the_content_is_that_of_the_resolved_scenario() -> None:
    scenario = Scenario.read(find("tutorial").parent / "scenarios" / "least_cost.yaml")
    assert content_hash(apply(TUTORIAL, scenario), scenario.policy) == resolve(TUTORIAL, scenario).hash
    villages: pd.DataFrame = TUTORIAL.tables["villages"].assign(elevation_m=0.0)
    other = Basin(TUTORIAL.settings, {**TUTORIAL.tables, "villages": villages})
    assert content_hash(other, scenario.policy) != content_hash(TUTORIAL, scenario.policy)
