"""A plan in other futures: what fails is worked by hand, and many futures at once fare as each alone."""

import dataclasses

import pandas as pd
import pytest

from datasets.cases import find
from optimization import Limits, solve
from optimization.explained import CannotExplain, explain
from optimization.frozen import FrozenPlanError
from optimization.futures import BATCH, COLUMNS, Future, evaluate, robustness, sampled
from planner.formats.folder import read_basin
from planner.scenario.resolved import resolve
from planner.scenario.scenario import Scenario

FLOORS = [{"rung": 4, "share": 0.9, "within": "village"}]


@pytest.fixture(scope="module")
def plan():
    scenario = Scenario.from_dict({"name": "floors", "policy": {"floors": FLOORS}})
    return solve(resolve(read_basin(find("tutorial")), scenario), Limits(time_seconds=30, relative_gap=0.0))


def of(results, future, stage="stage_1"):
    return results.set_index(["future", "stage"]).loc[(future, stage)]


def test_the_years_it_was_planned_for_are_met_whole(plan):
    results = evaluate(plan, [Future("dry", "dry_year"), Future("normal", "normal_year")])
    assert list(results.columns) == list(COLUMNS)
    assert results["met_share"].tolist() == pytest.approx([1.0] * 4)
    assert results["persons_short"].tolist() == [0.0] * 4


def test_half_the_water_leaves_the_spring_short(plan):
    # Hilltop, 200 persons, takes 8 m³ a day from a spring that gives 10 in the dry season: half of that is 5, for 165 days.
    told = of(evaluate(plan, [Future("half", "dry_year", water_share=0.5)]), "half")
    assert told["missing_m3_per_year"] == pytest.approx(3 * 165)
    assert told["lowest_village_share"] == pytest.approx(5 / 8)
    assert told["met_share"] == pytest.approx(1 - 3 * 165 / (50 * 365))
    assert told["persons_short"] == 200


def test_more_demand_meets_what_was_built_and_no_more(plan):
    # Hilltop wants 12 of the spring's 10 for 165 days; Riverside wants 63 of the train's 42 all the year.
    told = of(evaluate(plan, [Future("more", "dry_year", demand_share=1.5)]), "more")
    assert told["demand_m3_per_year"] == pytest.approx(1.5 * 50 * 365)
    assert told["missing_m3_per_year"] == pytest.approx(2 * 165 + 21 * 365, rel=1e-6)
    assert told["persons_short"] == 1200


def test_the_river_comes_after_people_and_before_the_fields(plan):
    # As planned, what the fields draw leaves the river its flow. With half the water people drink, and the river lacks.
    dry, half = (
        evaluate(plan, [Future("dry", "dry_year"), Future("half", "dry_year", 0.5)]).query("stage == 'stage_1'").itertuples()
    )
    assert dry.environmental_flow_deficit_m3_per_year == pytest.approx(0.0, abs=1e-6)
    assert half.environmental_flow_deficit_m3_per_year > 0
    assert half.met_share > 0.97


def test_many_at_once_fare_as_each_alone(plan):
    futures = sampled(plan.basin, BATCH + 3)
    together = evaluate(plan, futures)
    assert len(together) == 2 * len(futures)
    for future in (futures[0], futures[BATCH - 1], futures[-1]):
        alone = evaluate(plan, [future])
        pd.testing.assert_frame_equal(
            together[together["future"] == future.name].reset_index(drop=True), alone, check_exact=False, rtol=1e-6
        )


def test_worse_water_and_more_demand_are_never_better(plan):
    grid = [Future(f"{w}/{d}", "dry_year", w, d) for w in (1.0, 0.7, 0.4) for d in (1.0, 1.3)]
    met = evaluate(plan, grid).query("stage == 'stage_1'")["met_share"].to_numpy().reshape(3, 2)
    assert (met[:, 0] >= met[:, 1] - 1e-9).all() and (met[:-1] >= met[1:] - 1e-9).all()


def test_futures_are_drawn_evenly_and_the_same_again(plan):
    futures = sampled(plan.basin, 40, seed=3, water=(0.5, 1.0), demand=(1.0, 2.0))
    assert futures == sampled(plan.basin, 40, seed=3, water=(0.5, 1.0), demand=(1.0, 2.0))
    assert futures != sampled(plan.basin, 40, seed=4, water=(0.5, 1.0), demand=(1.0, 2.0))
    # One in each fortieth of the range; members by how likely they are, 3 to 1.
    assert sorted(int((future.water_share - 0.5) / 0.5 * 40) for future in futures) == list(range(40))
    assert sum(future.member == "normal_year" for future in futures) == 30


def test_in_how_many_futures_it_is_enough():
    results = pd.DataFrame(
        {
            "stage": ["a"] * 4,
            "lowest_village_share": [1.0, 0.95, 0.8, 0.9],
            "met_share": [1.0, 0.99, 0.9, 0.97],
            "missing_m3_per_year": [0.0, 1.0, 10.0, 3.0],
        }
    )
    (row,) = robustness(results, 0.9).itertuples()
    assert (row.futures, row.satisfied_share, row.lowest_met_share, row.mean_missing_m3_per_year) == (4, 0.75, 0.9, 3.5)


def test_what_the_policy_asked_of_the_plan_as_a_whole_is_asked_of_no_future(plan):
    asked = {
        "floors": FLOORS,
        "objectives": [{"objective": "cost"}],
        "risk_attitude": {"attitude": "worst"},
        "gap_caps": [{"rung": 4, "between": "groups", "largest_gap_share": 0.9, "hard": True}],
        "largest_emissions_kg_co2_per_year": 1e6,
    }
    other = dataclasses.replace(plan, scenario=Scenario.from_dict({"name": "asked", "policy": asked}))
    futures = [Future("half", "dry_year", water_share=0.5)]
    pd.testing.assert_frame_equal(evaluate(other, futures), evaluate(plan, futures), check_exact=False, rtol=1e-6)


def test_a_service_plan_that_is_no_longer_there_is_named_and_not_guessed(plan):
    followed = plan.tables["village_plans"].assign(service_plan="as_in_old_times")
    other = dataclasses.replace(plan, tables={**plan.tables, "village_plans": followed})
    with pytest.raises(FrozenPlanError, match="follows as_in_old_times"):
        evaluate(other, [Future("x", "dry_year")])
    with pytest.raises(CannotExplain, match="follows as_in_old_times"):
        explain(other)


def test_the_time_limit_is_for_all_futures_together(plan):
    with pytest.raises(FrozenPlanError):
        evaluate(plan, [Future("x", "dry_year")], Limits(time_seconds=1e-9))


def test_a_member_that_the_basin_lacks_is_named(plan):
    with pytest.raises(FrozenPlanError, match=r"no member flood; it has dry_year, normal_year"):
        evaluate(plan, [Future("x", "flood")])


@pytest.mark.parametrize("bad", [{"count": 0}, {"count": 3, "water": (0.0, 1.0)}, {"count": 3, "demand": (1.2, 1.1)}])
def test_ranges_that_make_no_sense_are_refused(plan, bad):
    with pytest.raises(ValueError):
        sampled(plan.basin, **bad)
