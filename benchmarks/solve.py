"""How near a plan comes to the best possible, and when, on cases of each kind; bare HiGHS on the same matrix beside it.

    python -m benchmarks.solve [CASE …] [--json] [--seconds 60] [--seeds 1] [--threads 1] [--no-bare] [--keep FILE]

One after the other, each in a process of its own; seconds are of the wall clock, CPU seconds beside them. Of several seeds the
worst counts. Bare HiGHS has one thread. `--keep` writes down how plan and bound went, beside what the file has of other cases;
`--pictures DIR` draws all that the file has.
"""

import argparse
import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from benchmarks.figures import Figure, show
from benchmarks.solve_course import draw, worst_of
from benchmarks.solving_cases import CASES, Case

ROOT = Path(__file__).resolve().parent.parent
CLOSE_TO = 0.005
"""The search goes on to this gap, so that the figure is what the time allows and not where it was told to stop."""
UNKNOWN = 1e30


def with_rivershare(case: Case, seconds: float, seed: int, threads: int = 1) -> dict[str, Any]:
    """Plan it with the whole tool: reading, building, searching, auditing."""
    from optimization import Limits, Progress, solve

    news: list[Progress] = []
    begin = time.monotonic()
    plan = solve(case.resolved(), Limits(time_seconds=seconds, relative_gap=CLOSE_TO, seed=seed, threads=threads), news.append)
    level = plan.record["levels"][0]
    scale = news[-1].incumbent / level["value"] if news[-1].incumbent and level["value"] else 1.0
    reached = (event.elapsed_seconds for event in news if event.gap is not None and event.gap <= case.gap)
    return {
        "wall": time.monotonic() - begin,
        "cpu": level["solver"]["cpu_seconds"],
        "first_plan": next((event.elapsed_seconds for event in news if event.incumbent is not None), None),
        "to_goal": next(reached, None),
        "gap": level["gap_share"],
        "value": level["value"],
        "bound": level["bound"],
        "memory": level["solver"]["peak_memory_bytes"],
        "audit": plan.passed,
        "course": _course([(event.elapsed_seconds, event.incumbent, event.bound) for event in news], scale),
        "phases": [
            (phase["phase"], phase["cpu_seconds"], next((e["incumbent"] for e in phase["events"][::-1] if e["incumbent"]), None))
            for phase in level["solver"]["phases"]
        ],
    }


def with_bare_highs(case: Case, seconds: float, seed: int) -> dict[str, Any]:
    """The same matrix and objective given to HiGHS, with nothing but a time limit."""
    import highspy

    from optimization.aims import levels_of
    from optimization.algebra.handover import pass_to_highs
    from optimization.formulation import build

    resolved = case.resolved()
    compiled = build(resolved).compile()
    level = levels_of(resolved.policy, resolved, compiled)[0]
    objective, constant = compiled.objective_vector(level.weights)
    highs = highspy.Highs()
    options = (("output_flag", False), ("threads", 1), ("time_limit", seconds), ("mip_rel_gap", CLOSE_TO), ("random_seed", seed))
    for option, value in options:
        highs.setOptionValue(option, value)
    pass_to_highs(compiled, highs, objective, constant=constant)
    course: list[tuple[float, float | None, float | None]] = []
    begin, processor = time.monotonic(), time.process_time()

    def follow(event: Any) -> None:
        told = event.data_out
        pair = (float(told.mip_primal_bound), float(told.mip_dual_bound))
        course.append((time.monotonic() - begin, *(value if abs(value) < UNKNOWN else None for value in pair)))

    highs.cbMipImprovingSolution += follow
    highs.cbMipInterrupt += follow
    highs.run()
    info = highs.getInfo()
    some = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
    value = info.objective_function_value / level.scale if some else None
    bound = info.mip_dual_bound / level.scale
    size = level.people or (abs(value) if value else 1.0)
    return {
        "cpu": time.process_time() - processor,
        "first_plan": next((at for at, incumbent, _ in course if incumbent is not None), None),
        "course": _course(course, level.scale),
        "gap": None if value is None else (value - bound) / size,
        "value": value,
        "bound": bound,
    }


def _course(told: list[tuple[float, float | None, float | None]], scale: float) -> list[tuple[float, float | None, float | None]]:
    """(seconds, plan, bound) at each change of the plan or of the bound, in the unit of the aim."""
    kept: list[tuple[float, float | None, float | None]] = []
    for at, *pair in told:
        plan, bound = (None if value is None else value / scale for value in pair)
        if not kept or (plan, bound) != kept[-1][1:]:
            kept.append((round(at, 2), plan, bound))
    return kept


def figures(name: str, case: Case, seconds: float, ours: list[dict[str, Any]], bare: list[dict[str, Any]]) -> list[Figure]:
    """The worst of the seeds, beside what bare HiGHS reaches."""
    worst = worst_of(ours)

    def row(figure: str, value: Any, unit: str, goal: float | bool | None = None, least: bool = True) -> Figure:
        met = None if goal is None else bool(value is not None and (value <= goal if least else value == goal))
        shown = round(value, 5) if isinstance(value, float) else value
        return {"figure": f"{name}: {figure}", "value": shown, "unit": unit, "goal": goal, "met": met}

    rows = [
        row(f"gap in {seconds:.0f} s", worst["gap"], "share", case.gap),
        row("first plan", _latest([run["first_plan"] for run in ours]), "s", case.first_plan_seconds),
        row(f"time to {case.gap:.1%}", worst["to_goal"], "s", case.seconds),
        row("solver's CPU time", worst["cpu"], "s"),
        row("solver's memory", worst["memory"] / 1e9, "GB"),
        row("value", worst["value"], "USD, or persons by rung"),
        row("bound", worst["bound"], "USD, or persons by rung"),
        row("audit", all(run["audit"] for run in ours), "passed", True, least=False),
    ]
    for phase, cpu, left in worst["phases"]:
        rows.append(row(f"{phase}: CPU time", cpu, "s"))
        rows.append(row(f"{phase}: plan that it left", left, "in the model's unit, thousand USD where cost is the aim"))
    if bare:
        plain = worst_of(bare)
        rows += [row(f"bare HiGHS, {figure}", plain[key], unit) for figure, key, unit in (
            (f"gap in {seconds:.0f} s", "gap", "share"), ("first plan", "first_plan", "s"), ("CPU time", "cpu", "s"),
            ("value", "value", "as the value"), ("bound", "bound", "as the value"))]  # fmt: skip
    return rows


def _latest(seconds: list[float | None]) -> float | None:
    """The latest of all, None where one never came."""
    known = [one for one in seconds if one is not None]
    return max(known) if len(known) == len(seconds) else None


def measure(how: str, name: str, seconds: float, seed: int, threads: int = 1) -> dict[str, Any]:
    """One measurement in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.solve", name, "--measure", how, str(seed), "--seconds", str(seconds)]
    command += ["--threads", str(threads)]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def keep(file: Path, name: str, runs: dict[str, Any]) -> None:
    """Adds a case's runs to the file, in place of what it held of the case."""
    kept = json.loads(file.read_text()) if file.exists() else {}
    file.write_text(json.dumps(kept | {name: runs}) + "\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cases", nargs="*", metavar="CASE", help=", ".join(CASES))
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--seconds", type=float, help="instead of each case's own limit")
    parser.add_argument("--seeds", type=int, default=1)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--keep", type=Path, metavar="FILE")
    parser.add_argument("--pictures", type=Path, metavar="DIR", help="draw what the kept file has")
    parser.add_argument("--only-pictures", action="store_true", help="measure nothing")
    parser.add_argument("--no-bare", action="store_true", help="leave bare HiGHS out")
    parser.add_argument("--measure", nargs=2, help=argparse.SUPPRESS)
    wanted = parser.parse_args()
    if unknown := set(wanted.cases) - set(CASES):
        parser.error(f"no case {', '.join(sorted(unknown))}; there are {', '.join(CASES)}")
    if wanted.measure:
        how, seed = wanted.measure
        case, seed = CASES[wanted.cases[0]], int(seed)
        if how == "rivershare":
            print(json.dumps(with_rivershare(case, wanted.seconds, seed, wanted.threads)))
        else:
            print(json.dumps(with_bare_highs(case, wanted.seconds, seed)))
        return
    rows: list[Figure] = []
    for name in () if wanted.only_pictures else wanted.cases or CASES:
        case = CASES[name]
        seconds = wanted.seconds or case.seconds
        print(f"{name}: {case.title}; {seconds:.0f} s each", file=sys.stderr)
        ours = [measure("rivershare", name, seconds, seed, wanted.threads) for seed in range(1, wanted.seeds + 1)]
        bare = [] if wanted.no_bare else [measure("bare", name, seconds, seed) for seed in range(1, wanted.seeds + 1)]
        rows += figures(name, case, seconds, ours, bare)
        if wanted.keep is not None:
            keep(wanted.keep, name, {"title": case.title, "seconds": seconds, "rivershare": ours, "bare": bare})
    if wanted.pictures is not None and wanted.keep is not None:
        draw(json.loads(wanted.keep.read_text()), wanted.pictures)
    show(rows, wanted.json)


if __name__ == "__main__":
    main()
