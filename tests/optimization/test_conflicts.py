"""Where no plan exists, the answer says what lacks, where, and how much."""

import threading
import time
from dataclasses import replace

import pytest

from datasets.cases import find
from datasets.infeasible import infeasible
from datasets.synthetic import make
from optimization import Limits, solve
from optimization.conflicts import lacks
from optimization.solve import villages_without_a_plan, with_plan
from optimization.solving.session import solve as solve_problem
from planner import Basin
from planner.checks.report import LISTED_AT_MOST
from planner.plan.outcome import NoPlan
from planner.scenario.resolved import resolve
from planner.scenario.scenario import Scenario
from tests.optimization.tiny_basins import compiled_problem

NAMED = {
    "budget_too_small": "conflict.channel",
    "money_too_late": "conflict.channel",
    "no_channel_eligible": "conflict.eligibility",
    "running_costs_uncovered": "conflict.running_costs",
    "sources_too_small": "conflict.source",
    "licence_too_small": "conflict.licence",
    "river_keeps_everything": "conflict.environmental_flow",
    "all_owed_downstream": "conflict.obligation",
    "lead_time_too_long": "conflict.floor",
}


@pytest.fixture(autouse=True)
def no_ways_out(monkeypatch):
    """What lacks is told here; ways out have their own tests and take their time."""
    monkeypatch.setattr("optimization.ways_out.WAYS_AT_MOST", 0)


def why_not(basin, scenario):
    with pytest.raises(NoPlan) as outcome:
        solve(resolve(basin, scenario), Limits(time_seconds=30, relative_gap=0.9))
    assert outcome.value.status == "infeasible"
    return outcome.value.findings


@pytest.mark.parametrize(("cause", "code"), NAMED.items())
def test_the_demand_that_lacks_most_is_named_first_with_a_remedy(cause, code):
    case = infeasible(cause)
    first, *_ = why_not(case.basin, case.scenario)
    assert first.code == code
    assert first.remedy


def test_money_that_comes_too_late_is_told_in_dollars_of_its_stage():
    case = infeasible("money_too_late")
    (lacks,) = why_not(case.basin, case.scenario)
    assert lacks.message.endswith("USD in stage_0.")


def test_what_is_told_to_be_lacking_is_at_least_lacking():
    case = infeasible("money_too_late")
    (lacks,) = why_not(case.basin, case.scenario)
    told = float(lacks.message.split("lacks ")[1].split(" USD")[0].replace(",", ""))
    tables = dict(case.basin.tables)
    amounts = tables["channel_amounts"].copy()
    here = (amounts["channel"] == lacks.message.split()[2]) & (amounts["stage"] == "stage_0")
    amounts.loc[here, "amount_usd"] = 0.9 * told
    tables["channel_amounts"] = amounts
    (still,) = why_not(type(case.basin)(case.basin.settings, tables), case.scenario)
    assert still.code == "conflict.channel"


def test_the_search_for_conflicts_ends_when_it_is_cancelled():
    # The real case takes many seconds to search.
    folder = find("ratanakiri")
    least_cost = Scenario.read(folder.parent / "scenarios" / "least_cost.yaml")
    penniless = least_cost.model_copy(update={"changes": ()})
    compiled, problem = compiled_problem(resolve(Basin.read(folder), penniless))
    stopped = threading.Event()
    stopped.set()
    began = time.monotonic()
    assert lacks(compiled, problem, Limits(time_seconds=30), stopped) == []
    assert time.monotonic() - began < 5


def test_villages_out_of_reach_of_a_hard_floor_are_listed_once_each_and_not_without_end():
    basin = make(40, stages=2, seasons=2, members=2)
    no_taps = {"table": "service_plans", "remove": True, "where": {"mode": "house_tap"}}
    floor = {"rung": 5, "share": 0.9, "within": "village", "hard": True}
    scenario = Scenario.from_dict({"name": "dream", "changes": [no_taps], "policy": {"floors": [floor]}})
    told = villages_without_a_plan(resolve(basin, scenario))
    assert len({finding.value for finding in told if finding.code == "floors.out_of_reach"}) == LISTED_AT_MOST
    assert told[-1].code == "conflict.more"
    assert told[-1].message.startswith("20 more")


def test_a_plan_that_was_mended_claims_no_more_than_still_holds():
    basin = make(4, stages=1, seasons=1, members=1)
    _, problem = compiled_problem(resolve(basin, Scenario.from_dict({"name": "cost"})))
    outcome = solve_problem(problem, Limits(time_seconds=30, relative_gap=0.01))
    assert outcome.status == "optimal"
    dearer = replace(outcome, bound=100.0, objective=100.0)
    assert with_plan(dearer, outcome.values, 100.5).status == "gap_reached"
    assert with_plan(dearer, outcome.values, 100.5).gap == pytest.approx(0.5 / 100.5)
    assert with_plan(dearer, outcome.values, 110.0).status == "node_limit"
