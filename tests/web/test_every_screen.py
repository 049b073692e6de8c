"""What holds on every screen: axe finds nothing in either theme, a telephone shows one column, no key stands for a word."""

import json
import re
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from generators.pictures import settled
from generators.screens import SCREENS, SIGNED_OUT
from tests.web.axe import COLOURS, violations
from tests.web.conftest import Guard, Place
from tests.web.test_words import LANGUAGES, WORDS

TELEPHONE_PX = 390
WIDE: Any = {"width": 1366, "height": 768}
NARROW: Any = {"width": TELEPHONE_PX, "height": 844}
TELEPHONE: dict[str, Any] = {"viewport": NARROW, "has_touch": True, "is_mobile": True}
PARTS = {name for file in (WORDS / "en").glob("*.json") for name in json.loads(file.read_text(encoding="utf-8"))} - {"name"}
KEY = re.compile(rf"\b(?:{'|'.join(sorted(PARTS))})\.[a-z]+[A-Z]?\w*\b")
ENGLISH_FIGURE = re.compile(r"\d (?:thousand|million|billion)\b")
SMALL_TARGETS = """() => [...document.querySelectorAll("button, select, input, nav a, a.button")]
  .filter((target) => target.checkVisibility() && target.type !== "checkbox" && target.type !== "radio"
    && !target.closest(".maplibregl-map") && target.getBoundingClientRect().height < 43.5)
  .map((target) => target.outerHTML.slice(0, 120))"""


@pytest.fixture(scope="module")
def telephones(place: Place, chromium: Browser) -> Iterator[dict[bool, Page]]:
    """A telephone on which somebody is signed in, and one on which nobody is: the same for all screens, as people keep theirs."""
    with ExitStack() as ending:
        guards = {signed_in: ending.enter_context(Guard(place, chromium)) for signed_in in (True, False)}
        yield {signed_in: guard.opened(signed_in, **TELEPHONE) for signed_in, guard in guards.items()}


@pytest.mark.parametrize("screen", SCREENS)
def test_a_screen_is_for_everybody(telephones: dict[bool, Page], place: Place, screen: str) -> None:
    page = telephones[screen not in SIGNED_OUT]
    page.set_viewport_size(NARROW)
    page.emulate_media(color_scheme="light")
    page.goto(place.of(screen))
    settled(page)
    expect(page.get_by_role("heading").first).to_be_visible()
    assert page.evaluate(SMALL_TARGETS) == [], "less than 44 px to touch"
    for language in (*LANGUAGES[1:], LANGUAGES[0]):
        page.locator("header select").select_option(language)
        expect(page.locator("html")).to_have_attribute("lang", language)
        assert page.evaluate("document.documentElement.scrollWidth") <= TELEPHONE_PX, language
        text = page.locator("body").inner_text()
        assert KEY.findall(text) == [], language
        assert language == "en" or ENGLISH_FIGURE.findall(text) == [], language
    page.set_viewport_size(WIDE)
    settled(page)
    assert violations(page) == []
    page.emulate_media(color_scheme="dark")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    assert violations(page, COLOURS) == [], "dark"
