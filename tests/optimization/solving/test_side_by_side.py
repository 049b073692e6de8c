"""Several threads give the answers of one, in the same order, and the same plan."""

import threading
import time
from collections.abc import Callable, Iterator

import numpy as np
import pytest

from optimization.solving import blocks, steps_improve, steps_relax
from optimization.solving.engine_answers import Effort
from optimization.solving.limits import Limits
from optimization.solving.problem import FloatArray, Problem
from optimization.solving.session_log import RunLog
from optimization.solving.side_by_side import SideBySide
from optimization.solving.steps import pursue
from optimization.solving.steps_search import Search
from tests.optimization.solving.solving_problems import facility_location

WAIT_SECONDS = 30.0


def _answers(number: int) -> Callable[[], int]:
    return lambda: number


def test_answers_come_in_the_order_of_the_pieces() -> None:
    last_is_done = threading.Event()

    def first() -> int:
        assert last_is_done.wait(WAIT_SECONDS)
        return 0

    def last() -> int:
        last_is_done.set()
        return 2

    assert list(SideBySide(3).in_order([first, _answers(1), last])) == [0, 1, 2]


def test_pieces_go_on_at_once_and_no_more_than_there_are_threads() -> None:
    two, lock = threading.Barrier(2, timeout=WAIT_SECONDS), threading.Lock()
    together, most = 0, 0

    def piece() -> None:
        nonlocal together, most
        with lock:
            together += 1
            most = max(most, together)
        two.wait()  # raises where no other piece is at work
        with lock:
            together -= 1

    list(SideBySide(2).in_order([piece] * 6))
    assert most == 2


def test_who_stops_asking_draws_no_further_piece() -> None:
    drawn = 0

    def pieces() -> Iterator[Callable[[], int]]:
        nonlocal drawn
        for number in range(100):
            drawn += 1
            yield _answers(number)

    for answer in SideBySide(2).in_order(pieces()):
        if answer == 3:
            break
    assert drawn <= 3 + 2 + 1


def test_an_error_reaches_who_asked() -> None:
    def fails() -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        list(SideBySide(2).in_order([fails]))


def test_processor_time_of_other_threads_is_counted() -> None:
    def works() -> float:
        return float(np.linalg.svd(np.random.default_rng(0).normal(size=(300, 300)))[1][0])

    beside = SideBySide(2)
    list(beside.in_order([works, works]))
    assert beside.cpu_seconds > 0


@pytest.mark.parametrize("threads", [2, 3])
def test_the_same_plan_and_bound_with_more_threads(monkeypatch: pytest.MonkeyPatch, threads: int) -> None:
    """Through all that threads share: the first plan beside the relaxation, parts of the map, neighbourhoods."""
    monkeypatch.setattr(blocks, "INTEGERS_IN_A_BLOCK", 60)
    monkeypatch.setattr("optimization.solving.steps_blocks.INTEGERS_IN_A_BLOCK", 60)
    monkeypatch.setattr(steps_improve, "IMPROVED_GAP", 0.0)
    monkeypatch.setattr("optimization.solving.steps_neighbourhoods.FIRST_SIZE", 6)
    monkeypatch.setattr("optimization.solving.steps_neighbourhoods.SECONDS_AT_MOST", 100.0)  # never, on the busiest machine
    problem = facility_location(16, 6, seed=4, capacity=4.0)
    plans, ended = [], []
    for count in (1, threads):
        log = RunLog(None)
        search = Search(problem, Limits(time_seconds=600, relative_gap=0.0, seed=3, threads=count), time.monotonic(), log.follow)
        ended.append(pursue(search))
        assert search.reproducible
        plans.append((search.best_values, search.best_objective, search.bound))
        phases = [(phase.phase, phase.nodes, phase.message) for phase in sorted(log.phases, key=lambda one: one.phase)]
        plans[-1] += (phases,)
    (one_values, *one), (other_values, *other) = plans
    assert ended[0] == ended[1]
    assert (one_values == other_values).all()
    assert one == other
    assert "improving" in {phase for phase, *_ in one[-1]}


def test_a_phase_beside_another_keeps_its_own_news() -> None:
    problem = facility_location(12, 5, seed=1)
    log = RunLog(None)
    pursue(Search(problem, Limits(time_seconds=60, threads=2), time.monotonic(), log.follow))
    assert {"points only", "relaxation"} <= {phase.phase for phase in log.phases}
    for phase in log.phases:
        assert phase.events[0].phase == phase.phase
        assert phase.events[-1].phase == phase.phase


def test_an_interior_point_begun_in_vain_ends_with_what_it_was_begun_for(monkeypatch: pytest.MonkeyPatch) -> None:
    begun, ended = threading.Event(), threading.Event()

    def simplex(*_: object, **__: object) -> None:
        assert begun.wait(WAIT_SECONDS)
        raise ZeroDivisionError

    def inside(problem: Problem, lower: FloatArray, upper: FloatArray, effort: Effort, should_stop: Callable[[], bool]) -> None:
        begun.set()
        while not should_stop():
            ended.wait(0.01)
        ended.set()

    monkeypatch.setattr(steps_relax, "GrowingRelaxation", simplex)
    monkeypatch.setattr(steps_relax, "solve_linear_inside", inside)
    search = Search(facility_location(4, 2), Limits(threads=2), time.monotonic(), lambda _: None)
    with pytest.raises(ZeroDivisionError):
        steps_relax.relax_beside(search, lambda: None)
    assert ended.wait(WAIT_SECONDS)
