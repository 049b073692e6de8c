"""A scenario's file is read strictly: what is not understood is a finding with its place, never ignored."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.checks.finding import Finding
from planner.scenario.change import AddRows, MultiplyValues, RemoveRows, SetValues
from planner.scenario.scenario import Scenario, ScenarioError

WHOLE = """\
name: dry_decade
title: A dry decade
changes:
  - {table: inflow, where: {member: [normal, dry_year]}, multiply: {inflow_m3_per_day: 0.7}, why: Climate.}
  - {table: reaches, where: {reach: head}, set: {protected: true}}
  - {table: groups, add: {group: "12", weight: 2}}
  - {table: obligations, where: {obligation: treaty}, remove: true}
  - settings: {discount_rate_share_per_year: 3e-2}
policy:
  objectives: [{objective: access}, {objective: cost, tolerance_share: 0.01}]
  floors: [{rung: 3, share: 0.7, within: village}]
  environmental_flow: priced
"""


def read(folder: Path, text: str | bytes) -> Scenario:
    path = folder / "scenario.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return Scenario.read(path)


def findings(folder: Path, text: str | bytes) -> tuple[Finding, ...]:
    with pytest.raises(ScenarioError) as caught:
        read(folder, text)
    assert all(item.severity == "error" and item.remedy and item.message for item in caught.value.findings)
    return caught.value.findings


def test_every_kind_of_change_is_told_by_its_keys(tmp_path: Path) -> None:
    scenario = read(tmp_path, WHOLE)
    assert [type(change) for change in scenario.changes[:4]] == [MultiplyValues, SetValues, AddRows, RemoveRows]
    assert scenario.changes[4].settings == {"discount_rate_share_per_year": 0.03}
    assert scenario.policy.objectives[1].tolerance_share == 0.01
    assert scenario.label == "A dry decade"


def test_a_scenario_survives_its_own_yaml(tmp_path: Path) -> None:
    scenario = read(tmp_path, WHOLE)
    again = read(tmp_path, scenario.to_yaml())
    assert again == scenario
    assert again.model_dump(mode="json") == scenario.model_dump(mode="json")


def test_words_that_yaml_likes_to_turn_into_something_else_stay_words(tmp_path: Path) -> None:
    text = "name: a\nchanges: [{table: t, set: {a: no, b: 2027-01-01, c: 1_000, d: '7', e: 010, f: 1e3, g: true}}]"
    values = read(tmp_path, text).changes[0].set
    assert values == {"a": "no", "b": "2027-01-01", "c": "1_000", "d": "7", "e": 10, "f": 1000.0, "g": True}


@pytest.mark.parametrize(
    ("text", "code", "place", "hint"),
    [
        ("- a\n- b", "scenario.form", "", "form"),
        ("", "scenario.form", "", "form"),
        ("name: a\nchnages: []", "scenario.key", "chnages", "changes"),
        ("title: a", "scenario.missing", "name", "Add"),
        ("name: a b", "scenario.value", "name", "letters"),
        ("name: a\nname: b", "scenario.key_twice", "line 2", "Keep one"),
        ("name: a\nchanges: [{table: t}]", "scenario.form", "changes[0]", "multiply"),
        ("name: a\nchanges: [{table: t, set: {}}]", "scenario.value", "changes[0].set", "at least 1"),
        ("name: a\nchanges: [{table: t, set: {a: [1]}}]", "scenario.value", "changes[0].set.a", "a number, text"),
        ("name: a\nchanges: [{table: t, set: {a: 1}, multiply: {b: 2}}]", "scenario.key", "changes[0].multiply", "set"),
        ("name: a\nchanges: [{table: t, multiply: {b: half}}]", "scenario.value", "changes[0].multiply.b", "a number"),
        ("name: a\nchanges: [{table: t, remove: true}]", "scenario.missing", "changes[0].where", "Add"),
        ("name: a\nchanges: [{table: t, wher: {a: 1}, set: {a: 1}}]", "scenario.key", "changes[0].wher", "where"),
        ("name: a\npolicy: {objectives: [{objective: profit}]}", "scenario.value", "policy.objectives[0].objective",
         "access"),
        ("name: a\npolicy: {floors: [{rung: 7, share: 0.5}]}", "scenario.value", "policy.floors[0].rung", "at most 5"),
        ("name: a\npolicy: {floors: [{rung: 3, share: 0.5, stge: s1}]}", "scenario.key", "policy.floors[0].stge",
         "stage"),
        ("name: a\npolicy: {floors: [{rung: 3, share: .nan}]}", "scenario.value", "policy.floors[0].share", "number"),
        ("name: a\nchanges: [", "scenario.syntax", "line 2", "YAML"),
        ("name: &x a\ntitle: *x", "scenario.syntax", "line 1", "YAML"),
        ("name: !!python/name:os.system a", "scenario.syntax", "line 1", "YAML"),
        ("[" * 5000, "scenario.syntax", "line 1", "YAML"),
        (b"name: \xff\xfe", "scenario.syntax", "", "YAML"),
        (b"name: a\x00b", "scenario.syntax", "", "YAML"),
    ],
)  # fmt: skip
def test_what_is_not_understood_is_a_finding(tmp_path: Path, text: str, code: str, place: str, hint: str) -> None:
    found = findings(tmp_path, text)
    assert [(item.code, item.place) for item in found] == [(code, place)]
    assert hint in f"{found[0].allowed} {found[0].remedy}"


def test_a_file_that_is_not_there_or_too_large_is_a_finding(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match="cannot be read"):
        Scenario.read(tmp_path / "none.yaml")
    with pytest.raises(ScenarioError, match="not an ordinary file"):
        Scenario.read(tmp_path)
    assert findings(tmp_path, "#" * 2_000_001)[0].code == "scenario.file"


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=200) | st.binary(max_size=200))
def test_no_text_ends_in_anything_but_a_scenario_or_findings(tmp_path_factory: Any, text: str | bytes) -> None:
    path = tmp_path_factory.mktemp("fuzz") / "scenario.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass"))
    try:
        Scenario.read(path)
    except ScenarioError as error:
        assert error.findings
