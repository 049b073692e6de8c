"""The price of fairness between two plans on paper, worked by hand."""

from pathlib import Path

import pandas as pd
import pytest

from planner.basin import Basin
from planner.plan.compare import compare
from planner.reports.comparison import comparison_section

TUTORIAL = Path(__file__).parents[3] / "datasets" / "tutorial" / "basin"
CHEAP = {"name": "cheap", "title": "Cheap", "policy": {"objectives": [{"objective": "cost"}]}}
FAIR = {"name": "fair", "title": "Fair", "policy": {"objectives": [{"objective": "max_min"}]}}
PEOPLE = 1530.0
"""Of the tutorial, in both stages."""


@pytest.fixture(scope="module")
def basin() -> Basin:
    return Basin.read(TUTORIAL)


def told(cost: tuple[float, float | None], below: tuple[float, float | None]) -> pd.DataFrame:
    """Objectives with value and bound of cost and of persons below rung 4."""
    rows = [("cost", 1, *cost, "USD of the base year"), ("below_rung_4", 0, *below, "persons")]
    return pd.DataFrame(rows, columns=["objective", "order", "value", "bound", "unit"]).astype({"bound": float})


def compared(basin, plan_on_paper, cheap, fair, scenario=FAIR):
    return compare([
        plan_on_paper(basin, scenario=CHEAP, objectives=told(*cheap)),
        plan_on_paper(basin, scenario=scenario, objectives=told(*fair)),
    ])  # fmt: skip


def test_in_cost_where_both_serve_as_many(basin, plan_on_paper) -> None:
    # 12 000 against 10 000; at least 11 000 / 10 000, at most 12 000 / 9 600.
    comparison = compared(basin, plan_on_paper, ((10000.0, 9600.0), (530.0, None)), ((12000.0, 11000.0), (530.0, None)))
    (price,) = comparison.fairness_prices
    assert (price.measure, price.efficient, price.fair) == ("cost", "Cheap", "Fair")
    assert (price.found, price.lowest, price.highest) == pytest.approx((0.2, 0.1, 0.25))
    assert price.sentence == (
        "The price of fairness: “Fair” costs 20 % more than “Cheap”, which serves as many people; "
        "with what both plans may still gain it is between 10 % and 25 %."
    )
    assert "The price of fairness: “Fair” costs" in str(comparison_section(comparison, 2026, "stage_2"))


def test_in_people_where_both_cost_as_much(basin, plan_on_paper) -> None:
    # 800 are served instead of 1000; the fair plan could serve 900, the efficient one 1030.
    comparison = compared(basin, plan_on_paper, ((10000.0, None), (530.0, 500.0)), ((10000.0, None), (730.0, 630.0)))
    (price,) = comparison.fairness_prices
    assert price.measure == "people"
    assert (price.found, price.lowest, price.highest) == pytest.approx((0.2, 0.1, 1 - 800 / 1030))


def test_without_bounds_only_that_it_is_not_below_nothing(basin, plan_on_paper) -> None:
    (price,) = compared(basin, plan_on_paper, ((100.0, None), (0.0, None)), ((150.0, None), (0.0, None))).fairness_prices
    assert (price.lowest, price.highest) == (0.0, None)
    assert price.sentence.endswith("it is at least 0 %, and how much more is not known.")
    other = {**FAIR, "policy": {**FAIR["policy"], "groundwater": "priced"}}
    (price,) = compared(basin, plan_on_paper, ((100.0, None), (0.0, None)), ((150.0, None), (0.0, None)), other).fairness_prices
    assert (price.lowest, price.highest) == (None, None)


def test_plans_that_differ_in_cost_and_people_have_no_price(basin, plan_on_paper) -> None:
    assert not compared(basin, plan_on_paper, ((100.0, 90.0), (0.0, None)), ((150.0, 90.0), (300.0, None))).fairness_prices
    assert not compare([plan_on_paper(basin, scenario=CHEAP)] * 2).fairness_prices
