"""`rivershare pipes`: which sizes of pipe would do on each link."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from api.cli.answer import CliError, answering
from api.cli.arguments import BasinArgument, JsonOption
from api.cli.inputs import finite

if TYPE_CHECKING:
    from planner.basin import Basin
    from planner.network.sizing import Numbers


def pipes(
    basin: BasinArgument,
    link: Annotated[list[str] | None, typer.Option("--link", help="Only this link; may be given several times.")] = None,
    formula: Annotated[
        Literal["hazen_williams", "darcy_weisbach"], typer.Option(help="By which the head is lost.")
    ] = "hazen_williams",
    flow: Annotated[
        float | None,
        typer.Option(min=0.001, max=1e9, callback=finite, metavar="M3_PER_DAY",
                     help="Flow of every link; by default the most that can be wanted behind it and given before it."),
    ] = None,
    energy_price: Annotated[
        float, typer.Option(min=0, max=100, callback=finite, metavar="USD_PER_KWH", help="For links that become pumped.")
    ] = 0.15,
    energy: Annotated[
        str | None, typer.Option(help="Kind of energy of the basin that they run on instead, by their head.")
    ] = None,
    category: Annotated[str, typer.Option(help="Category of spending of the options written.")] = "conveyance",
    write: Annotated[
        Path | None, typer.Option("--write", help="Folder for the basin with these options. It must not exist.")
    ] = None,
    as_json: JsonOption = False,
) -> None:  # fmt: skip
    """List which sizes of pipe would do on each link, by gravity or with a pump; --write makes them options.

    Sizes are those of pipe_sizes.csv, or of the catalogue where the basin names none.
    """
    from rich.table import Table

    from api.cli.findings import show
    from api.cli.inputs import read_basin
    from planner.network.candidates import candidates_of
    from planner.network.sizing import Demands
    from planner.network.writing import with_options

    with answering(as_json) as answer:
        read, _ = read_basin(basin)
        found = candidates_of(read, _flows(read, link, flow), Demands(formula=formula))
        offered = found.offered
        table = Table("Link", "Size", "Way", "Carries m³/day", "Lift m", "kWh/m³", "Capital USD")
        for row in offered.to_dict("records"):
            table.add_row(
                row["link"], row["pipe_size"], row["way"], f"{row['capacity_m3_per_day']:,.0f}", f"{row['pumping_head_m']:.1f}",
                f"{row['energy_kwh_per_m3']:.3f}", f"{row['capex_usd']:,.0f}",
            )  # fmt: skip
        answer.say(table)
        if not as_json:
            show(found.findings, answer.out)
        if write is not None:
            if category not in set(read.tables["categories"]["category"]):
                raise CliError(f"The basin has no category {category}; name one with --category.")
            if energy is not None and energy not in set(read.tables["energy_kinds"]["energy"]):
                raise CliError(f"The basin has no kind of energy {energy}; energy_kinds.csv names them.")
            if write.exists():
                raise CliError(f"{write} is there already. Name another folder.")
            with_options(read, found, category, energy_price, energy).write(write)
            answer.say(f"Written to {write}: {len(offered)} options.")
        answer.document({
            "offered": offered.to_dict("records"), "findings": [finding.to_dict() for finding in found.findings],
        })  # fmt: skip


def _flows(basin: "Basin", only: list[str] | None, flow: float | None) -> "Numbers":
    """What each link is to carry, m³/day; nothing for a link that is not asked for."""
    import numpy as np

    from optimization.formulation.capacity import behind_links
    from planner.scenario.resolved import resolve
    from planner.scenario.scenario import Scenario

    links = basin.tables["links"]["link"]
    unknown = sorted(set(only or ()) - set(links))
    if unknown:
        raise CliError(f"The basin has no link {', '.join(unknown)}.")
    if flow is not None:
        wanted = np.full(len(links), flow)
    else:
        scenario = resolve(basin, Scenario(name="least_cost", title="Least cost"))
        wanted = behind_links(scenario).max(axis=1, initial=0.0)
        source = scenario.network.link_source
        given = np.append(scenario.network.source_yield_m3_per_day.max(axis=(1, 2), initial=0.0), np.inf)
        wanted = np.minimum(wanted, given[source])
    return np.where(links.isin(only or links), wanted, 0.0)
