"""Money is told with the year of its prices, on each screen that tells of money, before the first amount."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.web.conftest import Place

AMOUNT = re.compile(r"\d( thousand| million| billion)?\s+USD")
BESIDE = 40  # letters of its own unit or of the words behind it
IN_DIGITS_OF = {"my": "၂၀၂၇"}
YEAR = re.compile(r"USD (of|at prices of) 2027")


@pytest.mark.parametrize("screen", ["plan", "plan-works", "plan-money", "village", "compare", "run"])
def test_the_first_amount_on_a_screen_stands_with_its_base_year(page: Page, place: Place, screen: str) -> None:
    page.goto(place.of(screen))
    expect(page.get_by_text(YEAR).first).to_be_visible()
    expect(page.locator("main").get_by_text(AMOUNT).first).to_be_visible()
    expect(page.locator("main").get_by_text("Loading…")).to_have_count(0)
    text = page.locator("main").inner_text()
    year, amount = YEAR.search(text), AMOUNT.search(text)
    assert year and amount
    assert year.start() < amount.end() + BESIDE, text[: amount.end() + 80]


def test_the_year_is_told_in_the_language_of_the_page(page: Page, place: Place) -> None:
    page.goto(f"{place.of('village')}?language=zh")
    expect(page.get_by_text("金额为美元，按 2027 年价格计。")).to_be_visible()


@pytest.mark.parametrize("screen", ["run", "policy", "explained-solver"])
def test_no_screen_says_base_year_without_naming_it(page: Page, place: Place, screen: str) -> None:
    page.goto(place.of(screen))
    expect(page.get_by_text(YEAR).first).to_be_visible()
    assert "USD of the base year" not in page.locator("main").inner_text()


@pytest.mark.parametrize("code", ["en", "km", "lo", "my", "th", "vi", "zh"])
def test_a_run_and_a_policy_name_the_year_in_every_language(page: Page, place: Place, code: str) -> None:
    page.goto(f"{place.of('run')}?language={code}")
    year = IN_DIGITS_OF.get(code, "2027")
    expect(page.locator("main td").get_by_text(year).first).to_be_visible()
    page.goto(f"{place.of('policy')}&language={code}")
    expect(page.locator("main form > p").get_by_text(year).first).to_be_visible()
