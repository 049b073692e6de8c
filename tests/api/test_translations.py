"""The languages: what they translate is there in English, and what they do not have stays English."""

import json

import pytest

from api.services import forms
from planner.basin.tables import ROWS
from planner.translations import ENGLISH, LANGUAGES, Language, language, translated, untranslated

OTHERS = [code for code in LANGUAGES if code != ENGLISH]


def test_the_languages_of_the_region_are_there() -> None:
    assert set(OTHERS) == {"km", "lo", "my", "th", "vi", "zh"}


@pytest.mark.parametrize("code", OTHERS)
def test_a_language_translates_only_what_is_there(code: str) -> None:
    assert language(code).texts.keys() <= forms.texts().keys()


@pytest.mark.parametrize("code", OTHERS)
def test_every_title_of_a_table_a_column_and_a_policy_is_translated(code: str) -> None:
    """Who adds a table or a column gives it a title in planner/translations; `rivershare schema --untranslated` lists it."""
    assert untranslated(forms.texts(), language(code), parts=["title"]) == {}


@pytest.mark.parametrize("code", OTHERS)
def test_the_schema_of_a_basin_has_no_english_title_left(code: str) -> None:
    schema = forms.schema("basin")
    english, told = schema["properties"], translated(schema, "basin", language(code))["properties"]
    for table in [row.table for row in ROWS]:
        assert told[table]["title"] != english[table]["title"]
        columns = told[table]["items"]["properties"]
        assert [c for c, form in english[table]["items"]["properties"].items() if columns[c]["title"] == form["title"]] == []


@pytest.mark.parametrize("code", OTHERS)
def test_a_translation_is_no_english_and_not_blank(code: str) -> None:
    english = forms.texts()
    assert [key for key, text in language(code).texts.items() if not text.strip() or text == english[key]] == []


def test_what_a_language_does_not_have_stays_english_and_the_schema_itself_is_not_changed() -> None:
    schema, title = forms.schema("policy"), "policy.hauled_price_usd_per_m3.title"
    price = translated(schema, "policy", Language("xx", "Some", "unreviewed", {title: "Preis"}))["properties"][
        "hauled_price_usd_per_m3"
    ]
    assert price["title"] == "Preis" != schema["properties"]["hauled_price_usd_per_m3"]["title"]
    assert price["description"] == "Price of water hauled in a stress member."
    assert "x-language" not in schema


@pytest.mark.parametrize("code", OTHERS)
def test_every_table_says_what_it_is_in_every_language(code: str) -> None:
    assert [row.table for row in ROWS if f"{row.table}.help" not in language(code).texts] == []


@pytest.mark.parametrize("code", OTHERS)
def test_units_are_told_beside_those_that_programs_know(code: str) -> None:
    told = json.loads(forms.document("basin", code).data)["properties"]["use_demand"]["items"]["properties"]
    assert told["demand_m3_per_day"]["x-unit"] == "m³/day"
    assert told["demand_m3_per_day"]["x-unit-title"] not in ("", "m³/day")


def test_every_text_has_one_key() -> None:
    texts = forms.texts()
    assert texts["villages.title"] == "Villages"
    assert texts["villages.village.title"] == "Village"
    assert texts["basin.base_year.title"] == "Base year"
    assert texts["floor.rung.help"] == "Rung of the JMP ladder, 1 to 5."
