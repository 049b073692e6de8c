"""Accounts, on the tutorial: Riverside's taps on credit of a bank that the province raises."""

import pytest

from planner.plan.audit import audit
from tests.optimization.formulation.test_loans import CAPITAL_USD, INCOME_USD, RUNNING_USD, riverside, terms
from tests.optimization.tiny_basins import Impossible
from tests.planner.plan.altering import change

OF_THE_PROVINCE = {"table": "channels", "where": {"channel": "bank"}, "set": {"raised_by": "province"}}
OF_THE_DISTRICT = {"table": "channels", "where": {"channel": "bank"}, "set": {"raised_by": "lower_district"}}


def account(plan, name, stage):
    return plan.row("accounts", account=name, stage=stage)


def test_every_account_tells_what_it_pays_receives_and_gains():
    # 13050 borrowed without interest for ten years: 1305 a year. The whole of Riverside, 1000 persons, gains.
    plan = riverside(terms(0.0, 0, 10), OF_THE_PROVINCE)
    assert plan.audit.passed, plan.audit.failures
    row = account(plan, "lower_district", "stage_1")
    assert dict(row.iloc[2:]) == pytest.approx(
        {
            "capital_usd": CAPITAL_USD, "raised_usd": 0.0, "received_usd": CAPITAL_USD,
            "running_cost_usd_per_year": RUNNING_USD, "tariffs_usd_per_year": RUNNING_USD + 1305.0,
            "subsidies_usd_per_year": 0.0, "repaid_usd_per_year": 1305.0, "gained_persons": 1000.0,
            # Stage 1 begins in the base year; a dollar in each of its years is worth 1.8.
            "capital_present_usd": CAPITAL_USD, "running_present_usd": 1.8 * RUNNING_USD,
        },
        abs=0.01,
    )  # fmt: skip
    assert account(plan, "province", "stage_1")["raised_usd"] == pytest.approx(CAPITAL_USD)
    assert account(plan, "province", "stage_1")["received_usd"] == 0.0
    later = account(plan, "lower_district", "stage_2")
    assert (later["capital_usd"], later["gained_persons"]) == (0.0, pytest.approx(1000.0))
    costs = plan.tables["costs"].groupby("item")["present_value_usd"].sum()
    accounts = plan.tables["accounts"]
    assert accounts["capital_present_usd"].sum() == pytest.approx(costs["capital"])
    assert accounts["running_present_usd"].sum() == pytest.approx(costs["running"])


def test_what_an_account_pays_itself_it_does_not_receive():
    row = account(riverside(terms(0.0, 0, 10), OF_THE_DISTRICT), "lower_district", "stage_1")
    assert (row["raised_usd"], row["received_usd"]) == (pytest.approx(CAPITAL_USD), 0.0)


@pytest.fixture(scope="module")
def plan_on_credit():
    return riverside(terms(0.0, 0, 10), OF_THE_PROVINCE)


@pytest.mark.parametrize(
    ("column", "code"),
    [
        ("capital_usd", "account_capital"),
        ("raised_usd", "account_raised"),
        ("received_usd", "account_received"),
        ("running_cost_usd_per_year", "account_running"),
        ("tariffs_usd_per_year", "account_tariffs"),
        ("subsidies_usd_per_year", "account_subsidies"),
        ("repaid_usd_per_year", "account_repaid"),
        ("gained_persons", "account_gained"),
        ("capital_present_usd", "account_capital_present"),
        ("running_present_usd", "account_running_present"),
    ],
)
def test_the_audit_sees_falsified_accounts(plan_on_credit, column, code):
    tables = {name: frame.copy() for name, frame in plan_on_credit.tables.items()}
    change(tables, "accounts", column, lambda v: v + 1.0, account="lower_district", stage="stage_2")
    basin, policy = plan_on_credit.scenario.basin, plan_on_credit.scenario.policy
    assert {check.code for check in audit(basin, policy, tables).failures} == {code}


def test_no_group_pays_more_than_its_own_share_even_where_all_together_could():
    # 1139.90 of 340000 is as much as may be paid: the poor 60000 × 0.33526 % = 201.16, the others 280000 × 0.33526 % = 938.74.
    owed = RUNNING_USD
    plan = riverside(usd_per_year=owed + 0.001)
    assert plan.audit.passed, plan.audit.failures
    paid = plan.rows("tariffs", village="riverside", stage="stage_1").set_index("group")["tariff_usd_per_year"]
    assert paid["poor"] == pytest.approx(60_000 / INCOME_USD * owed, abs=0.01) == pytest.approx(201.16, abs=0.01)
    assert paid["other"] == pytest.approx(280_000 / INCOME_USD * owed, abs=0.01)
    with pytest.raises(Impossible):
        riverside(usd_per_year=owed - 0.1)
    # A dollar moved from the others to the poor leaves the sum as it was.
    tables = {name: frame.copy() for name, frame in plan.tables.items()}
    for group, usd in (("poor", 1.0), ("other", -1.0)):
        change(tables, "tariffs", "tariff_usd_per_year", lambda v, usd=usd: v + usd, group=group, stage="stage_1")
    failures = audit(plan.scenario.basin, plan.scenario.policy, tables).failures
    assert {check.code for check in failures} == {"tariff_affordable"}
    assert failures[0].count_failed == 1
