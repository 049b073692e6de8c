"""`rivershare futures`: how a plan fares where water and demand turn out otherwise."""

from pathlib import Path
from typing import Annotated

import typer

from api.cli.answer import CliError, answering
from api.cli.arguments import JsonOption, TimeOption

_MOST = 10_000


def futures(
    plan: Annotated[str, typer.Argument(help="Folder of a plan.", metavar="PLAN")],
    count: Annotated[int, typer.Option("--count", min=1, max=_MOST, help="How many futures.")] = 100,
    water: Annotated[
        str, typer.Option("--water", metavar="LEAST:MOST", help="Water of sources and rivers, as a share of the member's.")
    ] = "0.6:1.1",
    demand: Annotated[
        str, typer.Option("--demand", metavar="LEAST:MOST", help="Demand for piped water, as a share of the planned.")
    ] = "0.9:1.3",
    least: Annotated[
        float, typer.Option("--least", min=0, max=1, help="A future is good where every village has this share of its water.")
    ] = 0.9,
    seed: Annotated[int, typer.Option("--seed", min=0, max=2**31 - 1, help="Same seed, same futures.")] = 0,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="CSV to write: each future in each stage.")] = None,
    time: TimeOption = 300.0,
    as_json: JsonOption = False,
) -> None:
    """Keep what a plan builds, draw futures evenly over the ranges, and tell in how many of them every village has enough."""
    from rich.table import Table

    from api.cli.inputs import read_plans
    from optimization.frozen import FrozenPlanError
    from optimization.futures import evaluate, robustness, sampled
    from optimization.solving.limits import Limits

    with answering(as_json) as answer:
        (read,) = read_plans([plan])
        try:
            drawn = sampled(read.basin, count, seed, _range("--water", water), _range("--demand", demand))
        except ValueError as error:
            raise CliError(str(error)) from None
        try:
            results = evaluate(read, drawn, Limits(time_seconds=time))
        except FrozenPlanError as error:
            raise CliError(str(error)) from None
        told = robustness(results, least)
        table = Table(title=f"{count} futures: every village has {least:.0%} of its piped water")
        for column in ("Stage", "In how many", "Met in the worst", "Met in the tenth worst of a hundred", "Missing, m³ a year"):
            table.add_column(column)
        for stage, _, *shares, missing in told.itertuples(index=False):
            table.add_row(str(stage), *(f"{float(share):.1%}" for share in shares), f"{float(missing):,.0f}")
        answer.say(table)
        if output is not None:
            results.to_csv(output, index=False, lineterminator="\n")
            answer.say(f"Written to {output}.")
        answer.document({"stages": told.to_dict("records"), "futures": results.to_dict("records")})


def _range(option: str, text: str) -> tuple[float, float]:
    least, _, most = text.partition(":")
    try:
        return float(least), float(most or least)
    except ValueError:
        raise CliError(f"{option} is written as LEAST:MOST, such as 0.6:1.1, not {text[:80]}.") from None
