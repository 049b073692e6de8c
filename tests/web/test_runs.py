"""Runs that do not go as one hopes: the service is lost meanwhile, somebody stops it, nothing can be planned."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from datasets.infeasible import infeasible
from datasets.synthetic import make
from planner.formats.archive import write_archive
from planner.scenario.scenario import Scenario
from tests.web.axe import violations
from tests.web.conftest import Place
from tests.web.line import Line

LONG_SECONDS = 120
PLANNED_MS, BACK_MS = 60_000, 30_000
NEVER_PROVEN = {"time_seconds": LONG_SECONDS, "relative_gap": 0.0}
MOST_SERVED = {
    "name": "most_served",
    "title": "Most are served",
    "policy": {"objectives": [{"objective": "cost"}], "floors": [{"rung": 4, "share": 0.7, "within": "basin", "hard": True}]},
}


def scenario_of(place: Place, basin: Any, scenario: Scenario) -> str:
    """A scenario of a basin that is brought to the service."""
    basin_id = place.brought(write_archive(basin), scenario.label)
    body = {**scenario.model_dump(mode="json", exclude_unset=True), "title": scenario.label}
    return str(place.service.ask("POST", f"/v1/basins/{basin_id}/scenarios", body)["id"])


@pytest.fixture
def line(place: Place) -> Iterator[Line]:
    """A line to the service."""
    made = Line(int(place.service.address.rpartition(":")[2]))
    yield made
    made.cut()


def test_a_run_outlives_a_lost_service_and_a_reload_and_keeps_its_plan_when_it_is_stopped(
    line: Line, page: Page, place: Place
) -> None:
    scenario = scenario_of(place, make(40, 2, seed=3), Scenario.from_dict(MOST_SERVED))
    run = place.service.ask("POST", f"/v1/scenarios/{scenario}/runs", {"limits": NEVER_PROVEN})["id"]
    page.goto(f"{line.address}/runs/{run}")
    stop = page.get_by_role("button", name="Stop and keep the best plan")
    expect(stop).to_be_visible(timeout=PLANNED_MS)
    expect(page.get_by_role("img").first).to_be_visible(timeout=PLANNED_MS)
    line.cut()
    lost = page.get_by_text("The service cannot be reached.")
    expect(lost).to_be_visible()
    assert violations(page) == []
    line.mend()
    expect(lost).to_have_count(0, timeout=BACK_MS)
    page.reload()
    expect(page.get_by_text(re.compile(r"of at most 2 min"))).to_be_visible()
    stop.click()
    expect(page.get_by_text("Ended with a plan").first).to_be_visible(timeout=PLANNED_MS)
    page.get_by_role("link", name="To the plan").click()
    expect(page.get_by_text(re.compile("Stopped on request with the best plan so far")).first).to_be_visible()


def test_a_run_without_a_plan_shows_what_conflicts_and_one_click_makes_a_scenario_that_has_one(page: Page, place: Place) -> None:
    case = infeasible("budget_too_small")
    scenario = scenario_of(place, case.basin, case.scenario)
    page.goto(f"{place.service.address}/scenarios/{scenario}")
    page.get_by_role("button", name="Start a run").click()
    expect(page.get_by_text("Ended without a plan").first).to_be_visible(timeout=PLANNED_MS)
    expect(page.get_by_role("heading", name="What cannot hold together")).to_be_visible()
    expect(page.get_by_text(re.compile("No plan exists: the floor")).first).to_be_visible()
    expect(page.locator("canvas, figure, [role=img]")).to_have_count(0)
    page.get_by_text("The conflict, limit by limit").click()
    expect(page.get_by_text("may give way").first).to_be_visible()
    assert violations(page) == []
    page.get_by_role("button", name="Try this").first.click()
    expect(page.get_by_text("Ended with a plan").first).to_be_visible(timeout=PLANNED_MS)
    page.get_by_role("link", name="To the plan").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(case.scenario.label)
