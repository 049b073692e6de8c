"""Ratanak Kiri with a floor that couples villages: where the search's time goes, and how far plan and bound come.

    python -m benchmarks.coupled [--json] [--seconds 120]

The least-cost scenario, and in each administration with an account 30 % of the people with safely managed
water at home, or a price for each missed.
The limit is of the wall clock, one thread; figures of phases are CPU seconds.
"""

import argparse
from typing import Any

from benchmarks.figures import Figure, show

FLOOR: dict[str, Any] = {"rung": 5, "share": 0.3, "within": "account"}
CLOSE_TO = 0.005
GAP_WANTED = 0.05


def problem() -> Any:
    """The case compiled, as the solver gets it; money in thousand USD."""
    from benchmarks.ratanakiri import resolved
    from optimization.aims import levels_of
    from optimization.formulation import build
    from optimization.handed import policy_caps, problem_of
    from planner import resolve
    from planner.scenario.policy import Floor

    case = resolved("least_cost")
    policy = case.policy.model_copy(update={"floors": (*case.policy.floors, Floor(**FLOOR))})
    case = resolve(case.basin, case.scenario.model_copy(update={"policy": policy}))
    compiled = build(case).compile()
    level = levels_of(case.policy, case, compiled)[0]
    return problem_of(case, compiled, level, policy_caps(case, compiled), None)


def figures(seconds: float) -> list[Figure]:
    """Plan, bound and gap at the end, and of each phase its CPU seconds and the plan that it left."""
    from optimization.solving.limits import Limits
    from optimization.solving.session import solve

    outcome = solve(problem(), Limits(time_seconds=seconds, relative_gap=CLOSE_TO), lambda _: None, None)

    def row(figure: str, value: Any, unit: str, goal: float | None = None) -> Figure:
        met = None if goal is None else bool(value is not None and value <= goal)
        return {"figure": figure, "value": round(value, 4) if value is not None else None, "unit": unit, "goal": goal, "met": met}

    rows = [
        row(f"gap in {seconds:.0f} s", outcome.gap, "share of the plan", GAP_WANTED),
        row("plan", outcome.objective, "thousand USD"),
        row("bound", outcome.bound, "thousand USD"),
        row("CPU time", outcome.record.cpu_seconds, "s"),
    ]
    for phase in outcome.record.phases:
        plans = [event.incumbent for event in phase.events if event.incumbent is not None]
        rows.append(row(f"{phase.phase}: CPU time", phase.cpu_seconds, "s"))
        rows.append(row(f"{phase.phase}: plan that it left", plans[-1] if plans else None, "thousand USD"))
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--seconds", type=float, default=120.0)
    wanted = parser.parse_args()
    show(figures(wanted.seconds), wanted.json)


if __name__ == "__main__":
    main()
