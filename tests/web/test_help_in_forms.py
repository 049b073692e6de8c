"""Forms explain themselves in the language of the page, their long texts too."""

import pytest
from playwright.sync_api import Page, expect

from api.services import forms
from planner.translations import language
from tests.web.conftest import Place
from tests.web.test_words import LANGUAGES, texts


@pytest.mark.parametrize("code", LANGUAGES[1:])
def test_the_form_of_a_policy_has_no_help_left_in_english(page: Page, place: Place, code: str) -> None:
    page.goto(f"{place.of('policy')}&language={code}")
    form = page.locator("main form")
    expect(form.get_by_text(language(code).texts["fairness.between.help"])).to_be_attached()
    said = form.text_content() or ""
    assert language(code).texts["risk_attitude.tail_weight.help"] in said
    assert [key for key, text in forms.texts().items() if key.endswith(".help") and text in said] == []


@pytest.mark.parametrize("code", LANGUAGES[1:])
def test_help_calls_the_choices_of_a_field_as_the_field_does(page: Page, place: Place, code: str) -> None:
    page.goto(f"{place.of('policy')}&language={code}")
    help_of_field = page.locator("#field-blending-help")
    expect(help_of_field).to_contain_text(texts(code)["choices.blending_none"])
    expect(help_of_field).to_contain_text(texts(code)["choices.chemicals"])
    expect(help_of_field).not_to_contain_text("chemicals")
