"""Efficient irrigation, on the tutorial: rice wants 80 m³ a day in the dry season, a quarter of which comes back downstream."""

import pytest

from optimization.algebra.check import differences_from_plain_pyomo
from optimization.formulation import build
from planner.plan.audit import audit
from tests.optimization.formulation.test_water_laws import DRY, THIRSTY_RIVER, riverside
from tests.optimization.tiny_basins import Impossible, codes_of, planned, resolved
from tests.planner.plan.altering import add, change, drop

SCARCE = {"table": "environmental_flow", "where": {"reach": "upper_reach", "season": "dry"},
          "set": {"environmental_flow_m3_per_day": 140.0}}  # fmt: skip
"""The dry season of a dry year leaves rice 60 of the 80 that it wants."""


def lining(**values):
    row = {
        "option": "lining", "kind": "efficient_irrigation", "place": "rice_scheme", "technology": "pipe_dn63",
        "category": "conveyance", "administration": "upper_district", "capex_usd": 1.0, "life_years": 20, **values,
    }  # fmt: skip
    return {"table": "options", "add": row}


def saves(share=0.25, returned=0.5, option="lining"):
    return {"table": "irrigation_savings", "add": {"option": option, "saved_share": share, "return_saved_share": returned}}


def requires_lining(option="intake_well"):
    return {"table": "option_requirements", "add": {"option": option, "requires": "lining"}}


def test_rice_that_wants_less_misses_less():
    plan = planned(resolved(SCARCE))
    assert plan.row("use_deliveries", **DRY)["unmet_m3_per_day"] == pytest.approx(20.0)
    plan = planned(resolved(SCARCE, lining(), saves()))
    assert plan.audit.passed, plan.audit.failures
    assert "lining" in plan.serving()
    # 80 less a quarter are 60: all of it is there, and nothing is missed in either stage.
    row = plan.row("use_deliveries", **DRY)
    assert (row["delivered_m3_per_day"], row["unmet_m3_per_day"]) == pytest.approx((60.0, 0.0), abs=1e-6)
    assert plan.penalty_usd == pytest.approx(0.0, abs=1e-6)
    told = plan.row("irrigation_saved", **DRY)
    assert told["saved_m3_per_day"] == pytest.approx(20.0)
    assert told["return_lost_m3_per_day"] == pytest.approx(0.5 * 0.25 * 60.0)


def test_what_no_longer_comes_back_is_lacking_downstream():
    # Of 300 that come to the lower reach rice takes 60 and gives 15 back without the cut, 7.5 with it.
    outflow = [
        planned(resolved(SCARCE, lining(), saves(returned=cut))).row("river", reach="lower_reach", **DRY)["outflow_m3_per_day"]
        for cut in (0.0, 0.5)
    ]
    assert outflow[0] - outflow[1] == pytest.approx(7.5)


def test_it_is_not_built_where_it_does_not_pay():
    plan = planned(resolved(SCARCE, lining(capex_usd=100_000.0), saves()))
    assert plan.audit.passed, plan.audit.failures
    assert "lining" not in plan.serving("stage_2")
    assert plan.tables["irrigation_saved"].empty
    assert plan.row("use_deliveries", **DRY)["unmet_m3_per_day"] == pytest.approx(20.0)


def test_a_smallest_share_is_of_what_is_still_wanted():
    # Riverside's 42 and the 250 kept leave rice 8 ÷ 0.75 = 10.667 m³ a day: a quarter of 80 × (1 − 0.46667), and no more.
    keeps = {**THIRSTY_RIVER, "set": {"environmental_flow_m3_per_day": 250.0}}
    quarter = {"table": "use_priorities", "add": {"use": "rice_scheme", "smallest_share": 0.25}}
    with pytest.raises(Impossible):
        riverside(keeps, quarter)
    plan = riverside(keeps, quarter, lining(), saves(0.467, 0.0))
    assert plan.audit.passed, plan.audit.failures
    assert plan.row("use_supply", stage="stage_1", member="dry_year")["lowest_share"] >= 0.25
    with pytest.raises(Impossible):
        riverside(keeps, quarter, lining(), saves(0.466, 0.0))
    with pytest.raises(Impossible):
        riverside(keeps, quarter, lining(), saves(0.467, 0.1))


def test_return_flow_is_lost_even_where_it_would_be_wanted():
    # Riverside's intake needs the lining. 190 are owed of 300 in the lower reach, 42 go to Riverside, so rice, which now gives
    # nothing back, gets 68 of its 80; gave it back a quarter, all 80 were there.
    plan = riverside(lining(), saves(0.0, 1.0), requires_lining())
    assert plan.audit.passed, plan.audit.failures
    assert plan.row("irrigation_saved", **DRY)["return_lost_m3_per_day"] == pytest.approx(0.25 * 68.0)
    assert plan.row("river", reach="lower_reach", **DRY)["outflow_m3_per_day"] == pytest.approx(190.0)


@pytest.mark.parametrize("attitude", ["cvar", "worst"])
def test_a_member_misses_less_too(attitude):
    plan = planned(resolved(SCARCE, lining(), saves(), risk_attitude={"attitude": attitude}))
    assert plan.audit.passed, plan.audit.failures
    assert plan.row("member_costs", member="dry_year")["missed_usd"] == pytest.approx(0.0, abs=1e-6)


def test_compiled_rows_are_those_of_plain_pyomo():
    share = {"table": "use_priorities", "add": {"use": "rice_scheme", "smallest_share": 0.25}}
    for attitude in ("expectation", "worst"):
        asked = resolved(SCARCE, lining(), saves(), share, risk_attitude={"attitude": attitude})
        assert differences_from_plain_pyomo(build(asked)) == []


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ([saves(option="spring_box")], "irrigation.no_option"),
        ([lining()], "irrigation.saves_nothing"),
        ([lining(), saves(), {"table": "other_uses", "set": {"kind": "industry"}}], "irrigation.no_irrigation"),
        ([lining(), saves(0.6), lining(option="drip"), saves(0.5, option="drip")], "irrigation.too_much"),
        ([lining(), saves(0.1, 0.6), lining(option="drip"), saves(0.1, 0.5, option="drip")], "irrigation.too_much"),
        ([lining(place="works"), saves()], "option.place"),
        ([lining(capacity_m3_per_day=9.0), saves()], "option.capacity_unused"),
    ],
)
def test_what_cannot_be_is_found(changes, code):
    assert code in codes_of(*changes)


def test_what_fits_together_has_no_finding():
    drip = [lining(exclusive_group="rice"), saves(0.6), lining(option="drip", exclusive_group="rice"), saves(0.5, option="drip")]
    for changes in ([lining(), saves()], drip):
        assert not {code for code in codes_of(*changes) if code.split(".")[0] in ("irrigation", "option")}


@pytest.mark.parametrize(
    ("code", "alter"),
    [
        ("irrigation_saved", lambda t: change(t, "irrigation_saved", "saved_m3_per_day", lambda v: v + 1.0)),
        ("irrigation_return", lambda t: change(t, "irrigation_saved", "return_lost_m3_per_day", lambda v: v - 1.0)),
        ("irrigation_told", lambda t: drop(t, "irrigation_saved", stage="stage_1")),
        ("irrigation_told", lambda t: add(t, "irrigation_saved", option="spring_box", saved_m3_per_day=0.0,
                                          return_lost_m3_per_day=0.0, **DRY)),
        ("use_delivery", lambda t: change(t, "investments", "serves", False, option="lining") or
            change(t, "use_deliveries", "delivered_m3_per_day", 81.0, **DRY)),
        ("use_unmet", lambda t: change(t, "investments", "serves", False, option="lining")),
        ("use_unmet", lambda t: change(t, "use_deliveries", "unmet_m3_per_day", 20.0, **DRY)),
    ],
)  # fmt: skip
def test_an_altered_plan_is_rejected(code, alter):
    plan = planned(resolved(SCARCE, lining(), saves()))
    tables = {name: frame.copy() for name, frame in plan.tables.items()}
    alter(tables)
    assert code in {check.code for check in audit(plan.scenario.basin, plan.scenario.policy, tables).failures}
