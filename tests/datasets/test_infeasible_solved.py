"""No plan serves a basin with a known cause: the first sentence names it, and every way out is one."""

import pytest

from datasets.infeasible import CAUSES, WORDS, infeasible
from optimization import Limits, solve
from planner.plan.outcome import NoPlan
from planner.scenario.resolved import resolve
from planner.scenario.way_out import WayOut

ANY_PLAN = Limits(time_seconds=60, relative_gap=0.9)
ONE_OF_EACH_KIND = (
    "budget_too_small", "no_money_for_pipes", "running_costs_uncovered", "no_service_plan", "sources_too_small",
    "nothing_makes_it_safe", "river_keeps_everything", "built_too_late", "too_little_to_dilute", "risk_that_nothing_lowers",
    "rule_forbids_it",
)  # fmt: skip
"""All are asked, and all their ways out taken, by `python -m benchmarks.infeasible`."""
WITH_WAYS_SOLVED = ("budget_too_small", "bound_on_cost_too_low")


def why_not(cause):
    case = infeasible(cause)
    with pytest.raises(NoPlan) as outcome:
        solve(resolve(case.basin, case.scenario), ANY_PLAN)
    assert outcome.value.status == "infeasible"
    return case, outcome.value


def test_every_cause_has_words_and_there_are_twenty_six():
    assert WORDS.keys() == CAUSES.keys()
    assert len(CAUSES) == 26


@pytest.mark.parametrize("cause", ONE_OF_EACH_KIND)
def test_the_first_sentence_names_the_cause_and_there_is_a_way_out(cause):
    _, told = why_not(cause)
    assert str(told).startswith("No plan exists: the floor")
    assert WORDS[cause] in str(told)
    assert 1 <= len(told.ways_out) <= 3


@pytest.mark.parametrize("cause", WITH_WAYS_SOLVED)
def test_a_scenario_that_takes_a_way_out_has_a_plan_that_passes_its_audit(cause):
    case, told = why_not(cause)
    for way in told.ways_out:
        assert WayOut.from_dict(way.to_dict()) == way
        assert solve(resolve(case.basin, way.taken_by(case.scenario)), ANY_PLAN).passed, way.title


@pytest.mark.parametrize("cause", ["budget_too_small", "sources_too_small"])
def test_the_same_basin_without_the_cause_is_served(cause):
    case = infeasible(cause)
    assert solve(resolve(case.without_cause, case.scenario), ANY_PLAN).passed
