"""No plan serves a basin with a known cause; without the cause one does."""

import pytest

from datasets.infeasible import CAUSES, infeasible
from optimization import Limits, solve
from planner.plan.outcome import NoPlan
from planner.scenario.resolved import resolve

ANY_PLAN = Limits(time_seconds=30, relative_gap=0.9)


@pytest.mark.parametrize("cause", CAUSES)
def test_nothing_serves_a_basin_with_the_cause(cause):
    case = infeasible(cause)
    with pytest.raises(NoPlan) as outcome:
        solve(resolve(case.basin, case.scenario), ANY_PLAN)
    assert outcome.value.status == "infeasible"


@pytest.mark.parametrize("cause", ["budget_too_small", "money_too_late", "sources_too_small", "built_too_late"])
def test_the_same_basin_without_the_cause_is_served(cause):
    case = infeasible(cause)
    assert solve(resolve(case.without_cause, case.scenario), ANY_PLAN).passed
