"""No plan is better than the bound says. `python -m benchmarks.bounds` looks at 300 instances."""

import pytest

from benchmarks.bounds import instance


@pytest.mark.parametrize("seed", [20, 22, 28, 31, 34, 35])
def test_the_optimum_lies_between_bound_and_plan(seed: int) -> None:
    one = instance(seed)
    assert one is not None
    assert one.plan is not None
    assert one.bound is not None
    assert one.holds, one
