"""What holds on every screen: axe finds nothing in either theme, a telephone shows one column, no key stands for a word."""

import json
import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from generators.pictures import settled
from generators.screens import SCREENS, SIGNED_OUT
from tests.web.axe import violations
from tests.web.conftest import Opening, Place
from tests.web.test_words import LANGUAGES, WORDS

TELEPHONE_PX = 390
TELEPHONE: dict[str, Any] = {"viewport": {"width": TELEPHONE_PX, "height": 844}, "has_touch": True, "is_mobile": True}
PARTS = {name for file in (WORDS / "en").glob("*.json") for name in json.loads(file.read_text(encoding="utf-8"))} - {"name"}
KEY = re.compile(rf"\b(?:{'|'.join(sorted(PARTS))})\.[a-z]+[A-Z]?\w*\b")
SMALL_TARGETS = """() => [...document.querySelectorAll("button, select, input, nav a, a.button")]
  .filter((target) => target.checkVisibility() && target.type !== "checkbox" && target.type !== "radio"
    && !target.closest(".maplibregl-map") && target.getBoundingClientRect().height < 43.5)
  .map((target) => target.outerHTML.slice(0, 120))"""


def shown(page: Page, place: Place, screen: str) -> None:
    """Opens a screen and waits until everything that it asked for is there."""
    page.goto(place.of(screen))
    settled(page)
    expect(page.get_by_role("heading").first).to_be_visible()


@pytest.mark.parametrize("screen", SCREENS)
def test_axe_finds_nothing_in_either_theme(opening: Opening, place: Place, screen: str) -> None:
    page = opening(signed_in=screen not in SIGNED_OUT)
    shown(page, place, screen)
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)
        expect(page.locator("html")).to_have_attribute("data-theme", theme)
        assert violations(page) == [], theme


@pytest.mark.parametrize("screen", SCREENS)
def test_a_telephone_shows_one_column_in_every_language(opening: Opening, place: Place, screen: str) -> None:
    page = opening(signed_in=screen not in SIGNED_OUT, **TELEPHONE)
    shown(page, place, screen)
    assert page.evaluate(SMALL_TARGETS) == [], "less than 44 px to touch"
    for language in LANGUAGES:
        page.locator("header select").select_option(language)
        expect(page.locator("html")).to_have_attribute("lang", language)
        assert page.evaluate("document.documentElement.scrollWidth") <= TELEPHONE_PX, language
        assert KEY.findall(page.locator("body").inner_text()) == [], language
