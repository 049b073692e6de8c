"""One solve from the command line: progress shown, Ctrl-C keeps the best plan."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TYPE_CHECKING

from api.cli.progress import Progress

if TYPE_CHECKING:
    from optimization.solving.limits import Limits
    from planner.basin import Basin
    from planner.plan.plan import Plan
    from planner.scenario.scenario import Scenario


def solve_shown(basin: "Basin", scenario: "Scenario", limits: "Limits", shown: Progress, start: "Plan | None" = None) -> "Plan":
    """The plan of a scenario, searched for from an earlier plan if one is given.

    Raises ScenarioError where it does not fit the basin, NoPlan where there is no plan."""
    shown.now(f"{scenario.label}: preparing the model")
    from optimization import solve
    from planner.scenario.resolved import resolve

    resolved = resolve(basin, scenario)
    with cancelled_by_interrupt(shown) as cancel:
        shown.now(scenario.label)
        return solve(resolved, limits, on_progress=shown.news, cancel=cancel, start=start)


@contextmanager
def cancelled_by_interrupt(shown: Progress) -> Iterator[threading.Event]:
    """An event that the first Ctrl-C sets; the second interrupts as usual."""
    cancel = threading.Event()

    def stop(signum: int, frame: FrameType | None) -> None:
        if cancel.is_set():
            raise KeyboardInterrupt
        cancel.set()
        shown.remark("Stopping. The best plan found so far is kept; Ctrl-C once more ends without it.")

    if threading.current_thread() is not threading.main_thread():
        yield cancel
        return
    before = signal.signal(signal.SIGINT, stop)
    try:
        yield cancel
    finally:
        signal.signal(signal.SIGINT, before)
