"""Time spent on fetching water, and assurance, on the tutorial: Riverside's 300 poor fetch at a well, 40 minutes a round trip."""

import pytest

from planner.plan.audit import audit
from planner.plan.indicators.reader import Reader
from planner.plan.indicators.time import time, time_of_groups
from tests.optimization.formulation.test_institutions import drought
from tests.optimization.formulation.test_water_laws import riverside
from tests.planner.plan.altering import change, drop


def test_hours_saved_are_round_trips_no_longer_walked():
    plan = riverside()
    assert plan.audit.passed, plan.audit.failures
    row = plan.row("collection_time", village="riverside", group="poor", stage="stage_1")
    # 20 L at the well are one trip of 40 minutes: 300 × 40 / 60 × 365 = 73000 h. 40 L at a tap are two of 10: half of that.
    assert row["hours_per_year_if_nothing_is_built"] == pytest.approx(73000.0)
    assert row["hours_per_year"] == pytest.approx(36500.0)
    assert row["hours_saved_per_year"] == pytest.approx(36500.0)


def test_assurance_is_the_share_of_days_on_which_the_pipes_bring_everything():
    plan = riverside(*drought(30.0))
    assert plan.audit.passed, plan.audit.failures
    # The drought, one year in ten beside the design years, is short in both seasons: 0.1 of 1.1.
    assert plan.row("assurance", village="riverside", stage="stage_1")["assurance_share"] == pytest.approx(1 - 0.1 / 1.1)
    assert plan.row("assurance", village="farside", stage="stage_1")["assurance_share"] == 1.0

    class Told:
        basin, tables = plan.scenario.basin, plan.tables

    told = {indicator.name: indicator.value for indicator in (*time(Reader(Told())), *time_of_groups(Reader(Told())))}
    assert told["least_assurance_stage_1"] == pytest.approx(1 - 0.1 / 1.1)
    assert told["poor_collection_hours_saved_stage_1"] == pytest.approx(36500.0)


@pytest.mark.parametrize(
    ("table", "column", "value", "code"),
    [
        ("collection_time", "hours_per_year", lambda v: v + 1, "collection_hours"),
        ("collection_time", "hours_per_year_if_nothing_is_built", lambda v: v + 1, "collection_before"),
        ("collection_time", "hours_saved_per_year", lambda v: v + 1, "collection_saved"),
        ("assurance", "assurance_share", 0.95, "assurance"),
    ],
)
def test_the_audit_sees_falsified_time(table, column, value, code):
    plan = riverside()
    tables = {name: frame.copy() for name, frame in plan.tables.items()}
    change(tables, table, column, value)
    assert {check.code for check in audit(plan.scenario.basin, plan.scenario.policy, tables).failures} == {code}
    drop(tables, table)
    assert {check.code for check in audit(plan.scenario.basin, plan.scenario.policy, tables).failures} == {"row_missing"}
