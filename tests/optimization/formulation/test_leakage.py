"""Leakage on the tutorial: Riverside's pipe loses 20 %, so its 42 m³ a day need 42 ÷ 0.8; mended by 15 points, 42 ÷ 0.95."""

import pytest

from optimization.algebra.check import differences_from_plain_pyomo
from optimization.formulation import build
from planner.plan.audit import audit
from planner.plan.indicators import indicators
from tests.optimization.formulation.test_protected_reaches import _with_basin
from tests.optimization.formulation.test_water_laws import riverside
from tests.optimization.tiny_basins import Impossible, codes_of, resolved
from tests.planner.plan.altering import add, change, drop

LEAKY = {"table": "links", "where": {"link": "riverside_pipe"}, "set": {"loss_share": 0.2}}
ONLY_50 = {"table": "source_yields", "where": {"source": "river_intake"}, "set": {"yield_m3_per_day": 50.0}}
LOSSLESS = {"table": "trains", "set": {"recovery_share": 1.0}}
DRY = {"stage": "stage_1", "season": "dry", "member": "dry_year"}

ELSEWHERE = {"option": "spring_box", "link": "spring_pipe", "saved_m3_per_day": 1.0, **DRY}


def detection(**values):
    row = {
        "option": "leak_detection", "kind": "leakage_reduction", "place": "riverside_pipe", "technology": "pipe_dn63",
        "category": "conveyance", "administration": "lower_district", "capex_usd": 500.0, "life_years": 20, **values,
    }  # fmt: skip
    return {"table": "options", "add": row}


def mends(share=0.15, link="riverside_pipe", option="leak_detection"):
    return {"table": "leakage_reductions", "add": {"option": option, "link": link, "saved_share": share}}


def entering(plan):
    return plan.row("flows", link="riverside_pipe", **DRY)["flow_m3_per_day"]


def test_a_leak_is_mended_where_the_source_gives_too_little_without():
    with pytest.raises(Impossible):
        riverside(LEAKY, LOSSLESS, ONLY_50)
    plan = riverside(LEAKY, LOSSLESS, ONLY_50, detection(), mends())
    assert plan.audit.passed, plan.audit.failures
    assert "leak_detection" in plan.serving()
    assert entering(plan) == pytest.approx(42.0 / 0.95)
    assert plan.row("leakage_saved", **DRY)["saved_m3_per_day"] == pytest.approx(0.15 * 42.0 / 0.95)
    told = next(i for i in indicators(_with_basin(plan)) if i.name == "leakage_saved")
    assert (told.value, told.unit) == (pytest.approx(0.15 * 42.0 / 0.95 * 365), "m³/year")


def test_just_enough_and_just_too_little_is_saved():
    # 50 m³ a day less what leaks must be 42: no more than 16 % may be lost, 4 points of 20 must be saved.
    assert riverside(LEAKY, LOSSLESS, ONLY_50, detection(), mends(0.0401)).audit.passed
    with pytest.raises(Impossible):
        riverside(LEAKY, LOSSLESS, ONLY_50, detection(), mends(0.0399))


def test_nothing_is_mended_that_does_not_pay_and_nothing_before_its_lead_time():
    plan = riverside(LEAKY, detection(capex_usd=50_000.0), mends())
    assert plan.audit.passed, plan.audit.failures
    assert "leak_detection" not in plan.serving("stage_2")
    assert plan.tables["leakage_saved"].empty
    assert entering(plan) == pytest.approx(42.0 / 0.8)
    with pytest.raises(Impossible):
        riverside(LEAKY, LOSSLESS, ONLY_50, detection(lead_time_stages=1), mends())


def test_compiled_rows_are_those_of_plain_pyomo():
    assert differences_from_plain_pyomo(build(resolved(LEAKY, detection(), mends(), mends(0.0, "spring_pipe")))) == []


def test_leaks_that_fit_together_have_no_finding():
    assert not {code for code in codes_of(LEAKY, detection(), mends(0.2)) if code.split(".")[0] in ("leakage", "option")}


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ([detection(), mends(0.21)], "leakage.too_much"),
        ([detection(), mends(0.15), mends(0.1, option="more"), detection(option="more")], "leakage.too_much"),
        ([detection(), mends(0.0, "raw_main")], "leakage.main"),
        ([detection()], "leakage.saves_nothing"),
        ([mends(0.1, option="spring_box")], "leakage.no_option"),
        ([detection(place="works"), mends()], "option.place"),
        ([detection(capacity_m3_per_day=9.0), mends()], "option.capacity_unused"),
    ],
)
def test_what_cannot_be_is_found(changes, code):
    assert code in codes_of(LEAKY, *changes)


def test_of_options_that_exclude_each_other_only_the_best_counts():
    rivals = [detection(exclusive_group="leaks"), detection(option="more", exclusive_group="leaks")]
    assert "leakage.too_much" not in codes_of(LEAKY, *rivals, mends(0.15), mends(0.2, option="more"))


@pytest.mark.parametrize(
    ("code", "alter"),
    [
        ("leakage_saved", lambda t: change(t, "leakage_saved", "saved_m3_per_day", lambda v: v + 0.1)),
        ("leakage_saved", lambda t: drop(t, "leakage_saved", stage="stage_1")),
        ("leakage_elsewhere", lambda t: add(t, "leakage_saved", **ELSEWHERE)),
        ("village_water", lambda t: change(t, "investments", "serves", False, option="leak_detection")),
    ],
)  # fmt: skip
def test_an_altered_plan_is_rejected(code, alter):
    plan = riverside(LEAKY, LOSSLESS, ONLY_50, detection(), mends())
    tables = {name: frame.copy() for name, frame in plan.tables.items()}
    alter(tables)
    assert code in {check.code for check in audit(plan.scenario.basin, plan.scenario.policy, tables).failures}


def test_a_pipe_that_carries_enough_only_once_it_is_mended_serves():
    # Of 50 m³ a day 40 arrive as it is and 47.5 once it is mended: 42 are wanted.
    narrow = {"table": "options", "where": {"option": "riverside_pipe_dn110"}, "set": {"capacity_m3_per_day": 50.0}}
    with pytest.raises(Impossible):
        riverside(LEAKY, narrow)
    plan = riverside(LEAKY, narrow, detection(), mends())
    assert plan.audit.passed, plan.audit.failures
    assert "leak_detection" in plan.serving()
