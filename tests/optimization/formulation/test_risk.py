"""Risk, on the tutorial: what is wrong at the river's intake is wrong in Riverside once its taps are fed from there."""

import dataclasses
from functools import cache
from itertools import product

import pytest

from optimization import Limits
from optimization.algebra.check import differences_from_plain_pyomo
from optimization.conflicts import lacks
from optimization.formulation import build
from planner.plan.audit import audit
from planner.plan.indicators import indicators
from planner.scenario.scenario import ScenarioError
from tests.optimization.formulation.test_catchment_protection import FOREST
from tests.optimization.formulation.test_water_laws import riverside
from tests.optimization.tiny_basins import (
    NO_FILTERS,
    RICH,
    RIVERSIDE_TAPS,
    TAPS_COST_USD,
    Impossible,
    codes_of,
    compiled_problem,
    resolved,
)
from tests.planner.plan.altering import change, drop

HARD = {"highest": "high", "hard": True}


def hazard(name, place, likelihood, severity, weight=1.0):
    row = {"hazard": name, "place": place, "likelihood": likelihood, "severity": severity, "weight": weight}
    return {"table": "hazards", "add": row}


def lowers(option, name, likelihood=0, severity=0):
    row = {"option": option, "hazard": name, "likelihood_reduction": likelihood, "severity_reduction": severity}
    return {"table": "risk_reductions", "add": row}


def forest(name, capex_usd):
    return {**FOREST, "add": {**FOREST["add"], "option": name, "capex_usd": capex_usd}}


CATTLE = hazard("cattle", "river_intake", 5, 4)
FLOOD = hazard("flood", "riverside", 2, 3, weight=0.5)


def test_a_village_runs_the_risk_of_its_source_once_it_is_fed_from_there():
    plan = riverside(CATTLE, FLOOD)
    assert plan.audit.passed, plan.audit.failures
    row = plan.row("risk", village="riverside", stage="stage_1")
    # 5 × 4 at the intake and 2 × 3 in the village: the worst counts 20, the weighted sum 20 + 0.5 × 6.
    assert (row["hazards"], row["worst_points"], row["band"]) == (2, 20, "very_high")
    assert row["weighted_points"] == pytest.approx(23.0)
    elsewhere = plan.row("risk", village="hilltop", stage="stage_1")
    assert (elsewhere["hazards"], elsewhere["worst_points"], elsewhere["band"]) == (0, 0, "none")


def test_a_hard_limit_buys_the_cheapest_option_that_is_enough():
    # Off the likelihood 5: one leaves 4 × 4 = 16, two leave 3 × 4 = 12, which is high and no longer very high.
    offered = [CATTLE, forest("fence", 300.0), forest("grove", 800.0), lowers("fence", "cattle", 1), lowers("grove", "cattle", 2)]
    plan = riverside(*offered, risk=HARD)
    assert plan.audit.passed, plan.audit.failures
    assert {"fence", "grove"} & plan.serving("stage_1") == {"grove"}
    level = plan.row("hazard_levels", hazard="cattle", stage="stage_1")
    assert (level["likelihood"], level["severity"], level["points"]) == (3, 4, 12)
    # With 12 more than medium lets stand, both are wanted: 2 × 4 = 8.
    assert {"fence", "grove"} <= riverside(*offered, risk=HARD | {"highest": "medium"}).serving("stage_1")
    with pytest.raises(Impossible):
        riverside(*offered, risk=HARD | {"highest": "low"})


def test_likelihood_and_severity_are_lowered_apart():
    # 1 off the severity of 5 × 4 leaves 5 × 3 = 15, which is high; 1 off the likelihood leaves 4 × 4 = 16, which is very high.
    offered = [CATTLE, forest("fence", 300.0), forest("boiler", 300.0), lowers("fence", "cattle", likelihood=1),
               lowers("boiler", "cattle", severity=1)]  # fmt: skip
    plan = riverside(*offered, risk=HARD)
    level = plan.row("hazard_levels", hazard="cattle", stage="stage_2")
    assert {"fence", "boiler"} & plan.serving("stage_1") == {"boiler"}
    assert (level["likelihood"], level["severity"]) == (5, 3)


def test_risk_is_no_matter_where_no_water_comes_from_the_source():
    plan = riverside(hazard("cattle", "hill_spring", 5, 5), risk=HARD)
    assert plan.audit.passed, plan.audit.failures
    assert plan.values.cost_usd == pytest.approx(TAPS_COST_USD)


def test_a_limit_from_a_stage_on_lets_more_stand_before():
    offered = [hazard("flood", "riverside", 5, 4), forest("dyke", 300.0), lowers("dyke", "flood", 4)]
    plan = riverside(*offered, risk=HARD | {"stage": "stage_2"})
    assert plan.audit.passed, plan.audit.failures
    assert plan.row("risk", village="riverside", stage="stage_1")["worst_points"] == 20
    assert plan.row("risk", village="riverside", stage="stage_2")["worst_points"] == 4


def test_a_priced_limit_is_missed_at_its_price_which_is_no_cost():
    plan = riverside(CATTLE, risk={"highest": "high", "price_usd_per_person_point_year": 0.01})
    assert plan.audit.passed, plan.audit.failures
    # 20 points are 5 above 15, for 1000 persons at 0.01 USD, in two stages whose years are worth 1.8 and 1.152.
    people = plan.scenario.people.persons.sum(axis=1)[list(plan.scenario.network.villages).index("riverside")]
    assert plan.penalty_usd - riverside().penalty_usd == pytest.approx(5 * 0.01 * (people @ [1.8, 1.152]))
    assert plan.values.cost_usd == pytest.approx(TAPS_COST_USD)


def test_every_set_of_three_options_leaves_what_it_should_by_brute_force():
    names, cost = ("a", "b", "c"), {"a": 100.0, "b": 150.0, "c": 210.0}
    taken = {"a": (1, 0), "b": (0, 1), "c": (2, 1)}
    offered = [CATTLE, *(forest(name, cost[name]) for name in names), *(lowers(name, "cattle", *taken[name]) for name in names)]
    for highest, most in (("high", 15), ("medium", 9), ("low", 5)):
        possible = []
        for standing in product((0, 1), repeat=3):
            left = [max(1, whole - sum(s * taken[n][k] for s, n in zip(standing, names, strict=True)))
                    for k, whole in enumerate((5, 4))]  # fmt: skip
            if left[0] * left[1] <= most:
                possible.append((sum(s * cost[n] for s, n in zip(standing, names, strict=True)), standing))
        if not possible:
            with pytest.raises(Impossible):
                riverside(*offered, risk=HARD | {"highest": highest})
            continue
        _, cheapest = min(possible)
        serving = riverside(*offered, risk=HARD | {"highest": highest}).serving("stage_1")
        assert tuple(int(name in serving) for name in names) == cheapest


def test_compiled_rows_are_those_of_plain_pyomo_and_there_are_none_where_any_risk_may_stand():
    changes = [NO_FILTERS, RICH, CATTLE, FLOOD, forest("fence", 300.0), lowers("fence", "cattle", 1)]
    for hard in (True, False):
        scenario = resolved(*changes, floors=[RIVERSIDE_TAPS], risk={"highest": "medium", "hard": hard})
        assert differences_from_plain_pyomo(build(scenario)) == []
    assert "in_state" not in build(resolved(*changes)).compile().variables


@cache
def with_a_grove():
    return riverside(CATTLE, FLOOD, forest("grove", 800.0), lowers("grove", "cattle", 2), risk=HARD)


@pytest.mark.parametrize(
    ("code", "alter"),
    [
        ("hazard_level", lambda t: change(t, "hazard_levels", "likelihood", 1, stage="stage_1")),
        ("hazard_level", lambda t: change(t, "hazard_levels", "points", 2, stage="stage_2")),
        ("risk_hazards", lambda t: change(t, "risk", "hazards", 0, village="riverside")),
        ("risk_worst", lambda t: change(t, "risk", "worst_points", 3, village="riverside")),
        ("risk_weighted", lambda t: change(t, "risk", "weighted_points", 3.0, village="hilltop")),
        ("risk_band", lambda t: change(t, "risk", "band", "low", village="riverside")),
        ("risk_highest", lambda t: drop(t, "investments", option="grove")),
        ("row_missing", lambda t: drop(t, "risk", village="riverside")),
        ("row_missing", lambda t: drop(t, "hazard_levels", stage="stage_1")),
    ],
)
def test_an_altered_plan_is_rejected(code, alter):
    plan = with_a_grove()
    tables = {name: frame.copy() for name, frame in plan.tables.items()}
    alter(tables)
    assert code in {check.code for check in audit(plan.scenario.basin, plan.scenario.policy, tables).failures}


def test_a_risk_that_nothing_lowers_is_what_the_answer_names():
    scenario = resolved(NO_FILTERS, RICH, hazard("flood", "riverside", 5, 4), floors=[RIVERSIDE_TAPS], risk=HARD)
    compiled, problem = compiled_problem(scenario)
    found = [lack.finding for lack in lacks(compiled, problem, Limits(time_seconds=10))]
    assert {finding.code for finding in found} == {"conflict.risk"}
    assert found[0].message == "The worst hazard of riverside is 5 points above what may stand in stage_1."


def test_indicators_count_villages_of_very_high_risk():
    plan = riverside(CATTLE)
    told = {i.name: i.value for i in indicators(dataclasses.make_dataclass("With", ["basin", "tables"])(
        plan.scenario.basin, plan.tables))}  # fmt: skip
    assert told["villages_very_high_risk_stage_1"] == 1.0
    assert told["worst_risk_stage_1"] == pytest.approx(20.0 / len(plan.scenario.network.villages))


def test_what_cannot_be_is_found():
    many = [forest(name, 1.0) for name in "abcd"]
    assert "risk_reduction.too_many" in codes_of(CATTLE, *many, *(lowers(name, "cattle", 1) for name in "abcd"))
    assert "risk_reduction.nothing" in codes_of(CATTLE, FOREST, lowers("forest", "cattle"))
    assert not {code for code in codes_of(CATTLE, FOREST, lowers("forest", "cattle", 1)) if code.startswith(("risk", "hazard"))}
    with pytest.raises(ScenarioError):
        resolved(CATTLE, risk={"highest": "low", "stage": "stage_9"})
