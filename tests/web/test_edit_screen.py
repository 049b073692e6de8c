"""Bringing a map in, adding and removing rows, and seeing on one map where two plans differ."""

import json
import re

from playwright.sync_api import Page, expect

from tests.web.conftest import Place


def test_a_map_becomes_a_basin_with_another_one_for_the_rest(page: Page, place: Place) -> None:
    drawn = place.service.ask("GET", f"/v1/basins/{place.identifiers['basin']}/versions/latest/geojson")
    file = {"name": "map.geojson", "mimeType": "application/geo+json", "buffer": json.dumps(drawn).encode()}
    page.goto(f"{place.service.address}/import")
    page.locator("input[type=file]").set_input_files(file)
    expect(page.get_by_text("A map does not hold the whole basin.")).to_be_visible()
    page.get_by_label(re.compile("comes from")).select_option(place.identifiers["basin"])
    expect(page.get_by_role("heading", name="The file is sound")).to_be_visible()


def test_rows_come_and_go_and_come_back_by_undo(page: Page, place: Place) -> None:
    page.goto(f"{place.of('basin')}?view=tables&table=villages")
    page.get_by_role("button", name=re.compile("Remove the row")).first.click()
    expect(page.get_by_text("With this, rows are removed")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("button", name="Undo")).to_have_count(0)
    page.get_by_text("Add a row").first.click()
    page.locator("details input").first.fill("new_village")
    page.get_by_role("button", name="Add a row").click()
    expect(page.get_by_role("button", name="Remove the row new_village")).to_be_visible()
    expect(page.get_by_text("Mend the errors below first.")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("button", name="Remove the row new_village")).to_have_count(0)


def test_the_difference_of_two_plans_is_one_map_with_its_legend(page: Page, place: Place) -> None:
    plans = f"{place.identifiers['plan']},{place.identifiers['other_plan']}"
    page.goto(f"{place.service.address}/compare?plans={plans}")
    expect(page.get_by_role("heading", name="The difference on one map")).to_be_visible()
    expect(page.get_by_role("region", name=re.compile("The difference on one map")).locator("canvas").first).to_be_visible()
    expect(page.get_by_text(re.compile("A rung or more higher"))).to_be_visible()
