"""Risk over the members of all branches, on the figures of `test_member_tree`: taps cost 1092, filters 1610, an unused pipe 734.

Known from stage 2 on. Who adapts pays 2344 in a dry year (one in four) and 1092 in a normal one; who does not pays 1610 in both.
The mean of the dearest half counts both years alike: 1718 for who adapts, which is more than 1610. Of the dearest four fifths the
dry year has 0.25 and the normal one 0.55: 1484, which is less. Branch by branch, of one member each, adapting would cost 1405 in
either case: the tail is that of all members.
"""

import pytest

from optimization import Limits, solve
from optimization.member_tree.solve import solve_tree
from tests.optimization.member_tree.test_member_tree import DRY, FILTERS, NORMAL, OTHERS, TAPS, UNUSED, followed, with_rice

EXACT = Limits(time_seconds=120, relative_gap=0.0)
ALL = {"name": "all", "from_stage": "stage_2", "members": ["dry_year", "normal_year"]}
CVAR, WORST = {"attitude": "cvar", "tail_weight": 1.0}, {"attitude": "worst"}
ADAPTED = (0.25 * (FILTERS + UNUSED) + 0.55 * TAPS) / 0.8
NEARLY = 5e-4  # a little of the mean settles what the dearest members leave open


@pytest.mark.parametrize(
    ("attitude", "expected", "usual"),
    [
        ({**CVAR, "tail_share": 0.0}, 0.25 * (FILTERS + UNUSED) + 0.75 * TAPS, "taps_for_all"),
        ({**CVAR, "tail_share": 0.2}, ADAPTED, "taps_for_all"),
        ({**CVAR, "tail_share": 0.5}, FILTERS, "filters_for_all"),
        ({**CVAR, "tail_share": 0.2, "tail_weight": 0.5}, 0.5 * ADAPTED + 0.5 * (0.25 * (FILTERS + UNUSED) + 0.75 * TAPS),
         "taps_for_all"),
        (WORST, FILTERS, "filters_for_all"),
    ],
)  # fmt: skip
def test_the_tail_is_that_of_all_members(attitude, expected, usual):
    tree = solve_tree(with_rice(DRY, NORMAL, risk_attitude=attitude), EXACT)
    assert tree.passed, tree.verdict
    (level,) = tree.record["levels"]
    assert level["objective"] == "risk"
    assert level["value"] == pytest.approx(OTHERS + expected, rel=NEARLY)
    assert followed(tree.plans["normal"])["hilltop", "stage_2"] == usual
    assert followed(tree.plans["dry"])["hilltop", "stage_2"] == "filters_for_all"


@pytest.mark.parametrize("attitude", [{**CVAR, "tail_share": 0.5}, WORST])
def test_with_one_branch_it_is_the_plain_plan_and_two_are_never_worse(attitude):
    plain = solve(with_rice(risk_attitude=attitude), EXACT).record["levels"][0]["value"]
    one, two = (
        solve_tree(with_rice(*branches, risk_attitude=attitude), EXACT).record["levels"][0]["value"]
        for branches in ((ALL,), (DRY, NORMAL))
    )
    assert one == pytest.approx(plain, rel=1e-6)
    assert two <= plain * (1 + 1e-6)
