"""Workers as processes of their own, and their solvers."""

import sys
from pathlib import Path


def runs(process_id: int) -> bool:
    try:
        return Path(f"/proc/{process_id}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def solver_of(process_id: int) -> int | None:
    """The solver's process of a worker, once it is there: split off by the one that begins them, which is the worker's."""
    parent_of: dict[int, int] = {}
    for place in Path("/proc").glob("[0-9]*"):
        try:
            if b"child_start.py" in (place / "cmdline").read_bytes():
                stat = (place / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()
                parent_of[int(place.name)] = int(stat[1])
        except OSError:
            continue
    return next((solver for solver, parent in parent_of.items() if parent_of.get(parent) == process_id), None)


def command(name: str, *more: str) -> list[str]:
    """What begins a worker."""
    return [sys.executable, "-m", "api.cli", "worker", "--name", name, *more]
