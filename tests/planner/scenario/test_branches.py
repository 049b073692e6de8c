"""Branches of a policy: what does not fit the basin is told at its place."""

import pytest

from datasets.cases import find
from planner.basin import Basin
from planner.plan.aims import aims_in_words
from planner.plan.titles import Titles
from planner.scenario.changes import apply
from planner.scenario.scenario import Scenario, ScenarioError

DRY = {"name": "dry", "from_stage": "stage_2", "members": ["dry_year"]}
NORMAL = {"name": "normal", "from_stage": "stage_2", "members": ["normal_year"]}


@pytest.fixture(scope="module")
def basin():
    return Basin.read(find("tutorial"))


def findings(basin, *branches, changes=()):
    content = {"name": "x", "changes": list(changes), "policy": {"branches": list(branches)}}
    try:
        apply(basin, Scenario.from_dict(content))
    except ScenarioError as error:
        return [(finding.code, finding.column, finding.value) for finding in error.findings]
    return []


def test_each_design_member_in_one_branch_is_sound(basin):
    assert findings(basin, DRY, NORMAL) == []
    assert findings(basin) == []


@pytest.mark.parametrize(
    ("branches", "expected"),
    [
        ([DRY | {"from_stage": "stage_9"}, NORMAL], ("scenario.reference", "policy.branches[0].from_stage", "stage_9")),
        ([DRY, NORMAL | {"from_stage": "stage_1"}], ("scenario.value", "policy.branches[1].from_stage", "stage_1")),
        ([DRY | {"members": ["dry_year", "flood"]}, NORMAL], ("scenario.reference", "policy.branches[0].members", "flood")),
        ([DRY], ("scenario.value", "policy.branches", "normal_year")),
        ([DRY, NORMAL | {"members": ["normal_year", "dry_year"]}], ("scenario.key_twice", "policy.branches", "dry_year")),
        ([DRY, NORMAL | {"name": "dry"}], ("scenario.key_twice", "policy.branches", "dry")),
    ],
)
def test_what_does_not_fit_is_told_at_its_place(basin, branches, expected):
    assert findings(basin, *branches) == [expected]


def test_a_stress_member_belongs_to_every_branch(basin):
    drought = {"member": "drought", "kind": "stress", "probability": 0.02}
    rows = [
        {"table": table, "add": basin.tables[table].query("member == 'dry_year'").assign(member="drought").to_dict("records")}
        for table in ("inflow", "source_yields")
    ]
    changes = [{"table": "members", "add": drought}, *rows]
    assert findings(basin, DRY, NORMAL, changes=changes) == []
    named = findings(basin, DRY | {"members": ["dry_year", "drought"]}, NORMAL, changes=changes)
    assert named == [("scenario.reference", "policy.branches[0].members", "drought")]


def test_branches_do_not_go_with_the_least_regret():
    with pytest.raises(ScenarioError) as refused:
        Scenario.from_dict({"name": "x", "policy": {"branches": [DRY, NORMAL], "risk_attitude": {"attitude": "minimax_regret"}}})
    (finding,) = refused.value.findings
    assert finding.code == "scenario.value" and "branches go with any attitude to risk but the least regret" in str(
        finding.allowed
    )


def test_a_mistyped_key_of_a_branch_is_told(basin):
    with pytest.raises(ScenarioError) as refused:
        Scenario.from_dict({"name": "x", "policy": {"branches": [{**DRY, "stage": "stage_2"}, NORMAL]}})
    (finding,) = refused.value.findings
    assert (finding.code, finding.column) == ("scenario.key", "policy.branches[0].stage")
    assert "from_stage" in str(finding.allowed)


@pytest.mark.parametrize("name", ["..", "a/b", "tree.json", ""])
def test_a_name_that_is_no_folder_is_refused(name):
    with pytest.raises(ScenarioError) as refused:
        Scenario.from_dict({"name": "x", "policy": {"branches": [DRY | {"name": name}, NORMAL]}})
    assert [finding.column for finding in refused.value.findings] == ["policy.branches[0].name"]


def test_branches_are_told_in_words(basin):
    policy = Scenario.from_dict({"name": "x", "policy": {"branches": [DRY, NORMAL]}}).policy
    told = aims_in_words(policy, Titles(basin))["Branches"]
    assert told == "dry: Dry year, one in four, known from 2029–2030 on; normal: Normal year, known from 2029–2030 on"
