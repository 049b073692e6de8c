"""How much a slow line has to carry: text for little, maps and charts only where they are looked at."""

import pytest
from playwright.sync_api import Page, Response, expect

from tests.web.conftest import Opening, Place

KB = 1000


def carried(page: Page) -> list[Response]:
    """What the page is answered from now on."""
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))
    return answers


def weight(answers: list[Response]) -> int:
    """Bytes of bodies as they went over the line."""
    return sum(answer.request.sizes()["responseBodySize"] for answer in answers)


@pytest.mark.parametrize("language", ["en", "km", "my"])
def test_text_can_be_read_after_200_kb_letters_included(opening: Opening, place: Place, language: str) -> None:
    page = opening()
    answers = carried(page)
    page.goto(f"{place.of('home')}?language={language}")
    expect(page.get_by_role("link", name="Tutorial basin")).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert weight(answers) <= 200 * KB


def test_a_plan_with_its_map_and_charts_weighs_900_kb_at_most(opening: Opening, place: Place) -> None:
    page = opening()
    answers = carried(page)
    page.goto(place.of("plan"))
    expect(page.locator(".maplibregl-map[aria-busy=false]").first).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert weight(answers) <= 900 * KB
