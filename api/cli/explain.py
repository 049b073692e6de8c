"""`rivershare explain`: what binds a plan, what one more of it would be worth, and what an option left out would cost."""

from typing import Annotated

import typer

from api.cli.answer import CliError, answering
from api.cli.arguments import JsonOption, TimeOption

_LISTED = 15


def explain(
    plan: Annotated[str, typer.Argument(help="Folder of a plan.", metavar="PLAN")],
    option: Annotated[
        list[str] | None,
        typer.Option("--option", help="An option that was not built: what would it cost to have it? May be repeated."),
    ] = None,
    time: TimeOption = 60.0,
    as_json: JsonOption = False,
) -> None:
    """Say why a plan is as it is: marginal values of water, money and floors, and what binds."""
    from rich.table import Table

    from api.cli.inputs import read_plans
    from optimization.explained import CannotExplain, force
    from optimization.explained import explain as explained
    from optimization.solving.limits import Limits

    with answering(as_json) as answer:
        (read,) = read_plans([plan])
        limits = Limits(time_seconds=time)
        try:
            found = explained(read, limits)
            forced = [force(read, one, limits) for one in option or []]
        except CannotExplain as error:
            raise CliError(str(error)) from None
        table = Table(title="What binds")
        for column in ("Constraint", "Rows", "Bind", "Most that one more is worth"):
            table.add_column(column)
        for row in found.binding.itertuples():
            if row.binding:
                table.add_row(str(row.constraint), str(row.rows), str(row.binding), f"{row.most_worth:,.4g} {row.unit}")
        answer.say(table, *found.marginal_values["sentence"].head(_LISTED))
        if len(found.marginal_values) > _LISTED:
            answer.say(f"And {len(found.marginal_values) - _LISTED} more, with --json.")
        answer.say(found.caveat, *(one.sentence for one in forced))
        answer.document(
            {
                "aim": found.aim,
                "caveat": found.caveat,
                "marginal_values": found.marginal_values.to_dict("records"),
                "binding": found.binding.to_dict("records"),
                "options": [{**vars(one), "sentence": one.sentence} for one in forced],
            }
        )
