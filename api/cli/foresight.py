"""`rivershare foresight`: what planning for every member is worth, and knowing beforehand which one comes."""

import math
from typing import TYPE_CHECKING, Annotated, Any

import typer

from api.cli.answer import CliError, answering
from api.cli.arguments import BasinArgument, GapOption, JsonOption, SeedOption, ThreadsOption, TimeOption
from planner.plan.words import UNKNOWN, number, percent, quantity

if TYPE_CHECKING:
    from rich.table import Table

    from optimization.foresight import Foresight, Interval


def foresight(
    basin: BasinArgument,
    scenario: Annotated[
        str | None,
        typer.Option(
            "--scenario", "-s", help="File of a scenario, or the name of one beside the basin. Left out: at least cost."
        ),
    ] = None,
    time: TimeOption = 600.0,
    gap: GapOption = 0.001,
    seed: SeedOption = 0,
    threads: ThreadsOption = 1,
    as_json: JsonOption = False,
) -> None:
    """Tell the expected value of perfect information, the value of the stochastic solution, and how plans fare in members that
    they were not made for. The time is that of all solves together."""
    from api.cli.inputs import read_basin, read_scenario
    from api.cli.progress import Progress
    from api.cli.solving import cancelled_by_interrupt
    from optimization.foresight import ForesightError
    from optimization.foresight import foresight as measured
    from optimization.solving.limits import Limits
    from planner.scenario.resolved import resolve

    with answering(as_json) as answer:
        wanted = read_scenario(scenario, basin)
        read, _ = read_basin(basin)
        limits = Limits(time_seconds=time, relative_gap=gap, seed=seed, threads=threads)
        with Progress(answer.err) as shown, cancelled_by_interrupt(shown) as cancel:
            try:
                found = measured(resolve(read, wanted), limits, shown.now, shown.news, cancel)
            except ForesightError as error:
                raise CliError(str(error)) from None
        answer.say(*_words(found, read.settings.base_year), _table(found))
        answer.document({"basin": read.name, "scenario": wanted.name, **found.to_dict()})


def _words(found: "Foresight", year: int) -> list[str]:
    """What was found, each in a sentence."""
    said = [
        f"One plan for every member costs {_between(found.two_stage, year)}, what is missed at its price included.",
        f"If it were known beforehand which member comes, the mean cost would be {_between(found.wait_and_see, year)}.",
        f"Knowing is worth {_between(found.perfect_information, year)}: the expected value of perfect information.",
    ]
    if found.mean_year_fares is None:
        said.append("No plan for the mean year was found: the value of the stochastic solution is not known.")
    elif found.mean_year_kept is None or found.stochastic_solution is None:
        short = found.mean_year_fares[found.mean_year_fares["persons_short"] >= 0.5].to_dict("records")
        who = ", ".join(f"{quantity(row['persons_short'], 'persons')} lack water in {row['member']}" for row in short)
        said.append(
            f"The plan for the mean year cannot be run in every member{f': {who}' if who else ''}. "
            "So the value of the stochastic solution has no limit in money."
        )
    else:
        said += [
            f"The plan for the mean year, kept as built, costs {_between(found.mean_year_kept, year)} in all members.",
            f"Planning for all is worth {_between(found.stochastic_solution, year)}: the value of the stochastic solution.",
        ]
    return said


def _between(interval: "Interval", year: int) -> str:
    low, high = quantity(interval.low, "USD", year), quantity(interval.high, "USD", year)
    if low == high:
        return low
    if low == UNKNOWN:
        return f"at most {high}" if high != UNKNOWN else UNKNOWN
    return f"between {low} and {high}" if high != UNKNOWN else f"at least {low}"


def _table(found: "Foresight") -> "Table":
    from rich.table import Table

    table = Table(title="Each member: its own best plan, and plans that were made without it, kept as built and run in it")
    unseen, mean = found.unseen_fares, found.mean_year_fares
    names = ["Member", "Probability", "Own plan, USD", "Without it, USD", "Water of worst village", "Persons short"]
    for column in [*names, *([] if mean is None else ["Mean year's plan: water of worst village", "Persons short"])]:
        table.add_column(column)
    for at, member in enumerate(found.members.to_dict("records")):
        row = unseen.iloc[at]
        kept = "cannot be run" if math.isnan(row["kept_usd"]) else number(row["kept_usd"])
        own = " to ".join(dict.fromkeys(number(member[side]) for side in ("low_usd", "high_usd")))
        cells = [str(member["member"]), percent(member["probability"]), own, kept, *_fares(row)]
        table.add_row(*cells, *([] if mean is None else _fares(mean.iloc[at])))
    return table


def _fares(row: Any) -> tuple[str, str]:
    return percent(row["lowest_village_share"]), number(round(row["persons_short"]))
