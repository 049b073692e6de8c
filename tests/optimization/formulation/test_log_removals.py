"""Log removals of pathogens: what the kind of a source asks for, what a train gives, and trains that are no use."""

import numpy as np
import pytest

from optimization.algebra.check import differences_from_plain_pyomo
from optimization.formulation import build
from planner.checks import check
from planner.plan.audit import audit
from tests.optimization.formulation.test_water_laws import riverside
from tests.optimization.tiny_basins import Impossible, resolved
from tests.planner.plan.altering import change, drop


def target(bacteria=0.0, viruses=0.0, protozoa=0.0, barriers=2):
    return {"table": "log_removal_targets", "add": {
        "kind": "river_intake", "log_removal_bacteria": bacteria, "log_removal_viruses": viruses,
        "log_removal_protozoa": protozoa, "barriers": barriers}}  # fmt: skip


def figures(plan, column):
    return set(plan.tables["log_removals"][column])


def train_of(plan):
    (train,) = set(plan.tables["log_removals"]["train"])
    return train


def test_a_plan_tells_what_is_asked_of_a_train_and_what_it_gives():
    plan = riverside()
    assert plan.audit.passed, plan.audit.failures
    sources = plan.scenario.basin.tables["sources"].set_index("source")
    trains = plan.scenario.basin.tables["trains"].set_index("train")
    for pathogen in ("bacteria", "viruses", "protozoa"):
        asked = sources.loc["river_intake", f"required_log_removal_{pathogen}"]
        assert figures(plan, f"asked_log_removal_{pathogen}") == {asked}
        assert figures(plan, f"log_removal_{pathogen}") == {trains.loc[train_of(plan), f"log_removal_{pathogen}"]}
    assert figures(plan, "barriers") == {trains.loc[train_of(plan), "barriers"]}


def test_the_target_of_its_kind_holds_where_a_source_asks_for_less():
    half = {"table": "sources", "where": {"source": "river_intake"}, "set": {"required_log_removal_viruses": 0.5}}
    more, less = riverside(half, target(viruses=0.75)), riverside(half, target(viruses=0.25))
    assert figures(more, "asked_log_removal_viruses") == {0.75}
    assert figures(less, "asked_log_removal_viruses") == {0.5}
    assert more.audit.passed and less.audit.passed


def test_a_target_that_no_train_reaches_leaves_the_river_alone():
    with pytest.raises(Impossible):
        riverside(target(protozoa=11.0))
    with pytest.raises(Impossible):
        riverside(target(barriers=5))


def test_trains_that_are_no_use_are_not_in_the_model_and_are_told():
    scenario = resolved(target(protozoa=11.0))
    trains = scenario.works.site >= 0
    assert trains.any() and not scenario.works.may_serve[trains].any()
    assert "treatment.makes_nothing_safe" in {finding.code for finding in check(scenario.basin)}
    offered = resolved(target())
    assert build(scenario).compile().column_count < build(offered).compile().column_count


def test_a_target_for_surface_water_has_two_barriers():
    codes = {finding.code for finding in check(resolved(target(barriers=1)).basin)}
    assert "log_removal_target.one_barrier" in codes
    assert "log_removal_target.one_barrier" not in {finding.code for finding in check(resolved(target()).basin)}


def test_a_target_below_what_sources_ask_changes_no_row_and_rows_are_those_of_plain_pyomo():
    with_it, without = build(resolved(target(barriers=1))), build(resolved())
    assert np.array_equal([with_it.compile().row_count], [without.compile().row_count])
    assert differences_from_plain_pyomo(with_it) == []


@pytest.mark.parametrize(
    ("alter", "code"),
    [
        (lambda t: change(t, "log_removals", "asked_log_removal_viruses", lambda v: v - 0.5), "log_removals_asked"),
        (lambda t: change(t, "log_removals", "asked_barriers", 0.0), "log_removals_asked"),
        (lambda t: change(t, "log_removals", "log_removal_protozoa", lambda v: v + 1.0), "log_removals_given"),
        (lambda t: change(t, "log_removals", "barriers", 9.0), "log_removals_given"),
        (lambda t: drop(t, "log_removals", stage="stage_1"), "log_removals_told"),
    ],
)
def test_the_audit_sees_falsified_log_removals(alter, code):
    plan = riverside()
    tables = {name: frame.copy() for name, frame in plan.tables.items()}
    alter(tables)
    assert {c.code for c in audit(plan.scenario.basin, plan.scenario.policy, tables).failures} == {code}


def test_the_audit_refuses_a_plan_whose_train_is_not_enough():
    plan = riverside()
    asking = resolved(target(protozoa=11.0)).basin
    failed = {c.code for c in audit(asking, plan.scenario.policy, plan.tables).failures}
    assert {"log_removals_reached", "log_removals_asked", "feed_unsafe"} <= failed
