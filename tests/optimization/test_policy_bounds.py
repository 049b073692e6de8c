"""What a policy bounds stays within its bound whatever is sought, and a bound that cannot be kept is named."""

import pytest

from optimization import Limits, solve
from planner.plan.outcome import NoPlan
from tests.optimization.tiny_basins import NO_FILTERS, ONE_STAGE, RICH, RIVERSIDE_TAPS, TAPS_COST_USD, resolved

LIMITS = Limits(time_seconds=30, relative_gap=0.0)
FEW_BELOW = [{"objective": "mean_minus_gini"}]


def value(plan, objective):
    return float(plan.tables["objectives"].set_index("objective")["value"][objective])


def test_a_bound_on_cost_holds_back_fairness():
    fairness = {"between": "groups", "gini_share": 0.0}
    free = solve(resolved(*ONE_STAGE, RICH, objectives=FEW_BELOW, fairness=fairness), LIMITS)
    most = value(free, "cost") / 2
    held = solve(
        resolved(*ONE_STAGE, RICH, objectives=FEW_BELOW, fairness=fairness, bounds=[{"objective": "cost", "at_most": most}]),
        LIMITS,
    )
    assert held.passed, held.audit.failures
    assert value(held, "cost") <= most + 0.01
    assert value(held, "mean_minus_gini") >= value(free, "mean_minus_gini") - 1e-3


def test_a_bound_below_what_floors_cost_is_named_with_what_it_lacks():
    # Taps for Riverside cost 12,548.3608 USD at least; by parts of works, as the relaxation builds, a little less.
    bounds = [{"objective": "cost", "at_most": TAPS_COST_USD / 4}]
    with pytest.raises(NoPlan) as refused:
        solve(resolved(*ONE_STAGE, RICH, NO_FILTERS, floors=[RIVERSIDE_TAPS], bounds=bounds), LIMITS)
    assert refused.value.status == "infeasible"
    assert [finding.code for finding in refused.value.findings] == ["conflict.bound"]
    assert "bound on cost" in refused.value.findings[0].message
