"""What a plan may claim: never more than was shown."""

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from planner.basin import Basin
from planner.plan.audit.check import AuditCheck
from planner.plan.verdict import verdict

TUTORIAL = Path(__file__).parents[3] / "datasets" / "tutorial" / "basin"
FAILED = AuditCheck("river.walk", "The river walked from the springs down", False, 12.5, 1e-3, "m³/day", "mouth", 3)


@pytest.fixture(scope="module")
def basin() -> Basin:
    return Basin.read(TUTORIAL)


def aims(*rows: tuple[str, int, float, float | None]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["objective", "order", "value", "bound"]).astype({"bound": float})
    return frame.assign(unit=["USD of the base year" if o == "cost" else "persons" for o in frame["objective"]])


def test_a_plan_at_its_bound_is_proven_optimal(basin, plan_on_paper) -> None:
    assert verdict(plan_on_paper(basin)).startswith("Proven optimal")


def test_a_gap_is_told_in_percent_and_money(basin, plan_on_paper) -> None:
    plan = plan_on_paper(basin, status="gap_reached", objectives=aims(("cost", 1, 1_000_000.0, 994_000.0)))
    year = basin.settings.base_year
    assert verdict(plan) == f"Best plan found: its cost is at most 0.6 % (6,000 USD of {year}) above the best possible."


def test_a_tiny_gap_is_told_as_the_limit_that_it_is(basin, plan_on_paper) -> None:
    plan = plan_on_paper(basin, status="gap_reached", objectives=aims(("cost", 1, 1_000_000.0, 999_800.0)))
    assert f"is at most 0.1 % (200 USD of {basin.settings.base_year}) above" in verdict(plan)
    assert "under" not in verdict(plan)


def test_a_gap_below_a_dollar_is_told_as_at_most_a_dollar(basin, plan_on_paper) -> None:
    plan = plan_on_paper(basin, status="gap_reached", objectives=aims(("cost", 1, 2.0, 1.9)))
    assert f"(1 USD of {basin.settings.base_year}) above" in verdict(plan)


def test_an_optimal_status_without_a_bound_proves_nothing(basin, plan_on_paper) -> None:
    words = verdict(plan_on_paper(basin, bound_share=None))
    assert "optimal" not in words.lower()
    assert "not known" in words


def test_an_optimal_status_far_from_its_bound_proves_nothing(basin, plan_on_paper) -> None:
    assert verdict(plan_on_paper(basin, bound_share=0.9)).startswith("Best plan found: its cost is at most 10 %")


@pytest.mark.parametrize("status", ["optimal", "gap_reached", "time_limit"])
def test_a_failed_audit_is_never_called_optimal_or_best(basin, plan_on_paper, status) -> None:
    words = verdict(plan_on_paper(basin, status=status, checks=(FAILED,)))
    assert words == "Not shown as a result: the audit failed at “The river walked from the springs down”."


def test_a_plan_without_an_audit_is_no_result(basin, plan_on_paper) -> None:
    assert verdict(plan_on_paper(basin, checks=())) == "Not shown as a result: no audit was made."


@pytest.mark.parametrize(
    ("status", "opening"),
    [
        ("time_limit", "Stopped at the time limit"),
        ("cancelled", "Stopped on request"),
        ("memory_limit", "Stopped at the memory limit"),
    ],
)
def test_a_stopped_solve_says_so(basin, plan_on_paper, status, opening) -> None:
    assert verdict(plan_on_paper(basin, status=status, bound_share=0.5)).startswith(opening)


def test_access_is_told_in_persons_of_the_farthest_rung(basin, plan_on_paper) -> None:
    weightless = replace(basin, tables={**basin.tables, "groups": basin.tables["groups"].assign(weight=1.0)})
    rows = aims(("below_rung_1", 1, 50.0, 50.0), ("below_rung_2", 1, 240.0, 119.5), ("cost", 2, 10.0, 10.0))
    plan = plan_on_paper(weightless, status="gap_reached", objectives=rows)
    assert "at most 121 persons more below rung 2 than in the best possible plan" in verdict(plan)


def test_weighted_persons_are_called_so(basin, plan_on_paper) -> None:
    weighted = replace(basin, tables={**basin.tables, "groups": basin.tables["groups"].assign(weight=1.5)})
    plan = plan_on_paper(weighted, status="gap_reached", objectives=aims(("below_rung_1", 1, 9.0, 0.0)))
    assert "counted with their group's weight" in verdict(plan)


def test_a_tolerance_granted_by_the_policy_is_told(basin, plan_on_paper) -> None:
    policy = {"objectives": [{"objective": "cost", "tolerance_share": 0.01}, {"objective": "environmental_flow_deficit"}]}
    rows = aims(("cost", 1, 1005.0, 1000.0), ("environmental_flow_deficit", 2, 0.0, 0.0))
    words = verdict(plan_on_paper(basin, objectives=rows, scenario={"policy": policy}))
    assert words.startswith("Proven optimal within the tolerances of its policy: its cost is at most 0.5 %")


def test_figures_that_are_only_reported_do_not_enter(basin, plan_on_paper) -> None:
    rows = aims(("cost", 1, 100.0, 100.0), ("environmental_flow_deficit", 0, 5.0, None))
    assert verdict(plan_on_paper(basin, objectives=rows)).startswith("Proven optimal")


def test_cost_that_was_minimised_with_its_penalties_is_told_so(basin, plan_on_paper) -> None:
    level = {"objective": "cost", "order": 1, "value": 1_000.0, "bound": 900.0, "unit": "USD of the base year"}
    plan = replace(plan_on_paper(basin, status="gap_reached", bound_share=None), record={"levels": [level]})
    assert "its cost, with what is missed at its price, is at most 10 % (100 USD" in verdict(plan)


def test_rungs_that_were_minimised_together_are_told_in_persons(basin, plan_on_paper) -> None:
    rows = aims(*((f"below_rung_{rung}", 1, 100.0 * rung, None) for rung in range(1, 6)))
    level = {"objective": "access", "order": 1, "value": 140.0, "bound": 99.5, "unit": "persons"}
    plan = replace(plan_on_paper(basin, status="time_limit", objectives=rows), record={"levels": [level]})
    assert "at most 41 persons" in verdict(plan)
    assert "the lowest counting most" in verdict(plan)


def test_a_level_that_was_never_reached_is_not_claimed(basin, plan_on_paper) -> None:
    rows = aims(("environmental_flow_deficit", 1, 0.0, 0.0), ("cost", 2, 100.0, None))
    words = verdict(plan_on_paper(basin, status="time_limit", objectives=rows))
    assert words.startswith("Stopped at the time limit")
    assert words.endswith("for its other aims this is not known.")


def test_fairness_is_told_as_a_share_of_the_full_score_and_leximin_once(basin, plan_on_paper) -> None:
    rows = pd.concat([aims(("leximin_1", 1, 0.5, 0.48)), aims(("leximin_2", 1, 0.4, 0.35))]).assign(unit="share")
    said = verdict(plan_on_paper(basin, status="gap_reached", objectives=rows))
    assert "the worst-off, one after the other, lack at most 5 % of the full score more than in the best possible plan" in said
    assert said.count("lack") == 1


def test_conservation_is_told_as_a_share_of_the_whole(basin, plan_on_paper) -> None:
    rows = aims(("conservation", 1, 0.5, 0.48)).assign(unit="share")
    said = verdict(plan_on_paper(basin, status="gap_reached", objectives=rows))
    assert "what rivers and aquifers lose is at most 2 % of the whole above the best possible" in said


@pytest.mark.parametrize(
    ("bound", "given"),
    [
        (1000.0, "above the best possible, the aims before it held."),
        (900.0, "above the best possible, given what the aims before it reached, which may still be improved."),
        (None, "above the best possible, given what the aims before it reached, which may still be improved"),
    ],
)
def test_a_later_aim_is_conditional_while_an_earlier_one_has_a_gap(basin, plan_on_paper, bound, given) -> None:
    rows = aims(("below_rung_1", 1, 1000.0, bound), ("cost", 2, 100.0, 90.0))
    assert given in verdict(plan_on_paper(basin, status="gap_reached", objectives=rows))


def test_a_branch_of_which_no_aims_were_told_claims_nothing(basin, plan_on_paper) -> None:
    """As plans have it that were written when the mean cost alone was told."""
    plan = plan_on_paper(basin)
    told = {
        **plan.record,
        "member_tree": {"name": "dry", "branches": {"dry": 0.5, "usual": 0.5}, "mean": {"value": 1.0, "bound": 1.0}},
    }
    said = verdict(replace(plan, record=told))
    assert said.startswith("One of 2 plans of a member tree, for the branch dry: ")
    assert said.endswith("is not known.")
