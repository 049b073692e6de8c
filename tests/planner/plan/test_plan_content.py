"""A plan's content holds all of it; what follows from the rest is worked out again."""

import json
from pathlib import Path

import pytest

from planner.basin import Basin
from planner.basin.content import ContentError
from planner.plan.content import PlanContent, pack, plan_table, unpack
from planner.plan.finite import finite
from planner.plan.indicators import indicators
from planner.plan.plan import Plan

TUTORIAL = Path(__file__).parents[3] / "datasets" / "tutorial" / "basin"


@pytest.fixture
def plan(plan_on_paper) -> Plan:
    basin = Basin.read(TUTORIAL)
    return plan_on_paper(basin, raised=0.3, options=["spring_box", "works_membrane"], bound_share=None)


def unpacked(content: PlanContent) -> Plan:
    return unpack(content.record, content.tables, content.basin.settings, content.basin.tables)


def test_a_plan_comes_back_as_it_was_packed(plan: Plan) -> None:
    again = unpacked(pack(plan))
    assert (again.status, again.audit, again.scenario, dict(again.record), again.resolved_hash) == (
        plan.status, plan.audit, plan.scenario, dict(plan.record), plan.resolved_hash,
    )  # fmt: skip
    assert again.basin.settings == plan.basin.settings
    for name in plan.tables:
        assert plan_table(again.tables, name).equals(plan_table(plan.tables, name)), name
    assert again.verdict == plan.verdict
    assert indicators(again) == indicators(plan)


def test_packing_a_plan_again_gives_the_same_content(plan: Plan) -> None:
    content = pack(plan)
    assert pack(unpacked(content)) == content


def test_the_record_goes_through_json(plan: Plan) -> None:
    content = pack(plan)
    again = json.loads(json.dumps(content.record, allow_nan=False))
    assert unpack(again, content.tables, content.basin.settings, content.basin.tables).verdict == plan.verdict
    assert {i["name"] for i in again["indicators"]} == {i.name for i in indicators(plan)}


def test_a_plan_without_its_audit_is_refused(plan: Plan) -> None:
    content = pack(plan)
    del content.record["audit"]
    with pytest.raises(ContentError, match="has no audit"):
        unpacked(content)


def test_a_column_says_its_title_and_unit(plan: Plan) -> None:
    field = plan_table(plan.tables, "service").schema.field("persons")
    assert field.metadata == {b"title": b"Persons", b"unit": b"persons"}


def test_a_number_that_is_none_becomes_null() -> None:
    assert finite({"a": [float("nan"), float("-inf"), 1.5], "b": (1, "x", None)}) == {"a": [None, None, 1.5], "b": [1, "x", None]}
