"""Basins that no plan can serve, each for a known cause: whether the first sentence names it, and every way out solves.

    python -m benchmarks.infeasible [--json]

The suite asks the same of one cause of each kind; here all are asked, and every way out is taken.
"""

import argparse
import sys
import time
from typing import Any

from benchmarks.figures import show
from datasets.infeasible import CAUSES, WORDS, infeasible
from optimization import Limits, solve
from planner.plan.outcome import NoPlan
from planner.scenario.resolved import resolve

NAMED_WANTED = 24
ANY_PLAN = Limits(time_seconds=60, relative_gap=0.9)


def measure() -> list[dict[str, Any]]:
    """How many are named, how many ways out there are and solve, and the longest wait for an answer."""
    named = ways = solved = 0
    longest = 0.0
    for cause in CAUSES:
        case = infeasible(cause)
        began = time.perf_counter()
        try:
            solve(resolve(case.basin, case.scenario), ANY_PLAN)
        except NoPlan as told:
            seconds = time.perf_counter() - began
            own = WORDS[cause] in str(told)
            passed = sum(solve(resolve(case.basin, way.taken_by(case.scenario)), ANY_PLAN).passed for way in told.ways_out)
            named, ways, solved = named + own, ways + len(told.ways_out), solved + passed
            longest = max(longest, seconds)
            print(
                f"{cause}: {'named' if own else str(told)}; {passed} of {len(told.ways_out)} ways out, {seconds:.0f} s",
                file=sys.stderr,
            )
    return [
        {"figure": f"causes named, of {len(CAUSES)}", "value": named, "unit": "causes", "goal": NAMED_WANTED,
         "met": named >= NAMED_WANTED},
        {"figure": f"ways out that solve, of {ways}", "value": solved, "unit": "ways", "goal": ways, "met": solved == ways},
        {"figure": "longest wait for an answer", "value": longest, "unit": "s", "goal": None, "met": None},
    ]  # fmt: skip


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    show(measure(), as_json=parser.parse_args().json)
