"""The trail tells people, not machines: moments as other screens do, fields by their names in the reader's language."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.web.conftest import Opening, Place
from tests.web.test_words import LANGUAGES

TIME_OF_A_MACHINE = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}")
A_MOMENT = re.compile(r"[A-Z][a-z]{2} \d{1,2}, \d{4}, \d{1,2}:\d{2}\s[AP]M")
NAME_OF_A_COLUMN = re.compile(r"\b(used at|user id|password hash|token hash|created by|expires at|open to public)\b")


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_moment_and_no_field_of_the_trail_stands_as_the_database_has_it(page: Page, place: Place, code: str) -> None:
    page.goto(f"{place.of('trail')}&language={code}")
    rows = page.locator("tbody tr")
    expect(rows.first).to_be_visible()
    page.evaluate("document.querySelectorAll('details').forEach((details) => (details.open = true))")
    expect(rows.locator("dd").first).to_be_visible()
    # What scenarios, plans and settings are made of stays as it is kept: documents for machines.
    told = [text for text in rows.locator("dt, dd").all_inner_texts() if "{" not in text and "[" not in text]
    assert len(told) > 20
    assert not [text for text in told if TIME_OF_A_MACHINE.search(text)]
    assert not [text for text in told if NAME_OF_A_COLUMN.search(text)]


def test_a_moment_in_the_trail_is_of_the_reader_s_place(opening: Opening, place: Place) -> None:
    """The end of a share link is told as the hour that it is where the reader is."""
    basin = place.identifiers["basin"]
    place.service.ask("POST", f"/v1/basins/{basin}/share-links", {"name": "For the trail"})
    shown = []
    for zone in ("Asia/Phnom_Penh", "America/Lima"):
        page = opening(timezone_id=zone)
        page.goto(f"{place.of('trail')}&basin={basin}&language=en")
        row = page.locator("tbody tr").filter(has=page.locator("dd", has_text="For the trail")).first
        row.locator("summary").click()
        shown.append(row.locator("dt", has_text="Until").locator("xpath=following-sibling::dd[1]").inner_text())
    assert all(A_MOMENT.search(text) for text in shown)
    assert shown[0] != shown[1]
