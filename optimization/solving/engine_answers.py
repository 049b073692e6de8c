"""What a call of the engine may use, and what it answers."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from optimization.solving.problem import Basis, FloatArray

IndexArray = NDArray[np.int64]

EngineStatus = Literal["optimal", "infeasible", "unbounded", "clock", "nodes", "interrupted", "failed"]


@dataclass(frozen=True)
class Effort:
    """What one call may use, and the gaps that suffice. `nodes` counts those of branch and bound.

    `small`: without what HiGHS does to have plans early and to find symmetries, which takes most of a small problem's time.
    """

    seconds: float
    relative_gap: float = 0.0
    absolute_gap: float = 0.0
    nodes: int | None = None
    seed: int = 0
    small: bool = False


def _nothing() -> None:
    return None


def _no_plan(_: float) -> FloatArray | None:
    return None


@dataclass(frozen=True)
class Watch:
    """What a mixed-integer call tells while it works, and what it is told.

    It tells each better plan and its own bound, and asks whether to stop. Where HiGHS pauses, `meanwhile` may do other work;
    `better_plan` may hand in a plan that is better than the objective given.
    """

    on_plan: Callable[[FloatArray], object]
    on_bound: Callable[[float], None]
    should_stop: Callable[[], bool]
    meanwhile: Callable[[], None] = _nothing
    better_plan: Callable[[float], FloatArray | None] = _no_plan


@dataclass(frozen=True)
class LinearSolution:
    """An LP's answer; only the status has a meaning unless it is "optimal".

    No solution of the LP costs less than `bound`: at a vertex the objective, inside the polyhedron a little less. A row's dual is
    the change of the objective for one more unit on the limit that binds; `reduced_costs` are the objective's coefficients less
    what the duals pay for. `basis` is told at a vertex alone.
    """

    status: EngineStatus
    values: FloatArray
    objective: float
    bound: float
    row_duals: FloatArray
    reduced_costs: FloatArray
    iterations: int
    basis: Basis | None = None


@dataclass(frozen=True)
class Relaxation:
    """What is kept of the linear relaxation of the whole: values of its columns (n), duals of its rows (m), where it ended.

    `further` (k × n) are rows, each at most 0, that the search has added to the m of the problem; their duals are the last k.
    """

    values: FloatArray
    row_duals: FloatArray
    basis: Basis | None
    further: sparse.csr_array | None = None


@dataclass(frozen=True)
class IntegerSolution:
    """A MIP's answer; `bound` is valid for the limits of the columns that were given to it, not beyond them."""

    status: EngineStatus
    values: FloatArray | None
    bound: float
    nodes: int


@dataclass(frozen=True)
class Conflict:
    """Rows and limits of columns that cannot all hold in an LP, each of them needed for it. Empty where none is found.

    `side` of a column: -1 its lower limit, 1 its upper one, 0 both.
    """

    rows: IndexArray
    columns: IndexArray
    side: IndexArray
