"""How plan and bound went over time, beside bare HiGHS: one picture a case."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.line_picture import Line, picture

OURS, BARE = "#19559A", "#B3541E"
DASHES = "6 4"
TIMES_THE_BEST = 3.0
"""Plans far above the best one found are cut off, so that the last of the gap can be seen."""


def worst_of(runs: list[dict[str, Any]]) -> dict[str, Any]:
    """The run of the seed with the widest gap, one without a gap first."""
    return max(runs, key=lambda run: float("inf") if run["gap"] is None else run["gap"])


def draw(cases: dict[str, dict[str, Any]], into: Path) -> None:
    """Writes the picture of each case, named by it; of several seeds the one that the figures count."""
    into.mkdir(parents=True, exist_ok=True)
    for name, case in cases.items():
        (into / f"{name}.svg").write_text(_drawn(case) + "\n", encoding="utf-8")


def _drawn(case: dict[str, Any]) -> str:
    """The SVG of a case's runs."""
    runs = [("Rivershare", OURS, case["rivershare"]), ("bare HiGHS", BARE, case["bare"])]
    lines, best = [], []
    for name, colour, seeds in runs:
        if not seeds:
            continue
        course = worst_of(seeds)["course"]
        plan, bound = (_known(course, place, case["seconds"]) for place in (1, 2))
        best += [value for _, value in plan[-1:]]
        lines += [Line(f"{name}: plan", plan, colour)] if plan else []
        lines += [Line(f"{name}: bound", bound, colour, DASHES)] if bound else []
    most = TIMES_THE_BEST * min(best) if best else None
    return str(picture(case["title"], "seconds", "USD, or persons by rung", lines, most))


def _known(course: Sequence[Sequence[float | None]], place: int, end: float) -> list[tuple[float, float]]:
    """(seconds, value) of the plan or of the bound, none below nothing, on to the end of the time."""
    found = [(float(row[0] or 0.0), float(row[place] or 0.0)) for row in course if row[place] is not None]
    last = float(course[-1][0] or 0.0) if course else end
    return [(at, max(value, 0.0)) for at, value in found] + ([(last, max(found[-1][1], 0.0))] if found else [])
