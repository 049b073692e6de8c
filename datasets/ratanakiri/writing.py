"""Tables to files, always the same bytes for the same figures."""

from pathlib import Path

import pandas as pd
import yaml

from planner.basin.field import Column
from planner.basin.tables import columns


def _cell(value: object, column: Column) -> str:
    if value is None or (not isinstance(value, str) and pd.isna(value)):
        return ""
    if column.kind == "boolean":
        return "true" if value else "false"
    if column.kind == "integer":
        return str(int(value))  # type: ignore[call-overload]
    if column.kind == "number":
        return repr(float(value)).removesuffix(".0")  # type: ignore[arg-type]
    return str(value)


def write_table(folder: Path, table: str, frame: pd.DataFrame) -> None:
    """One CSV with the table's columns in their order; columns that the frame lacks take their default."""
    known = columns(table)
    unknown = set(frame.columns) - {column.name for column in known}
    if unknown:
        raise ValueError(f"{table} has no columns {sorted(unknown)}")
    text = pd.DataFrame(
        {
            column.name: [
                _cell(value, column) for value in (frame[column.name] if column.name in frame else [column.default] * len(frame))
            ]
            for column in known
        }
    )
    text.to_csv(folder / f"{table}.csv", index=False, lineterminator="\n", encoding="utf-8")


def write_settings(folder: Path, settings: dict[str, object]) -> None:
    """basin.yaml, keys in the order given."""
    text = yaml.safe_dump(settings, sort_keys=False, allow_unicode=True, width=100)
    (folder / "basin.yaml").write_text(text, encoding="utf-8", newline="\n")
