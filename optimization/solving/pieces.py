"""A piece of a search that may be worked at on any machine: a small integer problem, how far to solve it, and its answer."""

from dataclasses import asdict, dataclass
from functools import cached_property
from importlib.metadata import version
from typing import Any, cast, get_args

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from optimization.solving.engine_answers import Effort, EngineStatus, IntegerSolution
from optimization.solving.packing import FORMAT, UnreadableError, digest_of, pack, unpack
from optimization.solving.problem import FloatArray, Problem, plain_problem

_MOST_SECONDS = 3600.0


def kind_of_pieces() -> str:
    """Who can work at a piece so that it comes to the same: those with this format and this version of HiGHS."""
    return f"{FORMAT} highspy {version('highspy')}"


@dataclass(frozen=True)
class Piece:
    """A problem, the effort, and perhaps a plan to start from (n values, of which only the integers are used).

    `bound_alone`: nobody asks for the plan. Only what HiGHS sees of the problem is packed: no places, nothing structural.
    """

    problem: Problem
    effort: Effort
    start: FloatArray | None = None
    bound_alone: bool = False

    @cached_property
    def digest(self) -> str:
        """What the answer depends on: everything but the seconds, which only end it early."""
        effort = asdict(self.effort) | {"seconds": None}
        return digest_of([kind_of_pieces(), effort, self.bound_alone], self._arrays())

    def packed(self) -> bytes:
        return pack({"effort": asdict(self.effort), "bound_alone": self.bound_alone}, self._arrays())

    @classmethod
    def unpacked(cls, data: bytes) -> "Piece":
        """The piece that was packed. Raises UnreadableError for whatever is none."""
        told, arrays = unpack(data)
        try:
            matrix = _matrix(arrays)
            problem = plain_problem(
                matrix,
                (arrays["row_lower"], arrays["row_upper"]),
                (arrays["column_lower"], arrays["column_upper"]),
                arrays["integer"],
                arrays["objective"],
                float(arrays["constant"][0]),
            )
            start = arrays.get("start")
            if start is not None and start.shape != (problem.column_count,):
                raise ValueError("the plan to start from has another length")
            effort = Effort(**told["effort"])
            if not 0 < effort.seconds <= _MOST_SECONDS:
                raise ValueError("it has no seconds that can be meant")
            return cls(problem, effort, start, bool(told["bound_alone"]))
        except (KeyError, TypeError, ValueError) as error:
            raise UnreadableError(f"the bytes hold no piece: {error}") from error

    def _arrays(self) -> dict[str, NDArray[Any]]:
        arrays = _arrays_of(self.problem)
        if self.start is not None:
            arrays["start"] = np.where(self.problem.integer, np.round(self.start), 0.0)
        return arrays


def _arrays_of(problem: Problem) -> dict[str, NDArray[Any]]:
    return {
        "entries": problem.matrix.data,
        "rows": problem.matrix.indices.astype("<i4"),
        "columns": problem.matrix.indptr.astype("<i4"),
        "row_lower": problem.row_lower,
        "row_upper": problem.row_upper,
        "column_lower": problem.column_lower,
        "column_upper": problem.column_upper,
        "integer": problem.integer,
        "objective": problem.objective,
        "constant": np.array([problem.objective_constant]),
    }


def _matrix(arrays: dict[str, NDArray[Any]]) -> sparse.csc_array:
    shape = len(arrays["row_lower"]), len(arrays["column_lower"])
    matrix = sparse.csc_array((arrays["entries"], arrays["rows"], arrays["columns"]), shape=shape)
    matrix.check_format(full_check=True)
    return matrix


def pack_answer(answer: IntegerSolution) -> bytes:
    told = {"status": answer.status, "bound": answer.bound, "nodes": answer.nodes}
    return pack(told, {} if answer.values is None else {"values": answer.values})


def unpack_answer(data: bytes, piece: Piece) -> IntegerSolution:
    """The answer to a piece. Raises UnreadableError for whatever cannot be one."""
    told, arrays = unpack(data)
    status, bound, nodes, values = told.get("status"), told.get("bound"), told.get("nodes"), arrays.get("values")
    fits = values is None or (values.shape == (piece.problem.column_count,) and values.dtype == np.float64)
    if status not in get_args(EngineStatus) or not isinstance(bound, float) or not isinstance(nodes, int) or not fits:
        raise UnreadableError("the bytes hold no answer to this piece")
    if np.isnan(bound) or (values is not None and not np.isfinite(values).all()):
        raise UnreadableError("the answer holds values that are not numbers")
    return IntegerSolution(cast(EngineStatus, status), values, bound, nodes)


def problem_digest(problem: Problem) -> str:
    """The name of a whole problem as far as its plans and their bounds depend on it."""
    return digest_of(["problem"], _arrays_of(problem))
