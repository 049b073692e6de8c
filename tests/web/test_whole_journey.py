"""From a file to an export: import, scenario, run, change, run again, compare, comment, export; by mouse, touch or keyboard."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from datasets.cases import find
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


def planned(hand: Hand) -> None:
    """From a basin to a scenario and its plan; from there to a second one that lets the river keep nothing, and its plan."""
    page = hand.page
    hand.press(page.get_by_role("link", name="Scenarios"))
    hand.write(page.get_by_label("Title"), "As cheap as can be")
    hand.press(page.get_by_role("button", name="Make it"))
    expect(page.get_by_role("heading", level=1, name="As cheap as can be")).to_be_visible()
    run(hand)


@pytest.mark.parametrize("way", HANDS)
def test_a_file_becomes_plans_that_are_compared_discussed_and_taken_home(
    opening: Opening, place: Place, archive: Path, way: str
) -> None:
    kind, options = HANDS[way]
    page = opening(**options)
    hand = kind(page)
    page.goto(place.of("home"))
    imported(hand, archive, f"Brought by {way}")
    planned(hand)
