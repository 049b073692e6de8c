"""Two people edit one basin at once: the second is told, nothing of either is lost, and both edits are in the end."""

from playwright.sync_api import Page, expect

from datasets.cases import find
from planner.basin import Basin
from planner.formats.archive import write_archive
from tests.web.axe import violations
from tests.web.conftest import EMAIL, OTHER_EMAIL, Opening, Place


def typed(page: Page, cell: str, value: str) -> None:
    """A cell of the table of villages gets another value."""
    page.get_by_label(cell).first.fill(value)
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Save as a new version")).to_be_enabled()


def test_the_second_of_two_editors_is_told_and_goes_on(opening: Opening, place: Place) -> None:
    basin = place.brought(write_archive(Basin.read(find("tutorial"))), "Edited by two")
    first, second = opening(email=EMAIL), opening(email=OTHER_EMAIL)
    for page in (first, second):
        page.goto(f"{place.service.address}/basins/{basin}?view=tables&table=villages")
    typed(first, "Name, riverside", "Riverside of the first")
    typed(second, "Name, farside", "Farside of the second")
    save = "Save as a new version"
    first.get_by_role("button", name=save).click()
    expect(first.get_by_role("button", name=save)).to_have_count(0)
    second.get_by_role("button", name=save).click()
    expect(second.get_by_text("Somebody else has saved a newer version meanwhile.")).to_be_visible()
    assert violations(second) == []
    expect(second.get_by_label("Name, farside").first).to_have_value("Farside of the second")
    second.get_by_role("button", name="Load the newest version").click()
    expect(second.get_by_label("Name, riverside").first).to_have_value("Riverside of the first")
    second.get_by_role("button", name=save).click()
    expect(second.get_by_role("button", name=save)).to_have_count(0)
    first.reload()
    for cell, value in (("Name, riverside", "Riverside of the first"), ("Name, farside", "Farside of the second")):
        expect(first.get_by_label(cell).first).to_have_value(value)
