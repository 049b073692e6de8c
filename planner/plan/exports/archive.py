"""A plan as a ZIP archive: whole, as it is read again, or its tables alone. Equal plans give equal bytes."""

import io
import tempfile
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final, Literal

import pandas as pd
import pyarrow as pa

from planner.formats.archive import EARLIEST, ORDINARY_FILE, UNIX
from planner.formats.arrow import parquet_bytes
from planner.plan.content import plan_table
from planner.plan.exports.columnar import arrow_pieces
from planner.plan.exports.text import csv_bytes
from planner.plan.plan import Plan
from planner.plan.tables import ROW_OF

Form = Literal["csv", "parquet", "arrow"]

WRITERS: Final[dict[Form, Callable[[pa.Table], bytes]]] = {
    "csv": csv_bytes,
    "parquet": parquet_bytes,
    "arrow": lambda table: b"".join(arrow_pieces(table)),
}


def tables_archive(tables: Mapping[str, pd.DataFrame], form: Form = "csv") -> bytes:
    """A ZIP archive with one file a table, such as `service.csv`. CSV is that for spreadsheets."""
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in ROW_OF:
            kind = zipfile.ZIP_STORED if form == "parquet" else zipfile.ZIP_DEFLATED
            archive.writestr(_entry(f"{name}.{form}", kind), WRITERS[form](plan_table(tables, name)))
    return sink.getvalue()


def plan_archive(plan: Plan) -> bytes:
    """A ZIP archive of the folder that `Plan.write` makes: unpacked, `Plan.read` and every command open it."""
    sink = io.BytesIO()
    with tempfile.TemporaryDirectory(prefix="rivershare-") as place:
        folder = Path(place) / "plan"
        plan.write(folder)
        with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
            for file in sorted(path for path in folder.rglob("*") if path.is_file()):
                archive.writestr(_entry(file.relative_to(folder).as_posix()), file.read_bytes())
    return sink.getvalue()


def _entry(name: str, kind: int = zipfile.ZIP_DEFLATED) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, EARLIEST)
    entry.compress_type, entry.external_attr, entry.create_system = kind, ORDINARY_FILE, UNIX
    return entry
