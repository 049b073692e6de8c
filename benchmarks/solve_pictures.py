"""Pictures of plan and bound over time, beside bare HiGHS, from what `python -m benchmarks.solve --keep FILE` wrote down.

    python -m benchmarks.solve_pictures FILE [--into docs/images/solve]

One picture a case, named by it: of several seeds the one that the figures count, the worst.
"""

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.line_picture import Line, picture
from benchmarks.solve import worst_of

OURS, BARE = "#19559A", "#B3541E"
DASHES = "6 4"
TIMES_THE_BEST = 3.0
"""Plans far above the best one found are cut off, so that the last of the gap can be seen."""


def drawn(case: dict[str, Any]) -> str:
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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--into", type=Path, default=Path("docs/images/solve"))
    wanted = parser.parse_args()
    wanted.into.mkdir(parents=True, exist_ok=True)
    for name, case in json.loads(wanted.file.read_text()).items():
        (wanted.into / f"{name}.svg").write_text(drawn(case) + "\n", encoding="utf-8")
        print(wanted.into / f"{name}.svg")


if __name__ == "__main__":
    main()
