"""`rivershare schema`: the form of a basin and of a scenario as JSON Schema."""

from typing import Annotated, Literal

import typer

from api.cli.answer import Answer


def schema(
    what: Annotated[Literal["basin", "scenario"] | None, typer.Argument(help="Left out: both.")] = None,
) -> None:
    """Print the JSON Schema of basins and scenarios."""
    from planner.basin.reference import json_schema
    from planner.scenario.scenario import Scenario

    parts = {"basin": json_schema, "scenario": Scenario.model_json_schema}
    chosen = {name: make() for name, make in parts.items() if what in (None, name)}
    Answer(as_json=True).document(chosen[what] if what else chosen)
