"""What the solver is given: arrays and labels, without any knowledge of what they mean."""

from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]
StatusArray = NDArray[np.int8]
RowNumbers = NDArray[np.int64]

WHOLE = 1e-6
"""What is that near to a whole number is one."""


@dataclass(frozen=True)
class Named:
    """Rows of what lasts (`lasting.py`): k of `Problem.lasting`, at whose stage each says something, and for every height the
    stage that it names, k × the most heights, -1 beyond a row's last.
    """

    row: RowNumbers = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    stage: StatusArray = field(default_factory=lambda: np.zeros((0, 0), dtype=np.int8))

    def only(self, kept: BoolArray) -> "Named":
        """Those of the rows (k)."""
        return Named(self.row[kept], self.stage[kept])


@dataclass(frozen=True)
class Basis:
    """Where the simplex stood: each column (n) and row 0 at its lower limit, 1 basic, 2 at its upper one, 3 free, 4 none.

    Rows are the m of the problem, then those that are `named`.
    """

    columns: StatusArray
    rows: StatusArray
    named: Named = field(default_factory=Named)


@dataclass(frozen=True)
class Earlier:
    """What an earlier plan, of a problem much like this one, tells: n values, nan where nothing; where its relaxation ended."""

    values: FloatArray
    basis: Basis | None = None


@dataclass(frozen=True)
class Problem:
    """A mixed-integer linear problem to be minimised, with what is known of its columns.

    With m rows and n columns: `matrix` is m × n (any scipy sparse form; kept as CSC); row and column limits may be infinite;
    `integer` and `structural` are yes/no a column. A structural column is something that can be built, and at zero it is not:
    the first plan leaves all of them at their lower limit. `place_xy` (n × 2, any unit of length, nan for a column that
    belongs to no place) says where a column sits.
    `elastic` (yes/no a row, none if left out) marks rows of money and the like, few and each across many places, that the search
    may overdraw on its way to a first plan. `joining` (yes/no a column, none if left out) marks structural columns that join
    places which could each stand without the other. `start` is a known plan of n values, of which only the integers are used.
    `earlier` is a plan that may no longer hold. `lasting` (sequences × stages, numbers of rows) says of which rows each says, a
    stage after the other, that a column that never falls is at least what the one choice of that stage takes (`lasting.py`).

    Raises ValueError naming the array whose shape or content cannot be meant.
    """

    matrix: sparse.csc_array
    row_lower: FloatArray
    row_upper: FloatArray
    column_lower: FloatArray
    column_upper: FloatArray
    integer: BoolArray
    objective: FloatArray
    objective_constant: float
    structural: BoolArray
    place_xy: FloatArray
    start: FloatArray | None = None
    elastic: BoolArray = field(default_factory=lambda: np.zeros(0, dtype=np.bool_))
    earlier: Earlier | None = None
    lasting: RowNumbers = field(default_factory=lambda: np.zeros((0, 0), dtype=np.int64))
    joining: BoolArray = field(default_factory=lambda: np.zeros(0, dtype=np.bool_))

    def __post_init__(self) -> None:
        matrix = sparse.csc_array(self.matrix, dtype=np.float64)
        rows, columns = matrix.shape
        self._settle("matrix", matrix)
        for name, count in (("elastic", rows), ("joining", columns)):
            if not len(getattr(self, name)):
                self._settle(name, np.zeros(count, dtype=np.bool_))
        for name, shape, kind in (
            ("row_lower", (rows,), np.float64),
            ("row_upper", (rows,), np.float64),
            ("column_lower", (columns,), np.float64),
            ("column_upper", (columns,), np.float64),
            ("integer", (columns,), np.bool_),
            ("objective", (columns,), np.float64),
            ("structural", (columns,), np.bool_),
            ("place_xy", (columns, 2), np.float64),
            ("start", (columns,), np.float64),
            ("elastic", (rows,), np.bool_),
            ("joining", (columns,), np.bool_),
        ):
            given = getattr(self, name)
            if given is None:
                continue
            array = np.ascontiguousarray(given, dtype=kind)
            if array.shape != shape:
                raise ValueError(f"{name} has shape {array.shape}, a matrix of {rows} × {columns} asks for {shape}")
            self._settle(name, array)
        if self.earlier is not None:
            self._check_earlier(self.earlier, rows, columns)
        self._settle("lasting", np.asarray(self.lasting, dtype=np.int64))
        if self.lasting.ndim != 2 or (self.lasting.size and not 0 <= self.lasting.min() <= self.lasting.max() < rows):
            raise ValueError(f"lasting names rows that a matrix of {rows} × {columns} does not have")
        for name in ("row_lower", "row_upper", "column_lower", "column_upper"):
            if np.isnan(getattr(self, name)).any():
                raise ValueError(f"{name} holds values that are not numbers")
        if not (np.isfinite(matrix.data).all() and np.isfinite(self.objective).all()):
            raise ValueError("the matrix or the objective holds values that are not finite numbers")
        if not np.isfinite(self.objective_constant):
            raise ValueError("objective_constant is not a finite number")

    @staticmethod
    def _check_earlier(earlier: Earlier, rows: int, columns: int) -> None:
        basis = earlier.basis
        shapes = [earlier.values.shape, (columns,) if basis is None else basis.columns.shape]
        if shapes != [(columns,), (columns,)] or (basis is not None and basis.rows.shape != (rows + len(basis.named.row),)):
            raise ValueError(f"what is known of an earlier plan does not fit a matrix of {rows} × {columns}")

    def _settle(self, name: str, value: object) -> None:
        object.__setattr__(self, name, value)

    @property
    def row_count(self) -> int:
        return int(self.matrix.shape[0])

    @property
    def column_count(self) -> int:
        return int(self.matrix.shape[1])

    def objective_of(self, values: FloatArray) -> float:
        """The objective at `values`, constant included."""
        return float(self.objective @ values) + self.objective_constant


def with_rows(problem: Problem, rows: sparse.csr_array) -> Problem:
    """The problem with further rows (k × n), each at most 0, after its own."""
    count = rows.shape[0]
    if not count:
        return problem
    return replace(
        problem,
        matrix=sparse.csc_array(sparse.vstack([problem.matrix, rows])),
        row_lower=np.concatenate([problem.row_lower, np.full(count, -np.inf)]),
        row_upper=np.concatenate([problem.row_upper, np.zeros(count)]),
        elastic=np.concatenate([problem.elastic, np.zeros(count, dtype=np.bool_)]),
        earlier=None,
    )


def is_whole(integers: FloatArray) -> bool:
    """Whether all are whole numbers, as near as HiGHS says it."""
    return bool(np.abs(integers - np.round(integers)).max(initial=0.0) <= WHOLE)


def plain_problem(
    matrix: sparse.csc_array,
    row_limits: tuple[FloatArray, FloatArray],
    column_limits: tuple[FloatArray, FloatArray],
    integer: BoolArray,
    objective: FloatArray,
    constant: float = 0.0,
) -> Problem:
    """A problem whose columns have no labels: nothing structural, no places, no start."""
    columns = matrix.shape[1]
    return Problem(
        matrix=matrix,
        row_lower=row_limits[0],
        row_upper=row_limits[1],
        column_lower=column_limits[0],
        column_upper=column_limits[1],
        integer=integer,
        objective=objective,
        objective_constant=constant,
        structural=np.zeros(columns, dtype=np.bool_),
        place_xy=np.full((columns, 2), np.nan),
    )
