"""Pieces of runs in the database: who may work at which, what comes back, and what is left when a run ends."""

import math
import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import numpy as np
import pytest
import sqlalchemy as sa

from api.jobs.helper import LEASE_SECONDS, Helper
from api.jobs.kept_bests import KeptBests
from api.jobs.shared_pieces import SharedPieces
from api.persistence.clock import clock, now
from api.persistence.models import Run, RunBest, RunPiece
from api.persistence.repositories import pieces
from api.services import run_states
from api.services.run_states import FencedError
from optimization import Best
from optimization.solving.engine_answers import Effort
from optimization.solving.piece_work import work_at
from optimization.solving.pieces import Piece, kind_of_pieces, unpack_answer
from tests.api.service.jobs.desk import Desk, until
from tests.optimization.solving.solving_problems import facility_location

KIND = kind_of_pieces()
WAIT_SECONDS = 30.0


def piece(seed: int = 0, villages: int = 4) -> Piece:
    return Piece(facility_location(villages, 2 + villages // 4, seed=seed), Effort(20.0, nodes=1_000_000))


class Scene:
    """A run that worker `owner` works at, and two idle workers."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.owner, self.helper, self.other = (desk.worker(name) for name in ("one", "two", "three"))
        self.run_id = desk.queued()
        self.run = desk.claimed(self.owner)
        assert isinstance(self.run, Run) and self.run.id == self.run_id
        self.shared = SharedPieces(desk.database, self.run_id, self.run.attempt, self.owner, 60.0)

    def offer(self, *offered: Piece) -> None:
        for one in offered:
            self.shared.offer(one.digest, one.packed())
        self.shared.exchange()

    def lease(self, worker: str, kind: str = KIND, late_seconds: float = 0.0) -> str | None:
        with self.desk.database.writing() as session:
            leased = pieces.lease(session, kind, worker, clock(session) + timedelta(seconds=late_seconds), LEASE_SECONDS)
            return None if leased is None else leased.digest

    def write(self, action: Callable[..., None], *values: Any) -> None:
        with self.desk.database.writing() as session:
            action(session, *values)

    def rows(self, table: type[RunPiece] | type[RunBest] = RunPiece) -> list[Any]:
        with self.desk.database.reading() as session:
            return list(session.scalars(sa.select(table)))


@pytest.fixture
def scene(desk: Desk) -> Scene:
    return Scene(desk)


def test_a_piece_is_leased_to_one_worker_and_free_again_when_its_lease_is_over(scene: Scene) -> None:
    first, second = piece(1), piece(2)
    scene.offer(first)
    scene.offer(second)
    assert (scene.lease(scene.helper), scene.lease(scene.other)) == (first.digest, second.digest)
    assert scene.lease(scene.other) is None
    scene.shared.exchange()
    assert scene.shared.news().taken == {first.digest, second.digest}
    assert scene.lease(scene.other, late_seconds=LEASE_SECONDS + 1) == first.digest


def test_who_waits_does_not_keep_others_from_the_next_piece(scene: Scene) -> None:
    """On PostgreSQL a piece that somebody is just taking is passed over."""
    if scene.desk.database.is_sqlite:
        pytest.skip("on SQLite one writes at a time")
    scene.offer(piece(1), piece(2))
    with scene.desk.database.writing() as session:
        taken = pieces.lease(session, KIND, scene.helper, clock(session), LEASE_SECONDS)
        assert taken is not None
        other = scene.lease(scene.other)
    assert other is not None and other != taken.digest


def test_workers_of_another_kind_take_none(scene: Scene) -> None:
    scene.offer(piece())
    assert scene.lease(scene.helper, kind="1 highspy 0.0") is None
    assert scene.lease(scene.helper) is not None


def test_an_answer_comes_to_the_run_once_and_the_problem_is_kept_no_longer(scene: Scene) -> None:
    one = piece()
    scene.offer(one)
    scene.lease(scene.helper)
    scene.write(pieces.answer, scene.run_id, one.digest, scene.helper, b"found", now())
    scene.shared.exchange()
    news = scene.shared.news()
    assert (news.answers, news.taken) == ({one.digest: b"found"}, frozenset())
    scene.shared.exchange()
    assert scene.shared.news().answers == {}
    (row,) = scene.rows()
    assert (row.packed, row.worker_id, row.answer) == (None, scene.helper, b"found")


def test_an_answer_to_a_piece_that_was_leased_to_another_meanwhile_changes_nothing(scene: Scene) -> None:
    one = piece()
    scene.offer(one)
    scene.lease(scene.helper)
    assert scene.lease(scene.other, late_seconds=LEASE_SECONDS + 1) == one.digest
    scene.write(pieces.answer, scene.run_id, one.digest, scene.helper, b"late", now())
    (row,) = scene.rows()
    assert row.answer is None
    scene.write(pieces.answer, scene.run_id, one.digest, scene.other, b"found", now())
    scene.write(pieces.give_back, scene.run_id, one.digest, scene.other)
    (row,) = scene.rows()
    assert (row.answer, row.worker_id) == (b"found", scene.other)


def test_what_is_withdrawn_is_gone_unless_it_is_answered(scene: Scene) -> None:
    first, second, third = piece(1), piece(2), piece(3)
    scene.offer(first)
    scene.lease(scene.helper)
    scene.write(pieces.answer, scene.run_id, first.digest, scene.helper, b"found", now())
    scene.offer(second)
    scene.shared.offer(third.digest, third.packed())
    for one in (first, second, third):
        scene.shared.withdraw(one.digest)
    scene.shared.exchange()
    assert [row.digest for row in scene.rows()] == [first.digest]


def test_the_run_is_told_how_many_are_idle(scene: Scene) -> None:
    scene.shared.exchange()
    assert scene.shared.news().wanted == 2
    scene.desk.worker("silent", silent_seconds=3600)
    scene.desk.queued()
    assert scene.desk.claimed(scene.other) is not None
    fresh = SharedPieces(scene.desk.database, scene.run_id, 1, scene.owner, 60.0)
    fresh.exchange()
    assert fresh.news().wanted == 1


def test_an_attempt_that_was_fenced_out_offers_nothing(scene: Scene) -> None:
    scene.write(run_states.give_back, scene.run_id, 1, "The worker was stopped.")
    scene.shared.offer(piece().digest, piece().packed())
    with pytest.raises(FencedError):
        scene.shared.exchange()
    assert scene.rows() == []


def test_a_database_that_is_away_loses_no_offer(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    kept, gone, one, other = piece(1), piece(2), piece(3), piece(4)
    scene.offer(one)
    for offered in (kept, gone):
        scene.shared.offer(offered.digest, offered.packed())
    scene.shared.withdraw(one.digest)
    with monkeypatch.context() as away:
        away.setattr(pieces, "offer", lambda *_: (_ for _ in ()).throw(ConnectionError()))
        with pytest.raises(ConnectionError):
            scene.shared.exchange()
    scene.shared.withdraw(gone.digest)
    scene.offer(other)
    assert {row.digest for row in scene.rows()} == {kept.digest, other.digest}


def test_the_next_attempt_has_the_answers_of_the_last(scene: Scene) -> None:
    first, second = piece(1), piece(2)
    scene.offer(first)
    scene.lease(scene.helper)
    scene.write(pieces.answer, scene.run_id, first.digest, scene.helper, b"found", now())
    scene.offer(second)
    scene.write(run_states.give_back, scene.run_id, 1, "The worker was stopped.")
    assert [row.digest for row in scene.rows()] == [first.digest]
    again = scene.desk.claimed(scene.other)
    assert again is not None
    shared = SharedPieces(scene.desk.database, scene.run_id, again.attempt, scene.other, 60.0)
    shared.exchange()
    assert shared.news().answers == {first.digest: b"found"}


def bests_of(scene: Scene) -> KeptBests:
    return KeptBests(scene.desk.database, scene.run_id, threading.Event())


def keep(scene: Scene, bests: KeptBests, *, at_once: bool = False) -> None:
    changes = bests.changes(at_once=at_once)
    scene.write(bests.write, changes)
    bests.written(changes)


def test_bounds_are_kept_at_once_and_plans_from_time_to_time(scene: Scene) -> None:
    bests = bests_of(scene)
    assert bests.kept("problem") is None
    bests.keep("problem", Best(1.0, None))
    keep(scene, bests)
    bests.keep("problem", Best(2.0, np.array([1.0, 0.5])))
    keep(scene, bests)
    bests.keep("problem", Best(3.0, np.array([7.0, 7.0])))
    keep(scene, bests)
    found = bests_of(scene).kept("problem")
    assert found is not None and found.values is not None
    assert (found.bound, found.values.tolist()) == (3.0, [1.0, 0.5])
    keep(scene, bests, at_once=True)
    found = bests_of(scene).kept("problem")
    assert found is not None and found.values is not None and found.values.tolist() == [7.0, 7.0]
    assert bests.changes(at_once=True) == []


def test_what_has_no_bound_yet_is_kept_without_one(scene: Scene) -> None:
    bests = bests_of(scene)
    bests.keep("problem", Best(-math.inf, np.array([1.0])))
    bests.keep("another", Best(5.0, None))
    keep(scene, bests)
    found, other = bests_of(scene).kept("problem"), bests_of(scene).kept("another")
    assert found is not None and other is not None
    assert (found.bound, other.bound, other.values) == (-math.inf, 5.0, None)


def test_a_kept_plan_that_cannot_be_read_leaves_the_bound(scene: Scene) -> None:
    scene.write(pieces.keep_best, scene.run_id, "problem", now(), 4.0, b"of a later version")
    assert bests_of(scene).kept("problem") == Best(4.0, None)


@pytest.mark.parametrize("end", ["ended", "cancelled", "given up"])
def test_nothing_is_left_of_a_run_that_has_ended(scene: Scene, end: str) -> None:
    scene.offer(piece())
    scene.write(pieces.keep_best, scene.run_id, "problem", now(), 4.0, None)
    assert scene.rows() and scene.rows(RunBest)
    if end == "ended":
        scene.write(run_states.end, scene.run_id, 1, "failed", {"status": "failed", "message": "", "findings": []})
    elif end == "cancelled":
        assert scene.desk.owner.http.post(f"/v1/runs/{scene.run_id}/cancel").status_code == 200
        scene.write(run_states.give_back, scene.run_id, 1, "The worker was stopped.")
    else:
        scene.write(run_states.take_over, -60.0, 1)
    assert scene.desk.run(scene.run_id).state in run_states.ENDED
    assert scene.rows() == scene.rows(RunBest) == []


def test_pieces_of_a_run_that_is_to_end_are_not_worked_at(scene: Scene) -> None:
    scene.offer(piece())
    assert scene.desk.owner.http.post(f"/v1/runs/{scene.run_id}/cancel").status_code == 200
    assert scene.lease(scene.helper) is None


def helper(scene: Scene, stopping: threading.Event | None = None) -> Helper:
    return Helper(scene.desk.settings, scene.desk.database, scene.helper, stopping or threading.Event())


def test_a_helper_works_at_a_piece_in_a_process_and_answers(scene: Scene) -> None:
    one = piece()
    assert not helper(scene).help()
    scene.offer(one)
    assert helper(scene).help()
    (row,) = scene.rows()
    found = unpack_answer(row.answer, one)
    assert (row.worker_id, found.status) == (scene.helper, "optimal")
    assert found.bound == work_at(one, lambda: False).bound
    assert not helper(scene).help()


def test_a_piece_that_cannot_be_read_is_left_to_the_run(scene: Scene) -> None:
    scene.shared.offer("nonsense", b"nonsense")
    scene.shared.exchange()
    assert helper(scene).help()
    (row,) = scene.rows()
    assert row.answer is None
    assert not helper(scene).help()


@pytest.mark.parametrize("why", ["a run waits", "withdrawn", "the worker stops"])
def test_a_helper_stops_for_what_comes_first(scene: Scene, why: str) -> None:
    endless = piece(8, villages=60)
    scene.offer(endless)
    stopping = threading.Event()
    thread = threading.Thread(target=helper(scene, stopping).help)
    thread.start()
    until(lambda: any(row.worker_id for row in scene.rows()))
    if why == "a run waits":
        scene.desk.queued()
    elif why == "withdrawn":
        scene.shared.withdraw(endless.digest)
        scene.shared.exchange()
    else:
        stopping.set()
    thread.join(WAIT_SECONDS / 2)
    assert not thread.is_alive()
    assert [(row.answer, row.worker_id) for row in scene.rows()] == ([] if why == "withdrawn" else [(None, None)])
