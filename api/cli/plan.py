"""`rivershare plan`: a basin and a scenario in, a folder with an audited plan out."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.answer import DONE, WRONG, Answer, CliError, answering
from api.cli.arguments import (
    AllOption,
    BasinArgument,
    GapOption,
    JsonOption,
    MemoryOption,
    SeedOption,
    ServerOption,
    ThreadsOption,
    TimeOption,
)

if TYPE_CHECKING:
    from api.cli.progress import Progress
    from optimization.solving.limits import Limits
    from planner.checks.finding import Finding
    from planner.plan.plan import Plan
    from planner.plan.tree import PlanTree


def plan(
    basin: BasinArgument,
    scenario: Annotated[
        str | None,
        typer.Option(
            "--scenario",
            "-s",
            help="File of a scenario, or the name of one beside the basin. Left out: at least cost.",
        ),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Folder to write. Left out: plans/BASIN-SCENARIO.")
    ] = None,
    time: TimeOption = 120.0,
    gap: GapOption = 0.01,
    seed: SeedOption = 0,
    threads: ThreadsOption = 1,
    memory: MemoryOption = None,
    by_rule: Annotated[
        str | None,
        typer.Option(
            help="Plan by a rule of thumb instead, to compare with: cheapest_first, biggest_first or nearest_first.",
            metavar="RULE",
        ),
    ] = None,
    start: Annotated[
        Path | None,
        typer.Option(
            "--start",
            help="Folder of a plan to start from, of this scenario or one much like it; what no longer holds is mended.",
            metavar="PLAN",
        ),
    ] = None,
    parquet: Annotated[bool, typer.Option("--parquet", help="Tables as Parquet instead of CSV.")] = False,
    every: AllOption = False,
    server: ServerOption = None,
    as_json: JsonOption = False,
) -> None:
    """Plan a basin under a scenario. Ctrl-C ends the search and keeps the best plan. A scenario with branches gets a folder with
    a plan for each."""
    from api.cli.progress import Progress
    from api.cli.tree import has_branches, plan_tree, tell_tree
    from planner.plan.tree import PlanTree

    with answering(as_json) as answer:
        limits = _limits(time, gap, seed, threads, memory)
        if start is not None and (server is not None or by_rule is not None):
            raise CliError("--start goes with a plan that is searched for here: leave out --server and --by-rule.")
        if server is None and by_rule is None and has_branches(basin, scenario):
            with Progress(answer.err) as shown:
                tree, folder = plan_tree(basin, scenario, output, limits, shown, parquet, start)
            tell_tree(answer, tree, folder)
            raise typer.Exit(DONE if tree.passed else WRONG)
        with Progress(answer.err) as shown:
            planned = partial(_planned_here, start) if server is None else partial(_planned_by, server)
            if by_rule is not None:
                planned = partial(_planned_by_rule, by_rule, server)
            made, findings, folder = planned(basin, scenario, output, limits, shown)
            shown.now(f"Writing {folder}")
            made.write(folder, parquet=parquet)
        if isinstance(made, PlanTree):
            tell_tree(answer, made, folder)
            raise typer.Exit(DONE if made.passed else WRONG)
        _tell(answer, made, folder, findings, every)
        raise typer.Exit(DONE if made.passed else WRONG)


def _planned_here(
    start: Path | None, basin: str, scenario: str | None, output: Path | None, limits: "Limits", shown: "Progress"
) -> "tuple[Plan, list[Finding], Path]":
    from api.cli.inputs import read_basin, read_scenario
    from api.cli.solving import solve_shown
    from planner.plan.plan import Plan

    wanted = read_scenario(scenario, basin)
    shown.now(f"Reading {basin}")
    read, findings = read_basin(basin)
    folder = _free(output, read.name, wanted.name)
    return solve_shown(read, wanted, limits, shown, None if start is None else Plan.read(start)), findings, folder


def _planned_by_rule(
    rule: str, server: str | None, basin: str, scenario: str | None, output: Path | None, limits: "Limits", shown: "Progress"
) -> "tuple[Plan, list[Finding], Path]":
    from api.cli.inputs import read_basin, read_scenario
    from optimization.baselines import RULES, baseline
    from planner.scenario.resolved import resolve

    if rule not in RULES:
        raise CliError(f"There is no rule {rule}. There are {', '.join(RULES)}.")
    if server is not None:
        raise CliError("A plan by a rule of thumb is made here, not by a service: leave out --server.")
    wanted = read_scenario(scenario, basin)
    read, findings = read_basin(basin)
    folder = _free(output, read.name, rule)
    shown.now("Planning by a rule of thumb")
    return baseline(resolve(read, wanted), rule, limits), findings, folder


def _planned_by(
    server: str, basin: str, scenario: str | None, output: Path | None, limits: "Limits", shown: "Progress"
) -> "tuple[Plan | PlanTree, list[Finding], Path]":
    from api.cli.remote import plan as plan_of_service
    from planner.plan.tree import PlanTree

    if output is not None:
        _free(output, "", "")
    made, findings = plan_of_service(server, basin, scenario, limits, shown)
    name = next(iter(made.plans.values())).basin.name if isinstance(made, PlanTree) else made.basin.name
    return made, findings, _free(output, name, made.scenario.name)


def _free(output: Path | None, basin: str, scenario: str) -> Path:
    """The folder to write to. Raises PlanError where something else is there."""
    from planner.plan.plan import is_plan
    from planner.plan.store import demand_place
    from planner.plan.tree import is_tree

    return demand_place(output or Path("plans") / f"{basin}-{scenario}", lambda folder: is_plan(folder) or is_tree(folder))


def _limits(time: float, gap: float, seed: int, threads: int, memory_gb: float | None) -> "Limits":
    from optimization.solving.limits import Limits

    memory = None if memory_gb is None else int(memory_gb * 1e9)
    return Limits(time_seconds=time, relative_gap=gap, seed=seed, threads=threads, memory_bytes=memory)


def _tell(answer: Answer, plan: "Plan", folder: Path, findings: "list[Finding]", every: bool) -> None:
    from api.cli.findings import counted
    from api.cli.plan_tables import figures, plan_table

    if findings:
        answer.say(f"The basin has {counted(findings)}; `rivershare check` names them.")
    answer.say(plan.verdict)
    if plan.passed:
        answer.say(*plan_table(plan, every=every))
    answer.say(f"Written to {folder}.")
    answer.document(
        {
            "plan": str(folder),
            "basin": plan.basin.name,
            "scenario": plan.scenario.name,
            "status": plan.status,
            "passed": plan.passed,
            "verdict": plan.verdict,
            "resolved_hash": plan.resolved_hash,
            "indicators": figures(plan) if plan.passed else [],
            "audit": plan.audit.to_dict(),
            "record": dict(plan.record),
            "findings": [finding.to_dict() for finding in findings],
        }
    )
