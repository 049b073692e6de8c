"""All tables of a plan in one ZIP archive, the same bytes for the same tables."""

import io
import zipfile
from collections.abc import Callable, Mapping
from typing import Final, Literal

import pandas as pd
import pyarrow as pa

from planner.formats.arrow import parquet_bytes
from planner.plan.content import plan_table
from planner.plan.exports.columnar import arrow_pieces
from planner.plan.exports.text import csv_bytes
from planner.plan.tables import ROW_OF

Form = Literal["csv", "parquet", "arrow"]

WRITERS: Final[dict[Form, Callable[[pa.Table], bytes]]] = {
    "csv": csv_bytes,
    "parquet": parquet_bytes,
    "arrow": lambda table: b"".join(arrow_pieces(table)),
}
_DATE: Final = (1980, 1, 1, 0, 0, 0)


def tables_archive(tables: Mapping[str, pd.DataFrame], form: Form = "csv") -> bytes:
    """A ZIP archive with one file a table, such as `service.csv`. CSV is that for spreadsheets."""
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in ROW_OF:
            entry = zipfile.ZipInfo(f"{name}.{form}", _DATE)
            entry.compress_type = zipfile.ZIP_STORED if form == "parquet" else zipfile.ZIP_DEFLATED
            archive.writestr(entry, WRITERS[form](plan_table(tables, name)))
    return sink.getvalue()
