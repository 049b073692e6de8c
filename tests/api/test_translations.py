"""The languages: what they translate is there in English, and what they do not have stays English."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from api.services import forms
from planner.basin.tables import ROWS
from planner.translations import ENGLISH, LANGUAGES, Language, language, translated, untranslated

OTHERS = [code for code in LANGUAGES if code != ENGLISH]
TRANSLATED_FROM: Final = Path(__file__).with_name("translated_from.json")
FIGURE: Final = re.compile(r"\d+(?:[.,]\d+)*")
NAME: Final = re.compile(r"[a-z]+(?:_[a-z0-9]+)+")
MEANING: Final = re.compile(r"\b(\w+)(?::|：|៖| - )", re.ASCII)  # as web/src/design/form/schema.ts looks for it


def test_the_languages_of_the_region_are_there() -> None:
    assert set(OTHERS) == {"km", "lo", "my", "th", "vi", "zh"}


@pytest.mark.parametrize("code", OTHERS)
def test_a_language_translates_only_what_is_there(code: str) -> None:
    assert language(code).texts.keys() <= forms.texts().keys()


@pytest.mark.parametrize("code", OTHERS)
def test_every_title_and_help_of_a_form_is_translated(code: str) -> None:
    """Who adds a table, a column or a key tells it in planner/translations; `rivershare schema --untranslated` lists it."""
    assert untranslated(forms.texts(), language(code)) == {}


def test_the_english_is_still_what_was_translated() -> None:
    """Who changes a title or help changes it in all six languages, and only then here.

    `rivershare schema --untranslated --language en > tests/api/translated_from.json` writes the English anew.
    """
    now, then = forms.texts(), json.loads(TRANSLATED_FROM.read_text(encoding="utf-8"))
    assert {key: (then.get(key), text) for key, text in now.items() if then.get(key) != text} == {}, "Translate these anew."
    assert then.keys() - now.keys() == set()


@pytest.mark.parametrize("code", OTHERS)
def test_a_translation_has_the_figures_of_the_english(code: str) -> None:
    texts, told = forms.texts(), language(code).texts
    assert [key for key in told if sorted(FIGURE.findall(told[key])) != sorted(FIGURE.findall(texts[key]))] == []


def explained(part: object) -> Iterator[tuple[str, set[str]]]:
    """Each help of a choice, with the values that it tells the meaning of."""
    if isinstance(part, dict):
        own = {value for one in (part, *part.get("anyOf", [])) for value in one.get("enum", [])}
        if own and isinstance(part.get("description"), str):
            yield part["description"], own.intersection(MEANING.findall(part["description"]))
    for inner in part.values() if isinstance(part, dict) else part if isinstance(part, list) else []:
        yield from explained(inner)


@pytest.mark.parametrize("code", OTHERS)
def test_a_translation_has_the_names_and_the_values_of_the_english(code: str) -> None:
    """A value stands before its meaning, so that the page can call it as the form does."""
    texts, told = forms.texts(), language(code).texts
    choices = dict(pair for form in forms.FORMS for pair in explained(forms.schema(form)))
    assert choices[texts["policy.blending.help"]] == {"none", "chemicals"}
    assert [key for key in told if not set(NAME.findall(texts[key])) <= set(NAME.findall(told[key]))] == []
    assert [key for key in told if not choices.get(texts[key], set()) <= set(MEANING.findall(told[key]))] == []


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
