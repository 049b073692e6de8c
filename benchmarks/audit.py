"""How many random true plans the audit accepts, and how long it takes over a large basin.

A random plan is any that the model allows, of a basin with random concerns under a random policy (`random_plans.py`).
Run as `python -m benchmarks.audit [--plans N] [--json]`.
"""

import argparse
import sys
import time
from itertools import count

from benchmarks.figures import show
from benchmarks.idle_plan import idle_tables
from benchmarks.random_plans import random_plans
from datasets.synthetic import make
from planner.plan.audit import audit
from planner.scenario.policy import Policy

PLANS_PER_BASIN = 20
LARGE_GOAL_SECONDS = 10.0


def measure(plans: int, villages: int) -> list[dict[str, object]]:
    """Figures of both: random plans accepted, and seconds for a large basin."""
    accepted, made, basins, seconds, trees = 0, 0, 0, 0.0, 0
    for seed in count():
        before = made
        for plan in random_plans(seed, min(PLANS_PER_BASIN, plans - made)):
            started = time.process_time()
            failed = [check for one in plan.audits() for check in one.failures]
            seconds += time.process_time() - started
            accepted, made, trees = accepted + (not failed), made + 1, trees + (len(plan.parts) > 1)
            for check in failed:
                print(f"seed {seed}: {check}", file=sys.stderr)
        basins += made > before
        print(f"{accepted} of {made} random plans of {basins} basins accepted", file=sys.stderr, flush=True)
        if made >= plans:
            break
    basin = make(villages=villages, sites=villages // 20, stages=3, seasons=2, members=2, seed=1)
    tables = idle_tables(basin)
    started = time.perf_counter()
    passed = audit(basin, Policy(), tables).passed
    large = time.perf_counter() - started
    return [
        {"figure": f"random true plans accepted, of {made}", "value": accepted, "unit": "plans", "goal": f"{made}",
         "met": accepted == made},
        {"figure": "basins with their policy, each with random concerns", "value": basins, "unit": "basins", "goal": None,
         "met": None},
        {"figure": "plans with branches among them", "value": trees, "unit": "plans", "goal": None, "met": None},
        {"figure": "audit of a small plan", "value": round(seconds / made, 3), "unit": "CPU s", "goal": None, "met": None},
        {"figure": f"audit of {villages} villages × 12 periods, {sum(map(len, tables.values()))} rows",
         "value": round(large, 2), "unit": "s", "goal": f"≤ {LARGE_GOAL_SECONDS:g}, and accepted",
         "met": passed and large <= LARGE_GOAL_SECONDS},
    ]  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--plans", type=int, default=5000)
    parser.add_argument("--villages", type=int, default=10_000)
    parser.add_argument("--json", action="store_true", help="print a list of {figure, value, unit, goal, met}")
    options = parser.parse_args()
    figures = measure(options.plans, options.villages)
    show(figures, options.json)


if __name__ == "__main__":
    main()
