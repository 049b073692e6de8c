"""Futures of a plan of Ratanak Kiri with every concern in place: all in one model, beside a model rebuilt for each.

    python -m benchmarks.futures [--json] [--futures 100] [--rebuilt 10] [--seconds 60] [--scenario further/whole_model]

Both in one run and one thread, the least of three rounds; of the rebuilt ones a few are timed, and their answers are compared.
"""

import argparse
import time
from typing import Any

import numpy as np

from benchmarks.figures import show
from benchmarks.solving_cases import ratanakiri

GOAL = 8.0
ROUNDS = 3


def measure(count: int, rebuilt: int, seconds: float, scenario: str) -> list[dict[str, Any]]:
    """Seconds a future in both ways, their ratio, and the largest difference of the answers."""
    from optimization import Limits, solve
    from optimization.futures import evaluate, sampled

    plan = solve(ratanakiri(scenario), Limits(time_seconds=seconds))
    futures = sampled(plan.basin, count)
    evaluate(plan, futures[:1])
    chosen = np.linspace(0, count - 1, rebuilt).astype(int)
    each_together = each_rebuilt = float("inf")
    for _ in range(ROUNDS):
        began = time.perf_counter()
        together = evaluate(plan, futures)
        each_together = min(each_together, (time.perf_counter() - began) / count)
        began = time.perf_counter()
        alone = [evaluate(plan, [futures[number]]) for number in chosen]
        each_rebuilt = min(each_rebuilt, (time.perf_counter() - began) / rebuilt)
    met = together.set_index(["future", "stage"])["met_share"]
    apart = max(float((one.set_index(["future", "stage"])["met_share"] - met).abs().max()) for one in alone)
    ratio = each_rebuilt / each_together
    piped = float(together["demand_m3_per_year"].max())
    return [
        {"figure": "piped demand of the plan, largest", "value": round(piped), "unit": "m³/year", "goal": None, "met": None},
        {"figure": "a future, all in one model", "value": each_together, "unit": "s", "goal": None, "met": None},
        {"figure": "a future, rebuilt", "value": each_rebuilt, "unit": "s", "goal": None, "met": None},
        {"figure": "rebuilt / in one model", "value": ratio, "unit": "", "goal": GOAL, "met": ratio >= GOAL},
        {"figure": "largest difference of met shares", "value": apart, "unit": "share", "goal": 1e-6, "met": apart <= 1e-6},
    ]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--futures", type=int, default=100, help="how many futures in one model")
    parser.add_argument("--rebuilt", type=int, default=10, help="how many of them to rebuild")
    parser.add_argument("--seconds", type=float, default=60.0, help="time limit of the plan")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    parser.add_argument("--scenario", default="further/whole_model", help="of Ratanak Kiri")
    options = parser.parse_args()
    show(measure(options.futures, options.rebuilt, options.seconds, options.scenario), as_json=options.json)
