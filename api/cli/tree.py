"""`rivershare plan` of a scenario with branches: a folder with one plan for each."""

from pathlib import Path
from typing import TYPE_CHECKING

from api.cli.answer import Answer
from api.cli.inputs import read_basin, read_scenario
from api.cli.progress import Progress
from api.cli.solving import cancelled_by_interrupt
from planner.plan.words import percent, quantity

if TYPE_CHECKING:
    from optimization.solving.limits import Limits
    from planner.plan.plan import Plan
    from planner.plan.tree import PlanTree


def has_branches(basin: str, scenario: str | None) -> bool:
    """Whether the policy of a scenario parts the members."""
    return bool(read_scenario(scenario, basin).policy.branches)


def plan_tree(
    basin: str,
    scenario: str | None,
    output: Path | None,
    limits: "Limits",
    shown: Progress,
    parquet: bool,
    start: Path | None,
) -> "tuple[PlanTree, Path]":
    """Plan every branch, from the plan in the folder `start` if any, and write the folder. Raises what these raise."""
    from optimization.member_tree.solve import solve_tree
    from planner.plan.plan import Plan
    from planner.plan.store import demand_place
    from planner.plan.tree import is_tree
    from planner.scenario.resolved import resolve

    wanted = read_scenario(scenario, basin)
    shown.now(f"Reading {basin}")
    read, _ = read_basin(basin)
    folder = demand_place(output or Path("plans") / f"{read.name}-{wanted.name}", is_tree)
    resolved = resolve(read, wanted)
    with cancelled_by_interrupt(shown) as cancel:
        shown.now(wanted.label)
        tree = solve_tree(resolved, limits, shown.news, cancel, None if start is None else Plan.read(start))
    shown.now(f"Writing {folder}")
    tree.write(folder, parquet=parquet)
    return tree, folder


def tell_tree(answer: Answer, tree: "PlanTree", folder: Path) -> None:
    """What came out: the verdict, and what each branch costs."""
    from rich.table import Table

    answer.say(tree.verdict)
    chances = tree.record["branches"]
    if tree.passed:
        table = Table(title=f"{tree.scenario.label}: a plan for each branch")
        sought = any(level["objective"] == "cost" for level in tree.record["levels"])
        for column in ("Branch", "Probability", "Cost, with what is missed at its price" if sought else "Cost", "Folder"):
            table.add_column(column)
        for name, plan in tree.plans.items():
            cost = quantity(_cost(plan), "USD", plan.basin.settings.base_year)
            table.add_row(plan.scenario.label, percent(chances[name]), cost, str(folder / name))
        answer.say(table)
    answer.say(f"Written to {folder}.")
    answer.document(
        {
            "tree": str(folder),
            "scenario": tree.scenario.name,
            "passed": tree.passed,
            "verdict": tree.verdict,
            "branches": {name: {"folder": str(folder / name), "verdict": plan.verdict} for name, plan in tree.plans.items()},
            "audit": tree.audit.to_dict(),
            "record": dict(tree.record),
        }
    )


def _cost(plan: "Plan") -> float:
    """With what is missed at its price where that is an aim, USD of the base year."""
    level = next((level for level in plan.record["levels"] if level["objective"] == "cost"), None)
    objectives = plan.tables["objectives"]
    return float(objectives["value"][objectives["objective"] == "cost"].iloc[0] if level is None else level["value"])
