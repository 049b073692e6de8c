"""An irreducible conflict in words of the basin: limits that cannot all hold, while they can without any one of them."""

import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from optimization.algebra import CompiledModel
from optimization.conflicts import LARGE, families_that_give_way, index_names, money_alone
from optimization.demands import BOUND, RULE, demand_of
from optimization.handed import without_tightening
from optimization.solving.engine_answers import Conflict
from optimization.solving.limits import Limits
from optimization.solving.problem import Problem
from optimization.solving.session import irreducible_conflict, solve_relaxation
from planner.plan.conflict import ConflictPart, IrreducibleConflict
from planner.scenario.policy import Bound

MEMBERS_TOLD = 4
ONLY_WHOLE_WORKS = "No irreducible conflict is given: parts of works could do what is asked for, and only whole ones cannot."
TOO_LARGE = "No irreducible conflict is given: the basin is too large, and it is not money alone that conflicts."
TIME_IS_OVER = "No irreducible conflict is given: the time was over before one was found."


def irreducible(
    compiled: CompiledModel, problem: Problem, limits: Limits, cancel: threading.Event | None, bounds: Sequence[Bound]
) -> IrreducibleConflict:
    """The conflict by HiGHS's irreducible infeasible subsystem of the relaxation, or why none is given.

    Of a large problem only the rows of money are asked: a conflict among them is one of the whole.
    """
    until = time.monotonic() + limits.time_seconds
    problem = without_tightening(compiled, problem)
    large = problem.row_count > LARGE
    asked = money_alone(compiled, problem) if large else problem
    asked = replace(
        asked,
        objective=np.zeros(problem.column_count),
        elastic=np.zeros(problem.row_count, dtype=np.bool_),
        start=None,
        earlier=None,
    )
    status = solve_relaxation(asked, limits, cancel).status
    if status == "optimal":
        return IrreducibleConflict(note=TOO_LARGE if large else ONLY_WHOLE_WORKS)
    left = until - time.monotonic()
    if status != "infeasible" or left <= 0:
        return IrreducibleConflict(note=TIME_IS_OVER)
    found = irreducible_conflict(asked, replace(limits, time_seconds=left), cancel)
    if found is None:
        return IrreducibleConflict(note=TIME_IS_OVER)
    parts = [*_rows(compiled, found, bounds), *_closed(compiled, asked, found)]
    return IrreducibleConflict(tuple(sorted(parts, key=lambda part: not part.may_give_way)))


def _part(title: str, members: Sequence[str], may_give_way: bool) -> ConflictPart:
    return ConflictPart(title, tuple(members[:MEMBERS_TOLD]), len(members), may_give_way)


def _rows(compiled: CompiledModel, found: Conflict, bounds: Sequence[Bound]) -> Iterator[ConflictPart]:
    giving = set(families_that_give_way(compiled))
    for name, family in compiled.families.items():
        own = np.sort(found.rows[(found.rows >= family.start) & (found.rows < family.start + family.count)]) - family.start
        if not len(own):
            continue
        places = [index_names(family, int(offset)) for offset in own]
        if name in giving:
            title = (family.title,) if name.startswith(RULE) else ()
            yield _part(family.title, [demand_of(name).named(*title, *names).rstrip(",") for names in places], True)
        else:
            yield _part(family.title, [_spelt(", ".join(names)) or family.title for names in places], False)
    for row in np.sort(found.rows[found.rows >= compiled.row_count]):
        bound = bounds[int(row) - compiled.row_count]
        yield _part("Bounds", [demand_of(f"{BOUND}{bound.objective}").named(bound.objective)], True)


def _closed(compiled: CompiledModel, problem: Problem, found: Conflict) -> Iterator[ConflictPart]:
    """Options that do not serve yet, and plans that a floor rules out.

    That nothing is less than nothing, no share more than all, and what is hard may not be missed, goes without saying.
    """
    closed = found.columns[(found.side >= 0) & (problem.column_upper[found.columns] <= 0)]
    for name in ("serves", "chosen"):
        variable = compiled.variables[name]
        own = np.sort(closed[(closed >= variable.start) & (closed < variable.start + variable.size)])
        if len(own):
            inside = [compiled.column_name(int(column)).removeprefix(f"{name}[").removesuffix("]") for column in own]
            yield _part(f"{variable.title}: not possible", [_spelt(one.replace(",", ", ")) for one in inside], False)


def _spelt(names: str) -> str:
    """Joined names as a list of them: `hilltop:tap_stand` as `hilltop, tap_stand`."""
    return names.replace("/", ", ").replace(":", ", ")
