"""A plan of 10,000 villages at the page: when its map can be used, how smoothly it moves, what the tab takes.

Chromium draws by the processor here, which bounds the frames; the page's own work for a frame is told beside them, and
what all of Chromium takes of the processors for one, which says more where others use the machine too.
Run as `python -m benchmarks.page [--seconds S] [--json]`; needs the page (make web) and Chromium.
"""

import argparse
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from playwright.sync_api import CDPSession, Page, expect

from benchmarks.figures import show
from benchmarks.large_basin import archive
from benchmarks.served import Served, served
from generators.browser import browser, sign_in

GOAL_INTERACTIVE_SECONDS, GOAL_FRAMES, GOAL_TAB_MB = 3.0, 30.0, 400.0
GOAL_FRAME_MS = 33.3
PASSWORD = "the river keeps its share"
MAP = ".maplibregl-map[aria-busy=false]"
MOVES_SECONDS = 4.0
EVENT_MS = 16  # as often as a hand's mouse tells of itself
# Frames are counted by the page itself while it is moved; a later count ends an earlier one.
COUNTING = """() => {
  const mine = (window.count = (window.count ?? 0) + 1);
  window.frames_drawn = 0;
  const one = () => { if (window.count === mine) { window.frames_drawn++; requestAnimationFrame(one); } };
  requestAnimationFrame(one);
}"""
SINCE_DATA = """() => {
  const data = performance.getEntriesByType("resource").filter((entry) => entry.name.includes("/export?"));
  return (performance.now() - Math.max(...data.map((entry) => entry.responseEnd))) / 1000;
}"""


def measure(plan_seconds: float) -> list[dict[str, Any]]:
    """The figures of the page; making the plan is not one of them."""
    with served(1) as service:
        plan = _planned(service, plan_seconds)
        account = service.ask("POST", "/v1/users", {"email": "mara@example.org", "name": "Mara", "is_administrator": True})
        service.ask("POST", "/v1/one-time-links/redeem", {"token": account["one_time_link"]["token"], "password": PASSWORD})
        service.ask("PUT", f"/v1/basins/{plan['basin_id']}/roles", {"email": "mara@example.org", "role": "reader"})
        with browser() as opened, opened.new_context(viewport={"width": 1366, "height": 768}) as context:
            sign_in(context, service.address, "mara@example.org", PASSWORD)
            page = context.new_page()
            page.set_default_timeout(120_000)
            page.goto(f"{service.address}/plans/{plan['id']}")
            page.wait_for_selector(MAP)
            interactive = float(page.evaluate(SINCE_DATA))
            page.wait_for_load_state("networkidle")
            page.locator(MAP).scroll_into_view_if_needed()
            panned, panning_ms, panning_cpu = _frames(page, _pan)
            zoomed, zooming_ms, zooming_cpu = _frames(page, _zoom)
            tab = max(_private_bytes(process) for process in _started(os.getpid(), b"--type=renderer")) / 1e6
            began = time.perf_counter()
            page.get_by_role("button", name="Show as a table").first.click()
            expect(page.get_by_role("row").nth(20)).to_be_visible()
            table = time.perf_counter() - began
    return [
        _figure("map can be used after the data arrive", interactive, "s", GOAL_INTERACTIVE_SECONDS, interactive),
        _figure("frames while panning", panned, "1/s", GOAL_FRAMES, -panned),
        _figure("page's work for a frame while panning", panning_ms, "ms", GOAL_FRAME_MS, panning_ms),
        _figure("processor time for a frame while panning", panning_cpu, "ms", None, panning_cpu),
        _figure("frames while zooming", zoomed, "1/s", GOAL_FRAMES, -zoomed),
        _figure("page's work for a frame while zooming", zooming_ms, "ms", GOAL_FRAME_MS, zooming_ms),
        _figure("processor time for a frame while zooming", zooming_cpu, "ms", None, zooming_cpu),
        _figure("memory of the tab", tab, "MB", GOAL_TAB_MB, tab),
        _figure("table of villages shown", table, "s", None, table),
    ]


def _figure(name: str, value: float, unit: str, goal: float | None, smaller_is_better: float) -> dict[str, Any]:
    met = None if goal is None else smaller_is_better <= (goal if smaller_is_better >= 0 else -goal)
    return {"figure": name, "value": round(value, 2), "unit": unit, "goal": goal, "met": met}


def _planned(service: Served, seconds: float) -> Any:
    """The plan of the large basin."""
    organisation = service.ask("GET", "/v1/organisations")["items"][0]["id"]
    zipped = {"Content-Type": "application/zip"}
    basin = service.ask("POST", f"/v1/basins/import?organisation_id={organisation}", archive(), zipped)["id"]
    scenario = service.ask("POST", f"/v1/basins/{basin}/scenarios", {"name": "least_cost"})["id"]
    limits = {"time_seconds": seconds, "relative_gap": 0.2}
    ended = service.wait(service.ask("POST", f"/v1/scenarios/{scenario}/runs", {"limits": limits})["id"], seconds + 300)
    if ended["plan_id"] is None:
        raise RuntimeError(f"There is no plan: {ended['outcome']}")
    print("planned", file=sys.stderr)
    return service.ask("GET", f"/v1/plans/{ended['plan_id']}")


def _frames(page: Page, move: Any) -> tuple[float, float, float]:
    """Frames a second while the map is moved; for each, milliseconds of the page's main thread and of all of Chromium."""
    box = page.locator(MAP).bounding_box()
    assert box is not None
    middle = box["x"] + box["width"] / 2, box["y"] + min(box["height"], 500) / 2
    page.mouse.move(*middle)
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable")
    page.evaluate(COUNTING)
    began, busy, used = time.perf_counter(), _busy_seconds(session), _chromium_seconds()
    move(page, middle, began + MOVES_SECONDS)
    frames = float(page.evaluate("window.frames_drawn"))
    took, worked, used = time.perf_counter() - began, _busy_seconds(session) - busy, _chromium_seconds() - used
    return frames / took, worked / frames * 1000, used / frames * 1000


def _busy_seconds(session: CDPSession) -> float:
    told = session.send("Performance.getMetrics")["metrics"]
    return float(next(metric["value"] for metric in told if metric["name"] == "TaskDuration"))


def _pan(page: Page, middle: tuple[float, float], until: float) -> None:
    page.mouse.down()
    step = 0
    while time.perf_counter() < until:
        step += 1
        page.mouse.move(middle[0] + 100 * ((step % 40) / 20 - 1), middle[1] + 60 * ((step % 30) / 15 - 1))
        page.wait_for_timeout(EVENT_MS)
    page.mouse.up()


def _zoom(page: Page, middle: tuple[float, float], until: float) -> None:
    step = 0
    while time.perf_counter() < until:
        step += 1
        page.mouse.wheel(0, -60 if step % 40 < 20 else 60)
        page.wait_for_timeout(EVENT_MS)


def _chromium_seconds() -> float:
    """Seconds of the processors that the browser's pages and its drawing have taken."""
    drawing = [*_started(os.getpid(), b"--type=renderer"), *_started(os.getpid(), b"--type=gpu-process")]
    fields = [Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split() for process in drawing]
    return sum(int(field[11]) + int(field[12]) for field in fields) / os.sysconf("SC_CLK_TCK")


def _started(process_id: int, argument: bytes) -> Iterator[int]:
    """The processes with an argument among all that a process has started."""
    for entry in Path(f"/proc/{process_id}/task").iterdir():
        for child in map(int, (entry / "children").read_text().split()):
            if argument in Path(f"/proc/{child}/cmdline").read_bytes():
                yield child
            yield from _started(child, argument)


def _private_bytes(process_id: int) -> int:
    """Memory that a process has to itself, and its share of what it has with others."""
    lines = Path(f"/proc/{process_id}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=120.0, help="time limit of the run")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    options = parser.parse_args()
    show(measure(options.seconds), as_json=options.json)
