"""Caps on gaps, on the tutorial: Riverside has 300 poor and 700 others, Hilltop 100 of each, Farside 60 and 40."""

import pytest

from optimization.algebra.check import differences_from_plain_pyomo
from optimization.demands import DEMANDS
from optimization.formulation import build
from planner.plan.audit import audit
from planner.plan.indicators.gaps import gaps
from planner.plan.indicators.reader import Reader
from tests.optimization.tiny_basins import RICH, Impossible, planned, resolved
from tests.planner.plan.altering import change, drop

GROUPS = {"rung": 4, "between": "groups", "largest_gap_share": 0.1}
TAPS = {"rung": 4, "share": 1.0, "administration": "lower_district", "hard": True}


def capped(*changes, **policy):
    return planned(resolved(RICH, *changes, floors=[TAPS], **policy))


def test_a_hard_cap_raises_the_worst_off_and_lowers_nobody():
    without, plan = capped(), capped(gap_caps=[{**GROUPS, "hard": True}])
    assert plan.audit.passed, plan.audit.failures
    row = plan.row("gaps", stage="stage_1")
    # Riverside alone: 300 of 460 poor are 0.652, 700 of 840 others 0.833, 0.181 apart. With Farside's 60 and 40, the cheapest
    # to reach, 360 of 460 are 0.783 and 740 of 840 0.881: 0.098 apart.
    assert (row["worst_off"], row["best_off"]) == ("poor", "other")
    assert row["worst_off_share"] == pytest.approx(360 / 460)
    assert row["gap_share"] == pytest.approx(740 / 840 - 360 / 460)
    for rung in range(1, 6):
        who = ["village", "group", "stage"]
        before, after = (tables["service"][tables["service"]["rung"] >= rung].groupby(who)["persons"].sum()
                         for tables in (without.tables, plan.tables))  # fmt: skip
        assert (after.reindex(before.index, fill_value=0.0) >= before - 1e-9).all()


def test_nobody_falls_below_the_baseline_whatever_the_cap():
    idle = planned(resolved(RICH))
    for between in ("groups", "administrations", "accounts"):
        plan = planned(resolved(RICH, gap_caps=[{"rung": 3, "between": between, "largest_gap_share": 0.0, "hard": True}]))
        assert plan.audit.passed, plan.audit.failures
        assert set(plan.tables["gaps"]["gap_share"].round(9)) == {0.0}
        # Hilltop has 40 people at handpumps today: they keep them, and the others come up to them.
        assert (plan.values.below_rungs <= idle.values.below_rungs + 1e-9).all()
        assert plan.persons("near_point", "stage_1", village="hilltop") >= 40.0 - 1e-9


def test_a_priced_cap_is_exceeded_where_that_is_cheaper():
    without, plan = capped(), capped(gap_caps=[{**GROUPS, "exceeded_price_usd_per_point_year": 1.0}])
    assert plan.audit.passed, plan.audit.failures
    beyond = 700 / 840 - 300 / 460 - 0.1
    assert plan.row("gaps", stage="stage_2")["beyond_share"] == pytest.approx(beyond)
    # 8.116 points beyond at 1 USD in two stages whose years are worth 1.8 and 1.152
    assert plan.penalty_usd - without.penalty_usd == pytest.approx(100 * beyond * (1.8 + 1.152))
    assert plan.values.cost_usd == pytest.approx(without.values.cost_usd)


def test_a_cap_that_cannot_be_kept_leaves_no_plan_and_says_who_is_too_far_above():
    safe = {"table": "service_plans", "remove": True, "where": {"mode": ["near_point_filter", "public_tap", "house_tap"]}}
    poor = {"table": "service_plans", "add": {"service_plan": "for_poor", "group": "poor", "mode": "public_tap", "share": 1.0}}
    for_poor = {**TAPS, "group": "poor"}
    assert planned(resolved(RICH, safe, poor, floors=[for_poor])).audit.passed
    apart = {"rung": 4, "between": "groups", "largest_gap_share": 0.5, "hard": True}
    with pytest.raises(Impossible):
        planned(resolved(RICH, safe, poor, floors=[for_poor], gap_caps=[apart]))
    demand = DEMANDS["gap_is_kept"]
    assert demand.code == "conflict.gap"
    assert demand.said(0.5, "1:lower_district:stage_1") == (
        "Cap 1 on gaps: lower_district is 50.0 percentage points too far above the worst-off in stage_1."
    )


def test_a_cap_holds_from_its_stage_on_and_is_an_indicator():
    plan = capped(gap_caps=[{**GROUPS, "stage": "stage_2", "hard": True}])
    assert set(plan.tables["gaps"]["stage"]) == {"stage_2"}

    class Told:
        basin, tables = plan.scenario.basin, plan.tables

    assert [indicator.name for indicator in gaps(Reader(Told()))] == ["gap_of_cap_1_stage_2"]


def test_compiled_rows_are_those_of_plain_pyomo():
    caps = [GROUPS, {"rung": 3, "between": "accounts", "largest_gap_share": 0.2, "stage": "stage_2", "hard": True}]
    assert differences_from_plain_pyomo(build(resolved(gap_caps=caps))) == []


@pytest.mark.parametrize(
    ("column", "value", "codes"),
    [
        ("best_off", "poor", {"gap_best_off"}),
        ("worst_off", "nobody", {"gap_worst_off"}),
        ("best_off_share", 0.8, {"gap_best_off_share"}),
        ("worst_off_share", 0.8, {"gap_worst_off_share"}),
        ("gap_share", 0.05, {"gap_share"}),
        ("beyond_share", 0.0, {"gap_beyond"}),
        ("rung", 3, {"gap_told"}),
    ],
)
def test_the_audit_sees_falsified_gaps(column, value, codes):
    plan = capped(gap_caps=[{**GROUPS, "exceeded_price_usd_per_point_year": 1.0}])
    tables = {name: frame.copy() for name, frame in plan.tables.items()}
    change(tables, "gaps", column, value)
    basin, policy = plan.scenario.basin, plan.scenario.policy
    assert {check.code for check in audit(basin, policy, tables).failures} == codes


def test_the_audit_holds_a_hard_cap_and_misses_a_row():
    plan = capped(gap_caps=[{**GROUPS, "exceeded_price_usd_per_point_year": 1.0}])
    basin, policy = plan.scenario.basin, plan.scenario.policy
    hard = policy.model_copy(update={"gap_caps": (policy.gap_caps[0].model_copy(update={"hard": True}),)})
    assert {check.code for check in audit(basin, hard, plan.tables).failures} == {"gap_hard"}
    tables = {name: frame.copy() for name, frame in plan.tables.items()}
    drop(tables, "gaps", stage="stage_1")
    assert {check.code for check in audit(basin, policy, tables).failures} == {"gap_told"}
