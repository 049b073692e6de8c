"""Small changes planned from scratch and from the last plan, to the same gap: CPU seconds of each and how many times fewer.

    python -m benchmarks.resolve [BASE …] [--changes NAME …] [--base-gap SHARE] [--json]

The last plan is the base's, from scratch to the base's gap, or to `--base-gap`. Each solve has one thread and a process of its
own, one after the other. CPU seconds are those of the solver's process and of the one that builds the model, reads the
solution and audits the plan; reading the basin and the last plan is left out. A solve that does not reach the gap counts with the
time that it took, and its change is not met.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.figures import Figure, show
from benchmarks.resolve_cases import BASES, CHANGES, Base, changed, changes_of

ROOT = Path(__file__).resolve().parent.parent
TIMES_FASTER = 3.0
CHANGES_FASTER = 8


def planned(resolved: Any, gap: float, seconds: float, start: Any, folder: Path | None) -> dict[str, Any]:
    """One plan and what it took."""
    from optimization import Limits, solve

    begin = time.process_time()
    plan = solve(resolved, Limits(time_seconds=seconds, relative_gap=gap), start=start)
    parent = time.process_time() - begin
    levels = plan.record["levels"]
    if folder is not None:
        plan.write(folder)
    return {
        "cpu": parent + sum(level["solver"]["cpu_seconds"] for level in levels),
        "gap": levels[0]["gap_share"],
        "value": levels[0]["value"],
        "reached": plan.status in ("optimal", "gap_reached"),
        "passed": plan.passed,
        "phases": [(phase["phase"], phase["cpu_seconds"], phase["message"]) for phase in levels[0]["solver"]["phases"]],
    }


def measured(base: Base, gap: float, folder: Path, change: str, again: bool) -> dict[str, Any]:
    """One solve of a base, or of a change of it."""
    from planner import resolve
    from planner.plan.plan import Plan

    resolved = base.resolved()
    if not change:
        return planned(resolved, gap, base.seconds, None, folder)
    last = Plan.read(folder)
    own = changes_of(resolved.basin, last)[change]
    return planned(resolve(resolved.basin, changed(resolved.scenario, own)), gap, base.seconds, last if again else None, None)


def measure(name: str, gap: float, folder: Path, change: str = "", again: bool = False) -> dict[str, Any]:
    """One measurement in a process of its own."""
    asked = json.dumps({"base": name, "gap": gap, "folder": str(folder), "change": change, "again": again})
    command = [sys.executable, "-m", "benchmarks.resolve", "--measure", asked]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def figures(name: str, base: Base, changes: list[str], base_gap: float, folder: Path) -> list[Figure]:
    """The base's plan, then each change twice."""
    first = measure(name, base_gap, folder)
    rows: list[Figure] = [_row(f"{name}: the base's plan, gap {_share(first['gap'])}", first["cpu"], "CPU s")]
    faster = 0
    for change in changes or CHANGES:
        scratch, again = (measure(name, base.gap, folder, change, start) for start in (False, True))
        ratio = scratch["cpu"] / again["cpu"]
        met = bool(ratio >= TIMES_FASTER and again["reached"] and again["passed"])
        faster += met
        print(f"{name}, {change}: {told(scratch)}; again {told(again)}", file=sys.stderr, flush=True)
        rows += [
            _row(f"{name}, {change}: from scratch, gap {_share(scratch['gap'])}", scratch["cpu"], "CPU s"),
            _row(f"{name}, {change}: from the last plan, gap {_share(again['gap'])}", again["cpu"], "CPU s"),
            {**_row(f"{name}, {change}: times faster", ratio, "times"), "goal": TIMES_FASTER, "met": met},
        ]
    last = _row(f"{name}: changes at least {TIMES_FASTER:g} times faster, of {len(changes or CHANGES)}", faster, "changes")
    return [*rows, {**last, "goal": CHANGES_FASTER, "met": faster >= CHANGES_FASTER}]


def told(run: dict[str, Any]) -> str:
    """A run in a line: value, gap, CPU seconds, and those of each phase."""
    phases = ", ".join(f"{phase} {cpu:.1f} ({message})" for phase, cpu, message in run["phases"])
    return f"{run['value']:.6g}, gap {_share(run['gap'])}, {run['cpu']:.1f} s: {phases}"


def _row(figure: str, value: float, unit: str) -> Figure:
    return {"figure": figure, "value": round(value, 2), "unit": unit, "goal": None, "met": None}


def _share(gap: float | None) -> str:
    return "not proven" if gap is None else f"{gap:.2%}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bases", nargs="*", metavar="BASE", help=", ".join(BASES))
    parser.add_argument("--changes", nargs="+", default=[], choices=CHANGES, metavar="NAME", help=", ".join(CHANGES))
    parser.add_argument("--base-gap", type=float, help="gap of the last plan, instead of the one to which changes are planned")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--measure", help=argparse.SUPPRESS)
    wanted = parser.parse_args()
    if wanted.measure:
        asked = json.loads(wanted.measure)
        base = BASES[asked["base"]]
        print(json.dumps(measured(base, asked["gap"], Path(asked["folder"]), asked["change"], asked["again"])))
        return
    if unknown := set(wanted.bases) - set(BASES):
        parser.error(f"no base {', '.join(sorted(unknown))}; there are {', '.join(BASES)}")
    rows: list[Figure] = []
    for name in wanted.bases or BASES:
        base = BASES[name]
        with tempfile.TemporaryDirectory() as folder:
            rows += figures(name, base, wanted.changes, wanted.base_gap or base.gap, Path(folder) / "last")
    show(rows, wanted.json)


if __name__ == "__main__":
    main()
