"""A table as CSV, in pieces, for spreadsheets or for programs.

A spreadsheet takes a text that begins with one of = + - @, a tab or a line end for a formula and runs it. For spreadsheets
such a text therefore gets an apostrophe in front, which spreadsheets take for "this is text"; and the file begins with a
byte order mark, without which they misread letters beyond ASCII. For programs every text stays as it is. Numbers are the
same in both: written in the fewest digits that read back as the same number.
"""

from collections.abc import Iterator
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"
ROWS_IN_A_PIECE: Final = 20_000
# With the full-width forms, which some spreadsheets read as the plain ones.
BEGINS_A_FORMULA: Final = "^[=+\\-@\t\r\n＝＋－＠]"


def csv_pieces(table: pa.Table, *, for_spreadsheets: bool = True) -> Iterator[bytes]:
    """The table as UTF-8 CSV with a header, piece by piece: line feeds, texts in quotes, blank cells empty."""
    if for_spreadsheets:
        yield BYTE_ORDER_MARK
    yield _written(table.slice(0, 0), header=True)
    for start in range(0, table.num_rows, ROWS_IN_A_PIECE):
        piece = table.slice(start, ROWS_IN_A_PIECE)
        yield _written(safe_text(piece) if for_spreadsheets else piece, header=False)


def csv_bytes(table: pa.Table, *, for_spreadsheets: bool = True) -> bytes:
    """The whole table as CSV."""
    return b"".join(csv_pieces(table, for_spreadsheets=for_spreadsheets))


def safe_text(table: pa.Table) -> pa.Table:
    """The table with an apostrophe before every text that a spreadsheet would take for a formula."""
    for place, field in enumerate(table.schema):
        if pa.types.is_string(field.type):
            cells = table.column(place)
            risky = pc.match_substring_regex(cells, BEGINS_A_FORMULA)
            if pc.any(risky).as_py():
                marked = pc.binary_join_element_wise(pa.scalar("'"), cells, pa.scalar(""))
                table = table.set_column(place, field, pc.if_else(risky, marked, cells))
    return table


def _without_blank_lines(table: pa.Table) -> pa.Table:
    """A table of one column as text, a blank cell as an empty text in quotes: programs pass over a line without anything."""
    return pa.table({table.column_names[0]: pc.fill_null(pc.cast(table.column(0), pa.string()), "")})


def _written(table: pa.Table, *, header: bool) -> bytes:
    if table.num_columns == 1:
        table = _without_blank_lines(table)
    sink = pa.BufferOutputStream()
    pa.csv.write_csv(table, sink, pa.csv.WriteOptions(include_header=header))
    return bytes(sink.getvalue())
