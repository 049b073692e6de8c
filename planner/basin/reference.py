"""Templates, JSON schema and reference page, all made from the fields of the rows."""

from pathlib import Path
from typing import Any

import pandas as pd

from planner.basin.basin import Basin
from planner.basin.field import IDENTIFIER_PATTERN, Column
from planner.basin.horizon import Settings
from planner.basin.tables import ROWS, columns
from planner.formats.cells import dtype_of
from planner.formats.folder import write_basin

JSON_TYPES = {"number": "number", "integer": "integer", "boolean": "boolean"}


def template(folder: str | Path) -> None:
    """Write a folder with basin.yaml and every table: its header and one example row.

    The rows show the form; some name things of other tables that a whole basin would have. Raises `BasinError` if
    the folder holds something else.
    """
    settings = Settings(**{column.name: column.example for column in columns(Settings.table)})
    write_basin(Basin(settings, {row.table: example_row(row.table) for row in ROWS}), folder)


def example_row(table: str) -> pd.DataFrame:
    """The example row of a table, with the dtypes of a basin's tables."""
    return pd.DataFrame({c.name: pd.Series([c.example], dtype=dtype_of(c)) for c in columns(table)})


def json_schema() -> dict[str, Any]:
    """JSON schema (draft 2020-12) of a whole basin: `basin` (the settings) and each table as an array of rows."""
    properties: dict[str, Any] = {"basin": _object_schema(Settings.table, Settings.__doc__)}
    for row in ROWS:
        properties[row.table] = {
            "type": "array",
            "title": row.table.replace("_", " ").capitalize(),
            "description": row.__doc__,
            "x-key": list(row.key),
            "items": _object_schema(row.table, row.__doc__),
        }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Basin",
        "type": "object",
        "properties": properties,
        "required": ["basin", *(row.table for row in ROWS if not row.optional_table)],
        "additionalProperties": False,
    }


def _object_schema(table: str, description: str | None) -> dict[str, Any]:
    described = columns(table)
    return {
        "type": "object",
        "description": description or "",
        "properties": {column.name: _column_schema(column) for column in described},
        "required": [column.name for column in described if column.required],
        "additionalProperties": False,
    }


def _column_schema(column: Column) -> dict[str, Any]:
    kind = JSON_TYPES.get(column.kind, "string")
    nullable = not column.required  # null, as a blank cell, stands for the default
    schema: dict[str, Any] = {"title": column.title, "type": [kind, "null"] if nullable else kind}
    schema["examples"] = [column.example]
    if column.help:
        schema["description"] = column.help
    if column.unit:
        schema["x-unit"] = column.unit
    if column.refers_to:
        schema["x-refers-to"] = list(column.refers_to)
    if column.choices:
        schema["enum"] = [*column.choices, *([None] if nullable else [])]
    if column.kind == "identifier":
        schema["pattern"] = f"^{IDENTIFIER_PATTERN}$"
    if column.max_length is not None:
        schema["maxLength"] = column.max_length
    if column.minimum is not None:
        schema["exclusiveMinimum" if column.minimum_excluded else "minimum"] = column.minimum
    if column.maximum is not None:
        schema["exclusiveMaximum" if column.maximum_excluded else "maximum"] = column.maximum
    if not column.required:
        schema["default"] = column.default
    return schema


def reference_markdown() -> str:
    """The reference page of the format: every table and column with unit, what is allowed, default and example."""
    intro = (
        "# Tables of a basin\n\n"
        "A basin is a folder: `basin.yaml` and one CSV file a table (UTF-8, commas, a header line). "
        "A blank cell takes the default; without a default it is an error. `true` and `false` are written so. "
        "Numbers have a decimal point and no separators. Names are letters, digits, `_`, `.` and `-`.\n"
    )
    settings = _section("basin.yaml", Settings.table, Settings.__doc__, "")
    tables = [_section(f"{row.table}.csv", row.table, row.__doc__, _about(row.key, row.optional_table)) for row in ROWS]
    return "\n".join([intro, settings, *tables])


def _about(key: tuple[str, ...], optional: bool) -> str:
    words = f"One row for each {' × '.join(f'`{name}`' for name in key)}."
    return f"{words} The file may be left out." if optional else words


def _section(title: str, table: str, description: str | None, about: str) -> str:
    lines = [f"## {title}", "", " ".join(part for part in (description, about) if part), ""]
    lines += ["| column | what it is | unit | allowed | default | example |", "|---|---|---|---|---|---|"]
    for column in columns(table):
        what = f"{column.title}. {column.help}" if column.help else column.title
        default = "needed" if column.required else _written(column.default)
        cells = (f"`{column.name}`", what, column.unit, column.allowed, default, _written(column.example))
        lines.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    return "\n".join([*lines, ""])


def _written(value: Any) -> str:
    """A value as its cell is written."""
    if value is None or value == "":
        return "blank"
    if isinstance(value, bool):
        return str(value).lower()
    return f"{value:.12g}" if isinstance(value, float) else str(value)
