"""A finding leads to where it is: to its cell in the tables, its place on the map, sheet and cell of a refused file."""

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from generators.pictures import settled
from planner.basin import Basin
from planner.formats.archive import write_archive
from planner.formats.document import document_of
from planner.formats.folder import inspect
from planner.formats.workbook_writing import write_workbook
from tests.web.axe import violations
from tests.web.conftest import Opening, Place
from tests.web.hands import Hand, Keyboard, Pointer

TUTORIAL = Path(__file__).parents[2] / "datasets/tutorial/basin"
HANDS: tuple[type[Hand], ...] = (Pointer, Keyboard)
TOO_FAR_NORTH = 200.0


@pytest.fixture(scope="module")
def refused() -> Basin:
    """The tutorial with a village north of the pole, and another one that is called as no household group."""
    basin, _ = inspect(TUTORIAL)
    assert basin is not None
    villages = basin.tables["villages"].copy()
    villages.loc[1, "latitude"] = TOO_FAR_NORTH
    population = basin.tables["population"].copy()
    population.loc[2, "group"] = "nobody"
    return replace(basin, tables={**basin.tables, "villages": villages, "population": population}, original={})


def bring(page: Page, place: Place, hand: Hand, file: Path) -> None:
    page.goto(f"{place.service.address}/import")
    settled(page)
    hand.bring(page.locator("input[type=file]"), file)
    expect(page.get_by_role("heading", name=re.compile("Errors to mend in the file first"))).to_be_visible()


@pytest.mark.parametrize("kind", HANDS)
def test_a_refused_workbook_shows_sheet_and_cell(
    page: Page, place: Place, kind: type[Hand], refused: Basin, tmp_path: Path
) -> None:
    hand, file = kind(page), tmp_path / "basin.xlsx"
    file.write_bytes(write_workbook(refused))
    bring(page, place, hand, file)
    cell = f"{file.name}: Sheet villages, cell"
    finding = page.get_by_role("listitem").filter(has_text=cell).first
    expect(finding).to_contain_text("There stands: 200")
    expect(finding).to_contain_text("Allowed: a number at least -90 and at most 90")
    hand.press(finding.get_by_role("button", name=cell))
    meant = finding.locator("td.here")
    expect(meant).to_contain_text("200")
    expect(meant).to_be_focused()
    expect(finding.get_by_role("columnheader", name="latitude")).to_be_visible()
    assert violations(page) == []
    hand.press(page.get_by_role("button", name=f"{file.name}: Sheet population, cell B4"))
    expect(page.locator("td.here")).to_have_count(1)
    expect(page.locator("td.here")).to_contain_text("nobody")


def test_a_refused_workbook_is_read_on_a_telephone(opening: Opening, place: Place, refused: Basin, tmp_path: Path) -> None:
    page, file = opening(viewport={"width": 390, "height": 844}, color_scheme="dark"), tmp_path / "basin.xlsx"
    file.write_bytes(write_workbook(refused))
    bring(page, place, Pointer(page), file)
    page.get_by_role("button", name=f"{file.name}: Sheet villages, cell").click()
    expect(page.locator("td.here")).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert violations(page) == []


def test_a_refused_archive_shows_file_and_line(page: Page, place: Place, refused: Basin, tmp_path: Path) -> None:
    file = tmp_path / "basin.zip"
    file.write_bytes(write_archive(refused))
    bring(page, place, Pointer(page), file)
    page.get_by_role("button", name="basin.zip: villages, line 3, latitude").click()
    expect(page.locator("td.here")).to_contain_text("200")


def test_a_refused_document_shows_the_entry(page: Page, place: Place, refused: Basin, tmp_path: Path) -> None:
    file = tmp_path / "basin.json"
    file.write_text(json.dumps(document_of(refused)), encoding="utf-8")
    bring(page, place, Pointer(page), file)
    page.get_by_role("button", name="basin.json: population, entry 3, group").click()
    expect(page.locator("td.here")).to_contain_text("nobody")


def test_a_refused_map_shows_the_place_on_the_map(page: Page, place: Place, tmp_path: Path) -> None:
    drawn = place.service.ask("GET", f"/v1/basins/{place.identifiers['basin']}/versions/latest/geojson")
    at, village = next((at, f) for at, f in enumerate(drawn["features"]) if f["id"] == "villages/farside")
    village["properties"]["elevation_m"] = -9999
    file = tmp_path / "map.geojson"
    file.write_text(json.dumps(drawn), encoding="utf-8")
    page.goto(f"{place.service.address}/import")
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_label(re.compile("comes from")).select_option(place.identifiers["basin"])
    expect(page.get_by_role("heading", name="Errors to mend in the file first: 1")).to_be_visible()
    page.get_by_role("button", name=f"map.geojson: Place {at + 1} in the map, villages, elevation_m").click()
    expect(page.locator("td.here")).to_contain_text("-9999")
    expect(page.get_by_role("region", name=re.compile("the one that is meant is ringed")).locator("canvas")).to_be_visible()


@pytest.mark.parametrize("kind", HANDS)
def test_a_finding_of_an_edit_leads_to_its_cell_and_place(page: Page, place: Place, kind: type[Hand]) -> None:
    hand = kind(page)
    page.goto(f"{place.of('basin')}?view=tables&table=villages")
    latitude = page.get_by_label("Latitude, farside")
    hand.write(latitude, "200")
    page.keyboard.press("Tab")
    led = page.get_by_role("button", name="farside, Latitude")
    expect(led).to_be_visible()
    page.get_by_role("combobox", name="Table").select_option("sources")
    expect(latitude).to_have_count(0)
    hand.press(led)
    expect(latitude).to_be_focused()
    hand.press(page.get_by_role("button", name="On the map").first)
    expect(page.get_by_role("complementary", name="The chosen place")).to_be_focused()
    expect(page.get_by_role("heading", name="Farside")).to_be_visible()
    assert "at=villages" in page.url
    assert violations(page) == []
    hand.press(page.get_by_role("button", name="Undo"))
    expect(page.get_by_role("button", name="Undo")).to_have_count(0)


def test_a_finding_of_a_version_leads_to_its_cell_and_place(page: Page, place: Place) -> None:
    tutorial, _ = inspect(TUTORIAL)
    assert tutorial is not None
    shrunk = tutorial.tables["reaches"].assign(catchment_area_km2=[2.0, 1.0])
    warned = replace(tutorial, tables={**tutorial.tables, "reaches": shrunk}, original={})
    basin = place.brought(write_archive(warned), "A river that shrinks")
    page.goto(f"{place.service.address}/basins/{basin}")
    page.get_by_text(re.compile("What the checks say of this version: 1 warnings")).click()
    warning = page.locator("li.warning").first
    warning.get_by_role("button").first.click()
    expect(page.get_by_label("Catchment area, lower_reach")).to_be_focused()
    warning.get_by_role("button", name="On the map").click()
    expect(page.get_by_role("heading", name="Lower reach")).to_be_visible()
