"""Priorities of other uses, on the tutorial: of 200 m³ a day in the dry season of a dry year, the upper reach keeps 120."""

import pytest

from optimization.algebra.check import differences_from_plain_pyomo
from optimization.conflicts import findings_of, lacks
from optimization.formulation import build
from optimization.mending import mending
from optimization.solving.limits import Limits
from planner.plan.audit import audit
from planner.scenario.changes import apply
from planner.scenario.scenario import Scenario
from tests.optimization.formulation.test_water_laws import DRY, THIRSTY_RIVER, riverside
from tests.optimization.tiny_basins import (
    NO_FILTERS,
    RICH,
    RIVERSIDE_TAPS,
    Impossible,
    codes_of,
    compiled_problem,
    planned,
    resolved,
)
from tests.planner.plan.altering import add, change, drop

HERD = {
    "table": "other_uses",
    "add": {"use": "herd", "kind": "livestock", "reach": "upper_reach", "value_usd_per_m3": 0.01},
}
HERD_WANTS = {
    "table": "use_demand",
    "add": [{"use": "herd", "season": season, "demand_m3_per_day": 50.0} for season in ("dry", "wet")],
}
ELSEWHERE = {
    "use": "rice_scheme", "stage": "stage_1", "member": "dry_year", "wanted_m3_per_year": 1.0, "delivered_m3_per_year": 1.0,
    "lowest_share": 1.0, "delivered_value_usd_per_year": 1.0, "missed_usd_per_year": 1.0,
}  # fmt: skip


def priority(use="rice_scheme", **values):
    return {"table": "use_priorities", "add": {"use": use, **values}}


def got(plan, use):
    return plan.row("use_deliveries", use=use, **DRY)["delivered_m3_per_day"]


def test_the_class_decides_who_goes_short_where_the_policy_says_so():
    # 80 are left: at their values rice (0.05) gets all of its 80; by priority the herd gets 50 and rice 30.
    first = priority("herd", priority="first")
    plan = planned(resolved(HERD, HERD_WANTS, first))
    assert (got(plan, "rice_scheme"), got(plan, "herd")) == pytest.approx((80.0, 0.0), abs=1e-6)
    plan = planned(resolved(HERD, HERD_WANTS, first, other_uses="priority"))
    assert plan.audit.passed, plan.audit.failures
    assert (got(plan, "rice_scheme"), got(plan, "herd")) == pytest.approx((30.0, 50.0))


def test_what_is_missed_costs_the_price_of_the_class_and_is_no_cost_of_the_plan():
    # Rice misses 50 m³ a day for 165 days of the dry year's dry season: 0.2 USD each, a quarter of the years.
    prices = {"other_uses": "priority", "second_priority_price_usd_per_m3": 0.2}
    plan = planned(resolved(HERD, HERD_WANTS, priority("herd", priority="first"), priority(), **prices))
    assert plan.audit.passed, plan.audit.failures
    row = plan.row("use_supply", use="rice_scheme", stage="stage_1", member="dry_year")
    assert row["missed_usd_per_year"] == pytest.approx(50.0 * 165 * 0.2)
    assert row["lowest_share"] == pytest.approx(30 / 80)
    assert row["wanted_m3_per_year"] - row["delivered_m3_per_year"] == pytest.approx(50.0 * 165)
    assert row["delivered_value_usd_per_year"] == pytest.approx(0.05 * row["delivered_m3_per_year"])
    assert plan.penalty_usd == pytest.approx(50.0 * 165 * 0.2 * 0.25 * (1.8 + 1.152))
    assert plan.values.cost_usd == pytest.approx(planned(resolved()).values.cost_usd)


def test_a_smallest_share_is_delivered_just_and_not_more_than_there_is():
    plan = planned(resolved(HERD, HERD_WANTS, priority("herd", smallest_share=0.6)))
    assert plan.audit.passed, plan.audit.failures
    assert (got(plan, "rice_scheme"), got(plan, "herd")) == pytest.approx((50.0, 30.0))
    # Rice gives a quarter back to the lower reach only: both together can have the 80 that are left, and no more.
    assert planned(resolved(HERD, HERD_WANTS, priority("herd", smallest_share=1.0), priority(smallest_share=0.375)))
    with pytest.raises(Impossible):
        planned(resolved(HERD, HERD_WANTS, priority("herd", smallest_share=1.0), priority(smallest_share=0.376)))


def test_what_must_be_delivered_is_said_where_it_leaves_the_taps_too_little():
    # The lower reach keeps 250 of 300 in the dry year, Riverside's taps want 42: 8 ÷ 0.75 are left for rice,
    # which gives a quarter back: 10.667, or a share of 0.1333.
    keeps = {**THIRSTY_RIVER, "set": {"environmental_flow_m3_per_day": 250.0}}
    assert riverside(keeps, priority(smallest_share=0.1333)).audit.passed
    with pytest.raises(Impossible):
        riverside(keeps, priority(smallest_share=0.1334))
    tight = resolved(NO_FILTERS, RICH, keeps, priority(smallest_share=0.25), floors=[RIVERSIDE_TAPS])
    compiled, problem = compiled_problem(tight)
    lacking = [lack for lack in lacks(compiled, problem, Limits(time_seconds=10)) if lack.family == "smallest_delivery"]
    messages = {finding.message for finding in findings_of(lacking)}
    changes, words = mending(tight, lacking, 1.0)
    assert len(words) == 1
    assert words[0].endswith(" instead of 25.0% at least to rice_scheme")
    mended = apply(tight.basin, Scenario(name="mended", changes=changes))
    assert lacking[0].amount == pytest.approx(20.0 - 8.0 / 0.75)
    assert mended.tables["use_priorities"]["smallest_share"].iloc[0] == pytest.approx(0.25 - lacking[0].amount / 80.0, abs=1e-3)
    said = f"What must be delivered to rice_scheme asks for {lacking[0].amount:.2f} m³/day too much in stage_1, dry, dry_year."
    assert said in messages


def test_compiled_rows_are_those_of_plain_pyomo():
    for how in ("value", "priority"):
        asked = resolved(HERD, HERD_WANTS, priority("herd", priority="first", smallest_share=0.5), other_uses=how)
        assert differences_from_plain_pyomo(build(asked)) == []


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ([priority(smallest_share=0.1, smallest_share_in_stress=0.2)], "use_priority.more_in_stress"),
        (
            [
                priority(smallest_share=1.0),
                {"table": "use_demand", "where": {"season": "dry"}, "set": {"demand_m3_per_day": 201.0}},
            ],
            "use_priority.above_natural",
        ),
    ],
)
def test_what_cannot_be_is_found(changes, code):
    assert code in codes_of(*changes)
    assert not {code for code in codes_of(priority(smallest_share=1.0)) if code.startswith("use_priority")}


@pytest.mark.parametrize(
    ("code", "alter"),
    [
        ("use_supply_wanted", lambda t: change(t, "use_supply", "wanted_m3_per_year", lambda v: v + 10.0)),
        ("use_supply_delivered", lambda t: change(t, "use_supply", "delivered_m3_per_year", lambda v: v + 10.0)),
        ("use_supply_lowest", lambda t: change(t, "use_supply", "lowest_share", lambda v: v - 0.1)),
        ("use_supply_value", lambda t: change(t, "use_supply", "delivered_value_usd_per_year", lambda v: v + 1.0)),
        ("use_supply_missed", lambda t: change(t, "use_supply", "missed_usd_per_year", lambda v: v + 1.0)),
        ("use_supply_strange", lambda t: add(t, "use_supply", **ELSEWHERE)),
        ("use_smallest_share", lambda t: change(t, "use_deliveries", "delivered_m3_per_day", 29.0, use="herd", **DRY)),
        ("use_supply_told", lambda t: drop(t, "use_supply", stage="stage_1")),
    ],
)
def test_an_altered_plan_is_rejected(code, alter):
    plan = planned(resolved(HERD, HERD_WANTS, priority("herd", smallest_share=0.6), other_uses="priority"))
    tables = {name: frame.copy() for name, frame in plan.tables.items()}
    alter(tables)
    assert code in {check.code for check in audit(plan.scenario.basin, plan.scenario.policy, tables).failures}
