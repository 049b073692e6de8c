"""How quickly the service answers beside a solve: 200 mixed requests a second for a minute, one process, SQLite, loopback."""

import argparse
import multiprocessing
import sys
from concurrent.futures import ProcessPoolExecutor
from typing import Any

import numpy as np

from benchmarks.figures import show
from benchmarks.load import Wanted, raw, steady_load
from benchmarks.served import Served, served

PER_SECOND = 200
SECONDS = 60.0
GOAL_MILLISECONDS = 200.0


def requests(service: Served) -> list[Wanted]:
    """The mix: nine reads for each write, over basins, scenarios, runs, plans, tables, comments."""
    basins = {basin["name"]: basin["id"] for basin in service.ask("GET", "/v1/basins")["items"]}
    tutorial, large = basins["tutorial"], basins["ratanakiri"]
    scenarios = {s["name"]: s["id"] for s in service.ask("GET", f"/v1/basins/{tutorial}/scenarios")["items"]}
    small = service.ask("POST", f"/v1/scenarios/{scenarios['least_cost']}/runs", {"limits": {"time_seconds": 30}})
    plan = service.wait(small["id"])["plan_id"]
    long = {s["name"]: s["id"] for s in service.ask("GET", f"/v1/basins/{large}/scenarios")["items"]}["least_cost"]
    limits = {"time_seconds": 600, "relative_gap": 0.0}
    running = service.ask("POST", f"/v1/scenarios/{long}/runs", {"limits": limits})["id"]
    reads = {
        "basins": "/v1/basins",
        "basin": f"/v1/basins/{large}",
        "scenarios": f"/v1/basins/{large}/scenarios",
        "scenario": f"/v1/scenarios/{scenarios['least_cost']}",
        "run": f"/v1/runs/{running}",
        "plan": f"/v1/plans/{plan}",
        "indicators": f"/v1/plans/{plan}/indicators",
        "table": f"/v1/plans/{plan}/tables/service?limit=100",
        "comments": f"/v1/basins/{tutorial}/comments",
        "me": "/v1/users/me",
    }
    remark = raw("POST", f"/v1/basins/{tutorial}/comments", service.key, {"text": "It floods here."})
    mix = [Wanted(f"read {name}", raw("GET", path, service.key), 9) for name, path in reads.items()]
    return [*mix, Wanted("write comment", remark, 10)]


def measure() -> list[dict[str, Any]]:
    """The figures, slowest first in the text that goes to standard error."""
    with served(1) as service:
        mix = requests(service)
        with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as other:
            told = other.submit(steady_load, service.port, mix, PER_SECOND, SECONDS).result()
    reads = np.array([seconds for name, _, seconds in told if name.startswith("read")]) * 1000
    writes = np.array([seconds for name, _, seconds in told if name.startswith("write")]) * 1000
    wrong = [(name, status) for name, status, _ in told if not 200 <= status < 400]
    for name in sorted({name for name, _, _ in told}):
        own = np.array([seconds for other, _, seconds in told if other == name]) * 1000
        print(f"{name}: {len(own)}, p50 {np.median(own):.1f} ms, p99 {np.percentile(own, 99):.1f} ms", file=sys.stderr)
    if wrong:
        print(f"wrong: {sorted(set(wrong))}", file=sys.stderr)
    p99 = float(np.percentile(reads, 99))
    return [
        {"figure": "requests sent", "value": len(told), "unit": "requests", "goal": PER_SECOND * SECONDS, "met": True},
        {"figure": "p99 of reads", "value": p99, "unit": "ms", "goal": GOAL_MILLISECONDS, "met": p99 < GOAL_MILLISECONDS},
        {"figure": "median of reads", "value": float(np.median(reads)), "unit": "ms", "goal": None, "met": None},
        {"figure": "p99 of writes", "value": float(np.percentile(writes, 99)), "unit": "ms", "goal": None, "met": None},
        {"figure": "errors", "value": len(wrong), "unit": "requests", "goal": 0, "met": not wrong},
    ]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    show(measure(), as_json=parser.parse_args().json)
