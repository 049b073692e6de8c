"""The scenario with branches asks what the one of least cost asks, of futures that are told apart later."""

from datasets.cases import find
from planner import Basin, Scenario, resolve
from planner.scenario.members import without_branches

SCENARIOS = find("ratanakiri").parent / "scenarios"


def test_its_branches_hold_every_design_member_once() -> None:
    basin = Basin.read(find("ratanakiri"))
    members = basin.tables["members"].query("kind == 'design'")["member"].tolist()
    branches = Scenario.read(SCENARIOS / "further" / "later_known.yaml").policy.branches
    assert sorted(name for branch in branches for name in branch.members) == sorted(members)
    assert {branch.from_stage for branch in branches} == {"stage_2"}


def test_without_them_it_is_the_scenario_of_least_cost() -> None:
    basin = Basin.read(find("ratanakiri"))
    later, least = (resolve(basin, Scenario.read(SCENARIOS / name)) for name in ("further/later_known.yaml", "least_cost.yaml"))
    assert without_branches(later).policy == least.policy
    for name, table in least.basin.tables.items():
        assert later.basin.tables[name].equals(table)
