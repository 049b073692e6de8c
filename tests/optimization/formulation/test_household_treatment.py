"""Treatment at home on the tutorial: Farside's 100 persons get a handpump (100 persons) and 20 filters (5 persons each).

Six in ten keep using the filter: 60 persons stand on rung 4, 40 on rung 3; bought are 20 filters all the same:
1000 + 20 · 25 = 1500 USD at first, 50 + 20 · 5 = 150 USD a year.
"""

import pytest

from optimization.algebra.check import differences_from_plain_pyomo
from optimization.formulation import build
from planner.plan.audit import audit
from planner.plan.village_service import persons_before
from tests.optimization.tiny_basins import RICH, Impossible, codes_of, planned, resolved
from tests.planner.plan.altering import add, change, drop

NO_PIPE = {"table": "options", "remove": True, "where": {"option": "farside_pipe_dn63"}}
TURBID = {"table": "source_quality", "where": {"source": "hill_spring"}, "set": {"value": 7.5}}


def treated(adherence_share=0.6, **values):
    row = {
        "mode": "near_point_filter", "untreated_mode": "near_point", "adherence_share": adherence_share,
        "log_removal_bacteria": 2.0, "log_removal_viruses": 1.0, "log_removal_protozoa": 4.0, **values,
    }  # fmt: skip
    return {"table": "household_treatments", "add": row}


def takes(source="hill_spring", untreated_mode="near_point", village="farside"):
    return {"table": "household_waters", "add": {"village": village, "untreated_mode": untreated_mode, "source": source}}


def removes(share, parameter="turbidity"):
    return {
        "table": "household_removals",
        "add": {"mode": "near_point_filter", "parameter": parameter, "removal_share": share},
    }


def asks(**values):
    return {"table": "sources", "where": {"source": "hill_spring"}, "set": values}


def rung(mode, value):
    return {"table": "modes", "where": {"mode": mode}, "set": {"rung": value}}


def farside(*changes, share=0.6, at=4, **policy):
    floor = {"rung": at, "share": share, "administration": "far_district", "hard": True}
    return planned(resolved(RICH, NO_PIPE, *changes, floors=[floor], **policy))


def test_who_gives_a_filter_up_is_back_on_the_pump_and_all_filters_are_paid():
    everybody, plan = farside(share=1.0), farside(treated())
    assert plan.audit.passed, plan.audit.failures
    assert plan.plan_of("farside") == "filters_for_all"
    assert plan.persons("near_point_filter", "stage_1", village="farside") == pytest.approx(60)
    assert plan.persons("near_point", "stage_1", village="farside") == pytest.approx(40)
    told = plan.row("household_treatment", village="farside", stage="stage_1")
    assert tuple(told[["given_persons", "using_persons", "lapsed_persons"]]) == pytest.approx((100, 60, 40))
    units = plan.rows("village_assets", village="farside", stage="stage_1").set_index("asset")
    assert dict(units["units"]) == {"handpump": 1, "household_filter": 20}
    assert units["running_cost_usd_per_year"].sum() == pytest.approx(150)
    assert plan.values.cost_usd == pytest.approx(everybody.values.cost_usd)


def test_just_enough_and_just_too_few_keep_using_it():
    assert farside(treated(0.7), share=0.7).audit.passed
    with pytest.raises(Impossible):
        farside(treated(0.7), share=0.701)


def test_treatment_at_home_makes_no_source_improved_unless_the_policy_counts_it():
    boiled = rung("near_point", 1)  # as if the pump were an open well
    with pytest.raises(Impossible):
        farside(boiled, treated(1.0), share=1.0)
    plan = farside(boiled, treated(1.0), share=1.0, household_treatment="counted")
    assert plan.audit.passed, plan.audit.failures
    assert set(plan.rows("service", mode="near_point_filter")["rung"]) == {4}


def test_treatment_at_home_makes_no_water_safely_managed_unless_the_policy_counts_it():
    safely = rung("near_point_filter", 5)
    with pytest.raises(Impossible):
        farside(safely, treated(1.0), at=5, share=1.0)
    assert farside(safely, treated(1.0), at=5, share=1.0, household_treatment="counted").audit.passed
    plan = farside(safely, treated(1.0), share=1.0)
    assert plan.audit.passed, plan.audit.failures
    assert set(plan.rows("service", mode="near_point_filter")["rung"]) == {4}


def test_it_is_offered_only_where_it_removes_what_the_water_asks_for():
    assert farside(treated(1.0), takes(), asks(required_log_removal_bacteria=2.0), share=1.0).audit.passed
    with pytest.raises(Impossible):
        farside(treated(1.0), takes(), asks(required_log_removal_bacteria=2.1), share=1.0)
    with pytest.raises(Impossible):
        farside(treated(1.0), takes(), asks(required_barriers=2), share=1.0)
    # The same water in another village hinders nobody here.
    assert farside(treated(1.0), takes(village="hilltop"), asks(required_barriers=2), share=1.0).audit.passed


def test_a_floor_is_not_owed_where_no_treatment_makes_the_water_safe_or_too_few_keep_using_it():
    floor = {"rung": 4, "share": 0.8, "within": "village", "administration": "far_district"}
    kept = planned(resolved(RICH, NO_PIPE, treated(0.9), takes(), floors=[floor]))
    assert kept.plan_of("farside") == "filters_for_all"
    for changes in ((treated(0.9), takes(), asks(required_barriers=2)), (treated(0.7),)):
        plan = planned(resolved(RICH, NO_PIPE, *changes, floors=[floor]))
        assert plan.audit.passed, plan.audit.failures
        assert plan.rows("floors", place="farside")["missed_persons"].max() > 0
    # Where filters help, whoever leaves the pumps as they are owes the floor.
    followed = {name: frame.copy() for name, frame in plan.tables.items()}
    assert "floor_village" in {check.code for check in audit(kept.scenario.basin, kept.scenario.policy, followed).failures}


def test_what_is_left_of_a_parameter_decides_too():
    # 7.5 NTU less a third are the guideline value of 5.
    assert farside(treated(1.0), takes(), TURBID, removes(1 / 3), share=1.0).audit.passed
    with pytest.raises(Impossible):
        farside(treated(1.0), takes(), TURBID, removes(0.33), share=1.0)


def test_the_base_year_counts_by_the_same_rungs():
    boil = {"table": "baseline", "where": {"village": "farside"}, "set": {"mode": "near_point_filter"}}
    scenario = resolved(rung("near_point", 1), treated(1.0), boil)
    counted = scenario.policy.model_copy(update={"household_treatment": "counted"})
    before = persons_before(scenario.basin, scenario.policy).loc["farside"]
    assert (before[1], before[4]) == (100, 0)
    assert persons_before(scenario.basin, counted).loc["farside"][4] == 100
    assert scenario.people.rung[scenario.people.modes.get_loc("near_point_filter")] == 1


def test_who_treated_water_in_the_base_year_still_does():
    filters = {"table": "baseline", "where": {"village": "farside"}, "set": {"mode": "near_point_filter"}}
    plan = planned(resolved(RICH, NO_PIPE, treated(0.5), filters))
    assert plan.audit.passed, plan.audit.failures
    assert plan.persons("near_point_filter", "stage_2", village="farside") == pytest.approx(100)
    assert plan.rows("household_treatment", village="farside").empty


def test_compiled_rows_are_those_of_plain_pyomo_and_an_empty_table_changes_nothing():
    assert differences_from_plain_pyomo(build(resolved(treated(), takes()))) == []
    assert farside(share=1.0).tables["household_treatment"].empty


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ([treated(untreated_mode="public_tap")], "household_treatment.other_water"),
        ([treated(untreated_mode="near_point_filter")], "household_treatment.chain"),
        ([treated(), rung("near_point_filter", 2)], "household_treatment.rung"),
        ([{"table": "mode_assets", "remove": True, "where": {"mode": "near_point_filter"}}, treated()],
         "household_treatment.no_asset"),
        ([treated(), takes(), asks(required_log_removal_viruses=2.0)], "household_water.never_safe"),
        ([treated(), takes(untreated_mode="unimproved")], "household_water.no_treatment"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_found(changes, code):
    assert code in codes_of(*changes)


def test_a_treatment_that_fits_has_no_finding():
    assert not {code for code in codes_of(treated(), takes(), removes(0.3)) if code.startswith("household")}


FIGURES = "household_treatment"


@pytest.mark.parametrize(
    ("code", "alter"),
    [
        ("household_given", lambda t: change(t, FIGURES, "given_persons", lambda v: v + 1.0)),
        ("household_using", lambda t: change(t, FIGURES, "using_persons", lambda v: v + 1.0)),
        ("household_lapsed", lambda t: change(t, FIGURES, "lapsed_persons", 0.0)),
        ("household_given", lambda t: drop(t, FIGURES, stage="stage_1")),
        ("household_given", lambda t: add(t, FIGURES, village="farside", stage="stage_1", mode="house_tap", given_persons=5.0,
                                          using_persons=5.0, lapsed_persons=0.0)),
        ("service_rung", lambda t: change(t, "service", "rung", 5, mode="near_point_filter")),
        ("service_follows_plan", lambda t: drop(t, "service", mode="near_point", village="farside")),
        ("asset_enough", lambda t: change(t, "village_assets", "units", 12, asset="household_filter")),
    ],
)  # fmt: skip
def test_an_altered_plan_is_rejected(code, alter):
    plan = farside(treated())
    tables = {name: frame.copy() for name, frame in plan.tables.items()}
    alter(tables)
    assert code in {check.code for check in audit(plan.scenario.basin, plan.scenario.policy, tables).failures}


def test_the_audit_sees_filters_given_where_they_make_nothing_safe():
    plan = farside(treated(1.0), takes(), share=1.0)
    asked = resolved(RICH, NO_PIPE, treated(1.0), takes(), asks(required_barriers=2)).basin
    assert "household_unsafe" in {check.code for check in audit(asked, plan.scenario.policy, plan.tables).failures}
