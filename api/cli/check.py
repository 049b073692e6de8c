"""`rivershare check`: everything that stands against a basin, at once."""

from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.answer import DONE, WRONG, CliError, answering
from api.cli.arguments import BasinArgument, JsonOption, RestOption, ServerOption

if TYPE_CHECKING:
    from planner.basin import Basin
    from planner.checks.finding import Finding


def check(
    basin: BasinArgument,
    scenario: Annotated[
        str | None, typer.Option("--scenario", "-s", help="Also check that this scenario fits the basin.")
    ] = None,
    rest: RestOption = None,
    server: ServerOption = None,
    as_json: JsonOption = False,
) -> None:
    """Check a basin and name everything that stands against it."""
    from api.cli.findings import counted, show
    from planner.checks.finding import errors

    with answering(as_json) as answer:
        findings = _checked(basin, scenario, rest) if server is None else _checked_by(server, basin, scenario)
        answer.document([finding.to_dict() for finding in findings])
        if not as_json:
            show(findings, answer.out)
        answer.say(f"{basin}: {counted(findings)}.")
        raise typer.Exit(WRONG if errors(findings) else DONE)


def _checked(basin: str, scenario: str | None, rest: str | None) -> "list[Finding]":
    from planner.checks.finding import errors

    read, findings = _inspected(basin, rest)
    if scenario is None:
        return findings
    return [*findings, *_of_scenario(scenario, basin, None if errors(findings) else read)]


def _checked_by(server: str, basin: str, scenario: str | None) -> "list[Finding]":
    from api.cli.remote import check as check_by_service

    return check_by_service(server, basin, scenario)


def _inspected(basin: str, rest: str | None) -> "tuple[Basin | None, list[Finding]]":
    from api.cli.inputs import inspected
    from planner.checks.finding import BasinError, Finding

    try:
        return inspected(basin, rest)
    except BasinError as error:
        return None, list(error.findings)
    except CliError as error:
        return None, [Finding("folder.missing", "error", str(error), value=basin, remedy="Correct the name.")]


def _of_scenario(name: str, basin_name: str, basin: "Basin | None") -> "tuple[Finding, ...]":
    """Findings of a scenario; how it fits the basin only where the basin itself is sound."""
    from api.cli.inputs import read_scenario
    from planner.checks.finding import Finding
    from planner.scenario.changes import apply
    from planner.scenario.scenario import ScenarioError

    try:
        scenario = read_scenario(name, basin_name)
        if basin is not None:
            apply(basin, scenario)
    except ScenarioError as error:
        return error.findings
    except CliError as error:
        return (Finding("scenario.file", "error", str(error), value=name, remedy="Correct the name."),)
    return ()
