"""`rivershare plan`: a basin and a scenario in, a folder with an audited plan out."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from api.cli.answer import DONE, WRONG, Answer, answering
from api.cli.arguments import AllOption, BasinArgument, GapOption, JsonOption, MemoryOption, SeedOption, ThreadsOption, TimeOption

if TYPE_CHECKING:
    from planner.checks.finding import Finding
    from planner.plan.plan import Plan


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
    parquet: Annotated[bool, typer.Option("--parquet", help="Tables as Parquet instead of CSV.")] = False,
    every: AllOption = False,
    as_json: JsonOption = False,
) -> None:
    """Plan a basin under a scenario. Ctrl-C ends the search and keeps the best plan."""
    from api.cli.inputs import read_basin, read_scenario
    from api.cli.progress import Progress
    from api.cli.solving import solve_shown
    from planner.plan.plan import is_plan
    from planner.plan.store import demand_place

    with answering(as_json) as answer:
        wanted = read_scenario(scenario, basin)
        with Progress(answer.err) as shown:
            shown.now(f"Reading {basin}")
            read, findings = read_basin(basin)
            folder = demand_place(output or Path("plans") / f"{read.name}-{wanted.name}", is_plan)
            made = solve_shown(read, wanted, _limits(time, gap, seed, threads, memory), shown)
            shown.now(f"Writing {folder}")
            made.write(folder, parquet=parquet)
        _tell(answer, made, folder, findings, every)
        raise typer.Exit(DONE if made.passed else WRONG)


def _limits(time: float, gap: float, seed: int, threads: int, memory_gb: float | None) -> Any:
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
