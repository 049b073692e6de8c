"""Water stress, on the tutorial, whose figures are worked out in the first test."""

import numpy as np
import pytest

from optimization.algebra.check import differences_from_plain_pyomo
from optimization.conflicts import findings_of, lacks
from optimization.easing import policies_that_ask_less
from optimization.formulation import build
from optimization.mending import mending
from optimization.solving.limits import Limits
from planner.plan.audit import audit
from planner.plan.indicators import indicators
from planner.scenario.changes import apply
from planner.scenario.scenario import Scenario
from tests.optimization.formulation.test_protected_reaches import _with_basin
from tests.optimization.formulation.test_water_laws import riverside
from tests.optimization.tiny_basins import (
    NO_FILTERS,
    RICH,
    RIVERSIDE_TAPS,
    Impossible,
    codes_of,
    compiled_problem,
    resolved,
    tutorial,
)
from tests.planner.plan.altering import change, drop

LOWER = {"table": "sub_basin_reaches", "add": {"sub_basin": "lower", "reach": "lower_reach"}}
UPPER = {"table": "sub_basin_reaches", "add": {"sub_basin": "lower", "reach": "upper_reach"}}
TAPS = 42.0 * 365


def sub_basin(percent=None):
    return {
        "table": "sub_basins",
        "add": {"sub_basin": "lower", "title": "Lower valley", "largest_water_stress_percent": percent},
    }


def available():
    """All that comes down to the lower reach in the expected year, less what it must keep, read row by row."""
    tables = tutorial().tables
    kept = tables["environmental_flow"].set_index(["reach", "season"])["environmental_flow_m3_per_day"]
    total = 0.0
    for season in tables["seasons"].itertuples():
        for member in tables["members"].itertuples():
            here = tables["inflow"].query("season == @season.season and member == @member.member")
            natural = here["inflow_m3_per_day"].sum()
            asked = kept.get(("lower_reach", season.season), 0.0)
            total += (natural - min(asked, natural)) * season.days * member.probability * (member.kind == "design")
    return total


def test_stress_is_what_is_withdrawn_of_what_the_environmental_flow_leaves():
    # The lower reach alone: only Riverside's taps, 42 × 365 m³ a year. The rice draws on the upper reach.
    plan = riverside(sub_basin(), LOWER)
    assert plan.audit.passed, plan.audit.failures
    row = plan.row("water_stress", stage="stage_1")
    assert row["withdrawn_m3_per_year"] == pytest.approx(TAPS)
    assert row["available_m3_per_year"] == pytest.approx(available())
    assert row["stress_percent"] == pytest.approx(100 * TAPS / available())
    told = next(i for i in indicators(_with_basin(plan)) if i.name == "water_stress_lower")
    assert (told.value, told.unit) == (pytest.approx(100 * TAPS / available()), "percent")


def test_with_the_reach_above_its_uses_count_and_its_water_only_once():
    both, one = riverside(sub_basin(), LOWER, UPPER), riverside(sub_basin(), LOWER)
    assert both.audit.passed, both.audit.failures
    row = both.row("water_stress", stage="stage_1")
    assert row["available_m3_per_year"] == one.row("water_stress", stage="stage_1")["available_m3_per_year"]
    days = both.scenario.basin.tables["seasons"].set_index("season")["days"]
    chance = both.scenario.basin.tables["members"].set_index("member")["probability"]
    rice = both.rows("use_deliveries", stage="stage_1")
    drawn = (rice["delivered_m3_per_day"] * rice["season"].map(days) * rice["member"].map(chance)).sum()
    assert row["withdrawn_m3_per_year"] == pytest.approx(TAPS + drawn)
    turbines = {"table": "other_uses", "set": {"kind": "hydropower_release"}}
    plan = riverside(sub_basin(), LOWER, UPPER, turbines)
    assert plan.audit.passed, plan.audit.failures
    assert plan.row("water_stress", stage="stage_1")["withdrawn_m3_per_year"] == pytest.approx(TAPS)


def test_a_limit_is_kept_just_and_not_by_less():
    percent = 100 * TAPS / available()
    assert riverside(sub_basin(percent * 1.0001), LOWER).audit.passed
    with pytest.raises(Impossible):
        riverside(sub_basin(percent * 0.9999), LOWER)


def test_a_use_gives_way_to_the_limit_before_the_taps_do():
    # Just enough for the taps of both reaches' sub-basin: the rice gets nothing.
    plan = riverside(sub_basin(100 * TAPS / available() + 1e-7), LOWER, UPPER)
    assert plan.audit.passed, plan.audit.failures
    design = plan.scenario.basin.tables["members"].query("kind == 'design' and probability > 0")["member"]
    rice = plan.tables["use_deliveries"]
    assert rice[rice["member"].isin(design)]["delivered_m3_per_day"].max() < 1e-3


def test_a_priced_limit_is_told_and_no_cost():
    # 1000 m³ a year beyond, at 0.4 USD, in two stages whose years are worth 1.8 and 1.152.
    limit = sub_basin(100 * (TAPS - 1000.0) / available())
    plan = riverside(limit, LOWER, water_stress="priced", water_stress_price_usd_per_m3=0.4)
    assert plan.audit.passed, plan.audit.failures
    without = riverside(sub_basin(), LOWER)
    assert plan.tables["water_stress"]["beyond_m3_per_year"].tolist() == pytest.approx([1000.0] * 2)
    assert plan.penalty_usd - without.penalty_usd == pytest.approx(1000.0 * 0.4 * (1.8 + 1.152))
    assert plan.values.cost_usd == pytest.approx(without.values.cost_usd)


def test_compiled_rows_are_those_of_plain_pyomo():
    for how in ("hard", "priced"):
        assert differences_from_plain_pyomo(build(resolved(sub_basin(9.0), LOWER, UPPER, water_stress=how))) == []


def test_a_limit_that_is_too_low_is_said():
    tight = resolved(NO_FILTERS, RICH, sub_basin(100 * (TAPS - 5000.0) / available()), LOWER, floors=[RIVERSIDE_TAPS])
    compiled, problem = compiled_problem(tight)
    lacking = [lack for lack in lacks(compiled, problem, Limits(time_seconds=10)) if lack.family == "water_stress"]
    messages = {finding.message for finding in findings_of(lacking)}
    assert "The largest water stress of lower leaves 5,000 m³/year too little in stage_1." in messages
    changes, words = mending(tight, lacking, 1.0)
    mended = apply(tight.basin, Scenario(name="mended", changes=changes))
    allowed = float(mended.tables["sub_basins"]["largest_water_stress_percent"].iloc[0])
    assert 0.0 <= allowed - 100 * TAPS / available() <= 0.01
    assert words == [
        f"let water stress be up to {allowed:.2f} instead of {100 * (TAPS - 5000.0) / available():.2f} percent in lower"
    ]


def test_a_limit_that_is_too_low_may_be_exceeded_at_its_price():
    tight = resolved(NO_FILTERS, RICH, sub_basin(100 * (TAPS - 5000.0) / available()), LOWER, floors=[RIVERSIDE_TAPS])
    told = [ways[0] for ways in policies_that_ask_less(tight.policy, {"conflict.water_stress"})]
    title, policy = told[0]
    assert title == "Let the largest water stress be exceeded at its price."
    assert policy.water_stress == "priced"


def test_a_sub_basin_without_reaches_is_found_and_has_no_water():
    assert "sub_basin.no_reach" in codes_of(sub_basin())
    plan = riverside(sub_basin())
    assert plan.audit.passed, plan.audit.failures
    row = plan.row("water_stress", stage="stage_1")
    assert np.isnan(row["stress_percent"])
    assert (row["withdrawn_m3_per_year"], row["available_m3_per_year"], row["band"]) == (0.0, 0.0, "none")


@pytest.mark.parametrize(
    ("code", "alter"),
    [
        ("stress_withdrawn", lambda t: change(t, "water_stress", "withdrawn_m3_per_year", lambda v: v - 10.0)),
        ("stress_available", lambda t: change(t, "water_stress", "available_m3_per_year", lambda v: v + 10.0)),
        ("stress_percent", lambda t: change(t, "water_stress", "stress_percent", lambda v: v - 0.1)),
        ("stress_percent", lambda t: change(t, "water_stress", "stress_percent", np.nan)),
        ("stress_band", lambda t: change(t, "water_stress", "band", "critical")),
        ("stress_beyond", lambda t: change(t, "water_stress", "beyond_m3_per_year", 0.0)),
        ("row_missing", lambda t: drop(t, "water_stress", stage="stage_1")),
    ],
)
def test_the_audit_sees_falsified_water_stress(code, alter):
    plan = riverside(sub_basin(100 * (TAPS - 1000.0) / available()), LOWER, water_stress="priced")
    tables = {name: frame.copy() for name, frame in plan.tables.items()}
    alter(tables)
    basin, policy = plan.scenario.basin, plan.scenario.policy
    assert {check.code for check in audit(basin, policy, tables).failures} == {code}
    held_hard = policy.model_copy(update={"water_stress": "hard"})
    assert "water_stress" in {check.code for check in audit(basin, held_hard, plan.tables).failures}
