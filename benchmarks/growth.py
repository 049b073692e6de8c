"""How the time to a gap of 5 % grows with the villages of a basin.

    python -m benchmarks.growth [--villages 250 500 1000 2000] [--threads 1] [--seconds 600] [--json] [--picture FILE]

Made-up basins like Ratanak Kiri (3 stages, 4 seasons, 5 members) at least cost, floors in each village; each in a process of its
own. Times are of the solver's processor and of the wall clock, from the call of the library on. The power is that of the line
through the logarithms.
"""

import argparse
import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.figures import Figure, show
from benchmarks.line_picture import Line, picture
from benchmarks.solving_cases import EVERYBODY, likeness

ROOT = Path(__file__).resolve().parent.parent
GAP, MOST_POWER = 0.05, 1.5
SEED = 1


def measure(villages: int, threads: int, seconds: float) -> dict[str, Any]:
    """One basin, until the gap is reached."""
    from optimization import Limits, Progress, solve

    resolved = likeness(villages, (EVERYBODY,), stages=3, seasons=4, members=5)
    news: list[Progress] = []
    began = time.monotonic()
    plan = solve(resolved, Limits(time_seconds=seconds, relative_gap=GAP, seed=SEED, threads=threads), news.append)
    level = plan.record["levels"][0]
    reached = next((event.elapsed_seconds for event in news if event.gap is not None and event.gap <= GAP), None)
    return {
        "villages": villages,
        "first_plan": next((event.elapsed_seconds for event in news if event.incumbent is not None), None),
        "reached": reached,
        "wall": time.monotonic() - began,
        "cpu": level["solver"]["cpu_seconds"],
        "gap": level["gap_share"],
        "memory": level["solver"]["peak_memory_bytes"],
        "audit": plan.passed,
    }


def power(runs: list[dict[str, Any]]) -> float | None:
    """The power of the number of villages with which the processor's time to the gap grows; None where one did not reach it."""
    if len(runs) < 2 or any(run["reached"] is None for run in runs):
        return None
    return float(np.polyfit(np.log([run["villages"] for run in runs]), np.log([run["cpu"] for run in runs]), 1)[0])


def figures(runs: list[dict[str, Any]]) -> list[Figure]:
    rows = []
    for run in runs:
        for key, figure, unit in (
            ("cpu", f"CPU time to {GAP:.0%}", "s"),
            ("reached", f"time to {GAP:.0%}", "s"),
            ("first_plan", "first plan", "s"),
            ("gap", "gap at the end", "share"),
            ("memory", "solver's memory", "bytes"),
            ("audit", "audit passed", "yes or no"),
        ):
            rows.append(_row(f"{run['villages']} villages: {figure}", run[key], unit, None, None))
    grown = power(runs)
    rows.append(_row("power of the villages", grown, "", MOST_POWER, grown is not None and grown <= MOST_POWER))
    return rows


def _row(figure: str, value: Any, unit: str, goal: float | None, met: bool | None) -> Figure:
    return {
        "figure": figure,
        "value": round(value, 4) if isinstance(value, float) else value,
        "unit": unit,
        "goal": goal,
        "met": met,
    }


def drawn(runs: list[dict[str, Any]]) -> str:
    """The times over the villages, and the time that would grow with the power of the goal."""
    times = [(float(run["villages"]), float(run["cpu"])) for run in runs if run["reached"] is not None]
    first = times[0]
    goal = [(n, first[1] * (n / first[0]) ** MOST_POWER) for n, _ in times]
    lines = [Line("measured", times, "#19559A", stepped=False), Line(f"n^{MOST_POWER:g}", goal, "#777", "6 4", stepped=False)]
    return str(picture(f"Time to a gap of {GAP:.0%}", "villages", "CPU seconds", lines, log=True))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--villages", type=int, nargs="+", default=[250, 500, 1000, 2000])
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=600.0)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--picture", type=Path)
    parser.add_argument("--measure", type=int, help=argparse.SUPPRESS)
    wanted = parser.parse_args()
    if wanted.measure:
        print(json.dumps(measure(wanted.measure, wanted.threads, wanted.seconds)))
        return
    runs = []
    for villages in wanted.villages:
        command = [sys.executable, "-m", "benchmarks.growth", "--measure", str(villages)]
        command += ["--threads", str(wanted.threads), "--seconds", str(wanted.seconds)]
        done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
        runs.append(json.loads(done.stdout))
        print(f"{villages} villages: {runs[-1]['cpu']:.1f} s of CPU", file=sys.stderr)
    if wanted.picture is not None:
        wanted.picture.parent.mkdir(parents=True, exist_ok=True)
        wanted.picture.write_text(drawn(runs) + "\n", encoding="utf-8")
    show(figures(runs), wanted.json)


if __name__ == "__main__":
    main()
