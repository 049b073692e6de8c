"""What the pieces of a search are like: how many parts the map has, how long a piece takes, how many bytes it is.

    python -m benchmarks.piece_sizes [--villages 1000] [--seconds 120] [--simple] [--json]

Made-up villages with 4 periods and 2 stages, coupled by their districts unless they are `--simple`. Everything is worked at in
this process, one piece after the other; `benchmarks/beyond_one_machine.py` simulates many workers with the figures.
"""

import argparse
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import numpy as np

from benchmarks.figures import Figure, show
from benchmarks.solving_cases import DISTRICTS, EVERYBODY, likeness
from optimization.solving import blocks
from optimization.solving.limits import Limits
from optimization.solving.piece_work import work_at
from optimization.solving.pieces import pack_answer
from optimization.solving.problem import Problem
from optimization.solving.session_log import RunLog
from optimization.solving.shared_out import Portable
from optimization.solving.side_by_side import SideBySide
from optimization.solving.steps import pursue
from optimization.solving.steps_search import Search


class Recorder(SideBySide):
    """One piece after the other, each measured: `seen` has (a part of the map, bytes, bytes of the answer, seconds)."""

    def __init__(self) -> None:
        super().__init__(1)
        self.seen: list[tuple[bool, int, int, float]] = []

    def in_order(self, pieces: Iterable[Callable[[], Any]]) -> Iterator[Any]:
        for work in pieces:
            if not isinstance(work, Portable):
                yield work()
                continue
            began = time.perf_counter()
            answer = work_at(work.piece, work.should_stop)
            seconds = time.perf_counter() - began
            self.seen.append((work.piece.bound_alone, len(work.piece.packed()), len(pack_answer(answer)), seconds))
            yield work.meaning(answer)


def problem_of_villages(villages: int, simple: bool) -> Problem:
    from optimization.aims import levels_of
    from optimization.formulation import build
    from optimization.handed import problem_of

    floors = (EVERYBODY,) if simple else (EVERYBODY, DISTRICTS)
    resolved = likeness(villages, floors, sites=villages // 10, stages=2, seasons=4, members=1)
    compiled = build(resolved).compile()
    return problem_of(resolved, compiled, levels_of(resolved.policy, resolved, compiled)[0], [], None)


def measure(villages: int, seconds: float, simple: bool) -> list[Figure]:
    """The figures of one basin."""
    problem = problem_of_villages(villages, simple)
    log = RunLog(None)
    search = Search(problem, Limits(time_seconds=seconds, relative_gap=0.0), time.monotonic(), log.follow)
    search.beside = recorder = Recorder()
    cut: list[blocks.Blocks] = []
    keep_cut(cut)
    pursue(search)
    for phase in log.phases:
        print(f"{phase.phase}: {phase.wall_seconds:.1f} s, {phase.message}", file=sys.stderr)
    figures = [
        figure("columns", problem.column_count, "columns"),
        figure("integers", int(problem.integer.sum()), "columns"),
        figure("relaxation", sum(one.wall_seconds for one in log.phases if one.phase == "relaxation"), "s"),
        figure("gap at the end", 100 * search.gap / abs(search.best_objective), "%"),
    ]
    if cut:
        figures += [
            figure("parts of the map", cut[0].count, "parts"),
            figure("rows that cross", 100 * cut[0].share_of_rows_that_cross, "% of rows"),
        ]
    for parts, name in ((True, "part"), (False, "neighbourhood")):
        own = np.array([one[1:] for one in recorder.seen if one[0] == parts], dtype=float).reshape(-1, 3)
        figures.append(figure(f"{name}s solved", len(own), "pieces"))
        if len(own):
            figures += [
                figure(f"bytes of a {name}, median", float(np.median(own[:, 0])), "bytes"),
                figure(f"bytes of the answer to a {name}, median", float(np.median(own[:, 1])), "bytes"),
                figure(f"seconds of a {name}, mean", float(own[:, 2].mean()), "s"),
                figure(f"seconds of a {name}, median", float(np.median(own[:, 2])), "s"),
                figure(f"seconds of a {name}, longest", float(own[:, 2].max()), "s"),
            ]
    return figures


def keep_cut(cut: list[blocks.Blocks]) -> None:
    """Puts what the search cuts the map into where it can be looked at."""
    from optimization.solving import steps_blocks

    def kept(*given: Any) -> blocks.Blocks:
        cut.append(blocks.Blocks(*given))
        return cut[-1]

    steps_blocks.Blocks = kept  # type: ignore[assignment,misc]


def figure(name: str, value: float, unit: str) -> Figure:
    return {"figure": name, "value": value, "unit": unit, "goal": None, "met": None}


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--villages", type=int, default=1_000)
    parser.add_argument("--seconds", type=float, default=120.0, help="of the search")
    parser.add_argument("--simple", action="store_true", help="floors of villages alone")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    options = parser.parse_args()
    show(measure(options.villages, options.seconds, options.simple), as_json=options.json)
