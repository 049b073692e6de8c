"""How long it takes to build a model and hand it to HiGHS: through the algebra, and by hand with numpy.

    python -m benchmarks.build [--json]

The model of both is a made-up one, as nobody has written the whole planning model by hand; how long that takes, for Ratanak
Kiri with every concern in place, is told beside it. Every measurement is a fresh process; figures are CPU seconds, the least of
three.
"""

import argparse
import json
import resource
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.figures import show

REPEATS = 3
SMALL, LARGE = 1_000, 10_000
BYTES_PER_RSS_UNIT = 1 if sys.platform == "darwin" else 1024


def measured(path: str, villages: int) -> dict[str, float]:
    """CPU seconds, peak memory in MB and matrix entries of one build in this process."""
    import highspy

    from benchmarks.build_reference import by_hand, made_up_basin, stated
    from optimization.algebra.handover import pass_to_highs

    # Warm once on a tiny basin: imports that Pyomo defers are no part of building.
    for warm_up in (True, False):
        basin = made_up_basin(20 if warm_up else villages)
        begin = time.process_time()
        if path == "hand":
            highs = by_hand(basin)
        else:
            compiled = stated(basin).compile()
            vector, constant = compiled.objective_vector({"cost": 1.0})
            highs = highspy.Highs()
            highs.setOptionValue("output_flag", False)
            pass_to_highs(compiled, highs, vector, constant=constant)
        seconds = time.process_time() - begin
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * BYTES_PER_RSS_UNIT / 1e6
    return {"seconds": seconds, "megabytes": peak, "entries": highs.getNumNz(), "checksum": _checksum(highs.getLp())}


def whole_model() -> dict[str, float]:
    """CPU seconds for stating, compiling and handing over Ratanak Kiri with every concern, and for reading it before that."""
    import highspy

    from benchmarks.solving_cases import ratanakiri
    from optimization.aims import levels_of
    from optimization.algebra.handover import pass_to_highs
    from optimization.formulation import build

    for scenario in ("least_cost", "further/whole_model"):
        begin = time.process_time()
        resolved = ratanakiri(scenario)
        read = time.process_time()
        compiled = build(resolved).compile()
        vector, constant = compiled.objective_vector(levels_of(resolved.policy, resolved, compiled)[0].weights)
        highs = highspy.Highs()
        highs.setOptionValue("output_flag", False)
        pass_to_highs(compiled, highs, vector, constant=constant)
        seconds = time.process_time() - read
    return {"seconds": seconds, "reading": read - begin, "entries": highs.getNumNz(), "rows": highs.getNumRow()}


def _checksum(problem: Any) -> float:
    """A number in which every coefficient, cost and bound of a model has its part."""
    numbers = (problem.a_matrix_.value_, problem.col_cost_, problem.col_lower_, problem.row_lower_, problem.row_upper_)
    arrays = [np.asarray(values, dtype=np.float64) for values in numbers]
    return float(sum(np.abs(array[np.isfinite(array)]).sum() for array in arrays))


def least(path: str, villages: int) -> dict[str, float]:
    """The fastest of several fresh processes."""
    command = [sys.executable, "-m", "benchmarks.build", "--measure", path, "--villages", str(villages)]
    root = Path(__file__).resolve().parent.parent
    runs: list[dict[str, float]] = [
        json.loads(subprocess.run(command, cwd=root, check=True, capture_output=True, text=True).stdout) for _ in range(REPEATS)
    ]
    return min(runs, key=lambda run: run["seconds"])


def figures() -> list[dict[str, Any]]:
    """What was measured, against its goal."""
    small, large, hand = least("algebra", SMALL), least("algebra", LARGE), least("hand", LARGE)
    whole = least("whole", 0)
    if large["entries"] != hand["entries"] or not np.isclose(large["checksum"], hand["checksum"], rtol=1e-12):
        raise SystemExit("the two models differ: nothing is compared")
    times_numpy = large["seconds"] / hand["seconds"]
    growth = (large["seconds"] / small["seconds"]) / (LARGE / SMALL)

    def figure(name: str, value: float, unit: str, goal: str | None = None, met: bool | None = None) -> dict[str, Any]:
        return {"figure": name, "value": round(value, 3), "unit": unit, "goal": goal, "met": met}

    at = f"{LARGE:,} villages × 12 periods"
    return [
        figure(f"matrix entries, {at}", large["entries"], "entries"),
        figure(f"build and hand-over by hand with numpy, {at}", hand["seconds"], "CPU s"),
        figure(f"build and hand-over through the algebra, {at}", large["seconds"], "CPU s"),
        figure("the algebra against numpy by hand", times_numpy, "×", "≤ 2", times_numpy <= 2),
        figure(f"peak memory, {at}", large["megabytes"], "MB", "≤ 600", large["megabytes"] <= 600),
        figure(f"build and hand-over through the algebra, {SMALL:,} villages", small["seconds"], "CPU s"),
        figure("time for ten times the villages, as a share of ten times the time", growth, "×", "≤ 1.3", growth <= 1.3),
        figure("matrix entries, Ratanak Kiri with every concern", whole["entries"], "entries"),
        figure("rows, Ratanak Kiri with every concern", whole["rows"], "rows"),
        figure("build and hand-over, Ratanak Kiri with every concern", whole["seconds"], "CPU s"),
        figure("reading, checking and resolving it before that", whole["reading"], "CPU s"),
    ]


def main() -> None:
    """Measures and prints a table, or with --json the list of figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true", help="print a list of {figure, value, unit, goal, met}")
    parser.add_argument("--measure", choices=("hand", "algebra", "whole"), help="one measurement, in this process")
    parser.add_argument("--villages", type=int, default=LARGE, help="size of that measurement")
    options = parser.parse_args()
    if options.measure:
        whole = options.measure == "whole"
        print(json.dumps(whole_model() if whole else measured(options.measure, options.villages)))
        return
    found = figures()
    show(found, options.json)


if __name__ == "__main__":
    main()
