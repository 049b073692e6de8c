"""Works in time, and who pays for them: again Riverside's taps, whose cost the tutorial's README works out."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from datasets.synthetic import make
from planner.scenario.resolved.horizon import horizon_of
from tests.optimization.tiny_basins import (
    NO_FILTERS,
    NO_MEMBRANES,
    NO_MONEY,
    RICH,
    RIVERSIDE_TAPS,
    TAPS_COST_USD,
    Impossible,
    planned,
    resolved,
)

LATER = {**RIVERSIDE_TAPS, "stage": "stage_2"}
NO_SUBSIDY = {"table": "subsidies", "set": {"amount_usd_per_year": 0.0}}
WORKS_USD = 4000 + 25 * 42


def option(name, **values):
    return {"table": "options", "where": {"option": name}, "set": values}


def riverside(*changes, floor=RIVERSIDE_TAPS, rich=True, **policy):
    return planned(resolved(NO_FILTERS, *([RICH] if rich else []), *changes, floors=[floor], **policy))


def amount(channel, stage, usd):
    return {"table": "channel_amounts", "where": {"channel": channel, "stage": stage}, "set": {"amount_usd": usd}}


def capital(plan, name, stage):
    return plan.row("investments", option=name, stage=stage)["capital_usd"]


def test_works_with_a_lead_time_are_paid_one_stage_before_they_serve():
    slow = option("works_slow_sand", lead_time_stages=1)
    plan = riverside(NO_MEMBRANES, slow, floor=LATER)
    assert plan.audit.passed, plan.audit.failures
    assert "works_slow_sand" not in plan.serving("stage_1")
    assert "works_slow_sand" in plan.serving("stage_2")
    assert capital(plan, "works_slow_sand", "stage_1") == pytest.approx(WORKS_USD)
    assert capital(plan, "works_slow_sand", "stage_2") == 0.0
    with pytest.raises(Impossible):
        riverside(NO_MEMBRANES, slow)


def test_a_lead_time_is_paid_out_of_the_money_of_its_own_stage():
    slow = option("works_slow_sand", lead_time_stages=1)
    broke_at_first = [amount("government_grant", "stage_1", 0.0), amount("aid", "stage_1", 0.0)]
    assert riverside(NO_MEMBRANES, *broke_at_first, floor=LATER).audit.passed
    with pytest.raises(Impossible):
        riverside(NO_MEMBRANES, slow, *broke_at_first, floor=LATER)


def test_nothing_is_built_before_its_earliest_stage():
    late = option("intake_well", earliest_stage="stage_2")
    plan = riverside(late, floor=LATER)
    assert plan.serving("stage_1") == set()
    assert capital(plan, "intake_well", "stage_2") == pytest.approx(1000.0)
    with pytest.raises(Impossible):
        riverside(late)
    # Built in the last stage at the earliest and waiting for a stage: never.
    with pytest.raises(Impossible):
        riverside(option("intake_well", earliest_stage="stage_2", lead_time_stages=1), floor=LATER)


def test_an_option_stands_only_where_what_it_requires_stands():
    permit = {"table": "option_requirements", "add": {"option": "riverside_pipe_dn110", "requires": "spring_box"}}
    assert "spring_box" in riverside(permit).serving()
    with pytest.raises(Impossible):
        riverside(permit, option("spring_box", earliest_stage="stage_2"))


def test_of_an_exclusive_group_one_stands():
    twice_the_water = [
        {"table": "population", "where": {"village": "riverside"}, "multiply": {"persons": 2.0}},
        option("raw_main_dn110", capacity_m3_per_day=200.0),
        {"table": "sources", "set": {"licence_m3_per_year": None}},
    ]  # fmt: skip
    # 82 m³ a day: more than either pipe carries, less than both together.
    together = riverside(*twice_the_water, option("riverside_pipe_dn63", exclusive_group=None))
    assert {"riverside_pipe_dn63", "riverside_pipe_dn110"} <= together.serving()
    with pytest.raises(Impossible):
        riverside(*twice_the_water)


def test_one_train_stands_at_a_site():
    small = [option(name, capacity_m3_per_day=30.0, exclusive_group=None)
             for name in ("works_slow_sand", "works_membrane")]  # fmt: skip
    with pytest.raises(Impossible):
        riverside(*small)


@pytest.mark.parametrize(
    ("life", "paid_again", "worth"),
    [
        (20, 0.0, 1 - 16 / 20 * 0.4096),
        (2, 1.0, 1 + 0.64),  # renewed in 2029, worn out in 2031
        (3, 1.0, 1 + 0.64 - 2 / 3 * 0.4096),  # renewed in 2030, paid at the start of the stage; a year of three is used
        (1, 2.0, 1 + 1 + 2 * 0.64),  # renewed in 2028, 2029 and 2030
    ],
)
def test_renewals_are_paid_in_their_stage_and_what_outlives_the_horizon_counts(life, paid_again, worth):
    plan = riverside(NO_MEMBRANES, option("works_slow_sand", life_years=life))
    assert plan.audit.passed, plan.audit.failures
    assert capital(plan, "works_slow_sand", "stage_1") == pytest.approx(WORKS_USD * (2.0 if life == 1 else 1.0))
    assert capital(plan, "works_slow_sand", "stage_2") == pytest.approx(WORKS_USD * paid_again)
    assert plan.values.cost_usd == pytest.approx(TAPS_COST_USD + WORKS_USD * (worth - 0.67232))


@settings(max_examples=25, deadline=None)
@given(life=st.integers(1, 60), lead=st.integers(0, 3), stages=st.integers(1, 4))
def test_a_residual_is_never_above_the_last_capital_paid(life, lead, stages):
    horizon = horizon_of(make(1, stages=stages, seasons=1, members=1))
    paid, worth = horizon.payments(life, lead)
    residual = paid @ horizon.discount(horizon.first_year) - worth
    assert (residual >= -1e-12).all()
    assert (residual <= horizon.discount(horizon.end_year) + 1e-12).all()
    assert (paid[:lead] == 0).all()
    for serves in range(lead, stages):
        years = horizon.end_year - horizon.first_year[serves - lead]
        assert paid[serves].sum() == np.ceil(years / life)
        assert paid[serves, : serves - lead].sum() == 0


def test_units_of_capacity_bought_later_are_paid_later():
    growing = {"table": "population", "where": {"village": "riverside"}, "set": {"growth_share_per_year": 0.2}}
    plan = riverside(NO_MEMBRANES, growing, option("riverside_pipe_dn110", capacity_m3_per_day=100.0),
                     {"table": "sources", "set": {"licence_m3_per_year": None}})  # fmt: skip
    assert plan.audit.passed, plan.audit.failures
    first, second = 1000 * 1.2 * 0.04 + 2, 1000 * 1.2**3 * 0.04 + 2
    assert capital(plan, "works_slow_sand", "stage_1") == pytest.approx(4000 + 25 * first)
    assert capital(plan, "works_slow_sand", "stage_2") == pytest.approx(25 * (second - first))
    stands = plan.row("village_assets", village="riverside", asset="tap_stand", stage="stage_2")
    assert stands["units"] == np.ceil(1000 * 1.2**3 / 100)


GRANT_OF_STAGE_1 = [NO_MONEY, amount("government_grant", "stage_1", 50_000.0)]


def test_money_of_a_channel_is_kept_only_where_it_may_be():
    # The pipe can only be built in stage 2, when no channel offers anything.
    late = option("riverside_pipe_dn110", earliest_stage="stage_2")
    plan = riverside(*GRANT_OF_STAGE_1, late, floor=LATER, rich=False)
    assert plan.audit.passed, plan.audit.failures
    balance = plan.row("channel_balances", channel="government_grant", stage="stage_1")
    assert balance["carried_usd"] >= 1000.0
    forgets = {"table": "channels", "set": {"carry_over": False}}
    with pytest.raises(Impossible):
        riverside(*GRANT_OF_STAGE_1, forgets, late, floor=LATER, rich=False)


def test_a_channel_pays_no_more_than_it_offers():
    all_of_it = 8050 + 5000
    exact, short = ([NO_MONEY, amount("government_grant", "stage_1", usd)] for usd in (all_of_it, all_of_it - 1))
    assert riverside(*exact, rich=False).audit.passed
    with pytest.raises(Impossible):
        riverside(*short, rich=False)


def test_a_channel_pays_only_for_its_categories():
    aid_alone = [NO_MONEY, amount("aid", "stage_1", 1e6)]
    with pytest.raises(Impossible):
        riverside(*aid_alone, rich=False)
    taps_too = {"table": "channel_eligibility", "add": {"channel": "aid", "category": "taps"}}
    plan = riverside(*aid_alone, taps_too, rich=False)
    assert plan.audit.passed, plan.audit.failures
    assert set(plan.tables["finance"]["channel"]) == {"aid"}
    assert plan.tables["finance"]["amount_usd"].sum() == pytest.approx(13_050.0)


def test_a_channel_pays_only_in_its_administration():
    aid_alone = [NO_MONEY, amount("aid", "stage_1", 1e6)]
    taps_there = {"table": "channel_eligibility",
                  "add": {"channel": "aid", "category": "taps", "administration": "far_district"}}  # fmt: skip
    with pytest.raises(Impossible):
        riverside(*aid_alone, taps_there, rich=False)
    above = {**taps_there, "add": {**taps_there["add"], "administration": "province"}}
    assert riverside(*aid_alone, above, rich=False).audit.passed


def test_what_is_built_but_cannot_be_run_is_no_plan():
    # 1139.90 USD a year are to be covered by the people's 340,000 of income.
    def may_pay(share):
        return {"settings": {"affordability_share": share}}

    assert riverside(NO_SUBSIDY, may_pay(0.00336)).audit.passed
    with pytest.raises(Impossible):
        riverside(NO_SUBSIDY, may_pay(0.00335))
    helped = {"table": "subsidies", "set": {"amount_usd_per_year": 5.0}}
    plan = riverside(helped, may_pay(0.00335))
    assert plan.audit.passed, plan.audit.failures
    costs = plan.row("running_costs", account="lower_district", stage="stage_1")
    assert costs["running_cost_usd_per_year"] == pytest.approx(1139.90)
    assert costs["tariffs_usd_per_year"] <= 0.00335 * 340_000 + 1e-6


def test_only_those_on_a_mode_with_a_tariff_pay():
    free = {"table": "modes", "where": {"mode": "public_tap"}, "set": {"pays_tariff": False}}
    with pytest.raises(Impossible):
        riverside(NO_SUBSIDY, free)


def test_a_subsidy_reaches_only_its_administration_and_its_stage():
    poor = {"settings": {"affordability_share": 0.0}}
    fund = {"table": "subsidies", "set": {"amount_usd_per_year": 1200.0}}
    assert riverside(poor, fund).audit.passed
    with pytest.raises(Impossible):
        riverside(poor, fund, {"table": "subsidies", "set": {"administration": "upper_district"}})
    ends = {"table": "subsidies", "where": {"stage": "stage_2"}, "set": {"amount_usd_per_year": 0.0}}
    with pytest.raises(Impossible):
        riverside(poor, fund, ends)


def test_no_pipe_is_laid_before_the_works_that_feed_it_even_with_money_that_cannot_wait():
    # Aid pays well, main and pipe in stage 1 and is gone; the grant of stage 2 pays works and tap stands, no dollar more.
    money = [
        {"table": "channels", "set": {"carry_over": False}},
        amount("aid", "stage_1", 3000.0),
        amount("government_grant", "stage_1", 0.0),
        amount("government_grant", "stage_2", WORKS_USD + 5000.0),
    ]
    with pytest.raises(Impossible):
        riverside(NO_MEMBRANES, *money, floor=LATER, rich=False)
    kept = {"table": "channels", "set": {"carry_over": True}}
    plan = riverside(NO_MEMBRANES, *money, kept, floor=LATER, rich=False)
    assert "riverside_pipe_dn110" not in plan.serving("stage_1")
    assert "riverside_pipe_dn110" in plan.serving("stage_2")
