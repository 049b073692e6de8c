"""`rivershare cases`, `init`, `synthetic`, `template`: basins to start from."""

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from api.cli.answer import CliError, answering
from api.cli.arguments import JsonOption, SeedOption, ServerOption

if TYPE_CHECKING:
    from collections.abc import Callable

NewFolder = Annotated[Path, typer.Argument(help="Folder to make. It must not exist, or be empty.", metavar="DIR")]
TUTORIAL = ("basin", "scenarios", "README.md")


def cases(server: ServerOption = None, as_json: JsonOption = False) -> None:
    """List the bundled cases. A case's name works wherever a folder does."""
    from rich.table import Table

    with answering(as_json) as answer:
        told = _bundled() if server is None else _of_service(server)
        table = Table("Case", "Title", "Villages", "Scenarios", "Licence of the data")
        for case in told:
            table.add_row(case["name"], case["title"], f"{case['villages']:,}", ", ".join(case["scenarios"]), case["licence"])
        answer.say(table)
        answer.document(told)


def _bundled() -> list[dict[str, Any]]:
    from datasets.cases import cases as bundled

    return [
        {
            "name": case.name,
            "title": case.title,
            "folder": str(case.folder),
            "villages": case.villages,
            "scenarios": {name: str(path) for name, path in case.scenarios.items()},
            "licence": case.licence,
        }
        for case in bundled()
    ]


def _of_service(url: str) -> list[dict[str, Any]]:
    from api.cli.remote import cases as cases_of_service

    return [case.model_dump() for case in cases_of_service(url)]


def init(folder: NewFolder, as_json: JsonOption = False) -> None:
    """Copy the tutorial, a basin to start from.

    Three villages with two scenarios, and their plans worked out by hand.
    """
    with answering(as_json) as answer:
        from datasets.cases import find

        tutorial = find("tutorial").parent

        def fill(draft: Path) -> None:
            for name in TUTORIAL:
                if (tutorial / name).is_dir():
                    shutil.copytree(tutorial / name, draft / name)
                elif (tutorial / name).is_file():
                    shutil.copy2(tutorial / name, draft / name)

        make_folder(folder, fill)
        answer.say(f"Made {folder}. Next: rivershare plan {folder} --scenario least_cost -o {folder}/plan")
        answer.document({"folder": str(folder)})


def synthetic(
    folder: NewFolder,
    villages: Annotated[int, typer.Option(min=1, max=100_000, help="Number of villages.")] = 100,
    sites: Annotated[int, typer.Option(min=1, max=10_000, help="Number of treatment sites.")] = 10,
    stages: Annotated[int, typer.Option(min=1, max=20, help="Number of stages.")] = 3,
    seasons: Annotated[int, typer.Option(min=1, max=12, help="Number of seasons.")] = 2,
    members: Annotated[int, typer.Option(min=1, max=20, help="Number of hydrological members.")] = 2,
    seed: SeedOption = 0,
    network: Annotated[
        Literal["star", "tree"], typer.Option(help="star: pipes from sites to villages; tree: also between villages.")
    ] = "star",
    as_json: JsonOption = False,
) -> None:
    """Make a basin of any size that looks like a real one.

    The same seed gives the same basin.
    """
    with answering(as_json) as answer:
        from datasets.synthetic import make

        try:
            basin = make(villages, sites, stages, seasons, members, seed, network=network)
        except ValueError as error:
            raise CliError(f"Such a basin cannot be made: {error}") from None
        make_folder(folder, basin.write)
        answer.say(f"Made {folder}: {villages:,} villages. Next: rivershare plan {folder} -o {folder}-plan")
        answer.document({"folder": str(folder), "villages": villages, "seed": seed})


def template(
    place: Annotated[Path, typer.Argument(help="Folder or file .xlsx to make. It must not exist.", metavar="PLACE")],
    as_json: JsonOption = False,
) -> None:
    """Make a folder, or a workbook to fill in, with every table and an example row in each."""
    with answering(as_json) as answer:
        if place.suffix.lower() == ".xlsx":
            _make_workbook(place)
        else:
            from planner.basin.reference import template as write_template

            make_folder(place, write_template)
        answer.say(f"Made {place}. Replace the examples by your own rows; rivershare check {place} says what is wrong.")
        answer.document({"folder": str(place)})


def _make_workbook(file: Path) -> None:
    from planner.formats.whole_file import write_whole_file
    from planner.formats.workbook_writing import template_workbook

    if file.exists():
        raise CliError(f"{file} is there already. Name another file.")
    write_whole_file(file, template_workbook())


def make_folder(folder: Path, fill: "Callable[[Path], None]") -> None:
    from planner.plan.store import PlanError, replace_folder

    try:
        replace_folder(folder, fill, is_ours=lambda _: False)
    except PlanError:
        reason = "is there already and is not empty" if folder.exists() else "cannot be written"
        raise CliError(f"{folder} {reason}. Name another folder.") from None
