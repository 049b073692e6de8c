"""A basin as settings and Parquet tables: what a store keeps by its content."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import pandas as pd
import pyarrow as pa
from pydantic import ValidationError

from planner.basin.basin import Basin
from planner.basin.horizon import Settings
from planner.basin.tables import ROW_OF, columns
from planner.formats.arrow import Packed, parquet_bytes, read_packed, to_arrow, to_frame, with_defaults
from planner.formats.typed import empty_table


@dataclass(frozen=True)
class BasinContent:
    """`settings` as plain JSON content, and each table as Parquet; equal basins give equal content."""

    settings: dict[str, Any]
    tables: dict[str, bytes]


class ContentError(ValueError):
    """Content that is not what was packed: a table is missing, or holds other columns or kinds of values."""


def pack_basin(basin: Basin) -> BasinContent:
    """The basin's content. Every table is in it, those without rows too; row order is kept, row labels are not."""
    return BasinContent(basin.settings.model_dump(mode="json"), {name: parquet_of(basin, name) for name in ROW_OF})


def parquet_of(basin: Basin, table: str) -> bytes:
    """A table of the basin as Parquet."""
    frame = basin.tables[table]
    return _packed(table, frame) if len(frame) else _packed_empty(table)


def _packed(table: str, frame: pd.DataFrame) -> bytes:
    return parquet_bytes(to_arrow(frame, columns(table)))


@cache
def _packed_empty(table: str) -> bytes:
    return _packed(table, empty_table(table))


def unpack_basin(settings: Mapping[str, Any], tables: Mapping[str, Packed]) -> Basin:
    """The basin that was packed: the same values, dtypes and rows, numbered from 0. Raises ContentError.

    What an earlier release packed is read as a folder of it would be: optional tables that came later are empty, columns that
    came later have their default.
    """
    try:
        read = {name: _unpacked(name, tables) for name in ROW_OF}
        return Basin(Settings.model_validate(dict(settings)), read)
    except KeyError as error:
        raise ContentError(f"The content of the basin has no {error.args[0]}.") from None
    except (pa.ArrowException, OSError, ValidationError) as error:
        raise ContentError(f"The content is not that of a basin: {str(error).splitlines()[0]}.") from None


def _unpacked(name: str, tables: Mapping[str, Packed]) -> pd.DataFrame:
    if name not in tables and ROW_OF[name].optional_table:
        return empty_table(name)
    packed = tables[name]
    if isinstance(packed, bytes) and packed == _packed_empty(name):  # as most tables of most basins: known without being read
        return empty_table(name)
    return to_frame(with_defaults(read_packed(packed), columns(name)), columns(name))
