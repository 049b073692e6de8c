"""The processes of a service, found by the folder that they keep, and killed."""

import os
import signal
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

_KINDS = {"serve": "server", "worker": "worker"}


@dataclass(frozen=True)
class Found:
    """A process: `server`, `worker`, `starter` (which begins a worker's solvers) or `child` (a solver's). `parent` of a child is
    the one whose starter split it off.
    """

    process_id: int
    parent: int
    kind: str

    def is_below(self, other: "Found") -> bool:
        """Whether it must end with the other."""
        of_worker = self.kind in ("starter", "child") and self.parent == other.process_id
        return other.kind == "server" or (other.kind == "worker" and of_worker)


def processes_of(home: Path) -> list[Found]:
    """All processes of the service of this folder that run."""
    marker = f"RIVERSHARE_HOME={home}".encode()
    found = []
    for place in Path("/proc").iterdir():
        if place.name.isdigit():
            try:
                if marker not in (place / "environ").read_bytes().split(b"\0"):
                    continue
                words = (place / "cmdline").read_bytes().decode().split("\0")
                # After the name in brackets: the state, the parent.
                state, parent = (place / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()[:2]
            except OSError:
                continue
            if state != "Z" and words != [""]:
                kind = next((_KINDS[word] for word in words if word in _KINDS), "starter")
                found.append(Found(int(place.name), int(parent), kind))
    starters = {one.process_id: one for one in found if one.kind == "starter"}
    return [
        Found(one.process_id, starters[one.parent].parent, "child") if one.kind == "starter" and one.parent in starters else one
        for one in found
    ]


def kill(process_id: int) -> None:
    """End a process at once, if it is still there."""
    try:
        os.kill(process_id, signal.SIGKILL)
    except ProcessLookupError:
        return


def runs(process_id: int) -> bool:
    """Whether a process is there and has not ended."""
    try:
        state = Path(f"/proc/{process_id}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def vanish(process_ids: Iterable[int], seconds: float) -> list[int]:
    """Those of the processes that are still there after a time."""
    deadline = time.monotonic() + seconds
    left = [number for number in process_ids if runs(number)]
    while left and time.monotonic() < deadline:
        time.sleep(0.05)
        left = [number for number in left if runs(number)]
    return left
