"""`rivershare demo`: plans a real basin under its scenarios, compares the plans and shows the page."""

import os
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.answer import DONE, WRONG, Answer, CliError, answering
from api.cli.arguments import SeedOption, ThreadsOption, TimeOption

if TYPE_CHECKING:
    from datasets.cases import Case
    from planner.plan.plan import Plan

PAGE = "summary.html"


def demo(
    case: Annotated[str, typer.Option("--case", help="Bundled case to plan.")] = "ratanakiri",
    output: Annotated[Path, typer.Option("--output", "-o", help="Folder for the plans and the page.")] = Path("out/demo"),
    time: TimeOption = 75.0,
    seed: SeedOption = 0,
    threads: ThreadsOption = 1,
    serve: Annotated[bool, typer.Option("--serve/--no-serve", envvar="DEMO_SERVE", help="Serve the page until Ctrl-C.")] = True,
    port: Annotated[int, typer.Option("--port", envvar="DEMO_PORT", min=0, max=65535, help="0: any free one.")] = 8000,
) -> None:
    """Plan a real basin under its scenarios and show the page.

    The plans are compared, the summary page is written, and served until Ctrl-C.
    """
    from api.cli.compare import write_page
    from api.cli.plan_tables import comparison_tables

    with answering(as_json=False) as answer:
        plans = _plans(answer, _case(case), output, time, seed, threads)
        from planner.plan.compare import compare
        from planner.reports.summary import summary_html

        if len(plans) > 1:
            answer.say(*comparison_tables(compare(plans), plans[0], every=False))
        write_page(output / PAGE, summary_html(plans))
        answer.say(f"Written to {output / PAGE}: one file that opens offline.")
        if serve:
            _serve(answer, output, port)
        raise typer.Exit(DONE if all(plan.passed for plan in plans) else WRONG)


def _case(name: str) -> "Case":
    from datasets.cases import cases

    known = {case.name: case for case in cases()}
    if name not in known:
        raise CliError(f"There is no bundled case {name}. There are {', '.join(known)}.")
    if not known[name].scenarios:
        raise CliError(f"The case {name} has no scenarios.")
    return known[name]


def _plans(answer: Answer, case: "Case", output: Path, time: float, seed: int, threads: int) -> "list[Plan]":
    from api.cli.inputs import read_basin
    from api.cli.progress import Progress
    from api.cli.solving import solve_shown
    from optimization.solving.limits import Limits
    from planner.plan.plan import is_plan
    from planner.plan.store import demand_place
    from planner.scenario.scenario import Scenario

    # The others are compared with the first: what they cost more than the cheapest plan is the question.
    scenarios = sorted(case.scenarios.items(), key=lambda item: (item[0] != "least_cost", item[0]))
    plans = []
    with Progress(answer.err) as shown:
        shown.now(f"Reading {case.title}")
        basin, _ = read_basin(str(case.folder))
        limits = Limits(time_seconds=time, seed=seed, threads=threads)
        for name, path in scenarios:
            folder = demand_place(output / name, is_plan)
            scenario = Scenario.read(path)
            plan = solve_shown(basin, scenario, limits, shown)
            plan.write(folder)
            shown.remark(f"{scenario.label}: {plan.verdict}")
            plans.append(plan)
        shown.now("Comparing")
    return plans


class _Quiet(SimpleHTTPRequestHandler):
    """Serves files without a line for every request."""

    def log_message(self, format: str, *args: object) -> None:
        return


def _serve(answer: Answer, folder: Path, port: int) -> None:
    handler = partial(_Quiet, directory=os.fspath(folder))
    try:
        server = ThreadingHTTPServer(("127.0.0.1", port), handler)
    except OSError:
        server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    with server:
        answer.say(f"Serving http://127.0.0.1:{server.server_address[1]}/{PAGE} until Ctrl-C.")
        try:
            server.serve_forever(poll_interval=0.2)
        except KeyboardInterrupt:
            answer.say("Stopped.")
