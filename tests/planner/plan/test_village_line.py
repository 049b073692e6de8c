"""A plan, read by one village."""

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from planner.basin import Basin
from planner.plan.plan import Plan
from planner.plan.village_line import village_line

TUTORIAL = Path(__file__).parents[3] / "datasets" / "tutorial" / "basin"


@pytest.fixture
def plan(plan_on_paper) -> Plan:
    options = ["spring_box", "works_membrane", "spring_pipe_dn63"]
    return plan_on_paper(Basin.read(TUTORIAL), raised=0.5, mode="house_tap", options=options, taken=0.9)


def test_a_village_reads_who_stands_on_which_rung_before_and_in_every_stage(plan: Plan) -> None:
    line = village_line(plan, "hilltop")
    first = line.stages[0]
    assert first.persons_by_rung[5] == pytest.approx(0.5 * sum(line.persons_by_rung_before))
    assert first.typical_rung > line.typical_rung_before
    assert sum(mode.persons for mode in first.modes) == pytest.approx(sum(first.persons_by_rung))


def test_water_is_followed_upstream_along_links_that_carry_it(plan: Plan) -> None:
    links = plan.basin.tables["links"]
    into = links[links["to_node"] == "hilltop"].iloc[0]
    flow = {"link": into["link"], "train": None, "stage": "stage_1", "season": "dry", "member": "m", "flow_m3_per_day": 5.0}
    carrying = replace(plan, tables={**plan.tables, "flows": pd.DataFrame([flow])})
    wet, dry = village_line(carrying, "hilltop").stages
    assert wet.supply.sources + wet.supply.sites
    assert dry.supply.sources + dry.supply.sites == []


def test_the_worst_season_of_a_drought_is_told_and_none_where_nothing_lacks(plan: Plan) -> None:
    columns = plan.tables["shortage"].columns
    lacking = [
        {"village": "hilltop", "grade": "safe", "stage": "stage_1", "season": season, "member": "drought"} | figures
        for season, figures in {
            "wet": {"shortage_m3_per_day": 1.0, "hauled_m3_per_day": 0.0},
            "dry": {"shortage_m3_per_day": 3.0, "hauled_m3_per_day": 1.0},
        }.items()
    ]
    told = replace(plan, tables={**plan.tables, "shortage": pd.DataFrame(lacking, columns=columns)})
    first, second = (stage.drought for stage in village_line(told, "hilltop").stages)
    assert first is not None
    assert (first.shortage_m3_per_day, first.hauled_m3_per_day) == (3.0, 1.0)
    assert second is None


def test_a_village_that_is_not_there_is_no_line(plan: Plan) -> None:
    with pytest.raises(KeyError):
        village_line(plan, "atlantis")
