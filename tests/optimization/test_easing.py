"""What a policy may let go where no plan exists, and how much whole works lack beyond parts of them."""

import pytest

from optimization import Limits, solve
from optimization.conflicts import Lack
from optimization.easing import easing, policies_that_ask_less
from planner.plan.outcome import NoPlan
from planner.scenario.policy import Policy
from tests.optimization.tiny_basins import NO_FILTERS, NO_MEMBRANES, RIVERSIDE_TAPS, resolved


def lack(family, amount, *names):
    return Lack(family, names, amount, amount)


def policy(**values):
    return Policy.model_validate({"objectives": [{"objective": "cost"}], **values})


@pytest.mark.parametrize(("points", "band"), [(2.0, "medium"), (9.0, "high"), (15.0, "any")])
def test_the_lowest_band_that_has_room_is_let_stand(points, band):
    asked = policy(risk={"highest": "low", "hard": True})
    eased, words = easing(asked, [lack("highest_risk", points, "hilltop", "stage_1")], 1.0)
    assert eased.risk.highest == band
    assert eased.risk.hard
    assert band in words[0]


def test_a_bound_is_raised_by_what_lacks_with_some_to_spare():
    asked = policy(bounds=[{"objective": "cost", "at_most": 1000.0}])
    eased, words = easing(asked, [lack("bound_cost", 2.0, "cost")], 1.5)
    assert eased.bounds[0].at_most == 4000.0
    assert words == ["raise the bound on cost by 3,000"]


def test_only_the_rule_that_forbids_it_is_left_out():
    rules = [{"name": name, "title": name.title(), "expression": "sum(option, stage: investments.serves[option, stage]) <= 1"}
             for name in ("one", "two")]  # fmt: skip
    eased, words = easing(policy(rules=rules), [lack("rule_2_1", 3.0, "Two", "two")], 1.0)
    assert [rule.active for rule in eased.rules] == [True, False]
    assert words == ["leave the rule 'Two' out"]


def test_what_data_can_give_eases_no_policy():
    assert easing(policy(), [lack("channel_at_first", 3.0, "aid", "stage_1")], 1.0) == (None, [])


@pytest.mark.parametrize(
    ("family", "names", "field"),
    [
        ("sustainable_groundwater", ("basalt", "stage_1", "dry_year"), "groundwater"),
        ("administration_licence", ("province", "stage_1", "dry_year"), "administration_licences"),
        ("reach_bears", ("lower_reach:bod", "stage_1/dry/dry_year"), "load_limits"),
    ],
)
def test_a_hard_limit_may_be_missed_at_its_price(family, names, field):
    codes = {lack(family, 1.0, *names).demand.code}
    ((_, priced),) = next(policies_that_ask_less(policy(), codes))
    assert getattr(priced, field) == "priced"
    assert list(policies_that_ask_less(policy(**{field: "priced"}), codes)) == []


def test_whole_works_that_cost_more_than_parts_of_them_lack_what_they_cost():
    # Riverside's taps cost 8050 + 5000 USD; parts of works would do with the 12900 that there are.
    money = [{"table": "channel_amounts", "set": {"amount_usd": 0.0}},
             {"table": "channel_amounts", "where": {"channel": "government_grant", "stage": "stage_1"},
              "set": {"amount_usd": 12_900.0}}]  # fmt: skip
    scenario = resolved(NO_FILTERS, NO_MEMBRANES, *money, floors=[RIVERSIDE_TAPS])
    with pytest.raises(NoPlan) as caught:
        solve(scenario, Limits(time_seconds=30))
    assert "150 USD short" in str(caught.value)
    assert any("offer 190 USD more in stage_1" in way.title for way in caught.value.ways_out)
