"""One run, worked at by one worker and by two, on PostgreSQL: plan and bound over time.

    python -m benchmarks.two_workers [--villages 1000] [--seconds 150] [--workers 1 2] [--json]

Made-up villages that their districts couple; each number of workers has a service of its own, in turn. A second worker
gains as far as there is a second core: a machine that others use shows little.
"""

import argparse
import sys
import time
from typing import Any

from benchmarks.faults import database_of
from benchmarks.figures import Figure, show
from benchmarks.served import Served, served
from benchmarks.solving_cases import DISTRICTS, EVERYBODY, likeness
from planner.formats.archive import write_archive

LOOK_SECONDS = 0.5
SIZE = {"stages": 2, "seasons": 4, "members": 1}
LIMITS = {"relative_gap": 0.005, "threads": 1}

Course = list[tuple[float, float | None, float | None]]


def planned(service: Served, villages: int, seconds: float) -> tuple[Course, dict[str, Any]]:
    """(elapsed seconds, plan, bound) as the run told them, and the record of its level."""
    resolved = likeness(villages, (EVERYBODY, DISTRICTS), sites=villages // 10, **SIZE)
    organisation = service.ask("GET", "/v1/organisations")["items"][0]["id"]
    asked = f"/v1/basins/import?organisation_id={organisation}"
    basin = service.ask("POST", asked, write_archive(resolved.basin), {"Content-Type": "application/zip"})["id"]
    policy = {"objectives": [{"objective": "cost"}], "floors": [EVERYBODY, DISTRICTS]}
    scenario = service.ask("POST", f"/v1/basins/{basin}/scenarios", {"name": "coupled", "policy": policy})["id"]
    run_id = service.ask("POST", f"/v1/scenarios/{scenario}/runs", {"limits": {**LIMITS, "time_seconds": seconds}})["id"]
    course: Course = []
    while (run := service.ask("GET", f"/v1/runs/{run_id}"))["state"] in ("queued", "running"):
        news = run["progress"]
        if news is not None and news.get("objective"):
            told = (news["elapsed_seconds"], news["incumbent"], news["bound"])
            if not course or course[-1][1:] != told[1:]:
                course.append(told)
        time.sleep(LOOK_SECONDS)
    if run["plan_id"] is None:
        raise RuntimeError(f"The run ended without a plan: {run['outcome']}")
    return course, service.ask("GET", f"/v1/plans/{run['plan_id']}/record")["levels"][0]


def measure(villages: int, seconds: float, workers: list[int]) -> list[Figure]:
    """The figures of each number of workers, and how they come to each other's gaps."""
    figures = []
    for count in workers:
        with database_of("postgresql") as url, served(count, RIVERSHARE_DATABASE_URL=str(url)) as service:
            course, level = planned(service, villages, seconds)
        print(f"{count} workers: seconds, plan, bound, gap", file=sys.stderr)
        for elapsed, plan, bound in course:
            gap = f"{1 - bound / plan:.1%}" if plan and bound is not None else "–"
            print(f"  {elapsed:7.1f}  {_of(plan)}  {_of(bound)}  {gap}", file=sys.stderr)
        solver = level["solver"]
        for phase in solver["phases"]:
            print(f"  {phase['phase']}: {phase['wall_seconds']:.1f} s, {phase['message']}", file=sys.stderr)
        found = {
            "plan": (level["value"], level["unit"]),
            "bound": (level["bound"], level["unit"]),
            "gap": (100 * level["gap_share"], "%"),
            "seconds to 90 % of what the plan gained": (_most_gained(course), "s"),
            "answers from the other worker": (solver["pieces_elsewhere"], "pieces"),
        }
        figures += [
            {"figure": f"{count} workers: {name}", "value": value, "unit": unit, "goal": None, "met": None}
            for name, (value, unit) in found.items()
        ]
    return figures


def _most_gained(course: Course) -> float | None:
    plans = [(elapsed, plan) for elapsed, plan, _ in course if plan is not None]
    if not plans:
        return None
    enough = plans[0][1] - 0.9 * (plans[0][1] - plans[-1][1])
    return next(elapsed for elapsed, plan in plans if plan <= enough)


def _of(value: float | None) -> str:
    return "           –" if value is None else f"{value:12.0f}"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--villages", type=int, default=1_000)
    parser.add_argument("--seconds", type=float, default=150.0, help="of each run")
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    options = parser.parse_args()
    show(measure(options.villages, options.seconds, options.workers), as_json=options.json)
