"""`rivershare trains`: treatment trains worth offering at each site."""

from pathlib import Path
from typing import Annotated

import typer

from api.cli.answer import CliError, answering
from api.cli.arguments import BasinArgument, JsonOption


def trains(
    basin: BasinArgument,
    write: Annotated[
        Path | None, typer.Option("--write", help="Folder to make: the basin with these trains as options.", metavar="DIR")
    ] = None,
    category: Annotated[str, typer.Option(help="Category of spending of the options written.")] = "treatment",
    largest: Annotated[float, typer.Option(min=1, help="Largest capacity of the options written, in m³/day.")] = 1000.0,
    as_json: JsonOption = False,
) -> None:
    """List the trains of catalogue steps that make a source of a site safe, and that no other beats in cost."""
    from rich.table import Table

    from api.cli.cases import make_folder
    from api.cli.inputs import read_basin
    from planner.basin.health_targets import PATHOGENS
    from planner.screening.trains import candidates, with_candidates

    with answering(as_json) as answer:
        read = read_basin(basin)[0]
        if write is not None and category not in set(read.tables["categories"]["category"]):
            raise CliError(f"The basin has no category {category}. Name one of its own with --category.")
        found = candidates(read)
        table = Table("Site", "Train", "Makes safe", "USD/year", "and per m³/day", *PATHOGENS, "Barriers", "")
        for row in found.to_dict("records"):
            removed = (row[f"log_removal_{name}"] for name in PATHOGENS)
            table.add_row(
                row["site"], row["title"], row["sources"],
                f"{row['fixed_usd_per_year']:,.0f}", f"{row['usd_per_year_per_m3_per_day']:,.1f}",
                *(f"{value:g}" for value in removed), str(row["barriers"]), "assumed" if row["assumed"] else "",
            )  # fmt: skip
        answer.say(table, "assumed: costs and removal of chemicals rest on judgement, log removals are low ends as published.")
        hopeless = sorted(set(read.tables["treatment_sites"]["site"]) - set(found["site"]))
        if hopeless:
            answer.say(f"No train of the catalogue makes a source safe at {', '.join(hopeless)}.")
        if write is not None:
            make_folder(write, with_candidates(read, category, largest).write)
            answer.say(f"Made {write}. Next: rivershare check {write}")
        answer.document({"trains": found.to_dict("records"), "without": hopeless, "folder": write and str(write)})
