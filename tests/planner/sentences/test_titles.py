"""Tables, columns and units are called in every language as its forms call them, wherever a sentence names them."""

from inspect import getdoc
from pathlib import Path

import pytest

from planner.basin import Basin
from planner.basin.tables import ROWS
from planner.basin.tables import columns as basin_columns
from planner.plan.assumed import assumed_figures
from planner.plan.assumption_differences import basin_differences
from planner.plan.derived import derived_columns
from planner.plan.tables import ROW_OF, columns
from planner.plan.titles import Titles
from planner.scenario.changes import apply
from planner.scenario.differences import describe
from planner.scenario.scenario import Scenario
from planner.sentences import Template, catalogue, in_language, place_told
from planner.translations import ENGLISH, LANGUAGES, language

OTHERS = [code for code in LANGUAGES if code != ENGLISH]
SIGNS = {"log10", "km", "km²", "m", "m²", "m³", "mm", "L", "kg/m³", "kg CO2/kWh", "USD", "USD/m", "USD/m³", "USD/kWh"}
RICE = {"table": "use_demand", "where": {"use": "rice", "season": "dry"}, "multiply": {"demand_m3_per_day": 0.8}}
RISE = {"table": "use_demand", "multiply": {"demand_m3_per_day": 1.5}}
WEST = {"table": "population", "where": {"group": "poor"}, "set": {"persons": 12}}
GONE = {"table": "other_uses", "where": {"use": "rice"}, "remove": True, "with_dependents": True}


def small(text: str) -> str:
    return text[:1].lower() + text[1:]


@pytest.fixture
def basin(small_basin: Path) -> Basin:
    return Basin.read(small_basin)


@pytest.mark.parametrize("code", OTHERS)
def test_changes_of_a_scenario_are_told_with_the_titles_of_the_forms(code: str, basin: Basin) -> None:
    changes = [RICE, RISE, WEST, GONE, {"settings": {"base_year": 2025}}]
    rice, rise, west, gone, year = (
        in_language(text, code) for text in describe(Scenario.from_dict({"name": "tried", "changes": changes}), basin)
    )
    texts, figure = language(code).texts, catalogue(code).figure
    demand, table = small(texts["use_demand.demand_m3_per_day.title"]), small(texts["use_demand.title"])
    assert demand in rice and "Rice, two crops" in rice and f"{figure('20')} %" in rice and figure("2,400") in rice
    assert demand in rise and table in small(rise) and f"{figure('50')} %" in rise
    assert small(texts["population.persons.title"]) in west and texts["population.title"] in west and figure("12") in west
    assert small(texts["other_uses.title"]) in gone and "Rice, two crops" in gone
    assert texts["basin.base_year.title"] in year and figure("2025") in year
    assert "becomes" not in rice + rise + west + year and "instead" not in rice + year and "left out" not in gone.lower()


@pytest.mark.parametrize("code", OTHERS)
def test_what_plans_assume_differently_is_called_by_the_titles_of_the_forms(code: str, basin: Basin) -> None:
    other = apply(basin, Scenario.from_dict({"name": "more", "changes": [RISE]}))
    subjects = [in_language(one.subject, code) for one in basin_differences([basin, other], Titles(basin))]
    texts = language(code).texts
    assert subjects
    for subject in subjects:
        assert texts["use_demand.title"] in subject and small(texts["use_demand.demand_m3_per_day.title"]) in subject


@pytest.mark.parametrize("code", OTHERS)
def test_what_rests_on_an_assumption_is_called_by_the_titles_of_the_forms(code: str) -> None:
    rests = [text for text in assumed_figures(Basin.read("datasets/ratanakiri/basin"))["rests"] if text]
    assert rests
    assert [text for text in rests if in_language(text, code) == text] == []


@pytest.mark.parametrize("code", OTHERS)
def test_every_table_and_column_of_a_plan_is_told(code: str) -> None:
    texts = {" ".join((getdoc(row) or "").split()) for row in ROW_OF.values()}
    texts |= {table.replace("_", " ").capitalize() for table in ROW_OF}
    texts |= {column.title for table in ROW_OF for column in (*columns(table), *derived_columns(table))}
    assert [text for text in sorted(texts) if in_language(text, code) == text] == []


@pytest.mark.parametrize("code", OTHERS)
def test_every_unit_of_a_column_is_told(code: str) -> None:
    units = {column.unit for table in ("basin", *(row.table for row in ROWS)) for column in basin_columns(table)} - {""}
    assert [unit for unit in sorted(units - SIGNS) if in_language(unit, code) == unit] == []


def test_a_title_that_is_no_title_of_a_basin_is_not_told() -> None:
    assert in_language("Colours: shade", "vi") == "Colours: shade"
    assert in_language("Villages: elevation", "vi") != "Villages: elevation"


def test_a_place_of_the_audit_has_its_kinds_in_the_language_and_its_names_as_they_stand() -> None:
    place = "village Lam Pat, member Wet year, one in four, stage 2027–2031"
    assert place_told(place, ENGLISH) == place
    assert place_told(place, "zh") == "村庄 Lam Pat, 年份类型 Wet year, one in four, 阶段 2027–2031"
    for code in OTHERS:
        told = place_told(place, code)
        assert not any(f"{kind} " in told for kind in ("village", "member", "stage"))
        assert all(name in told for name in ("Lam Pat", "Wet year, one in four", "2027–2031"))


def test_a_name_in_latin_letters_stands_apart_from_a_script_that_sets_no_spaces() -> None:
    thai = Template("อย่างน้อย {share:figure} ของ{group}อยู่")
    assert thai.filled({"share": "50", "group": "Poor households"}) == "อย่างน้อย 50 ของ Poor households อยู่"
    assert thai.filled({"share": "50", "group": "แต่ละกลุ่ม"}) == "อย่างน้อย 50 ของแต่ละกลุ่มอยู่"
