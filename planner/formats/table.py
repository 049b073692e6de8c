"""One CSV file ↔ one table of a basin."""

import csv
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

from planner.basin.field import Column
from planner.basin.tables import columns
from planner.checks.finding import Finding
from planner.checks.report import LISTED_AT_MOST, found, more
from planner.formats.bytes_on_disk import text_findings, without_mark
from planner.formats.cells import STRINGS, dtype_of
from planner.formats.typed import TableReading, header_findings, read_columns, text_cells

COMMA, QUOTE, NOTHING = (pa.scalar(text, pa.large_string()) for text in (",", '"', ""))


SMALL_BYTES: Final = 50_000
TABLES_KEPT: Final = 256


def read_table(table: str, data: bytes) -> TableReading:
    """Read the bytes of a CSV file. Never raises: what is wrong becomes findings.

    The same small file gives the very same frame, so that what is checked of it need not be checked again: of a basin's
    tables most are as they were when it was read last.
    """
    return _small(table, data) if len(data) <= SMALL_BYTES else _read(table, data)


def _read(table: str, data: bytes) -> TableReading:
    findings = text_findings(data, table)
    if findings:
        return TableReading(None, findings)
    body = without_mark(data).rstrip(b"\r\n")
    header_line, _, rows = body.partition(b"\n")
    findings += _quote_findings(table, body)
    if findings:
        return TableReading(None, findings)
    header, unreadable = _header(table, header_line.decode("utf-8"))
    if not header:
        return TableReading(None, unreadable)
    text, labels, row_findings = _split(table, header, rows)
    if text is None:
        return TableReading(None, header_findings(table, header) + row_findings)
    raw = text_cells(lambda name: text.column(header.index(name)).combine_chunks())
    read = read_columns(table, header, raw, labels)
    return TableReading(read.frame, row_findings + read.findings, read.unsound)


_small = lru_cache(maxsize=TABLES_KEPT)(_read)


def _quote_findings(table: str, body: bytes) -> list[Finding]:
    """Lines with an odd number of quotes: a cell that runs over the end of its line, or is never closed."""
    if b'"' not in body:
        return []
    characters = np.frombuffer(body, dtype=np.uint8)
    ends = np.append(np.flatnonzero(characters == ord("\n")), len(characters))
    before_end = np.searchsorted(np.flatnonzero(characters == ord('"')), ends)
    odd = np.flatnonzero(np.diff(before_end, prepend=0) % 2) + 1
    findings = [
        found("table.quote_open", f"Line {row} has an odd number of quotes.", table=table, row=int(row))
        for row in odd[:LISTED_AT_MOST]
    ]
    return findings + more("table.quote_open", table, None, [int(row) for row in odd[LISTED_AT_MOST:]])


def _header(table: str, header_line: str) -> tuple[list[str], list[Finding]]:
    """The names in the header, or none and why they cannot be read."""
    try:
        names = next(csv.reader([header_line.rstrip("\r")]), [])
    except csv.Error as error:
        return [], [found("table.header", f"The header cannot be read: {error}.", table=table, row=1)]
    if not any(names):
        return [], [found("table.header", "The file has no header.", table=table, row=1, allowed=_names(columns(table)))]
    return names, []


def _names(described: Sequence[Column]) -> str:
    return ",".join(column.name for column in described)


def _split(table: str, header: list[str], rows: bytes) -> tuple[pa.Table | None, pd.Index, list[Finding]]:
    """The rows as columns of text, their labels (0 for the first line after the header), and the ragged ones."""
    places = [f"column_{i}" for i in range(len(header))]
    if not rows.strip(b"\r\n"):
        return pa.table({p: pa.array([], pa.string()) for p in places}), pd.RangeIndex(0), []
    ragged: list[tuple[int, int]] = []

    def note(row: pa.csv.InvalidRow) -> str:
        ragged.append((int(row.number), int(row.actual_columns)))
        return "skip"

    try:
        text = pa.csv.read_csv(
            pa.BufferReader(rows),
            read_options=pa.csv.ReadOptions(column_names=places, use_threads=False, block_size=len(rows) + 1),
            parse_options=pa.csv.ParseOptions(ignore_empty_lines=False, invalid_row_handler=note),
            convert_options=pa.csv.ConvertOptions(
                column_types=dict.fromkeys(places, pa.string()),
                null_values=[""],
                strings_can_be_null=True,
                quoted_strings_can_be_null=True,
            ),
        )
    except pa.ArrowInvalid as error:
        return (
            None,
            pd.RangeIndex(0),
            [found("table.unreadable", f"The rows cannot be told apart: {error}.", table=table)],
        )
    if not ragged:
        return text, pd.RangeIndex(text.num_rows), []
    skipped = np.array([number - 1 for number, _ in ragged])
    labels = np.delete(np.arange(text.num_rows + len(ragged)), skipped)
    findings = [
        found("table.ragged_row", f"Line {number + 1} has {cells} cells, the header has {len(header)}.",
              table=table, row=number + 1, value=f"{cells} cells", allowed=f"{len(header)} cells")
        for number, cells in ragged[:LISTED_AT_MOST]
    ]  # fmt: skip
    findings += more("table.ragged_row", table, None, [number + 1 for number, _ in ragged[LISTED_AT_MOST:]])
    return text, pd.Index(labels), findings


def table_bytes(table: str, frame: pd.DataFrame) -> bytes:
    """The table as CSV in its one canonical form: UTF-8, line feeds, quotes only where needed, shortest numbers."""
    described = columns(table)
    text = [_text(frame[column.name], column) for column in described]
    lines = pc.binary_join_element_wise(*text, COMMA).to_pylist() if len(frame) else []
    return "".join(f"{row}\n" for row in [_names(described), *lines]).encode()


def _text(series: pd.Series, column: Column) -> pa.Array:
    """A column as text, quoted where a comma, a quote or a line end asks for it; missing values are empty."""
    if dtype_of(column) is STRINGS:
        values = pa.array(series.astype(STRINGS), type=pa.large_string(), from_pandas=True)
        needs = pc.match_substring_regex(values, '[",\r\n]|^ | $')
        doubled = pc.replace_substring(values, QUOTE.as_py(), QUOTE.as_py() * 2)
        quoted = pc.binary_join_element_wise(QUOTE, doubled, QUOTE, NOTHING)
        values = pc.if_else(needs, quoted, values)
    else:
        values = pc.cast(pa.array(series.to_numpy(dtype_of(column)), from_pandas=True), pa.large_string())
    return pc.fill_null(values, NOTHING)
