"""Channels that pay together: largest and smallest shares of a category's capital."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from optimization.formulation import build
from tests.optimization.formulation.test_compiled_formulation import rows_that_differ
from tests.optimization.tiny_basins import (
    NO_FILTERS,
    NO_MEMBRANES,
    NO_MONEY,
    RICH,
    RIVERSIDE_TAPS,
    Impossible,
    planned,
    resolved,
)

WORKS_USD = 4000 + 25 * 42


def share(channel, category, **shares):
    return {"table": "channel_shares", "add": {"channel": channel, "category": category, **shares}}


def riverside(*changes):
    return planned(resolved(NO_FILTERS, NO_MEMBRANES, RICH, *changes, floors=[RIVERSIDE_TAPS]))


def paid(plan, channel, category="treatment"):
    return float(plan.rows("finance", channel=channel, category=category)["amount_usd"].sum())


def test_a_channel_pays_no_more_than_its_largest_share():
    # The slow sand works cost 4000 + 25 × 42 = 5050 USD; aid may pay 80 %: 4040, and the grant has to pay 1010.
    plan = riverside(share("aid", "treatment", largest_share=0.8))
    assert plan.audit.passed, plan.audit.failures
    assert paid(plan, "aid") <= 0.8 * WORKS_USD + 0.01
    assert paid(plan, "government_grant") >= 1010 - 0.01


def test_a_channel_pays_no_less_than_its_smallest_share():
    plan = riverside(share("government_grant", "treatment", smallest_share=0.4),
                     share("aid", "treatment", smallest_share=0.6))  # fmt: skip
    assert plan.audit.passed, plan.audit.failures
    assert paid(plan, "government_grant") == pytest.approx(0.4 * WORKS_USD, abs=0.02)
    assert paid(plan, "aid") == pytest.approx(0.6 * WORKS_USD, abs=0.02)


def test_what_no_channel_may_complete_is_not_built():
    with pytest.raises(Impossible):
        riverside(share("aid", "treatment", largest_share=0.5), share("government_grant", "treatment", largest_share=0.4))


def test_money_of_the_partner_limits_what_aid_can_bring():
    # A smallest share of the grant of 30 % of 5050 is 1515 USD; the taps alone need 5000 of the grant.
    def offers(channel, usd):
        return {"table": "channel_amounts", "where": {"channel": channel, "stage": "stage_1"}, "set": {"amount_usd": usd}}

    def with_grant(usd):
        shared = share("government_grant", "treatment", smallest_share=0.3)
        return riverside(NO_MONEY, offers("aid", 1e6), offers("government_grant", usd), shared)

    assert with_grant(6515.0).audit.passed
    with pytest.raises(Impossible):
        with_grant(6514.0)


def test_where_a_channel_may_not_pay_it_owes_no_share():
    # Aid pays only in the lower district; Hilltop's spring is the upper one's.
    plan = planned(resolved(RICH, share("aid", "source", smallest_share=0.5),
                            floors=[{"rung": 4, "share": 1.0, "administration": "upper_district", "hard": True}]))  # fmt: skip
    assert plan.audit.passed, plan.audit.failures
    assert plan.serving() >= {"spring_box"}


@settings(max_examples=4, deadline=None)
@given(largest=st.floats(0.0, 1.0), smallest=st.floats(0.0, 1.0))
def test_rows_are_those_of_plain_pyomo_and_every_plan_passes_the_audit(largest, smallest):
    rules = [share("aid", "treatment", largest_share=largest), share("government_grant", "conveyance", smallest_share=smallest)]
    scenario = resolved(NO_FILTERS, NO_MEMBRANES, RICH, *rules, floors=[RIVERSIDE_TAPS])
    model = build(scenario)
    assert rows_that_differ(model, model.to_pyomo(), np.random.default_rng(0)) == []
    plan = planned(scenario)
    assert plan.audit.passed, plan.audit.failures


def test_without_shares_there_are_no_rows():
    families = build(resolved()).compile().families
    assert families["channel_pays_at_most"].count == families["channel_pays_at_least"].count == 0
