"""What the arguments of a command name: a basin, a scenario, plans."""

import difflib
import math
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from api.cli.answer import CliError

if TYPE_CHECKING:
    from planner.basin import Basin
    from planner.checks.finding import Finding
    from planner.plan.plan import Plan
    from planner.scenario.scenario import Scenario


def read_basin(name_or_place: str) -> "tuple[Basin, list[Finding]]":
    """The basin of a case, folder or file, and findings that do not stand against it. Raises BasinError with all that do."""
    from planner.checks.finding import BasinError, errors
    from planner.formats.by_suffix import inspect_at

    basin, findings = inspect_at(basin_place(name_or_place))
    if basin is None or errors(findings):
        raise BasinError(findings)
    return basin, findings


def inspected(name_or_place: str, rest: str | None) -> "tuple[Basin | None, list[Finding]]":
    """The basin of a case, folder or file (None if it cannot be read), and all findings; `rest` names what a map lacks.

    Raises CliError if nothing has that name, BasinError where the rest cannot be read.
    """
    from planner.formats.by_suffix import inspect_at

    return inspect_at(basin_place(name_or_place), None if rest is None else read_basin(rest)[0])


def basin_place(name_or_place: str) -> Path:
    """The folder of a bundled case, or the folder or file of a basin. Raises CliError if nothing has that name."""
    from datasets.cases import cases, find

    place = find(name_or_place)
    if not place.exists():
        names = [case.name for case in cases()]
        sentence = f"{name_or_place} is neither a folder or file nor a bundled case ({', '.join(names)})."
        raise CliError(f"{sentence}{_near(name_or_place, names)}")
    return place


def read_scenario(name_or_path: str | None, basin: str) -> "Scenario":
    """The scenario of a file, or by its name beside the basin; least cost without changes where none is named."""
    from planner.scenario.scenario import Scenario

    if name_or_path is None:
        return Scenario(name="least_cost", title="Least cost")
    path = Path(name_or_path)
    if path.exists():
        return Scenario.read(path)
    beside = {file.stem: file for file in sorted((basin_place(basin).parent / "scenarios").rglob("*.yaml"))}
    if name_or_path in beside:
        return Scenario.read(beside[name_or_path])
    known = f" Scenarios beside the basin: {', '.join(beside)}." if beside else ""
    raise CliError(f"There is no scenario {name_or_path}.{_near(name_or_path, list(beside))}{known}")


def read_plans(folders: Sequence[str]) -> "list[Plan]":
    """The plans of these folders. Raises PlanError at the first that is not one."""
    from planner.plan.plan import Plan

    return [Plan.read(folder) for folder in folders]


def finite(value: float | None) -> float | None:
    """A callback for options: `nan` passes any range, but means nothing."""
    if value is not None and not math.isfinite(value):
        raise typer.BadParameter("must be a finite number")
    return value


def _near(name: str, known: list[str]) -> str:
    close = difflib.get_close_matches(name, known, n=1)
    return f" Did you mean {close[0]}?" if close else ""
