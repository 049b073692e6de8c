"""A table as Arrow and Parquet: exact types, missing values as nulls, equal tables as equal bytes."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TypeAlias

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet

from planner.basin.field import Column
from planner.formats.cells import STRINGS, dtype_of

Packed: TypeAlias = "bytes | pa.Table | Path"

TYPES = {"float64": pa.float64(), "int64": pa.int64(), "bool": pa.bool_()}
ROWS_IN_A_GROUP = 131_072


def type_of(column: Column) -> pa.DataType:
    """The Arrow type of a column: string, float64, int64 or bool."""
    kind = dtype_of(column)
    return pa.string() if kind is STRINGS else TYPES[kind.name]


def schema_of(columns: Sequence[Column]) -> pa.Schema:
    """The Arrow schema of a table without anything but names and types."""
    return pa.schema([pa.field(column.name, type_of(column)) for column in columns])


def to_arrow(frame: pd.DataFrame, columns: Sequence[Column]) -> pa.Table:
    """The frame's columns in order, each of its exact type; a missing value is null. Row order is kept.

    Raises KeyError for a missing column, pyarrow.ArrowInvalid or pyarrow.ArrowTypeError for values of another kind.
    """
    arrays = [pa.array(frame[c.name], type=type_of(c), from_pandas=True) for c in columns]
    whole = [a.combine_chunks() if isinstance(a, pa.ChunkedArray) else a for a in arrays]
    return pa.Table.from_arrays(whole, schema=schema_of(columns))


def with_defaults(table: pa.Table, columns: Sequence[Column]) -> pa.Table:
    """The table with the columns that came after it was written, where they need not be given: every row has the default."""
    for column in columns:
        if column.name not in table.column_names and not column.required:
            table = table.append_column(column.name, pa.array([column.default] * table.num_rows, type=type_of(column)))
    return table


def to_frame(table: pa.Table, columns: Sequence[Column]) -> pd.DataFrame:
    """The frame with the exact dtypes that reading a folder gives, from an Arrow table with at least these columns.

    Raises KeyError for a missing column, pyarrow.ArrowInvalid for values that its type cannot hold.
    """
    return pd.DataFrame({c.name: _series(table.column(c.name), c) for c in columns}, copy=False)


def _series(values: pa.ChunkedArray, column: Column) -> pd.Series:
    kind = dtype_of(column)
    if kind is STRINGS:
        return pd.Series(pd.array(pc.cast(values, pa.large_string()), dtype=STRINGS))
    whole = pc.cast(values, type_of(column)).to_numpy()
    # Arrow's buffers are read-only; a basin's tables may be copied and changed.
    return pd.Series(np.array(whole, dtype=kind))


def described(table: pa.Table, columns: Iterable[Column]) -> pa.Table:
    """The Arrow table with each column's `title` and `unit` in the metadata of its field, where programs look for them."""
    known = {column.name: column for column in columns}
    fields = [
        f.with_metadata({"title": known[f.name].title, "unit": known[f.name].unit}) if f.name in known else f
        for f in table.schema
    ]
    return table.cast(pa.schema(fields))


def description(field: pa.Field, key: str) -> str:
    """The `title` or `unit` that a field of an Arrow table was described with; blank if it was not."""
    metadata: Mapping[bytes, bytes] = field.metadata or {}
    return metadata.get(key.encode(), b"").decode()


def parquet_bytes(table: pa.Table) -> bytes:
    """The Arrow table as Parquet: zstd, dictionaries, statistics; equal tables give equal bytes."""
    sink = pa.BufferOutputStream()
    pa.parquet.write_table(
        table, sink, compression="zstd", use_dictionary=True, write_statistics=True, row_group_size=ROWS_IN_A_GROUP,
        version="2.6",
    )  # fmt: skip
    return bytes(sink.getvalue())


def read_packed(content: Packed) -> pa.Table:
    """The Arrow table from Parquet bytes, a Parquet file or an Arrow table. Raises pyarrow.ArrowInvalid or OSError."""
    if isinstance(content, pa.Table):
        return content
    source = content if isinstance(content, Path) else pa.BufferReader(content)
    return pa.parquet.read_table(source, use_threads=False)
