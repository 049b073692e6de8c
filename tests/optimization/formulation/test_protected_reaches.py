"""New sources in protected reaches: counted, or not allowed. Riverside's intake takes 42 m³ a day from the lower reach."""

import dataclasses

import pytest

from planner.plan.audit import audit
from planner.plan.indicators import indicators
from tests.optimization.tiny_basins import NO_FILTERS, RICH, RIVERSIDE_TAPS, Impossible, planned, resolved
from tests.planner.plan.altering import change, drop

PROTECTED = {"table": "reaches", "where": {"reach": "lower_reach"}, "set": {"protected": True}}


def riverside(*changes, **policy):
    return planned(resolved(NO_FILTERS, RICH, PROTECTED, *changes, floors=[RIVERSIDE_TAPS], **policy))


def test_what_a_new_source_takes_from_a_protected_reach_is_counted():
    plan = riverside()
    assert plan.audit.passed, plan.audit.failures
    taken = plan.tables["protected_abstraction"]
    assert set(taken["reach"]) == {"lower_reach"}
    assert taken["abstracted_m3_per_day"].tolist() == pytest.approx([42.0] * 8)
    told = next(i for i in indicators(_with_basin(plan)) if i.name == "protected_abstraction")
    assert (told.value, told.unit) == (pytest.approx(42.0 * 365), "m³/year")


def test_a_hard_protection_allows_no_new_source():
    with pytest.raises(Impossible):
        riverside(protected_reaches="hard")


def test_a_source_that_exists_is_no_new_one():
    dug = {"table": "options", "remove": True, "where": {"option": "intake_well"}}
    no_need = {"table": "option_requirements", "remove": True, "where": {"requires": "intake_well"}}
    there = {"table": "sources", "where": {"source": "river_intake"}, "set": {"existing": True}}
    plan = riverside(there, no_need, dug, protected_reaches="hard")
    assert plan.audit.passed, plan.audit.failures
    assert plan.tables["protected_abstraction"]["abstracted_m3_per_day"].max() == 0.0


@pytest.mark.parametrize(
    ("code", "alter"),
    [
        ("protected_abstraction", lambda t: change(t, "protected_abstraction", "abstracted_m3_per_day", 1.0, stage="stage_1")),
        ("row_missing", lambda t: drop(t, "protected_abstraction", stage="stage_1")),
    ],
)
def test_an_altered_plan_is_rejected(code, alter):
    plan = riverside()
    tables = {name: frame.copy() for name, frame in plan.tables.items()}
    alter(tables)
    assert code in {check.code for check in audit(plan.scenario.basin, plan.scenario.policy, tables).failures}


def test_a_plan_that_opens_a_source_where_none_is_allowed_is_rejected():
    plan = riverside()
    strict = plan.scenario.policy.model_copy(update={"protected_reaches": "hard"})
    assert "protected_reach" in {check.code for check in audit(plan.scenario.basin, strict, plan.tables).failures}


@dataclasses.dataclass(frozen=True)
class _Tables:
    basin: object
    tables: object


def _with_basin(plan):
    return _Tables(plan.scenario.basin, plan.tables)
