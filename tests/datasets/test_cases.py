"""Bundled cases: found by name, and sound."""

from pathlib import Path

import pandas as pd
import pytest

from datasets.cases import cases, find
from planner.basin import Basin
from planner.checks import check


def test_the_tutorial_is_bundled():
    assert "tutorial" in [case.name for case in cases()]


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_a_case_has_a_title_a_licence_scenarios_and_as_many_villages_as_its_table(case):
    assert case.title and case.licence and case.scenarios
    assert case.villages == len(pd.read_csv(case.folder / "villages.csv"))
    assert find(case.name) == case.folder


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_nothing_is_wrong_with_a_bundled_basin(case):
    assert [f for f in check(Basin.read(case.folder)) if f.severity == "error"] == []


def test_a_name_of_no_case_is_a_folder():
    assert find("somewhere/else") == Path("somewhere/else")


def test_a_folder_with_a_basin_inside_stands_for_that_basin(tmp_path):
    (tmp_path / "basin").mkdir()
    (tmp_path / "basin" / "basin.yaml").write_text("name: inner\n")
    assert find(tmp_path) == tmp_path / "basin"


def test_a_path_to_a_case_is_a_path_and_not_its_name(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert find("../datasets/tutorial") == Path("../datasets/tutorial")
