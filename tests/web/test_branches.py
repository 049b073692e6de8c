"""Two futures at the page: somebody states branches, runs them, and finds a plan for each, with a way from one to the other."""

import re

from playwright.sync_api import Locator, Page, expect

from datasets.cases import find
from planner.basin import Basin
from planner.formats.archive import write_archive
from tests.web.axe import violations
from tests.web.conftest import Place

PLANNED_MS = 90_000
FLOORS = [{"rung": 4, "share": 0.5, "within": "village"}, {"rung": 4, "share": 1.0, "within": "village", "stage": "stage_2"}]
PARTED = {"name": "parted", "title": "Parted", "policy": {"objectives": [{"objective": "cost"}], "floors": FLOORS}}


def stated(branches: Locator, number: int, name: str, title: str, stage: str, member: str) -> None:
    row = branches.get_by_role("listitem").nth(number)
    row.get_by_label("Branch", exact=True).fill(name)
    row.get_by_label("Name", exact=True).fill(title)
    row.get_by_label("Known from stage").select_option(stage)
    row.get_by_role("group", name="Members").get_by_label(member).check()


def test_somebody_states_two_branches_runs_them_and_goes_from_plan_to_plan(page: Page, place: Place) -> None:
    basin = place.brought(write_archive(Basin.read(find("tutorial"))), "Two futures")
    scenario = place.service.ask("POST", f"/v1/basins/{basin}/scenarios", PARTED)["id"]
    page.goto(f"{place.service.address}/scenarios/{scenario}")
    page.get_by_role("button", name="Policy and budgets").click()
    branches = page.get_by_role("group", name="Branches", exact=True)
    for _ in range(2):
        page.get_by_role("button", name="Branches: add").click()
    stated(branches, 0, "dry", "Dry climate", "stage_1", "Dry year, one in four")
    stated(branches, 1, "usual", "Usual climate", "stage_2", "Normal year")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text(re.compile("The branch dry would be known before anything is decided")).first).to_be_visible()
    branches.get_by_label("Known from stage").first.select_option("stage_2")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("button", name="Save", exact=True)).to_be_disabled()
    assert violations(page) == []
    page.get_by_role("button", name="Overview").click()
    page.get_by_role("button", name="Start a run").click()
    expect(page.get_by_text("Ended with a plan").first).to_be_visible(timeout=PLANNED_MS)
    plans = page.get_by_role("navigation", name="A plan for each branch")
    expect(plans.get_by_role("link", name="Dry climate, probability 25%, known from 2029–2030 on")).to_be_visible()
    assert violations(page) == []
    plans.get_by_role("link", name="Usual climate, probability 75%, known from 2029–2030 on").click()
    expect(page.get_by_role("heading", level=1, name="Parted: Usual climate")).to_be_visible()
    expect(page.get_by_role("link", name="Parted", exact=True)).to_be_visible()
    expect(page.get_by_text("This plan is for one branch: Usual climate.")).to_be_visible()
    expect(page.get_by_text(re.compile("One of 2 plans of a member tree, for the branch Usual climate")).first).to_be_visible()
    assert violations(page) == []
    plans.get_by_role("link", name="Dry climate, probability 25%, known from 2029–2030 on").click()
    expect(page.get_by_role("heading", level=1, name="Parted: Dry climate")).to_be_visible()
    plans.get_by_role("link", name="Compare the plans of the branches").click()
    expect(page.get_by_role("heading", level=1, name="Plans compared")).to_be_visible()
    for title in ("Parted: Dry climate", "Parted: Usual climate"):
        expect(page.get_by_text(title).first).to_be_visible()


def test_the_plan_of_a_branch_says_so_in_khmer(page: Page, place: Place) -> None:
    basin = place.brought(write_archive(Basin.read(find("tutorial"))), "Two futures more")
    members = {"dry": "dry_year", "usual": "normal_year"}
    branches = [{"name": name, "from_stage": "stage_2", "members": [member]} for name, member in members.items()]
    body = {"name": "parted", "title": "Parted", "policy": {"branches": branches}}
    scenario = place.service.ask("POST", f"/v1/basins/{basin}/scenarios", body)["id"]
    run = place.service.ask("POST", f"/v1/scenarios/{scenario}/runs", {})["id"]
    page.goto(f"{place.service.address}/runs/{run}")
    page.get_by_label("Language").select_option("km")
    link = page.get_by_role("link", name=re.compile("^dry ")).first
    expect(link).to_be_visible(timeout=PLANNED_MS)
    link.click()
    expect(page.get_by_text(re.compile("ផែនការមួយក្នុងចំណោម 2 នៃមែកធាងសាខា សម្រាប់សាខា dry")).first).to_be_visible()
    expect(page.get_by_text(re.compile("ផែនការនេះសម្រាប់សាខាតែមួយ៖ dry")).first).to_be_visible()
