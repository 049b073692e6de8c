"""Pages made from the code when the documentation is built, so that they cannot differ from it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from pydantic import BaseModel

DATASETS = Path(__file__).parents[1] / "datasets"


def on_files(files: Any, config: Any) -> Any:
    """MkDocs' hook: add every generated page."""
    from mkdocs.structure.files import File

    for name, write in PAGES.items():
        files.append(File.generated(config, name, content=write()))
    return files


def basin_tables() -> str:
    """Every table and column of a basin."""
    from planner.basin.reference import reference_markdown

    return reference_markdown()


def plan_tables() -> str:
    """Every table and column of a plan."""
    from planner.plan.tables import ROW_OF, columns

    parts = ["# Tables of a plan\n\nEach is a file in `tables/` of a plan's folder, and a DataFrame in `plan.tables`.\n"]
    for name, row in ROW_OF.items():
        parts.append(f"## {name}\n\n{row.__doc__}\n\nOne row for each {', '.join(row.key)}.\n")
        parts.append("| column | meaning | unit | allowed |\n|---|---|---|---|")
        for column in columns(name):
            meaning = f"{column.title}. {column.help}".strip()
            blank = "" if column.required else "; may be blank"
            parts.append(f"| `{column.name}` | {meaning} | {column.unit} | {column.allowed}{blank} |")
        parts.append("")
    return "\n".join(parts)


def rules() -> str:
    """Sets and figures that rules may speak of."""
    from planner.rules import vocabulary

    parts = [
        "# Figures of rules\n",
        "What a [rule](../how-to/write-a-rule.md) may speak of. A figure is `table.column[index, …]`.\n",
        "## Sets\n",
        "A set is called as the key of its table; `account` are the administrations with an account.\n",
        "| set | table | belongs to |\n|---|---|---|",
    ]
    for name, table in vocabulary.dimensions().items():
        owners = dict.fromkeys(one for names in vocabulary.references(name).values() for one in names)
        parts.append(f"| `{name}` | `{table}` | {', '.join(f'`{one}`' for one in owners)} |")
    for title, planned in (("Planned", True), ("Given by the basin", False)):
        parts += [f"\n## {title}\n", "| figure | meaning | unit |", "|---|---|---|"]
        for known in vocabulary.figures().values():
            if known.planned == planned:
                indices = ", ".join(known.dimensions)
                parts.append(f"| `{known.table}.{known.column}[{indices}]` | {known.title} | {known.unit_in_words} |")
    return "\n".join(parts) + "\n"


def scenario() -> str:
    """The fields of a scenario's policy."""
    from planner.scenario.policy import AssuranceFloor, Floor, GapCap, InstitutionFloor, Objective, Policy

    parts = [
        "# Scenario and policy\n",
        "A scenario is a YAML file with `name`, `title`, `description`, `changes` and `policy`. How to write one, with",
        "every kind of change: [Write a scenario](../how-to/write-a-scenario.md).\n",
    ]
    models = {
        "policy": Policy, "policy.objectives": Objective, "policy.floors": Floor,
        "policy.institution_floors": InstitutionFloor, "policy.assurance_floors": AssuranceFloor, "policy.gap_caps": GapCap,
    }  # fmt: skip
    for title, model in models.items():
        parts += [f"## {title}\n", model.__doc__ or "", "", "| key | meaning | default |", "|---|---|---|"]
        parts += _fields(model)
        parts.append("")
    return "\n".join(parts)


def _fields(model: type[BaseModel]) -> list[str]:
    rows = []
    for name, info in model.model_fields.items():
        default = "required" if info.is_required() else f"`{_plain(info.default)}`"
        rows.append(f"| `{name}` | {info.description or ''} | {default} |")
    return rows


def _plain(value: Any) -> str:
    if isinstance(value, tuple):
        return "[" + ", ".join(_plain(item) for item in value) + "]"
    return str(value.model_dump()) if isinstance(value, BaseModel) else "blank" if value is None else str(value)


def findings() -> str:
    """Every code that a check can give."""
    from planner.checks.catalogue import catalogue_markdown

    return catalogue_markdown()


def command_line() -> str:
    """The help of every command."""
    from typer.main import get_command
    from typer.testing import CliRunner

    from api.cli.main import app

    paths: list[list[str]] = [[]]
    for path in paths:  # grows by what is below
        group = get_command(app)
        for name in path:
            group = getattr(group, "commands")[name]  # noqa: B009 (typer's group has it, its type does not)
        paths += [[*path, name] for name in sorted(getattr(group, "commands", ()))]
    parts = ["# Command line\n", "A bundled case's name works wherever a folder of a basin does.\n"]
    for command in sorted(paths):
        told = CliRunner().invoke(app, [*command, "--help"], env={"COLUMNS": "100", "NO_COLOR": "1", "TERM": "dumb"})
        parts += [f"## rivershare {' '.join(command)}".rstrip(), "", "```text", told.output.strip(), "```", ""]
    return "\n".join(parts)


def settings() -> str:
    """Every setting of the service."""
    from api.settings import Settings

    parts = [
        "# Settings of the service\n",
        "Each is an environment variable; none is needed. `rivershare serve`, `worker`, `backup` and the other commands of a",
        "service take the same.\n",
        "| variable | meaning | default |",
        "|---|---|---|",
    ]
    for name, info in Settings.model_fields.items():
        default = "" if info.default is None else f"`{info.default}`"
        parts.append(f"| `RIVERSHARE_{name.upper()}` | {info.description} | {default} |")
    return "\n".join(parts)


def equations() -> str:
    """The model of the tutorial, typeset from the rules that are solved."""
    from optimization.algebra.mathematics import glossary, mathematics
    from optimization.algebra.mathematics_page import KINDS, sections, shape_of, size_of
    from optimization.formulation import build
    from planner.basin import Basin
    from planner.scenario.resolved import resolve
    from planner.scenario.scenario import Scenario

    basin = Basin.read(DATASETS / "tutorial" / "basin")
    model = build(resolve(basin, Scenario.read(DATASETS / "tutorial" / "scenarios" / "least_cost.yaml")))
    parts = [
        "# Equations\n",
        "This page is typeset from the very rules that are compiled and solved, here for the tutorial's least-cost",
        "scenario; the number of rows is the tutorial's. `rivershare mathematics BASIN --scenario SCENARIO` writes the same",
        "for any basin, as a page or as LaTeX. What the words mean: [The planning model](../explanation/model.md).\n",
    ]
    for heading, families in sections(mathematics(model)):
        parts.append(f"## {heading}\n")
        for family in families:
            parts += [f"### {family.title}\n", family.doc, "", f"{family.mathml}\n", f"*{size_of(family)}*\n"]
    symbols = glossary(model)
    for kind, heading in KINDS:
        parts += [f"## {heading}\n", "| name | what it is | over | size | unit | bounds |", "|---|---|---|---|---|---|"]
        parts += [
            f"| `{s.name}` | {s.title} | {', '.join(s.sets)} | {shape_of(s)} | {s.unit} | {s.bounds} |"
            for s in symbols
            if s.kind == kind
        ]
        parts.append("")
    return "\n".join(parts)


PAGES: dict[str, Callable[[], str]] = {
    "reference/basin-tables.md": basin_tables,
    "reference/plan-tables.md": plan_tables,
    "reference/scenario.md": scenario,
    "reference/rules.md": rules,
    "reference/findings.md": findings,
    "reference/command-line.md": command_line,
    "reference/settings.md": settings,
    "reference/equations.md": equations,
}
