"""A basin of 10,000 villages through the service: uploaded, checked, planned, read; the server's memory, the first news."""

import argparse
import io
import sys
import time
import zipfile
from typing import Any

from benchmarks.figures import show
from benchmarks.served import Served, peak_bytes, served
from datasets.synthetic import make

VILLAGES = 10_000
GOAL_BYTES = 1_000_000_000
GOAL_FIRST_NEWS_SECONDS = 5.0


def archive() -> bytes:
    """The basin as a ZIP of CSV files."""
    from planner.formats.archive import write_archive

    return write_archive(make(VILLAGES, 1000, 2, 2, 2, 0))


def measure(plan_seconds: float) -> list[dict[str, Any]]:
    """The figures, with what each step took in the text that goes to standard error."""
    data = archive()
    print(f"{len(data) / 1e6:.1f} MB, {len(zipfile.ZipFile(io.BytesIO(data)).namelist())} files", file=sys.stderr)
    with served(1) as service:
        figures = _through(service, data, plan_seconds)
        peak = peak_bytes(service.process.pid)
    return [
        *figures,
        {"figure": "server's memory", "value": round(peak / 1e6), "unit": "MB", "goal": 1000, "met": peak < GOAL_BYTES},
    ]


def _through(service: Served, data: bytes, plan_seconds: float) -> list[dict[str, Any]]:
    organisation = service.ask("GET", "/v1/organisations")["items"][0]["id"]
    took: dict[str, float] = {}

    def timed(name: str, method: str, path: str, body: Any = None, **headers: str) -> Any:
        began = time.perf_counter()
        answer = service.ask(method, path, body, headers)
        took[name] = time.perf_counter() - began
        print(f"{name}: {took[name]:.2f} s, server {peak_bytes(service.process.pid) / 1e6:.0f} MB", file=sys.stderr)
        return answer

    zipped = {"Content-Type": "application/zip"}
    path = f"/v1/basins/import?organisation_id={organisation}"
    basin = timed("uploaded and checked", "POST", path, data, **zipped)["id"]
    scenario = timed("scenario made", "POST", f"/v1/basins/{basin}/scenarios", {"name": "least_cost"})["id"]
    began = time.perf_counter()
    limits = {"time_seconds": plan_seconds, "relative_gap": 0.2}
    run = timed("run started", "POST", f"/v1/scenarios/{scenario}/runs", {"limits": limits})["id"]
    while not (service.ask("GET", f"/v1/runs/{run}").get("progress")):
        time.sleep(0.05)
    first = time.perf_counter() - began
    ended = service.wait(run, plan_seconds + 300)
    took["planned"] = time.perf_counter() - began
    if ended["plan_id"] is None:
        raise RuntimeError(f"There is no plan: {ended['outcome']}")
    plan = f"/v1/plans/{ended['plan_id']}"
    timed("verdict read", "GET", plan)
    timed("table read, 100 rows", "GET", f"{plan}/tables/service?limit=100")
    timed("table read whole, CSV", "GET", f"{plan}/tables/service?format=csv")
    timed("plan exported, ZIP of CSV", "GET", f"{plan}/export?format=zip")
    timed("summary read", "GET", f"{plan}/summary")
    timed("basin read as JSON", "GET", f"/v1/basins/{basin}/versions/latest/document")
    timed("basin read as XLSX", "GET", f"/v1/basins/{basin}/versions/latest/workbook")
    seconds = [{"figure": name, "value": round(value, 2), "unit": "s", "goal": None, "met": None} for name, value in took.items()]
    met = first < GOAL_FIRST_NEWS_SECONDS
    news = {"figure": "first progress", "value": round(first, 2), "unit": "s", "goal": GOAL_FIRST_NEWS_SECONDS, "met": met}
    return [*seconds, news]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=120.0, help="time limit of the run")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    options = parser.parse_args()
    show(measure(options.seconds), as_json=options.json)
