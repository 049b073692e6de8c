"""What an earlier process had of the same problem: a search goes on from its bound and its plan, and believes neither blindly."""

import threading
import time

from optimization.solving.elsewhere import Aid, Best
from optimization.solving.limits import Limits
from optimization.solving.session import Outcome, solve
from optimization.solving.steps_search import Search
from tests.optimization.solving.solving_problems import facility_location

HARD = facility_location(60, 12, seed=8, capacity=8.0)


class Memory:
    """A keeper that remembers in this process."""

    def __init__(self) -> None:
        self.bests: dict[str, Best] = {}
        self.told: list[float] = []

    def kept(self, digest: str) -> Best | None:
        return self.bests.get(digest)

    def keep(self, digest: str, best: Best) -> None:
        self.bests[digest] = best


def interrupted(keeper: Memory, problem_seed: int = 8) -> Outcome:
    """A search that is cancelled once it has a bound and a plan."""
    cancel = threading.Event()

    def tell(event: object) -> None:
        if getattr(event, "bound", None) is not None and getattr(event, "incumbent", None) is not None:
            cancel.set()

    problem = facility_location(60, 12, seed=problem_seed, capacity=8.0)
    return solve(problem, Limits(time_seconds=60, relative_gap=0.0), tell, cancel, Aid(keeper=keeper))


def test_a_search_begins_with_what_was_kept_of_the_same_problem() -> None:
    memory = Memory()
    first = interrupted(memory)
    assert first.bound is not None and first.objective is not None and not first.record.resumed
    (best,) = memory.bests.values()
    assert best.values is not None
    told: list[tuple[float | None, float | None]] = []
    second = solve(
        HARD, Limits(time_seconds=2, relative_gap=0.0), lambda event: told.append((event.incumbent, event.bound)), None,
        Aid(keeper=memory),
    )  # fmt: skip
    assert second.record.resumed and not second.record.reproducible
    first_bound = next(bound for _, bound in told if bound is not None)
    first_plan = next(plan for plan, _ in told if plan is not None)
    assert first_bound >= first.bound and first_plan <= first.objective
    assert second.bound is not None and second.bound >= first.bound


def test_what_was_kept_of_another_problem_says_nothing() -> None:
    memory = Memory()
    interrupted(memory, problem_seed=9)
    assert not interrupted(memory).record.resumed
    assert len(memory.bests) == 2


def test_a_kept_plan_that_does_not_hold_is_not_taken() -> None:
    problem = facility_location(8, 4, must_serve=True)
    search = Search(problem, Limits(), time.monotonic(), lambda _: None)
    search.go_on_from(Best(3.0, problem.column_lower))
    assert search.best_values is None
    assert search.bound == 3.0
