"""Indicators of the tutorial's plan, against its README."""

from itertools import pairwise
from types import SimpleNamespace

import pandas as pd
import pytest

from planner.plan.indicators import Indicator, indicators
from tests.planner.plan.tutorial_on_tables import least_cost_tables, tutorial


def of(tables: dict[str, pd.DataFrame]) -> dict[str, Indicator]:
    return {indicator.name: indicator for indicator in indicators(SimpleNamespace(basin=tutorial(), tables=tables))}


@pytest.fixture(scope="module")
def figures() -> dict[str, Indicator]:
    return of(least_cost_tables())


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("cost", 16530.9208),
        ("capital_stage_1", 17300),
        ("capital_stage_2", 500),
        ("running_cost_stage_2", 70 + 1139.9 + 150),
        ("subsidies_stage_1", 100),
        ("paid_by_aid", 8050),
        ("people_at_rung_4_or_above_stage_1", 1250),
        ("people_at_rung_3_or_above_stage_1_if_nothing_is_built", 40),
        ("poor_at_rung_4_or_above_stage_1", 100 + 300 + 30),
        ("share_at_rung_4_or_above_stage_2", 1),
        ("gap_between_groups_at_rung_4_stage_1", 820 / 840 - 430 / 460),
        ("people_on_pipes_stage_1", 1200),
        ("villages_piped_stage_1", 2),
        ("built_conveyance", 3),
        ("environmental_flow_deficit", 0),
        ("environmental_flow_kept", 1),
        ("other_uses_unmet", 8 * 165 * 0.25),
        ("other_uses_lost", 8 * 165 * 0.25 * 0.05),
        ("water_shortage", 0),
    ],
)
def test_a_figure_of_the_plan(figures: dict[str, Indicator], name: str, value: float) -> None:
    assert figures[name].value == pytest.approx(value)


def test_each_indicator_has_a_name_of_its_own(figures: dict[str, Indicator]) -> None:
    assert len(figures) == len(indicators(SimpleNamespace(basin=tutorial(), tables=least_cost_tables())))


def test_more_people_served_is_better_and_more_cost_is_worse(figures: dict[str, Indicator]) -> None:
    assert figures["people_at_rung_4_or_above_stage_1"].better == "higher"
    assert figures["cost"].better == "lower"
    assert figures["paid_by_aid"].better == "neither"


def test_subjects_stand_together() -> None:
    subjects = [i.group for i in indicators(SimpleNamespace(basin=tutorial(), tables=least_cost_tables()))]
    assert sum(a != b for a, b in pairwise(subjects)) == len(set(subjects)) - 1


def test_a_missed_floor_is_counted_as_a_mean_over_the_years() -> None:
    tables = least_cost_tables()
    tables["floors"] = pd.DataFrame(
        {"floor": 1, "place": "basin", "group": None, "stage": ["stage_1", "stage_2"], "rung": 4,
         "required_persons": 1300.0, "served_persons": [1250.0, 1300.0], "missed_persons": [50.0, 0.0]}
    )  # fmt: skip
    assert of(tables)["floor_1_missed"].value == pytest.approx(25)


def test_a_plan_that_builds_nothing_has_figures_too() -> None:
    tables = least_cost_tables()
    for name in ("investments", "village_assets", "flows", "finance", "costs", "running_costs", "tariffs"):
        tables[name] = tables[name].head(0)
    found = of(tables)
    assert found["cost"].value == 0
    assert found["villages_piped_stage_1"].value == 0


def test_fairness_counts_persons_of_groups_within_administrations(figures: dict[str, Indicator]) -> None:
    # Of 1300 people, the 100 of Farside have half of what all others have: 50 of them are on a filter, the 1200 on taps.
    # Γ = (100/1300) · (1200/1300) · ½ = .0355; mean = 1250/1300; the worst-off fifth are these 100 and 160 others.
    assert figures["gini_at_rung_4_stage_1"].value == pytest.approx((100 * 1200 / 1300**2 / 2) / (1250 / 1300))
    assert figures["worst_fifth_at_rung_4_stage_1"].value == pytest.approx((50 + 160) / 260)
    assert figures["least_share_at_rung_4_stage_1"].value == pytest.approx(0.5)
    assert figures["gini_at_rung_4_stage_2"].value == pytest.approx(0.0)
