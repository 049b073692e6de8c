"""`rivershare convert`: a basin from one format to another."""

from pathlib import Path
from typing import Annotated

import typer

from api.cli.answer import CliError, answering
from api.cli.arguments import BasinArgument, JsonOption, RestOption


def convert(
    basin: BasinArgument,
    output: Annotated[
        Path, typer.Option("--output", "-o", help="Folder, or file .zip, .xlsx, .json or .geojson. It must not exist.")
    ],
    rest: RestOption = None,
    as_json: JsonOption = False,
) -> None:
    """Write a basin in another format, which the name of the output says.

    Whatever can be read is written, whether it makes sense or not. A map (.geojson) holds
    places, links and reaches only: to read one, say with --rest which basin gives the rest.
    """
    from api.cli.findings import counted
    from api.cli.inputs import inspected
    from planner.checks.finding import BasinError
    from planner.formats.by_suffix import WRITERS, write_at

    with answering(as_json) as answer:
        if output.suffix and output.suffix.lower() not in WRITERS:
            raise CliError(f"{output} is of no format that is written ({', '.join(WRITERS)}, or a folder).")
        if output.exists():
            raise CliError(f"{output} is there already. Name another one.")
        read, findings = inspected(basin, rest)
        if read is None:
            raise BasinError(findings)
        write_at(read, output)
        if findings:
            answer.say(f"The basin has {counted(findings)}; `rivershare check` names them.")
        answer.say(f"Written to {output}.")
        answer.document({"basin": read.name, "output": str(output), "findings": [finding.to_dict() for finding in findings]})
