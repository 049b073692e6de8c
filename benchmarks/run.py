"""Runs every benchmark and keeps its figures in benchmarks/results/, with the machine and the versions.

    python -m benchmarks.run [NAME …] [--json]

A benchmark is a module here that can be run; with --json it prints a list of {figure, value, unit, goal, met}.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
import time
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from benchmarks.figures import told

HERE = Path(__file__).parent
RESULTS = HERE / "results"
PACKAGES = ("rivershare", "highspy", "pyomo", "numpy", "scipy", "pandas", "pyarrow", "pydantic")


def benchmarks() -> list[str]:
    """Names of the modules here that can be run."""
    files = sorted(path for path in HERE.glob("*.py") if path != Path(__file__))
    return [path.stem for path in files if '__name__ == "__main__"' in path.read_text(encoding="utf-8")]


def machine() -> dict[str, Any]:
    """Processor, cores, memory and versions of the software."""
    return {
        "cpu": _cpu(),
        "cores": os.cpu_count(),
        "memory_gib": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30, 1),
        "system": platform.platform(terse=True),
        "python": platform.python_version(),
        **{package: version(package) for package in PACKAGES},
    }


def _cpu() -> str:
    known = Path("/proc/cpuinfo")
    if known.exists():
        for line in known.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def run(name: str) -> list[dict[str, Any]]:
    """Run one benchmark in its own process; what it says of its progress goes to this terminal."""
    command = [sys.executable, "-m", f"benchmarks.{name}", "--json"]
    done = subprocess.run(command, cwd=HERE.parent, stdout=subprocess.PIPE, text=True, check=True)
    figures: list[dict[str, Any]] = json.loads(done.stdout)
    return figures


def keep(name: str, figures: list[dict[str, Any]], seconds: float) -> None:
    """Write the figures with where and when they were measured."""
    RESULTS.mkdir(exist_ok=True)
    content = {
        "benchmark": name,
        "measured": datetime.now(UTC).date().isoformat(),
        "seconds": round(seconds, 1),
        "machine": machine(),
        "figures": figures,
    }
    text = json.dumps(content, ensure_ascii=False, indent=1)
    (RESULTS / f"{name}.json").write_text(text + "\n", encoding="utf-8")


def main() -> int:
    """Run what is named, or everything. Returns 1 if a benchmark could not be run; a missed goal is a result."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(benchmarks()))
    parser.add_argument("--json", action="store_true", help="print all figures as one list")
    options = parser.parse_args()
    unknown = set(options.names) - set(benchmarks())
    if unknown:
        parser.error(f"there is no benchmark {', '.join(sorted(unknown))}; there are {', '.join(benchmarks())}")
    every: list[dict[str, Any]] = []
    failed = []
    for name in options.names or benchmarks():
        print(f"{name} …", file=sys.stderr, flush=True)
        began = time.monotonic()
        try:
            figures = run(name)
        except (subprocess.CalledProcessError, json.JSONDecodeError) as error:
            print(f"{name} could not be run: {error}", file=sys.stderr)
            failed.append(name)
            continue
        keep(name, figures, time.monotonic() - began)
        every += figures
        if not options.json:
            print(f"{name}, {time.monotonic() - began:.0f} s", *map(told, figures), sep="\n", flush=True)
    if options.json:
        print(json.dumps(every, ensure_ascii=False, indent=2))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
