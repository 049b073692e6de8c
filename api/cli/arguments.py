"""Arguments and options that several commands share."""

from typing import Annotated

import typer

from api.cli.inputs import finite
from planner.translations.languages import LANGUAGES


def known_language(code: str) -> str:
    """A language that pages are told in. Raises BadParameter for another."""
    if code not in LANGUAGES:
        raise typer.BadParameter(f"There are no texts in {code}. The languages are {', '.join(LANGUAGES)}.")
    return code


BasinArgument = Annotated[
    str,
    typer.Argument(
        help="Folder of a basin, a file .zip, .xlsx, .json or .geojson, or the name of a bundled case.", metavar="BASIN"
    ),
]
RestOption = Annotated[
    str | None,
    typer.Option("--rest", help="For a map (.geojson): the basin that gives what it does not hold.", metavar="BASIN"),
]
PlansArgument = Annotated[list[str], typer.Argument(help="Folders of plans.", metavar="PLAN...")]
JsonOption = Annotated[bool, typer.Option("--json", help="One JSON document for machines, on standard output.")]
PageLanguageOption = Annotated[
    str, typer.Option("--language", callback=known_language, help=f"Language of the page: {', '.join(LANGUAGES)}.")
]
AllOption = Annotated[bool, typer.Option("--all", help="Print every figure, also of earlier stages.")]
TimeOption = Annotated[
    float,
    typer.Option("--time", min=1, max=604_800, callback=finite, metavar="SECONDS", help="Longest time to search."),
]
GapOption = Annotated[
    float,
    typer.Option(
        "--gap",
        min=0,
        max=1,
        callback=finite,
        help="Stop when the plan is proven this near to the best: a share of the cost, or of all people.",
    ),
]
SeedOption = Annotated[
    int, typer.Option("--seed", min=0, max=2**31 - 1, help="Same seed, same plan, unless the clock cut the search short.")
]
MemoryOption = Annotated[
    float | None,
    typer.Option("--memory", min=0.3, max=100_000, callback=finite, metavar="GB", help="Most memory the solver may use."),
]
ServerOption = Annotated[
    str | None,
    typer.Option(
        "--server",
        envvar="RIVERSHARE_SERVER",
        metavar="URL",
        help="Address of a service that is to do it; its key is in RIVERSHARE_KEY. Basins and plans are then the service's, "
        "by name or identifier, or folders and files that are sent.",
    ),
]
ThreadsOption = Annotated[
    int, typer.Option("--threads", min=1, max=256, help="Parts of the search worked at a time; the plan does not depend on it.")
]
