"""A piece says all that its answer depends on; what is read from elsewhere is a piece, or an answer to it, or refused."""

import zlib
from dataclasses import replace

import numpy as np
import pytest

from optimization.solving.engine import solve_integer
from optimization.solving.engine_answers import Effort, IntegerSolution, Watch
from optimization.solving.packing import UnreadableError, pack, unpack
from optimization.solving.piece_work import work_at
from optimization.solving.pieces import Piece, pack_answer, problem_digest, unpack_answer
from optimization.solving.slices import slice_of
from tests.optimization.solving.solving_problems import facility_location

EFFORT = Effort(seconds=20.0, relative_gap=0.001, nodes=40, seed=2)


@pytest.fixture
def piece() -> Piece:
    problem = facility_location(8, 4, seed=5)
    return Piece(problem, EFFORT, np.zeros(problem.column_count))


def test_a_piece_read_from_its_bytes_has_its_name_and_its_answer(piece: Piece) -> None:
    read = Piece.unpacked(piece.packed())
    assert (read.digest, read.effort, read.bound_alone) == (piece.digest, piece.effort, False)
    one, other = work_at(piece, lambda: False), work_at(read, lambda: False)
    assert (one.status, one.bound, one.nodes) == (other.status, other.bound, other.nodes)
    assert one.values is not None and other.values is not None and (one.values == other.values).all()


def test_what_is_left_where_columns_are_fixed_is_solved_as_within_the_whole() -> None:
    problem = facility_location(10, 4, seed=1)
    whole = work_at(Piece(problem, EFFORT), lambda: False)
    assert whole.values is not None
    held = problem.integer & (np.arange(problem.column_count) % 3 == 0)
    lower, upper = (np.where(held, np.round(whole.values), limit) for limit in (problem.column_lower, problem.column_upper))
    part = slice_of(problem, lower, upper)
    left = part.expanded(work_at(Piece(part.problem(problem, lower, upper), EFFORT), lambda: False))
    within = solve_integer(problem, lower, upper, EFFORT, Watch(lambda _: None, lambda _: None, lambda: False))
    assert left.values is not None and within.values is not None
    assert (left.status, left.bound, left.nodes) == (within.status, within.bound, within.nodes)
    assert (left.values == within.values).all()


def test_the_name_changes_with_all_but_the_seconds(piece: Piece) -> None:
    problem = piece.problem
    moved = problem.row_upper.copy()
    moved[0] += 1e-9
    start = np.where(problem.integer, 1.0, 0.0)
    others = [
        replace(piece, problem=replace(problem, row_upper=moved)),
        replace(piece, problem=replace(problem, objective=problem.objective * 2)),
        replace(piece, problem=replace(problem, objective_constant=8.0)),
        replace(piece, effort=replace(EFFORT, nodes=41)),
        replace(piece, effort=replace(EFFORT, seed=3)),
        replace(piece, start=start),
        replace(piece, start=None),
        replace(piece, bound_alone=True),
    ]
    assert len({piece.digest, *(one.digest for one in others)}) == len(others) + 1
    assert replace(piece, effort=replace(EFFORT, seconds=1.0)).digest == piece.digest
    assert replace(piece, problem=replace(problem, place_xy=problem.place_xy + 1)).digest == piece.digest


def test_of_a_bound_no_plan_is_sent(piece: Piece) -> None:
    answer = work_at(replace(piece, bound_alone=True), lambda: False)
    assert answer.values is None
    assert answer.bound == work_at(piece, lambda: False).bound


def test_an_answer_read_from_its_bytes_is_the_same(piece: Piece) -> None:
    answer = work_at(piece, lambda: False)
    read = unpack_answer(pack_answer(answer), piece)
    assert (read.status, read.bound, read.nodes) == (answer.status, answer.bound, answer.nodes)
    assert (read.values == answer.values).all()
    nothing = IntegerSolution("infeasible", None, np.inf, 0)
    assert unpack_answer(pack_answer(nothing), piece) == nothing


@pytest.mark.parametrize("values", [np.zeros(3), np.full(44, np.nan)])
def test_an_answer_that_does_not_fit_is_refused(piece: Piece, values: np.ndarray) -> None:
    assert piece.problem.column_count == 44
    with pytest.raises(UnreadableError):
        unpack_answer(pack_answer(IntegerSolution("optimal", values, 1.0, 0)), piece)


@pytest.mark.parametrize(
    "told", [{"status": "fine"}, {"bound": None}, {"bound": float("nan")}, {"nodes": "many"}, {"format": 2}], ids=str
)
def test_an_answer_of_another_kind_is_refused(piece: Piece, told: dict[str, object]) -> None:
    sound = {"status": "optimal", "bound": 1.0, "nodes": 3}
    assert unpack_answer(pack(sound, {}), piece).nodes == 3
    with pytest.raises(UnreadableError):
        unpack_answer(pack({**sound, **told}, {}), piece)


@pytest.mark.parametrize("data", [b"", b"no archive", zlib.compress(b"no arrays"), pack({}, {})])
def test_bytes_that_hold_no_piece_are_refused(data: bytes) -> None:
    with pytest.raises(UnreadableError):
        Piece.unpacked(data)


@pytest.mark.parametrize(
    ("name", "array"),
    [
        ("rows", np.array([10_000], dtype="<i4")),
        ("columns", np.array([0, 5, 2], dtype="<i4")),
        ("row_lower", np.array([np.nan])),
        ("start", np.zeros(2)),
        ("objective", None),
    ],
)
def test_a_piece_whose_arrays_do_not_fit_is_refused(piece: Piece, name: str, array: np.ndarray | None) -> None:
    told, arrays = unpack(piece.packed())
    changed = {**arrays, name: array} if array is not None else {one: arrays[one] for one in arrays if one != name}
    assert Piece.unpacked(pack(told, arrays)).digest == piece.digest
    with pytest.raises(UnreadableError):
        Piece.unpacked(pack(told, changed))


def test_pickles_are_never_read() -> None:
    with pytest.raises(ValueError, match="Object arrays cannot be"):
        pack({}, {"thing": np.array([object()])})


def test_a_whole_problem_is_named_by_what_its_bound_depends_on() -> None:
    problem = facility_location(6, 3)
    assert problem_digest(problem) == problem_digest(replace(problem, start=np.zeros(problem.column_count)))
    assert problem_digest(problem) != problem_digest(replace(problem, objective=problem.objective + 1))
