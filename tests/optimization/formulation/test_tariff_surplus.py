"""Capital out of tariffs, on the tutorial: Riverside's taps paid by what its people pay beyond the running costs."""

import numpy as np
import pytest

from optimization.formulation import build
from planner.plan.audit import audit
from tests.optimization.formulation.test_compiled_formulation import rows_that_differ
from tests.optimization.formulation.test_loans import CAPITAL_USD, RUNNING_USD, riverside, scenario
from tests.optimization.tiny_basins import Impossible
from tests.planner.plan.altering import change

AT_ONCE = {"table": "channels", "where": {"channel": "bank"}, "set": {"kind": "tariff"}}
SAVED = {"table": "channels", "where": {"channel": "bank"}, "set": {"kind": "tariff", "carry_over": True}}
ONCE_A_YEAR = RUNNING_USD + CAPITAL_USD / 2
"""A stage has two years: half of the capital is put aside in each, beside the running costs: 1139.90 + 6525."""


def test_tariffs_build_what_they_bring_beyond_running_costs():
    plan = riverside(AT_ONCE, usd_per_year=ONCE_A_YEAR + 0.1)
    assert plan.audit.passed, plan.audit.failures
    rows = plan.rows("running_costs", account="lower_district").set_index("stage")["tariffs_usd_per_year"]
    assert rows["stage_1"] == pytest.approx(ONCE_A_YEAR, abs=0.01)
    assert rows["stage_2"] == pytest.approx(RUNNING_USD, abs=0.01)
    with pytest.raises(Impossible):
        riverside(AT_ONCE, usd_per_year=ONCE_A_YEAR - 0.1)


def test_nothing_is_borrowed_from_later_stages_whatever_is_kept():
    with pytest.raises(Impossible):
        riverside(SAVED, usd_per_year=ONCE_A_YEAR - 0.1)


def test_savings_of_one_stage_pay_in_the_next_where_the_channel_keeps_them():
    # A gift builds; the taps, which last two years here, are renewed for 5000 in stage 2: out of 2500 in each of its two
    # years, or out of 1250 in each of four.
    gift = [
        {"table": "channels", "add": {"channel": "gift", "kind": "aid"}},
        {"table": "channel_amounts", "add": {"channel": "gift", "stage": "stage_1", "amount_usd": CAPITAL_USD}},
        *({"table": "channel_eligibility", "add": {"channel": "gift", "category": category}}
          for category in ("source", "treatment", "conveyance", "taps")),
        {"table": "assets", "where": {"asset": "tap_stand"}, "set": {"life_years": 2}},
    ]  # fmt: skip
    plan = riverside(SAVED, *gift, usd_per_year=RUNNING_USD + 1250.1)
    assert plan.audit.passed, plan.audit.failures
    rows = plan.rows("running_costs", account="lower_district")["tariffs_usd_per_year"]
    assert rows.tolist() == pytest.approx([RUNNING_USD + 1250.0] * 2, abs=0.2)
    for channel, too_little in ((SAVED, 1249.9), (AT_ONCE, 2499.9)):
        with pytest.raises(Impossible):
            riverside(channel, *gift, usd_per_year=RUNNING_USD + too_little)


def test_no_subsidy_builds():
    fund = {"table": "subsidies", "set": {"amount_usd_per_year": 9000.0}}
    # The fund runs the works, so tariffs are free for capital: 6525 a year, and no less.
    plan = riverside(AT_ONCE, fund, usd_per_year=CAPITAL_USD / 2 + 0.1)
    assert plan.audit.passed, plan.audit.failures
    with pytest.raises(Impossible):
        riverside(AT_ONCE, fund, usd_per_year=CAPITAL_USD / 2 - 0.1)


@pytest.mark.parametrize(("channel", "code"), [(AT_ONCE, "tariffs_pay_at_once"), (SAVED, "tariffs_pay_saved")])
def test_the_audit_sees_capital_that_no_tariff_brought(channel, code):
    plan = riverside(channel, usd_per_year=9000.0)
    assert plan.audit.passed, plan.audit.failures
    tables = {name: frame.copy() for name, frame in plan.tables.items()}
    there = {"account": "lower_district", "stage": "stage_1"}
    change(tables, "tariffs", "tariff_usd_per_year", lambda v: v * RUNNING_USD / v.sum(), village="riverside", stage="stage_1")
    change(tables, "running_costs", "tariffs_usd_per_year", RUNNING_USD, **there)
    change(tables, "accounts", "tariffs_usd_per_year", RUNNING_USD, **there)
    failures = audit(plan.scenario.basin, plan.scenario.policy, tables).failures
    assert {check.code for check in failures} == {code}


def test_rows_are_those_of_plain_pyomo():
    model = build(scenario(SAVED, usd_per_year=9000.0))
    assert rows_that_differ(model, model.to_pyomo(), np.random.default_rng(0)) == []
    assert model.compile().families["savings_later"].count > 0
