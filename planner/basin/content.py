"""A basin as settings and Parquet tables: what a store keeps by its content."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
from pydantic import ValidationError

from planner.basin.basin import Basin
from planner.basin.horizon import Settings
from planner.basin.tables import ROW_OF, columns
from planner.formats.arrow import Packed, parquet_bytes, read_packed, to_arrow, to_frame


@dataclass(frozen=True)
class BasinContent:
    """`settings` as plain JSON content, and each table as Parquet; equal basins give equal content."""

    settings: dict[str, Any]
    tables: dict[str, bytes]


class ContentError(ValueError):
    """Content that is not what was packed: a table is missing, or holds other columns or kinds of values."""


def pack_basin(basin: Basin) -> BasinContent:
    """The basin's content. Every table is in it, those without rows too; row order is kept, row labels are not."""
    packed = {name: parquet_bytes(to_arrow(basin.tables[name], columns(name))) for name in ROW_OF}
    return BasinContent(basin.settings.model_dump(mode="json"), packed)


def unpack_basin(settings: Mapping[str, Any], tables: Mapping[str, Packed]) -> Basin:
    """The basin that was packed: the same values, dtypes and rows, numbered from 0. Raises ContentError."""
    try:
        read = {name: to_frame(read_packed(tables[name]), columns(name)) for name in ROW_OF}
        return Basin(Settings.model_validate(dict(settings)), read)
    except KeyError as error:
        raise ContentError(f"The content of the basin has no {error.args[0]}.") from None
    except (pa.ArrowException, OSError, ValidationError) as error:
        raise ContentError(f"The content is not that of a basin: {str(error).splitlines()[0]}.") from None
