"""Loans: repaid by the account that borrowed, out of tariffs and subsidies."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from optimization.formulation import build
from planner.plan.indicators import indicators
from planner.scenario.resolved.loans import schedule
from tests.optimization.formulation.test_compiled_formulation import rows_that_differ
from tests.optimization.tiny_basins import NO_FILTERS, NO_MEMBRANES, NO_MONEY, RIVERSIDE_TAPS, Impossible, planned, resolved

CAPITAL_USD = 8050 + 5000
RUNNING_USD = 1139.90
INCOME_USD = 340_000
NO_SUBSIDY = {"table": "subsidies", "set": {"amount_usd_per_year": 0.0}}
BANK = [
    {"table": "channels", "add": {"channel": "bank", "kind": "concessional_loan"}},
    *({"table": "channel_amounts", "add": {"channel": "bank", "stage": stage, "amount_usd": 20_000.0}}
      for stage in ("stage_1", "stage_2")),
    *({"table": "channel_eligibility", "add": {"channel": "bank", "category": category}}
      for category in ("source", "treatment", "conveyance", "taps")),
]  # fmt: skip


def terms(interest, grace, term):
    return {"table": "loan_terms", "add": {"channel": "bank", "interest_share_per_year": interest, "grace_years": grace,
                                           "term_years": term}}  # fmt: skip


def scenario(*changes, usd_per_year):
    """Riverside's taps on credit alone; the people can pay so much a year."""
    may_pay = {"settings": {"affordability_share": usd_per_year / INCOME_USD}}
    return resolved(NO_FILTERS, NO_MEMBRANES, NO_MONEY, NO_SUBSIDY, *BANK, *changes, may_pay, floors=[RIVERSIDE_TAPS])


def riverside(*changes, usd_per_year=10_000.0):
    return planned(scenario(*changes, usd_per_year=usd_per_year))


def test_what_is_borrowed_is_repaid_by_those_who_are_served():
    # Without interest, in ten years: 13050 / 10 = 1305 a year beside running costs of 1139.90.
    owed = RUNNING_USD + 1305
    plan = riverside(terms(0.0, 0, 10), usd_per_year=owed + 0.1)
    assert plan.audit.passed, plan.audit.failures
    tariffs = plan.row("running_costs", account="lower_district", stage="stage_1")["tariffs_usd_per_year"]
    assert tariffs == pytest.approx(owed, abs=0.02)
    with pytest.raises(Impossible):
        riverside(terms(0.0, 0, 10), usd_per_year=owed - 0.1)


def test_during_the_grace_only_interest_is_paid():
    # 2 % of 13050 is 261 a year in stage 1, the two years of grace. Then in three years 13050 × 0.02 / (1 - 1.02^-3) = 4525.14.
    plan = riverside(terms(0.02, 2, 5))
    rows = plan.rows("running_costs", account="lower_district").set_index("stage")["tariffs_usd_per_year"]
    assert rows["stage_1"] == pytest.approx(RUNNING_USD + 261, abs=0.02)
    assert rows["stage_2"] == pytest.approx(RUNNING_USD + 4525.14, abs=0.02)
    # After two payments of three, one is left: 4525.14 / 1.02 = 4436.41.
    found = {one.name: one.value for one in indicators(_Tables(plan))}
    assert found["loans_outstanding"] == pytest.approx(4436.41, abs=0.02)
    assert found["loans_repaid_stage_2"] == pytest.approx(4525.14, abs=0.02)


class _Tables:
    def __init__(self, plan):
        self.basin, self.tables = plan.scenario.basin, plan.tables


def test_interest_is_a_transfer_and_no_cost():
    gift, loan = riverside(), riverside(terms(0.05, 1, 8))
    assert loan.values.cost_usd == pytest.approx(gift.values.cost_usd)


def test_a_subsidy_may_carry_the_debt():
    fund = {"table": "subsidies", "set": {"amount_usd_per_year": 1305.0}}
    assert riverside(terms(0.0, 0, 10), fund, usd_per_year=RUNNING_USD + 0.1).audit.passed


@settings(max_examples=200, deadline=None)
@given(interest=st.floats(0.0001, 0.3), grace=st.integers(0, 20), more=st.integers(1, 30))
def test_payments_bring_the_debt_to_nothing_and_are_worth_what_was_borrowed(interest, grace, more):
    paid, debt = schedule(interest, grace, grace + more)
    assert debt[-1] == pytest.approx(0.0, abs=1e-6 * (1 + interest) ** more)
    assert (paid * (1 + interest) ** -np.arange(1.0, grace + more + 1)).sum() == pytest.approx(1.0)


def test_rows_are_those_of_plain_pyomo():
    model = build(scenario(terms(0.02, 1, 6), usd_per_year=9000.0))
    assert rows_that_differ(model, model.to_pyomo(), np.random.default_rng(0)) == []
