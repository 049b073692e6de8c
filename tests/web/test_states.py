"""States that no address leads to: something is wrong, something is lost, another look was chosen. Axe finds nothing in them."""

import re

import pytest
from playwright.sync_api import expect

from tests.web.axe import violations
from tests.web.conftest import EMAIL, Opening, Place

THEMES = ("light", "dark")


@pytest.mark.parametrize("theme", THEMES)
def test_a_wrong_password_is_told_to_everybody(opening: Opening, place: Place, theme: str) -> None:
    page = opening(signed_in=False, color_scheme=theme)
    page.goto(place.of("sign-in"))
    page.get_by_label("E-mail").fill(EMAIL)
    page.get_by_label("Password").fill("not this one")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_be_visible()
    assert violations(page) == []


@pytest.mark.parametrize("theme", THEMES)
def test_a_service_that_is_lost_from_the_start_is_told_to_everybody(opening: Opening, place: Place, theme: str) -> None:
    page = opening(color_scheme=theme)
    page.context.route("**/v1/**", lambda route: route.abort())
    page.goto(place.of("plan"))
    expect(page.get_by_text("The service cannot be reached.").first).to_be_visible()
    assert violations(page) == []


@pytest.mark.parametrize("theme", THEMES)
def test_the_tables_behind_map_and_chart_are_for_everybody(opening: Opening, place: Place, theme: str) -> None:
    page = opening(color_scheme=theme)
    page.goto(place.of("plan"))
    page.get_by_role("button", name="Show as a table").first.click()
    page.get_by_role("button", name="Show as a table").first.click()
    expect(page.get_by_role("row", name=re.compile("Farside"))).to_be_visible()
    assert violations(page) == []


def test_a_chosen_theme_is_kept_against_the_system_and_paper_is_white(opening: Opening, place: Place) -> None:
    page = opening(color_scheme="light")
    page.add_init_script("localStorage.setItem('theme', 'dark')")
    page.goto(place.of("home"))
    ground = "getComputedStyle(document.body).backgroundColor"
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    assert page.evaluate(ground) != "rgb(255, 255, 255)"
    page.emulate_media(media="print")
    assert page.evaluate(ground) == "rgb(255, 255, 255)"


def test_the_first_key_leads_past_the_navigation(opening: Opening, place: Place) -> None:
    page = opening()
    page.goto(place.of("home"))
    expect(page.get_by_role("link", name="Tutorial basin")).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
