"""`rivershare compare` and `rivershare summary`: plans side by side, on a screen or on a page."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.answer import CliError, answering
from api.cli.arguments import AllOption, JsonOption, PageLanguageOption, PlansArgument, ServerOption
from planner.translations.languages import ENGLISH

if TYPE_CHECKING:
    from planner.plan.plan import Plan


def compare(plans: PlansArgument, every: AllOption = False, server: ServerOption = None, as_json: JsonOption = False) -> None:
    """Compare plans. The first is what the others are measured against."""
    from api.cli.plan_tables import comparison_tables

    with answering(as_json) as answer:
        if len(plans) < 2:
            raise CliError("A comparison takes at least two plans.")
        read = _read(plans, server)
        from planner.plan.compare import compare as compare_plans

        comparison = compare_plans(read)
        answer.document(comparison.to_dict())
        answer.say(*comparison_tables(comparison, read[0], every=every))


def summary(
    plans: PlansArgument,
    output: Annotated[Path, typer.Option("--output", "-o", help="HTML file to write.")] = Path("summary.html"),
    language: PageLanguageOption = ENGLISH,
    server: ServerOption = None,
    as_json: JsonOption = False,
) -> None:
    """Write a page about plans, one file that opens offline.

    It shows the verdict, a map, people by rung, works by stage, who pays, what the river keeps, and the assumptions.
    """
    with answering(as_json) as answer:
        if output.is_dir():
            raise CliError(f"{output} is a folder. Name a file.")
        read = _read(plans, server)
        from api.services.letters import letters_within
        from planner.reports.summary import summary_html

        write_page(output, summary_html(read, language, letters_within))
        answer.say(f"Written to {output}.")
        answer.document({"page": str(output), "plans": plans})


def _read(plans: list[str], server: str | None) -> "list[Plan]":
    if server is None:
        from api.cli.inputs import read_plans

        return read_plans(plans)
    from api.cli.remote import plans as plans_of_service

    return plans_of_service(server, plans)


def write_page(path: Path, page: str) -> None:
    """Write a page whole or not at all."""
    from planner.formats.whole_file import write_whole_file

    write_whole_file(path, page.encode())
