"""The scenario with every concern is what its assumptions make of the basin, and sound with its origins."""

import pandas as pd
import pytest
import yaml

from datasets.cases import cases, find
from datasets.ratanakiri.whole_model import FOLDER, SCENARIO, scenario
from planner.checks import check
from planner.formats.folder import read_basin
from planner.scenario.changes import apply
from planner.scenario.scenario import Scenario

TABLES = (
    "energy_kinds",
    "aquifers",
    "administration_licences",
    "tanks",
    "village_storage",
    "hazards",
    "risk_reductions",
    "leakage_reductions",
    "wastewater_areas",
    "wastewater_returns",
    "load_limits",
    "irrigation_savings",
    "use_priorities",
    "turbines",
    "operators_present",
    "household_treatments",
    "household_waters",
)


@pytest.fixture(scope="module")
def basin():
    return apply(read_basin(find("ratanakiri")), Scenario.read(SCENARIO))


def test_the_file_is_what_the_maker_makes():
    assert yaml.safe_load(SCENARIO.read_text(encoding="utf-8")) == scenario()


def test_it_is_no_scenario_of_the_demo():
    (case,) = (one for one in cases() if one.name == "ratanakiri")
    assert sorted(case.scenarios) == ["equity_first", "least_cost"]


def test_every_concern_has_rows_and_nothing_is_wrong(basin):
    assert [table for table in TABLES if not len(basin.tables[table])] == []
    assert [finding for finding in check(basin) if finding.severity == "error"] == []


def test_every_figure_is_assumed_with_a_range_around_it(basin):
    facts = pd.read_csv(FOLDER / "facts" / "whole_model.csv")
    assert (facts["low"] <= facts["value"]).all()
    assert (facts["value"] <= facts["high"]).all()
    assert set(facts["assumption"]) <= set(basin.tables["assumptions"]["assumption"])
    told = basin.tables["origins"].query("origin == 'assumed'")
    assert set(facts["figures"]) <= set(told["of_table"].astype(str) + "." + told["of_column"].astype(str))
