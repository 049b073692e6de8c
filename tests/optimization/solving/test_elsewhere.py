"""Other places that work at pieces change the time, not the plan: none, one, slow ones, ones that die or answer nonsense."""

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np
import pytest

from optimization.solving import blocks, shared_out, steps_improve, steps_neighbourhoods
from optimization.solving.child_messages import Message, PieceOffered, PieceWithdrawn
from optimization.solving.elsewhere import Aid, News
from optimization.solving.engine import solve_linear
from optimization.solving.engine_answers import Effort
from optimization.solving.limits import Limits
from optimization.solving.outside import Outside
from optimization.solving.piece_work import work_at
from optimization.solving.pieces import Piece, pack_answer
from optimization.solving.session import solve, work_at_piece
from optimization.solving.session_log import RunLog
from optimization.solving.shared_out import Portable
from optimization.solving.side_by_side import SideBySide
from optimization.solving.steps import pursue
from optimization.solving.steps_guide import guide_of
from optimization.solving.steps_search import Search
from tests.optimization.solving.solving_problems import facility_location

WAIT_SECONDS = 30.0
EFFORT = Effort(20.0)


@pytest.fixture(autouse=True, scope="module")
def all_worth_sending() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shared_out, "COLUMNS_WORTH_SENDING", 0)
        yield


class Helpers:
    """So many places elsewhere, each a thread that works at what is offered; `answer` says what becomes of a piece."""

    def __init__(self, count: int, answer: Callable[[Piece], bytes | None], wanted: int | None = None) -> None:
        self.outside = Outside(self.send)
        self.offered: list[str] = []
        self.taken: list[str] = []
        self.withdrawn: set[str] = set()
        self._answer, self._wanted = answer, count if wanted is None else wanted
        self._queue: list[PieceOffered] = []
        self._at_work: set[str] = set()
        self._change = threading.Condition()
        self._open = True
        self.outside.hear(News(self._wanted))
        self._threads = [threading.Thread(target=self._work, daemon=True) for _ in range(count)]
        for thread in self._threads:
            thread.start()

    def send(self, message: Message) -> None:
        with self._change:
            if isinstance(message, PieceOffered):
                self.offered.append(message.digest)
                self._queue.append(message)
            elif isinstance(message, PieceWithdrawn):
                self.withdrawn.add(message.digest)
                self._queue = [one for one in self._queue if one.digest != message.digest]
            self._change.notify_all()

    def close(self) -> None:
        with self._change:
            self._open = False
            self._change.notify_all()
        for thread in self._threads:
            thread.join(WAIT_SECONDS)
            assert not thread.is_alive()

    def _work(self) -> None:
        while True:
            with self._change:
                self._change.wait_for(lambda: self._queue or not self._open)
                if not self._open:
                    return
                piece = self._queue.pop(0)
                self.taken.append(piece.digest)
                self._at_work.add(piece.digest)
                self.outside.hear(News(self._wanted, frozenset(self._at_work)))
            found = self._answer(Piece.unpacked(piece.packed))
            if found is not None:
                with self._change:
                    self._at_work.discard(piece.digest)
                    self.outside.hear(News(self._wanted, frozenset(self._at_work), {piece.digest: found}))


def right(piece: Piece) -> bytes | None:
    return pack_answer(work_at(piece, lambda: False))


def late(piece: Piece) -> bytes | None:
    time.sleep(0.3)
    return right(piece)


def never(_: Piece) -> bytes | None:
    return None


def nonsense(_: Piece) -> bytes | None:
    return b"nonsense"


@pytest.fixture(scope="module")
def shrunk() -> Iterator[None]:
    """A small problem has all that a search shares: parts of the map, neighbourhoods."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(blocks, "INTEGERS_IN_A_BLOCK", 60)
        patch.setattr("optimization.solving.steps_blocks.INTEGERS_IN_A_BLOCK", 60)
        patch.setattr(steps_improve, "IMPROVED_GAP", 0.0)
        patch.setattr(steps_neighbourhoods, "FIRST_SIZE", 6)
        patch.setattr(steps_neighbourhoods, "AT_ONCE_AT_LEAST", 4)
        patch.setattr(steps_neighbourhoods, "SECONDS_AT_MOST", 100.0)  # never, on the busiest machine
        yield


@pytest.fixture(scope="module")
def alone(shrunk: None) -> list[object]:
    return searched(None)[1]


def searched(helpers: Helpers | None, threads: int = 1) -> tuple[Search, list[object]]:
    problem = facility_location(16, 6, seed=4, capacity=4.0)
    log = RunLog(None)
    search = Search(problem, Limits(time_seconds=600, relative_gap=0.0, seed=3, threads=threads), time.monotonic(), log.follow)
    if helpers is not None:
        search.beside.outside = helpers.outside
    ended = pursue(search)
    assert search.reproducible and search.best_values is not None
    phases = sorted((phase.phase, phase.nodes, phase.message) for phase in log.phases)
    return search, [ended, search.best_objective, search.bound, search.best_values.tolist(), phases]


@pytest.mark.usefixtures("shrunk")
@pytest.mark.parametrize(
    ("count", "answer", "threads"), [(0, right, 1), (1, right, 1), (3, right, 2), (1, late, 1), (2, never, 1), (1, nonsense, 1)]
)
def test_the_plan_does_not_depend_on_who_works_at_it(
    count: int, answer: Callable[[Piece], bytes | None], threads: int, alone: list[object]
) -> None:
    helpers = Helpers(count, answer)
    try:
        search, together = searched(helpers, threads)
    finally:
        helpers.close()
    assert together == alone
    assert bool(helpers.taken) == (count > 0)
    assert search.beside.outside is not None
    if answer is not late:
        assert (search.beside.outside.used > 0) == (answer is right and count > 0)


def pieces_of(count: int) -> list[Piece]:
    return [Piece(facility_location(4, 2, seed=seed), replace(EFFORT, seed=seed)) for seed in range(count)]


def portables(pieces: list[Piece]) -> list[Portable[float]]:
    return [Portable(piece, lambda answer: answer.bound) for piece in pieces]


def test_nothing_is_packed_where_nobody_is_idle() -> None:
    helpers = Helpers(0, right)
    beside = SideBySide(1)
    beside.outside = helpers.outside
    assert len(list(beside.in_order(portables(pieces_of(3))))) == 3
    assert helpers.offered == []


def test_a_piece_that_is_quicker_worked_at_than_sent_stays_here(monkeypatch: pytest.MonkeyPatch) -> None:
    small, large = Piece(facility_location(4, 2), EFFORT), Piece(facility_location(8, 4), EFFORT)
    monkeypatch.setattr(shared_out, "COLUMNS_WORTH_SENDING", large.problem.column_count)
    helpers = Helpers(0, never, wanted=1)
    beside = SideBySide(1)
    beside.outside = helpers.outside
    assert len(list(beside.in_order(portables([small, small, large])))) == 3
    assert helpers.offered == [large.digest]


def test_a_piece_that_nobody_answers_is_worked_at_here_when_its_turn_has_come() -> None:
    """All are taken by somebody who died; nobody waits for the lease to end."""
    helpers = Helpers(3, never)
    beside = SideBySide(1)
    beside.outside = helpers.outside
    pieces = pieces_of(4)
    assert list(beside.in_order(portables(pieces))) == [work_at(piece, lambda: False).bound for piece in pieces]
    helpers.close()
    assert set(helpers.taken) <= set(helpers.offered)


def test_answers_of_an_earlier_attempt_are_used() -> None:
    pieces = pieces_of(3)
    helpers = Helpers(0, never)
    helpers.outside.hear(News(0, frozenset(), {piece.digest: pack_answer(work_at(piece, lambda: False)) for piece in pieces}))
    beside = SideBySide(1)
    beside.outside = helpers.outside
    works = portables(pieces)
    for one in works:
        one.should_stop = lambda: pytest.fail("it is known")
    assert len(list(beside.in_order(works))) == 3
    assert helpers.outside.used == 3


def test_who_stops_asking_withdraws_what_was_offered() -> None:
    helpers = Helpers(0, never, wanted=2)
    beside = SideBySide(1)
    beside.outside = helpers.outside
    answers = beside.in_order(portables(pieces_of(6)))
    next(answers)
    answers.close()
    assert helpers.offered and set(helpers.offered) == helpers.withdrawn


def test_an_answer_from_elsewhere_ends_the_work_here() -> None:
    """Its turn has come while somebody else works at it: the answer that is there first ends the other."""
    piece = pieces_of(1)[0]
    helpers = Helpers(0, never)
    begun, stopped = threading.Event(), threading.Event()

    class Endless(Portable[float]):
        def __call__(self) -> float:
            begun.set()
            assert self.answered.wait(WAIT_SECONDS)
            stopped.set()
            return -1.0

    def elsewhere() -> None:
        assert begun.wait(WAIT_SECONDS)
        helpers.outside.hear(News(1, frozenset(), {piece.digest: pack_answer(work_at(piece, lambda: False))}))

    threading.Thread(target=elsewhere).start()
    beside = SideBySide(1)
    beside.outside = helpers.outside
    assert list(beside.in_order([Endless(piece, lambda answer: answer.bound)])) == [work_at(piece, lambda: False).bound]
    assert stopped.wait(WAIT_SECONDS)


def test_a_neighbourhood_that_was_made_ahead_ends_with_the_clock() -> None:
    problem = facility_location(12, 5, seed=1)
    relaxed = solve_linear(problem, problem.column_lower, problem.column_upper, Effort(20))
    left = {}
    for late in (0.0, 60.0):
        search = Search(problem, Limits(time_seconds=60), time.monotonic() - late, lambda _: None)
        improver = steps_neighbourhoods.Improver(search, guide_of(relaxed))
        search.best_values = np.where(np.arange(problem.column_count) < problem.column_count - 12, 0.0, 1.0)
        freed = steps_neighbourhoods.Freed(problem.integer, ~problem.integer, centre=0, places=5)
        work = improver._work(search.best_values, freed)
        assert isinstance(work, Portable)
        left[late] = work.seconds_left()
    assert left[0.0] > 0 >= left[60.0]


def test_what_is_worked_at_when_no_time_is_left_ends_at_once() -> None:
    endless = Piece(facility_location(60, 12, seed=8, capacity=8.0), Effort(600.0))
    begun = time.monotonic()
    assert work_at(endless, lambda: False, seconds_left=-1.0).status == "clock"
    assert time.monotonic() - begun < 60


class Place:
    """One place elsewhere, through the library's interface: a process of its own for each piece."""

    def __init__(self) -> None:
        self.answers: dict[str, bytes] = {}
        self.offered = self.withdrawn = 0
        self._threads: list[threading.Thread] = []

    def offer(self, digest: str, packed: bytes) -> None:
        self.offered += 1

        def work() -> None:
            found = work_at_piece(Piece.unpacked(packed), 10**9, threading.Event())
            assert found is not None
            self.answers[digest] = pack_answer(found)

        self._threads.append(threading.Thread(target=work))
        self._threads[-1].start()

    def withdraw(self, _: str) -> None:
        self.withdrawn += 1

    def news(self) -> News:
        found, self.answers = self.answers, {}
        return News(1, frozenset(), found)

    def join(self) -> None:
        for thread in self._threads:
            thread.join(WAIT_SECONDS)


HARD = facility_location(250, 40, seed=8, capacity=8.0)
LIMITS = Limits(time_seconds=6, relative_gap=0.0)


def test_a_search_in_its_own_process_uses_what_was_worked_at_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    place = Place()
    try:
        found = solve(HARD, LIMITS, aid=Aid(elsewhere=place))
    finally:
        place.join()
    assert found.objective is not None and found.bound is not None and found.bound <= found.objective + 1e-6
    assert place.offered > 0
    assert found.record.pieces_elsewhere > 0
    assert found.record.to_dict()["pieces_elsewhere"] == found.record.pieces_elsewhere
