"""Access is sought rung by rung; what an aim has reached, later aims do not undo."""

import itertools
from types import SimpleNamespace

import numpy as np
import pytest

from datasets.synthetic import make
from optimization import Limits, aims, solve
from optimization.aims import Level, levels_of, weighted_people
from optimization.formulation import build
from optimization.level_records import SolvedLevel, level_records
from tests.optimization.formulation.wastewater_basin import CANAL, USED_WATER
from tests.optimization.tiny_basins import ONE_STAGE, resolved

ACCESS_THEN_COST = [{"objective": "access", "tolerance_share": 0.0}, {"objective": "cost"}]
NO_PIPES = {"table": "service_plans", "remove": True, "where": {"mode": ["public_tap", "house_tap"]}}
OPEN_WELLS_ARE_LOWEST = {"table": "modes", "where": {"mode": "unimproved"}, "set": {"rung": 0}}
RUNGS = [f"below_rung_{rung}" for rung in range(1, 6)]


def told(plan):
    return plan.tables["objectives"].set_index("objective")["value"]


def every_service_plan(scenario, money_usd, running_usd_per_year):
    """The best by rungs, then cost, of all combinations of service plans that the money allows, one stage, no pipes."""
    service, people = scenario.service, scenario.people
    capital = service.units[:, :, 0] @ service.asset_capex_usd
    cost = service.units[:, :, 0] @ (
        service.asset_capex_usd * service.asset_worth[:, 0] + service.asset_fixed_om_usd_per_year * scenario.horizon.annuity[0]
    )
    running = service.units[:, :, 0] @ service.asset_fixed_om_usd_per_year
    present = people.persons[service.village, :, 0]
    below = np.einsum("cgr,g->cr", present[:, :, None] - service.at_or_above[:, 0], people.weight)
    by_village = [np.flatnonzero(service.village == v) for v in range(len(scenario.network.villages))]
    found = []
    for picked in itertools.product(*by_village):
        chosen = list(picked)
        if capital[chosen].sum() <= money_usd + 1e-6 and running[chosen].sum() <= running_usd_per_year + 1e-6:
            found.append((*np.round(below[chosen].sum(axis=0), 6), cost[chosen].sum()))
    assert len(found) > 10
    return min(found)


@pytest.mark.parametrize("money_usd", [3000.0, 9500.0])
def test_rung_by_rung_equals_the_best_of_all_combinations(money_usd):
    grant = {"table": "channel_amounts", "where": {"channel": "government_grant"}, "set": {"amount_usd": money_usd}}
    scenario = resolved(*ONE_STAGE, NO_PIPES, OPEN_WELLS_ARE_LOWEST, grant, objectives=ACCESS_THEN_COST)
    plan = solve(scenario, Limits(time_seconds=30, relative_gap=0.0))
    assert plan.passed, plan.audit.failures
    *below, cost = every_service_plan(scenario, money_usd, running_usd_per_year=1000.0)
    assert told(plan)[RUNGS].tolist() == pytest.approx(below, abs=0.1)
    assert told(plan)["cost"] == pytest.approx(cost, rel=2e-3)


def test_what_is_missed_settles_ties_beside_reuse_and_not_where_it_has_no_end():
    small = {}
    for groundwater in ("hard", "priced"):
        aquifer = {"table": "aquifers", "add": {"aquifer": "basalt", "sustainable_yield_m3_per_year": 9000.0}}
        scenario = resolved(aquifer, *USED_WATER, *CANAL, objectives=ACCESS_THEN_COST, groundwater=groundwater)
        small[groundwater] = levels_of(scenario.policy, scenario, build(scenario).compile())[0].weights["penalty"]
    assert small["hard"] > 0
    assert small["priced"] == 0


@pytest.fixture(scope="module")
def tight_basin():
    """Money for some only."""
    made = make(3, sites=1, stages=2, seasons=1, members=1, seed=5, tightness=0.7)
    return resolved({"table": "channel_amounts", "multiply": {"amount_usd": 0.15}}, basin=made).basin


@pytest.fixture(scope="module")
def level_by_level(tight_basin):
    objectives = [{"objective": "access"}, {"objective": "cost"}]
    return solve(resolved(basin=tight_basin, objectives=objectives), Limits(time_seconds=60, relative_gap=0.001))


@pytest.fixture(scope="module")
def access_alone(tight_basin):
    scenario = resolved(basin=tight_basin, objectives=[{"objective": "access"}])
    return solve(scenario, Limits(time_seconds=60, relative_gap=0.001))


def test_cost_comes_down_without_losing_people(level_by_level, access_alone):
    assert level_by_level.passed, level_by_level.audit.failures
    assert access_alone.passed, access_alone.audit.failures
    for rung in RUNGS:
        reached = told(access_alone)[rung]
        assert told(level_by_level)[rung] <= reached * 1.001 + 0.05 + 1e-6
    assert told(level_by_level)["cost"] <= told(access_alone)["cost"] + 1e-3


def test_aims_are_told_in_their_order(level_by_level):
    order = level_by_level.tables["objectives"].set_index("objective")["order"]
    assert order[RUNGS].tolist() == [1] * 5
    assert order["cost"] == 2
    assert order["environmental_flow_deficit"] == 0
    assert [level["objective"] for level in level_by_level.record["levels"]] == [*RUNGS, "cost"]


def test_gaps_of_access_are_told_in_persons_and_as_a_share_of_all_people(level_by_level, tight_basin):
    people = weighted_people(resolved(basin=tight_basin))
    for level in level_by_level.record["levels"][:5]:
        assert level["unit"] == "persons"
        assert level["gap_share_of"] == "all people"
        assert level["gap"] == pytest.approx(max(level["value"] - level["bound"], 0.0))
        assert level["gap_share"] == pytest.approx(level["gap"] / people)
        assert level["gap_share"] <= 0.001 + 1e-6
    cost = level_by_level.record["levels"][5]
    assert (cost["unit"], cost["gap_share_of"]) == ("USD of the base year", "the value")


def test_a_level_names_the_earlier_ones_that_may_still_be_improved(level_by_level):
    levels = level_by_level.record["levels"]
    for place, level in enumerate(levels):
        assert level["conditional_on"] == [earlier["objective"] for earlier in levels[:place] if earlier["gap_share"] > 1e-4]


def test_a_level_without_a_bound_is_one_that_may_still_be_improved():
    found = [
        SolvedLevel(Level(name, order, {name: 1.0}, 1.0, unit, 0.0, people), outcome(value, bound), 0.0)
        for name, order, unit, people, value, bound in (
            ("below_rung_1", 1, "persons", 1000.0, 50.0, 50.0),
            ("below_rung_2", 1, "persons", 1000.0, 80.0, 79.0),
            ("cost", 2, "USD of the base year", 0.0, 900.0, None),
            ("environmental_flow_deficit", 3, "m³/year", 0.0, 5.0, 5.0),
        )
    ]
    conditional = [level["conditional_on"] for level in level_records(found)]
    assert conditional == [[], [], ["below_rung_2"], ["below_rung_2", "cost"]]


def outcome(value, bound):
    gap = None if bound is None else (value - bound) / value
    return SimpleNamespace(objective=value, bound=bound, gap=gap, record=SimpleNamespace(to_dict=dict))


def test_a_bound_is_never_above_the_best_plan_known(level_by_level, access_alone):
    bounds = access_alone.tables["objectives"].set_index("objective")["bound"]
    # The first level is bound by nothing but the laws, so its bound holds for every plan.
    for plan in (level_by_level, access_alone):
        assert bounds["below_rung_1"] <= told(plan)["below_rung_1"] + 1e-6


def test_one_steep_objective_serves_the_lowest_rungs_as_level_by_level_does(tight_basin, access_alone, monkeypatch):
    monkeypatch.setattr(aims, "SMALL_VILLAGE_STAGES", 0)
    scenario = resolved(basin=tight_basin, objectives=[{"objective": "access"}])
    assert [level.name for level in levels_of(scenario.policy, scenario, build(scenario).compile())] == ["access"]
    steep = solve(scenario, Limits(time_seconds=60, relative_gap=0.0001))
    assert steep.passed, steep.audit.failures
    (level,) = steep.record["levels"]
    assert (level["unit"], level["gap_share_of"]) == ("persons", "all people")
    assert level["gap_share"] <= 0.0001 + 1e-6
    gap = level["gap"] * aims.STEEP.sum() / aims.STEEP[0]
    apart = abs(told(steep)["below_rung_1"] - told(access_alone)["below_rung_1"])
    assert apart <= gap + 0.001 * weighted_people(scenario) + 0.05
