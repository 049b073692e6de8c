"""The commands of `rivershare`, and what happens when one of them fails."""

import os
import sys
from typing import Annotated

import typer

from api.cli import (
    cases,
    check,
    compare,
    convert,
    demo,
    explain,
    foresight,
    futures,
    maintain,
    mathematics,
    pipes,
    plan,
    rule,
    schema,
    serve,
    trains,
    user,
    worker,
)

UNEXPECTED = 1

app = typer.Typer(
    name="rivershare",
    help="Plans how a river basin shares its water and its money.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    epilog="Exit codes: 0 done; 2 the input cannot be used; 3 no plan exists; 4 stopped without a plan.",
)


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"rivershare {version('rivershare')}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")] = False,
) -> None:
    """Plans how a river basin shares its water and its money."""


for command in (
    check.check,
    plan.plan,
    mathematics.mathematics,
    compare.compare,
    compare.summary,
    explain.explain,
    futures.futures,
    foresight.foresight,
    cases.cases,
    cases.init,
    cases.synthetic,
    cases.template,
    convert.convert,
    pipes.pipes,
    schema.schema,
    trains.trains,
    demo.demo,
    serve.serve,
    worker.worker,
    maintain.migrate,
    maintain.backup,
    maintain.restore,
    maintain.collect,
):
    app.command()(command)
app.add_typer(rule.app)
app.add_typer(user.app)


def main() -> None:
    """Run the command line. An unexpected failure is one sentence; RIVERSHARE_DEBUG=1 shows where it happened."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    try:
        app()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(UNEXPECTED)
    except Exception as error:
        if os.environ.get("RIVERSHARE_DEBUG"):
            raise
        sentence = f"Rivershare failed, which is a mistake of its own: {type(error).__name__}: {error}"
        typer.echo(f"{sentence}\nPlease report it. RIVERSHARE_DEBUG=1 shows where it happened.", err=True)
        sys.exit(UNEXPECTED)
