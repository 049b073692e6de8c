"""The map is worked on: a point is dragged, or moved by keys, and given lengths stay until others are taken."""

import math
import re

import pytest
from playwright.sync_api import Locator, Page, expect

from generators.pictures import settled
from tests.web.axe import violations
from tests.web.conftest import Opening, Place
from tests.web.hands import FingerDown, Keyboard

WEST, EAST, SOUTH, NORTH = 106.94, 107.12, 13.66, 13.84
FARSIDE, HILLTOP, WORKS = (106.94, 13.77), (107.10, 13.81), (107.01, 13.73)
MOVE, LINK = "Move a point", "Draw a link"


def opened(page: Page, place: Place, tool: str, at: str = "") -> Locator:
    """The basin's map with a tool; its canvas."""
    page.goto(f"{place.of('basin')}?tool={tool}{f'&at={at}' if at else ''}")
    settled(page)
    return page.locator("canvas")


def seen_at(page: Page, at: tuple[float, float]) -> tuple[float, float]:
    """Where a position is drawn on the page: the tutorial is fitted into its map with a margin of 32 px on each side."""
    box = page.locator("canvas").bounding_box()
    assert box is not None
    south, top = (mercator(latitude) for latitude in (SOUTH, NORTH))
    scale = min((box["width"] - 64) / (EAST - WEST), (box["height"] - 64) / (top - south))
    x = box["x"] + box["width"] / 2 + (at[0] - (WEST + EAST) / 2) * scale
    return x, box["y"] + box["height"] / 2 - (mercator(at[1]) - (south + top) / 2) * scale


def panel(page: Page, name: str = MOVE) -> Locator:
    """What stands beside the map about what is done there."""
    return page.get_by_role("region", name=name)


def mercator(latitude: float) -> float:
    """How far north of the equator a latitude is drawn, in degrees of the equator."""
    return math.degrees(math.log(math.tan(math.pi / 4 + math.radians(latitude) / 2)))


@pytest.fixture
def tall(opening: Opening) -> Page:
    """A page on which the whole map is seen."""
    return opening(viewport={"width": 1366, "height": 1300})


def dragging(page: Page, place: Place) -> None:
    """Farside is held with the mouse, a little aside of where it was."""
    opened(page, place, "move")
    x, y = seen_at(page, FARSIDE)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 60, y + 10, steps=4)
    expect(panel(page).get_by_text(re.compile("Moved by"))).to_be_visible()


def test_a_village_is_dragged_and_its_links_are_asked_about(tall: Page, place: Place) -> None:
    page = tall
    dragging(page, place)
    page.mouse.up()
    expect(page.get_by_text("Cells not saved yet: 2")).to_be_visible()
    lengths = page.get_by_role("region", name="Lengths of links")
    expect(lengths.get_by_role("row", name=re.compile("farside_pipe 8"))).to_be_visible()
    assert violations(page) == []
    page.get_by_role("button", name="Take the lengths after the move").click()
    expect(lengths).to_have_count(0)
    expect(page.get_by_text("Cells not saved yet: 4")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(lengths).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("button", name="Undo")).to_have_count(0)
    expect(lengths).to_have_count(0)


def test_escape_in_the_middle_of_a_drag_leaves_everything(tall: Page, place: Place) -> None:
    page = tall
    dragging(page, place)
    page.keyboard.press("Escape")
    page.mouse.up()
    expect(panel(page).get_by_text(re.compile("Moved by"))).to_have_count(0)
    expect(page.get_by_role("button", name="Undo")).to_have_count(0)


def test_keys_move_the_chosen_village_and_the_tables_say_so(page: Page, place: Place) -> None:
    canvas = opened(page, place, "look", "villages/farside")
    hand = Keyboard(page)
    hand.press(page.get_by_role("button", name=MOVE))
    hand.go_to(canvas)
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("ArrowUp")
    moved = panel(page).get_by_text(re.compile(r"Moved by [\d,.]+ m"))
    expect(moved).to_be_visible()
    page.keyboard.press("Escape")
    expect(moved).to_have_count(0)
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Cells not saved yet: 2")).to_be_visible()
    hand.press(page.get_by_role("button", name="Tables"))
    page.get_by_role("combobox", name="Table").select_option("villages")
    longitude = page.get_by_label("Longitude, farside").input_value()
    assert 106.9 < float(longitude) < FARSIDE[0]
    expect(page.get_by_label("Latitude, farside")).to_have_value("13.77")


def test_a_point_of_a_river_is_moved_by_keys_on_a_narrow_screen(opening: Opening, place: Place) -> None:
    page = opening(viewport={"width": 390, "height": 844}, color_scheme="dark")
    canvas = opened(page, place, "move", "reaches/upper_reach")
    page.get_by_role("combobox", name="Which point").select_option(label="Point 2 of 3 of its course")
    canvas.focus()
    page.keyboard.press("ArrowDown")
    page.get_by_role("button", name="Keep it here").click()
    expect(page.get_by_text("Cells not saved yet: 2")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert violations(page) == []


def test_a_link_is_drawn_by_two_clicks_and_undone(tall: Page, place: Place) -> None:
    page = tall
    opened(page, place, "link")
    page.mouse.click(*seen_at(page, WORKS))
    beside = panel(page, LINK)
    expect(beside.get_by_role("combobox", name="From")).to_have_value("treatment_sites/works")
    page.mouse.click(*seen_at(page, HILLTOP))
    expect(beside.get_by_role("combobox", name="To")).to_have_value("villages/hilltop")
    expect(beside.get_by_label("Link", exact=True)).to_have_value("works-hilltop")
    assert 13 < float(beside.get_by_label("Length (km)").input_value()) < 30
    expect(beside.get_by_label("Lift (m)")).to_have_value("170")
    expect(beside.get_by_role("combobox", name="Kind")).to_have_value("pumped")
    assert violations(page) == []
    beside.get_by_label("Length (km)").fill("14.5")
    beside.get_by_role("button", name="Add the link").click()
    expect(page.get_by_text("Cells not saved yet: 2")).to_be_visible()
    expect(page.get_by_role("button", name="Links, line 6, Existing capacity")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("button", name="Undo")).to_have_count(0)


def test_a_link_is_drawn_by_keys_alone(page: Page, place: Place) -> None:
    canvas = opened(page, place, "look")
    hand = Keyboard(page)
    hand.press(page.get_by_role("button", name=LINK))
    hand.go_to(canvas)
    beside = panel(page, LINK)
    for _ in range(4):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    begun = beside.get_by_role("combobox", name="From")
    expect(begun).to_have_value(re.compile("/"))
    page.keyboard.press("Escape")
    expect(begun).to_have_value("")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    expect(beside.get_by_role("combobox", name="To")).to_have_value(re.compile("/"))
    hand.press(beside.get_by_role("button", name="Add the link"))
    expect(page.get_by_text("Cells not saved yet: 3")).to_be_visible()
    hand.press(page.get_by_role("button", name="Tables"))
    page.get_by_role("combobox", name="Table").select_option("origins")
    expect(page.get_by_role("textbox", name=re.compile("^How, links, length_km"))).to_have_value(re.compile("straight distance"))


def test_who_may_only_read_has_no_tools(opening: Opening, place: Place) -> None:
    link = place.service.ask("POST", f"/v1/basins/{place.identifiers['basin']}/share-links", {"name": "look"})
    page = opening(signed_in=False)
    page.goto(f"{place.of('basin')}?tool=move#share={link['token']}")
    settled(page)
    expect(page.locator("canvas")).to_be_visible()
    expect(page.get_by_role("button", name=MOVE)).to_have_count(0)


def test_a_village_is_dragged_by_a_finger_and_the_map_stays(opening: Opening, place: Place) -> None:
    page = opening(viewport={"width": 1366, "height": 1300}, has_touch=True)
    opened(page, place, "move")
    finger = FingerDown(page)
    x, y = seen_at(page, FARSIDE)
    finger.down(x, y)
    finger.move(x + 60, y + 10)
    expect(panel(page).get_by_text(re.compile("Moved by"))).to_be_visible()
    finger.up()
    expect(page.get_by_text("Cells not saved yet: 2")).to_be_visible()
    # Hilltop is still where the whole basin is fitted in: the map did not move along.
    finger.down(*seen_at(page, HILLTOP))
    finger.move(seen_at(page, HILLTOP)[0] - 40, seen_at(page, HILLTOP)[1])
    finger.up()
    expect(page.get_by_text("Cells not saved yet: 4")).to_be_visible()
    assert violations(page) == []


@pytest.mark.parametrize("how", ["a second finger", "a call that comes in"])
def test_a_drag_by_a_finger_that_is_broken_off_leaves_everything(opening: Opening, place: Place, how: str) -> None:
    page = opening(viewport={"width": 1366, "height": 1300}, has_touch=True)
    opened(page, place, "move")
    finger = FingerDown(page)
    x, y = seen_at(page, FARSIDE)
    finger.down(x, y)
    finger.move(x + 60, y + 10)
    moved = panel(page).get_by_text(re.compile("Moved by"))
    expect(moved).to_be_visible()
    if how == "a second finger":
        finger.second(x + 160, y + 40)
    else:
        finger.cancel()
    expect(moved).to_have_count(0)
    expect(page.get_by_role("button", name="Undo")).to_have_count(0)


def test_a_finger_beside_every_point_moves_the_map(opening: Opening, place: Place) -> None:
    page = opening(viewport={"width": 1366, "height": 1300}, has_touch=True)
    opened(page, place, "move")
    finger = FingerDown(page)
    x, y = seen_at(page, (106.98, 13.82))
    finger.down(x, y)
    finger.move(x + 100, y)
    finger.up()
    expect(panel(page).get_by_text(re.compile("Moved by"))).to_have_count(0)
    # What is dragged now is Farside where it went with the map.
    at = seen_at(page, FARSIDE)
    page.wait_for_timeout(500)  # the map glides to its end
    finger.down(*at)
    finger.move(at[0] + 30, at[1])
    finger.up()
    expect(page.get_by_role("button", name="Undo")).to_have_count(0)
