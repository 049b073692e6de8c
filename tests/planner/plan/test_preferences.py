"""Satisfaction runs from what is never acceptable to what is enough, and says where a scale was taken from the plans."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.plan.indicators import Better, Indicator
from planner.plan.preferences import PlanSatisfaction, Preference, Satisfaction, satisfaction
from planner.plan.query_findings import QueryError

LEVELS = st.floats(-1e9, 1e9)


def plan(**values: float) -> list[Indicator]:
    better: dict[str, Better] = {"cost": "lower", "served": "higher", "piped": "neither"}
    return [Indicator(name, name.capitalize(), value, "unit", better[name], "group") for name, value in values.items()]


def judged(plans: list[list[Indicator]], *preferences: Preference) -> Satisfaction:
    return satisfaction(plans, preferences)


def single(value: float, **levels: float) -> PlanSatisfaction:
    return judged([plan(cost=value)], Preference(indicator="cost", **levels)).plans[0]


@pytest.mark.parametrize(("cost", "total"), [(100, 1.0), (50, 1.0), (150, 0.5), (180, 0.2), (200, 0.0)])
def test_lower_is_better_between_floor_and_aspiration(cost: float, total: float) -> None:
    found = single(cost, floor=200, aspiration=100)
    assert found.total == pytest.approx(total)
    assert found.acceptable


@pytest.mark.parametrize(("served", "total"), [(0.5, 0.0), (0.75, 0.5), (1.0, 1.0)])
def test_higher_is_better_between_floor_and_aspiration(served: float, total: float) -> None:
    found = judged([plan(served=served)], Preference(indicator="served", floor=0.5, aspiration=1.0)).plans[0]
    assert found.total == pytest.approx(total)


def test_a_plan_beyond_a_floor_is_not_acceptable_and_says_by_what() -> None:
    liked, floor = Preference(indicator="served", weight=9), Preference(indicator="cost", floor=200, aspiration=100)
    found = judged([plan(cost=201, served=1.0), plan(cost=150, served=0.0)], liked, floor)
    violated = found.plans[0].floors_violated[0]
    assert (violated.indicator, violated.value, violated.floor) == ("cost", 201, 200)
    assert found.plans[0].total == 0.0
    assert found.plans[1].total == pytest.approx(0.05)


def test_without_levels_the_scale_is_from_the_worst_plan_to_the_best_and_says_so() -> None:
    found = judged([plan(cost=300), plan(cost=100), plan(cost=150)], Preference(indicator="cost"))
    assert [p.total for p in found.plans] == pytest.approx([0.0, 1.0, 0.75])
    scale = found.scales[0]
    assert (scale.floor, scale.floor_from, scale.aspiration, scale.aspiration_from) == (300, "plans", 100, "plans")
    assert all(p.acceptable for p in found.plans)


def test_weights_say_how_much_an_indicator_counts() -> None:
    plans = [plan(cost=100, served=0.0), plan(cost=200, served=1.0)]
    found = judged(plans, Preference(indicator="cost", weight=3), Preference(indicator="served", weight=1))
    assert [p.total for p in found.plans] == pytest.approx([0.75, 0.25])
    found = judged(plans, Preference(indicator="cost", weight=0), Preference(indicator="served"))
    assert [p.total for p in found.plans] == pytest.approx([0.0, 1.0])


def test_plans_that_are_alike_satisfy_alike() -> None:
    assert [p.total for p in judged([plan(cost=5), plan(cost=5)], Preference(indicator="cost")).plans] == [1.0, 1.0]


def test_a_floor_that_is_the_aspiration_is_a_threshold() -> None:
    assert single(100, floor=100, aspiration=100).total == 1.0
    assert single(101, floor=100, aspiration=100).total == 0.0


def test_no_plan_reaches_a_floor_where_all_are_beyond_it() -> None:
    found = judged([plan(cost=300), plan(cost=400)], Preference(indicator="cost", floor=200))
    assert [p.indicators[0].satisfaction for p in found.plans] == [0.0, 0.0]


def test_an_indicator_that_a_plan_lacks_is_left_out_of_its_total() -> None:
    plans = [plan(cost=100, served=0.5), plan(cost=200)]
    found = judged(plans, Preference(indicator="cost"), Preference(indicator="served", floor=0, aspiration=1))
    assert [p.total for p in found.plans] == pytest.approx([0.75, 0.0])
    assert found.plans[1].indicators[1].satisfaction is None


def test_an_indicator_without_a_direction_gets_it_from_its_levels() -> None:
    found = judged([plan(piped=30)], Preference(indicator="piped", floor=40, aspiration=20))
    assert found.plans[0].total == pytest.approx(0.5)
    assert found.scales[0].better == "lower"


@pytest.mark.parametrize(
    ("preferences", "found"),
    [
        ([Preference(indicator="costs")], [("query.indicator", "preferences[0].indicator", "Did you mean cost?")]),
        ([Preference(indicator="cost")] * 2, [("query.twice", "preferences[1].indicator", "Name it once.")]),
        ([Preference(indicator="cost", floor=1, aspiration=2)],
         [("query.preference", "preferences[0].aspiration", "Give an aspiration at most the floor.")]),
        ([Preference(indicator="piped", floor=1)],
         [("query.preference", "preferences[0]", "Give both floor and aspiration, one unlike the other.")]),
        ([Preference(indicator="cost", weight=0)], [("query.preference", "preferences", "Correct the preference.")]),
        ([], [("query.preference", "preferences", "Correct the preference.")]),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told(preferences: list[Preference], found: list[tuple[str, str, str]]) -> None:
    with pytest.raises(QueryError) as raised:
        satisfaction([plan(cost=1, served=1, piped=1)], preferences)
    assert [(f.code, f.column, f.remedy) for f in raised.value.findings] == found


def test_every_field_of_a_preference_says_what_it_is() -> None:
    for info in Preference.model_fields.values():
        assert info.title
        assert info.description
        assert info.examples


@given(st.lists(LEVELS, min_size=1, max_size=5), st.none() | LEVELS, st.none() | LEVELS)
def test_satisfaction_is_from_0_to_1_and_a_better_plan_is_never_less_satisfying(
    values: list[float], one: float | None, other: float | None
) -> None:
    floor, aspiration = (one, other) if one is None or other is None else (max(one, other), min(one, other))
    found = judged([plan(cost=v) for v in values], Preference(indicator="cost", floor=floor, aspiration=aspiration))
    by_cost = sorted((v, p.indicators[0].satisfaction) for v, p in zip(values, found.plans, strict=True))
    scores = [score for _, score in by_cost if score is not None]
    assert all(0 <= score <= 1 for score in scores)
    assert all(later <= earlier + 1e-9 for earlier, later in pairwise(scores))
