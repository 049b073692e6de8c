"""Why a plan is as it is: what was left out is searched for, the mathematics is typeset, and a share link reads and saves all."""

import re

from playwright.sync_api import Page, expect

from tests.web.axe import violations
from tests.web.conftest import Opening, Place
from tests.web.place import PLANNED_S


def part(page: Page, place: Place, tab: str) -> None:
    page.goto(f"{place.of('explained')}?tab={tab}")


def test_an_option_left_out_tells_what_it_would_cost(page: Page, place: Place) -> None:
    part(page, place, "options")
    page.get_by_role("button", name=re.compile("Why not")).nth(1).click()
    page.get_by_role("button", name="Search for a plan with it").click()
    expect(page.get_by_role("article")).to_contain_text(re.compile("best plan found|No plan|cannot"))


def test_an_assumption_is_found_by_its_words(page: Page, place: Place) -> None:
    part(page, place, "assumptions")
    expect(page.get_by_role("heading", name="What the scenario changes")).to_be_visible()
    expect(page.get_by_text("Given by a source")).to_be_visible()


def test_the_model_is_typeset_family_by_family_and_its_names_stay_names(page: Page, place: Place) -> None:
    part(page, place, "mathematics")
    laws = page.get_by_role("region", name="Laws")
    expect(laws.get_by_role("group").first).to_be_visible()
    assert page.locator("main math").count() == 0, "what is folded is not drawn"
    laws.locator("summary").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("main math").first).to_be_visible()
    page.get_by_role("region", name="Parameters").locator("summary").click()
    expect(page.get_by_role("columnheader", name="meaning")).to_be_visible()
    assert page.locator("main script, main style").count() == 0
    assert violations(page) == []


def test_the_solver_tells_how_plan_and_bound_moved(page: Page, place: Place) -> None:
    part(page, place, "solver")
    expect(page.get_by_role("list").get_by_text(re.compile("the plan reaches")).first).to_be_visible()


def test_the_solver_tells_where_the_gap_lies_and_leads_to_the_map(page: Page, place: Place) -> None:
    asked = {"limits": {"relative_gap": 1.0}, "start": "nothing"}
    run = place.service.ask("POST", f"/v1/scenarios/{place.identifiers['scenario']}/runs", asked)["id"]
    page.goto(f"{place.service.address}/plans/{place.service.wait(run, PLANNED_S)['plan_id']}/explained?tab=solver")
    gap = page.get_by_role("region", name=re.compile("Where the gap lies")).first
    expect(gap.get_by_role("row").nth(1)).to_contain_text("%")
    gap.get_by_role("link", name="Show the villages among them on the map").click()
    expect(page).to_have_url(re.compile(r"\?places="))
    assert violations(page) == []


def test_who_came_by_a_share_link_reads_why_and_saves_a_table(opening: Opening, place: Place) -> None:
    basin, plan = place.identifiers["basin"], place.identifiers["plan"]
    link = place.service.ask("POST", f"/v1/basins/{basin}/share-links", {"name": "village", "plan_id": plan})
    page = opening(signed_in=False)
    page.goto(f"{place.of('explained')}?tab=data#share={link['token']}")
    with page.expect_download() as saved:
        page.get_by_role("link", name="Service as CSV").click()
    assert "persons" in saved.value.path().read_text(encoding="utf-8-sig").splitlines()[0].lower()
    page.get_by_role("button", name="Rules").click()
    expect(page.get_by_text("It takes another plan of this basin to tell")).to_be_visible()


def test_links_to_files_lead_to_the_service_and_to_no_screen(page: Page, place: Place) -> None:
    page.goto(place.of("plan"))
    with page.expect_download() as saved:
        page.get_by_role("link", name="Excel").click()
    assert saved.value.suggested_filename.endswith(".xlsx")
    page.get_by_role("link", name="The summary on one page").click()
    page.wait_for_url(re.compile("/v1/plans/.*/summary"))
    expect(page.get_by_role("heading", name="How it was checked")).to_be_visible()
