"""What people do at the page: sign in, look at a plan, go back, change the language, lose the service and find it again."""

import re
import urllib.request

from playwright.sync_api import Page, expect

from generators.pictures import settled
from tests.web.conftest import EMAIL, PASSWORD, Opening, Place


def test_somebody_signs_in_and_finds_the_plans(opening: Opening, place: Place) -> None:
    page = opening(signed_in=False)
    page.goto(place.of("sign-in"))
    page.get_by_label("E-mail").fill(EMAIL)
    page.get_by_label("Password").fill("not this one")
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("alert")).to_be_visible()
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("link", name="Tutorial basin")).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("button", name="Sign in", exact=True)).to_be_visible()


def test_a_plan_answers_what_it_is_opened_for(page: Page, place: Place) -> None:
    page.goto(place.of("plan"))
    expect(page.get_by_text("Proven optimal").first).to_be_visible()
    for answer in ("Who is served", "What is built", "What it costs, and who pays", "What the river keeps"):
        expect(page.get_by_text(answer).first).to_be_visible()
    drawn = page.get_by_role("region", name=re.compile("3 villages")).locator("canvas").first
    expect(drawn).to_be_visible()
    assert len(drawn.screenshot()) > 5000  # more than an empty ground


def test_the_years_stand_in_the_address_and_back_goes_back(page: Page, place: Place) -> None:
    page.goto(place.of("plan"))
    page.get_by_role("button", name="Before").first.click()
    expect(page).to_have_url(re.compile(r"stage=before"))
    expect(page.get_by_role("button", name="Before").first).to_have_attribute("aria-pressed", "true")
    page.reload()
    expect(page.get_by_role("button", name="Before").first).to_have_attribute("aria-pressed", "true")
    page.get_by_role("link", name="Rivershare").click()
    expect(page.get_by_role("heading", level=1, name="Basins")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("button", name="Before").first).to_have_attribute("aria-pressed", "true")
    page.go_forward()
    expect(page.get_by_role("heading", level=1, name="Basins")).to_be_visible()


def test_a_map_and_a_chart_are_tables_as_well(page: Page, place: Place) -> None:
    page.goto(place.of("plan"))
    page.get_by_role("button", name="Show as a table").first.click()
    expect(page.get_by_role("row", name=re.compile("Farside"))).to_be_visible()
    page.get_by_role("button", name="Show as a table").first.click()
    expect(page.get_by_role("row", name=re.compile("Safely managed"))).to_be_visible()


def test_another_language_is_shown_and_said_and_kept(page: Page, place: Place) -> None:
    page.goto(place.of("home"))
    page.get_by_label("Language").select_option("km")
    expect(page.locator("html")).to_have_attribute("lang", "km")
    expect(page.get_by_role("heading", level=1)).not_to_have_text("Basins")
    page.reload()
    expect(page.locator("html")).to_have_attribute("lang", "km")


def test_a_lost_service_is_said_and_found_again(page: Page, place: Place) -> None:
    page.goto(place.of("home"))
    expect(page.get_by_role("link", name="Tutorial basin")).to_be_visible()
    page.context.route("**/v1/**", lambda route: route.abort())
    page.get_by_role("link", name=re.compile("Least cost")).first.click()
    expect(page.get_by_text("The service cannot be reached.").first).to_be_visible()
    page.context.unroute_all()
    page.get_by_role("button", name="Try again").first.click()
    expect(page.get_by_text("Proven optimal").first).to_be_visible()


def test_a_wrong_address_leads_back(page: Page, place: Place) -> None:
    page.goto(place.of("not-found"))
    page.get_by_role("link", name="To the basins").click()
    expect(page.get_by_role("link", name="Tutorial basin")).to_be_visible()


def test_files_and_documentation_are_no_screens(page: Page, place: Place) -> None:
    page.goto(place.of("compare"))
    with page.expect_download() as saved:
        page.get_by_role("link", name="Comparison as CSV").click()
    assert saved.value.suggested_filename.endswith(".csv")
    page.get_by_role("link", name="API", exact=True).click()
    expect(page).to_have_url(f"{place.service.address}/docs")
    expect(page.get_by_role("heading", name="There is no such page.")).to_have_count(0)


def test_a_visitor_is_one_click_from_a_comparison_and_reads_what_is_open_to_the_public(opening: Opening, place: Place) -> None:
    basin = f"/v1/basins/{place.identifiers['basin']}"
    with urllib.request.urlopen(_with_key(place, basin)) as answer:
        etag = answer.headers["ETag"]
    place.service.ask("PATCH", basin, {"open_to_public": True}, {"If-Match": etag})
    page = opening(signed_in=False)
    page.goto(place.of("home"))
    page.get_by_role("link", name="Compare 2 plans").click()
    expect(page.get_by_role("heading", level=1, name="Plans compared")).to_be_visible()
    expect(page.get_by_role("heading", level=2, name="What comes of it")).to_be_visible()
    for screen in ("basin", "scenarios", "scenario", "plan"):
        page.goto(place.of(screen))
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        settled(page)
        expect(page).not_to_have_url(re.compile("sign-in"))


def _with_key(place: Place, path: str) -> urllib.request.Request:
    return urllib.request.Request(place.service.address + path, headers={"Authorization": f"Bearer {place.service.key}"})
