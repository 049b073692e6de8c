"""`rivershare mathematics`: the model of a basin and a scenario as a page of formulas."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from api.cli.answer import answering
from api.cli.arguments import BasinArgument


def mathematics(
    basin: BasinArgument,
    scenario: Annotated[
        str | None,
        typer.Option(
            "--scenario", "-s", help="File of a scenario, or the name of one beside the basin. Left out: at least cost."
        ),
    ] = None,
    form: Annotated[Literal["html", "latex"], typer.Option("--format", help="A page for a browser, or LaTeX.")] = "html",
    output: Annotated[Path | None, typer.Option("--output", "-o", help="File to write. Left out: standard output.")] = None,
) -> None:
    """Write down the model that is solved: its sets, data, variables and every equation."""
    from api.cli.inputs import read_basin, read_scenario
    from optimization.stated import mathematics_of
    from planner.scenario.resolved import resolve

    with answering(False) as answer:
        wanted = read_scenario(scenario, basin)
        read, _ = read_basin(basin)
        text = mathematics_of(resolve(read, wanted), form)
        if output is None:
            typer.echo(text)
            return
        output.write_text(text, encoding="utf-8")
        answer.say(f"Written to {output}.")
