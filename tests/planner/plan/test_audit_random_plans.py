"""The audit accepts what the model allows: random plans of random basins. `python -m benchmarks.audit` takes 5,000."""

import pytest

from benchmarks.idle_plan import idle_tables
from benchmarks.random_plans import random_plans
from datasets.synthetic import make
from planner.plan.audit import audit
from planner.scenario.policy import Policy


@pytest.mark.parametrize("seed", [12, 13, 15, 18, 22, 29])
def test_random_true_plans_are_accepted(seed: int) -> None:
    plans = list(random_plans(seed, 10))
    assert plans
    for plan in plans:
        assert not [check for result in plan.audits() for check in result.failures]


def test_the_plan_that_builds_nothing_is_true_in_a_large_basin() -> None:
    basin = make(villages=200, sites=10, stages=3, seasons=2, members=2, seed=1)
    result = audit(basin, Policy(), idle_tables(basin))
    assert result.passed, result.failures
