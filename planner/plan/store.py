"""A plan's tables ↔ files, and folders that are replaced whole or not at all."""

import csv
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet

from planner.basin.field import Column
from planner.formats.arrow import to_frame, with_defaults
from planner.formats.cells import STRINGS, dtype_of, filled, read_cells
from planner.formats.whole_folder import write_whole
from planner.plan.tables import columns


class PlanError(ValueError):
    """A folder that is not a plan, was changed since, or cannot be written."""


def read_record(path: Path, of: str, format_name: str, version: int) -> dict[str, Any]:
    """The record in a folder of a plan, or of several. Raises PlanError where there is none, or of another format or version."""
    folder = path.parent
    if not folder.is_dir():
        raise PlanError(f"There is no folder {folder}.")
    if not path.is_file():
        raise PlanError(f"{folder} is not a {of}: it has no {path.name}.")
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise PlanError(f"{path} cannot be read: {error}.") from None
    if not isinstance(content, dict) or content.get("format") != format_name:
        raise PlanError(f"{path} is not the record of a {of}.")
    if content.get("version") != version:
        raise PlanError(f"{path} has version {content.get('version')}; this Rivershare reads version {version}.")
    return content


def typed(table: str, frame: pd.DataFrame) -> pd.DataFrame:
    """The table with its columns in order and each with its dtype. Raises PlanError if a column is missing."""
    missing = [column.name for column in columns(table) if column.name not in frame.columns]
    if missing:
        raise PlanError(f"The plan's table {table} has no column {missing[0]}.")
    return pd.DataFrame({c.name: _series(frame[c.name], c) for c in columns(table)}).reset_index(drop=True)


def empty(table: str) -> pd.DataFrame:
    """The table without rows."""
    return pd.DataFrame({c.name: pd.Series([], dtype=dtype_of(c)) for c in columns(table)})


def _series(series: pd.Series, column: Column) -> pd.Series:
    if dtype_of(column) is STRINGS:
        return series.astype(object).where(series.notna(), np.nan).astype(STRINGS)
    return series.astype(dtype_of(column))


def write_table(table: str, frame: pd.DataFrame, folder: Path, *, parquet: bool) -> Path:
    """Write a table as CSV (shortest numbers that read back the same) or Parquet; returns the file."""
    path = folder / f"{table}.{'parquet' if parquet else 'csv'}"
    if parquet:
        typed(table, frame).to_parquet(path, index=False)
    else:
        text = typed(table, frame)
        booleans = [c.name for c in columns(table) if c.kind == "boolean"]
        words = {name: text[name].map({True: "true", False: "false"}) for name in booleans}
        text.assign(**words).to_csv(path, index=False, lineterminator="\n")
    return path


def read_table(table: str, path: Path) -> pd.DataFrame:
    """Read a table that was written so. Raises PlanError if the file is not such a table."""
    try:
        if path.suffix == ".parquet":
            return to_frame(with_defaults(pa.parquet.read_table(path), columns(table)), columns(table))
        with path.open(encoding="utf-8") as file:
            header = next(csv.reader(file), [])
        names = [column.name for column in columns(table) if column.name in header or column.default is None]
        text = pa.csv.read_csv(
            path,
            convert_options=pa.csv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()), null_values=[""], strings_can_be_null=True,
                include_columns=names,
            ),
        )  # fmt: skip
        there = {c.name: _cells(table, text.column(c.name).combine_chunks(), c) for c in columns(table) if c.name in names}
        return pd.DataFrame({c.name: there[c.name] if c.name in there else filled(c, text.num_rows) for c in columns(table)})
    except (pa.ArrowException, OSError, KeyError) as error:
        raise PlanError(f"The plan's table {path.name} cannot be read: {str(error).splitlines()[0]}.") from None


def _cells(table: str, text: pa.Array, column: Column) -> pd.Series:
    cells = read_cells(text, column)
    if not cells.sound and set(cells.wrong) != {"cell.blank"}:
        raise PlanError(f"The plan's table {table} has a value in {column.name} that is not {column.allowed}.")
    series: pd.Series = pd.Series(cells.values, dtype=dtype_of(column), name=column.name)
    return series


def demand_place(folder: str | Path, is_ours: Callable[[Path], bool]) -> Path:
    """The folder as an absolute path, if one may be made or replaced there.

    It is replaced only if it is empty or `is_ours`. Raises PlanError otherwise, also where the disk cannot be written:
    better said before a long solve than after.
    """
    target = Path(os.path.abspath(folder))  # noqa: PTH100 (resolve() would follow a link and replace what it names)
    if os.path.lexists(target) and not (target.is_dir() and not target.is_symlink() and _replaceable(target, is_ours)):
        raise PlanError(f"{target} is there already and is not a plan. Name another folder.")
    above = next(parent for parent in target.parents if os.path.lexists(parent))
    if not above.is_dir() or not os.access(above, os.W_OK | os.X_OK):
        raise PlanError(f"Nothing can be written to {above}. Name another folder.")
    return target


def replace_folder(folder: Path, fill: Callable[[Path], None], is_ours: Callable[[Path], bool]) -> None:
    """Fill a new folder beside the target and put it in its place: never half-written.

    Raises PlanError where `demand_place` does, and OSError where the disk refuses.
    """
    write_whole(demand_place(folder, is_ours), fill)


def _replaceable(target: Path, is_ours: Callable[[Path], bool]) -> bool:
    return not any(target.iterdir()) or is_ours(target)
