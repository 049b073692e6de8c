"""From a file to an export: import, scenario, run, change, run again, compare, comment, export; by mouse, touch or keyboard."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from datasets.cases import find
from generators.pictures import settled
from planner.basin import Basin
from planner.formats.archive import write_archive
from tests.web.conftest import Opening, Place
from tests.web.hands import Finger, Hand, Keyboard, Pointer
from tests.web.test_every_screen import TELEPHONE

HANDS: dict[str, tuple[type[Hand], dict[str, Any]]] = {
    "mouse": (Pointer, {}),
    "touch": (Finger, TELEPHONE),
    "keyboard": (Keyboard, {}),
}

FIRST, SECOND = "As cheap as can be", "Half of every village"
SAID = "Farside has waited long enough."


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tutorial basin as somebody would bring it."""
    file = tmp_path_factory.mktemp("brought") / "tutorial.zip"
    file.write_bytes(write_archive(Basin.read(find("tutorial"))))
    return file


def run(hand: Hand) -> None:
    """From a scenario to its plan."""
    page = hand.page
    hand.press(page.get_by_role("button", name="Start a run"))
    expect(page.get_by_text("Ended with a plan").first).to_be_visible()
    hand.press(page.get_by_role("link", name="To the plan"))
    expect(page.get_by_text("Proven optimal").first).to_be_visible()


def imported(hand: Hand, archive: Path, title: str) -> None:
    """From the first screen to the basin made of a file."""
    page = hand.page
    hand.press(page.get_by_role("link", name="Import a basin"))
    hand.bring(page.get_by_label("Drag a file here"), archive)
    expect(page.get_by_role("heading", name="The file is sound")).to_be_visible()
    hand.write(page.get_by_label("Title of the basin"), title)
    hand.press(page.get_by_role("button", name="Make the basin"))
    expect(page.get_by_role("heading", level=1, name=title)).to_be_visible()


def planned_as_it_is(hand: Hand) -> None:
    """From a basin to a scenario that asks for nothing, and its plan."""
    page = hand.page
    hand.press(page.get_by_role("link", name="Scenarios"))
    hand.write(page.get_by_label("Title"), FIRST)
    hand.press(page.get_by_role("button", name="Make it"))
    expect(page.get_by_role("heading", level=1, name=FIRST)).to_be_visible()
    run(hand)


def planned_for_half(hand: Hand) -> None:
    """From a scenario to one that comes from it and asks that half of every village be served, and its plan."""
    page = hand.page
    hand.press(page.get_by_role("button", name="Branch"))
    hand.write(page.get_by_label("Title"), SECOND)
    hand.press(page.get_by_role("button", name="Branch"))
    expect(page.get_by_role("heading", level=1, name=SECOND)).to_be_visible()
    hand.press(page.get_by_role("button", name="Policy and budgets"))
    hand.press(page.get_by_role("button", name="Floors: add"))
    floors = page.get_by_role("group", name="Floors", exact=True)
    hand.write(floors.get_by_label("Rung"), "4")
    hand.write(floors.get_by_label("Share"), "50")
    hand.press(page.get_by_role("button", name="Save"))
    expect(page.get_by_text("This scenario has a policy of its own.")).to_be_visible()
    hand.press(page.get_by_role("button", name="Overview"))
    # What differs comes after the rest, above the button on a telephone.
    expect(page.get_by_role("region", name="What is different from")).to_be_visible()
    run(hand)


def compared(hand: Hand, title: str) -> None:
    """From the first screen to both plans beside each other: what costs more is worse, who is served better is better."""
    page = hand.page
    hand.press(page.get_by_role("link", name="Rivershare"))
    card = page.get_by_role("article").filter(has=page.get_by_role("link", name=title))
    for scenario in (FIRST, SECOND):
        hand.tick(card.get_by_role("checkbox", name=scenario, exact=False).last)
    hand.press(card.get_by_role("link", name="Compare 2 plans"))
    expect(page.get_by_role("heading", level=1, name="Plans compared")).to_be_visible()
    expect(page.get_by_role("row", name="Cost: present value of capital").first).to_contain_text("worse")
    expect(page.get_by_role("row", name="People at rung 4 or above").first).to_contain_text("better")


def discussed(hand: Hand) -> None:
    """A word on the second plan, which stands there afterwards."""
    page = hand.page
    hand.press(page.get_by_role("heading", level=2).get_by_role("link", name=SECOND))
    hand.write(page.get_by_label("Your comment"), SAID)
    hand.press(page.get_by_role("button", name="Comment", exact=True))
    expect(page.get_by_role("main")).to_contain_text(SAID)


def taken_home(hand: Hand) -> None:
    """The plan as a workbook."""
    with hand.page.expect_download() as saved:
        hand.press(hand.page.get_by_role("link", name="Excel"))
    assert saved.value.path().read_bytes()[:2] == b"PK"
    assert saved.value.suggested_filename.endswith(".xlsx")


@pytest.mark.parametrize("way", HANDS)
def test_a_file_becomes_plans_that_are_compared_discussed_and_taken_home(
    opening: Opening, place: Place, archive: Path, way: str
) -> None:
    kind, options = HANDS[way]
    page = opening(**options)
    hand, title = kind(page), f"Brought by {way}"
    page.goto(place.of("home"))
    imported(hand, archive, title)
    planned_as_it_is(hand)
    settled(page)
    hand.press(page.get_by_role("navigation", name="Where it belongs").get_by_role("link", name=FIRST))
    planned_for_half(hand)
    compared(hand, title)
    discussed(hand)
    taken_home(hand)
    assert page.evaluate("document.documentElement.scrollWidth") <= page.evaluate("window.innerWidth")
