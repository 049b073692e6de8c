"""What knowing is worth, on the tutorial with dear rice: the arithmetic is that of the attitudes to risk.

Taps for Hilltop cost 16530.92 USD with the rest and take 8 m³ a day from rice in the dry season of a dry year, one in four;
filters cost 17047.56 USD and take nothing. In the mean of both years there is water for taps and for rice.
"""

import json

import numpy as np
import pytest

from optimization import Limits
from optimization.foresight import ForesightError, foresight
from planner.plan.outcome import NoPlan
from tests.optimization.tiny_basins import compiled_problem, optimum, resolved

FLOORS = [{"rung": 4, "share": 0.5}, {"rung": 4, "share": 1.0, "stage": "stage_2"}]
TAPS, FILTERS = 16530.9208, 17047.5608
MISSED_PER_USD = 8 * 165 * (1.8 + 1.152)
EXACT = Limits(time_seconds=240, relative_gap=0.0)


def with_rice(usd_per_m3, *changes, **policy):
    rice = {"table": "other_uses", "set": {"value_usd_per_m3": usd_per_m3}}
    return resolved(rice, *changes, floors=FLOORS, **policy)


def middle(interval):
    assert interval.high - interval.low <= 0.01
    return (interval.low + interval.high) / 2


@pytest.fixture(scope="module")
def dear_rice():
    steps = []
    return foresight(with_rice(0.8), EXACT, steps.append), steps


def test_planning_for_every_member_and_knowing_are_worth_what_they_are_by_hand(dear_rice):
    found, steps = dear_rice
    # Rice at 0.8 USD/m³ misses 3117.31 USD under taps in a dry year, 779.33 on the mean: more than filters cost more.
    assert middle(found.two_stage) == pytest.approx(FILTERS)
    assert middle(found.wait_and_see) == pytest.approx(0.75 * TAPS + 0.25 * FILTERS)
    assert middle(found.perfect_information) == pytest.approx(0.75 * (FILTERS - TAPS))
    assert middle(found.mean_year_kept) == pytest.approx(TAPS + 0.25 * 0.8 * MISSED_PER_USD)
    assert middle(found.stochastic_solution) == pytest.approx(TAPS + 0.25 * 0.8 * MISSED_PER_USD - FILTERS)
    assert steps[:4] == ["All members", "normal_year alone", "dry_year alone", "The mean year"]


def test_a_plan_is_run_in_the_member_that_it_did_not_see(dear_rice):
    unseen = dear_rice[0].unseen_fares.set_index("member")
    # The dry year's plan has filters also where the year is normal; the normal year's has taps, and rice goes short.
    assert unseen.loc["normal_year", "kept_usd"] == pytest.approx(FILTERS)
    assert unseen.loc["dry_year", "kept_usd"] == pytest.approx(TAPS + 0.8 * MISSED_PER_USD)
    assert unseen["persons_short"].tolist() == [0.0, 0.0]


def test_by_brute_force_over_both_choices(dear_rice):
    """Plain HiGHS over the whole model and over that of each member, without the search and its bounds."""
    found = dear_rice[0]
    whole = optimum(compiled_problem(with_rice(0.8))[1])[1]
    assert middle(found.two_stage) == pytest.approx(1000 * whole)
    for own, member in zip(found.members.to_dict("records"), ("dry_year", "normal_year"), strict=True):
        left = [
            {"table": "members", "remove": True, "where": {"member": member}, "with_dependents": True},
            {"table": "members", "set": {"probability": 1.0}},
        ]
        alone = optimum(compiled_problem(with_rice(0.8, *left))[1])[1]
        assert own["member"] != member
        assert own["low_usd"] - 0.01 <= 1000 * alone <= own["high_usd"] + 0.01


def test_a_mean_year_s_plan_that_runs_dry_is_told_and_has_no_price():
    # The spring is the only water of taps: on the mean of the dry season 10.5 m³ a day, in a dry year none at all.
    dry = {"table": "source_yields", "where": {"source": "hill_spring", "member": "dry_year", "season": "dry"}}
    found = foresight(with_rice(0.01, {**dry, "set": {"yield_m3_per_day": 0.0}}), EXACT)
    assert found.mean_year_kept is None and found.stochastic_solution is None
    fares = found.mean_year_fares.set_index("member")
    assert fares.loc["dry_year", "persons_short"] > 0 and fares.loc["normal_year", "persons_short"] == 0
    assert np.isnan(found.unseen_fares.set_index("member").loc["dry_year", "kept_usd"])
    told = found.to_dict()
    assert json.dumps(told, allow_nan=False)
    assert {row["member"]: row["kept_usd"] for row in told["unseen_fares"]}["dry_year"] is None


@pytest.mark.parametrize(
    ("policy", "changes"),
    [
        ({"objectives": [{"objective": "access"}]}, []),
        ({"objectives": [{"objective": "cost"}, {"objective": "access"}]}, []),
        ({"risk_attitude": {"attitude": "worst"}}, []),
        (
            {},
            [
                {"table": "members", "remove": True, "where": {"member": "dry_year"}, "with_dependents": True},
                {"table": "members", "set": {"probability": 1.0}},
            ],
        ),
    ],
)
def test_where_it_has_no_meaning_it_is_refused_before_any_solve(policy, changes):
    with pytest.raises(ForesightError):
        foresight(resolved(*changes, **policy), EXACT, lambda step: pytest.fail(step))


def test_a_scenario_without_a_plan_has_no_value():
    with pytest.raises(NoPlan):
        foresight(resolved(floors=[{"rung": 5, "share": 1.0, "hard": True}]), EXACT)
