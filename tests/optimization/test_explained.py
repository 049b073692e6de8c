"""Why a plan is as it is: marginal values worked by hand, and what it costs to force an option."""

import pytest

from datasets.cases import find
from optimization import Limits, solve
from optimization.explained import CannotExplain, explain, force
from planner.formats.folder import read_basin
from planner.scenario.resolved import resolve
from planner.scenario.scenario import Scenario

FLOORS = [{"rung": 4, "share": 0.9, "within": "village"}]


@pytest.fixture(scope="module")
def plan():
    scenario = Scenario.from_dict({"name": "floors", "policy": {"floors": FLOORS}})
    return solve(resolve(read_basin(find("tutorial")), scenario), Limits(time_seconds=30, relative_gap=0.0))


def test_a_cubic_metre_that_the_river_keeps_is_worth_the_rice_that_it_would_water(plan):
    # 0.05 USD/m³ for 165 dry days of a year that comes one in four; the stages' years are worth 1.8 and 1.152.
    explained = explain(plan)
    flow = explained.marginal_values.query("constraint == 'Environmental flow'").set_index("place")["value"]
    assert flow.to_dict() == pytest.approx(
        {
            "upper_reach/stage_1/dry/dry_year": 0.05 * 165 * 0.25 * 1.8,
            "upper_reach/stage_2/dry/dry_year": 0.05 * 165 * 0.25 * 1.152,
        }
    )
    assert "environmental flow kept at upper_reach in stage_1, dry, dry_year would be worth 3.71" in "".join(
        explained.marginal_values["sentence"]
    )
    assert "kept as planned" in explained.caveat


def test_what_does_not_bind_is_worth_nothing(plan):
    binding = explain(plan).binding.set_index("constraint")
    assert (binding.loc[binding["binding"] == 0, "most_worth"] < 1e-9).all()
    assert binding.loc["Environmental flow", ["rows", "binding"]].tolist() == [16, 2]


def test_forcing_an_option_costs_what_the_best_plan_with_it_costs_more(plan):
    built = set(plan.tables["investments"].query("serves and stage == 'stage_2'")["option"])
    left_out = sorted(set(plan.basin.tables["options"]["option"]) - built)
    answers = [force(plan, option, Limits(time_seconds=30, relative_gap=0.0)) for option in left_out[:2]]
    for answer in answers:
        if answer.value is None:
            assert answer.status == "infeasible"
            assert "no plan has it" in answer.sentence
            continue
        assert answer.costs_at_least == pytest.approx(answer.costs_at_most, abs=0.5)
        assert answer.costs_at_most > 0
    have = force(plan, sorted(built)[0], Limits(time_seconds=30, relative_gap=0.0))
    assert have.costs_at_most == pytest.approx(0.0, abs=0.5)


def test_an_option_that_is_not_there_is_told(plan):
    with pytest.raises(CannotExplain, match="no option weir"):
        force(plan, "weir")
