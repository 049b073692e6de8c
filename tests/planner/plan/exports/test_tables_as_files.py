"""A table as a file: what is read from it is what was written, and no text in it is ever run."""

import csv
import io
import zipfile
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.ipc
import pyarrow.parquet
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.basin import Basin
from planner.formats.arrow import description, parquet_bytes
from planner.plan.content import plan_table
from planner.plan.exports import text
from planner.plan.exports.archive import tables_archive
from planner.plan.exports.columnar import arrow_pieces
from planner.plan.exports.text import BYTE_ORDER_MARK, csv_bytes, csv_pieces
from planner.plan.plan import Plan
from planner.plan.store import empty
from planner.plan.tables import ROW_OF

TUTORIAL = Path(__file__).parents[4] / "datasets" / "tutorial" / "basin"
FIGURES = [0.1 + 0.2, 1e15, -7.25, 1e-7, 0.0, 123456789.5]


def cells(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


@pytest.fixture
def plan(plan_on_paper) -> Plan:
    return plan_on_paper(Basin.read(TUTORIAL), raised=0.3, options=["spring_box"])


@pytest.mark.parametrize("begin", list("=+-@\t\r\n＝＋－＠"))
def test_a_text_that_would_be_a_formula_is_made_text_for_spreadsheets_only(begin: str) -> None:
    table = pa.table({"title": [f"{begin}cmd|' /C calc'!A0", "plain = text", None]})
    assert [row[0] for row in cells(csv_bytes(table))[1:]] == [f"'{begin}cmd|' /C calc'!A0", "plain = text", ""]
    assert cells(csv_bytes(table, for_spreadsheets=False))[1] == [f"{begin}cmd|' /C calc'!A0"]


def test_numbers_are_untouched_and_read_back_the_same() -> None:
    written = cells(csv_bytes(pa.table({"figure": FIGURES})))
    assert [float(row[0]) for row in written[1:]] == FIGURES
    assert written[3] == ["-7.25"]


def test_only_the_file_for_spreadsheets_has_a_byte_order_mark() -> None:
    table = pa.table({"title": ["ភូមិ"]})
    assert csv_bytes(table).startswith(BYTE_ORDER_MARK)
    assert csv_bytes(table, for_spreadsheets=False) == '"title"\n"ភូមិ"\n'.encode()


@given(st.lists(st.text(st.characters(codec="utf-8"), max_size=8), max_size=5), st.booleans())
def test_no_cell_of_any_text_begins_like_a_formula(texts: list[str], for_spreadsheets: bool) -> None:
    data = csv_bytes(pa.table({"text": pa.array(texts, pa.string())}), for_spreadsheets=for_spreadsheets)
    body = data.decode("utf-8-sig") if for_spreadsheets else data.decode()
    read = [row[0] for row in csv.reader(io.StringIO(body, newline=""))][1:]
    assert [cell.removeprefix("'") for cell in read] == [t.removeprefix("'") for t in texts]
    assert not for_spreadsheets or not any(cell[:1] in set("=+-@\t\r\n") for cell in read if cell)


def test_a_blank_cell_in_the_only_column_is_no_blank_line() -> None:
    read = pd.read_csv(io.BytesIO(csv_bytes(pa.table({"bound": [1.5, None, 2.0]}))))
    assert read["bound"].tolist() == pytest.approx([1.5, float("nan"), 2.0], nan_ok=True)


def test_pieces_are_the_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    table = pa.table({"figure": list(range(7))})
    whole = csv_bytes(table)
    monkeypatch.setattr(text, "ROWS_IN_A_PIECE", 3)
    pieces = list(csv_pieces(table))
    assert len(pieces) == 5
    assert b"".join(pieces) == whole
    assert len(cells(whole)) == 8


def test_arrow_and_parquet_hold_the_table_with_titles_and_units(plan: Plan) -> None:
    table = plan_table(plan.tables, "service")
    streamed = pa.ipc.open_stream(b"".join(arrow_pieces(table))).read_all()
    stored = pa.parquet.read_table(pa.BufferReader(parquet_bytes(table)))
    for read in (streamed, stored):
        assert read.equals(table)
        assert description(read.schema.field("persons"), "title") == "Persons"


def test_a_table_without_rows_is_an_arrow_stream_too() -> None:
    table = plan_table({"shortage": empty("shortage")}, "shortage")
    assert pa.ipc.open_stream(b"".join(arrow_pieces(table))).read_all().equals(table)
    assert len(cells(csv_bytes(table))) == 1


@pytest.mark.parametrize("form", ["csv", "parquet", "arrow"])
def test_an_archive_has_every_table_and_always_the_same_bytes(plan: Plan, form: str) -> None:
    data = tables_archive(plan.tables, form)
    assert zipfile.ZipFile(io.BytesIO(data)).namelist() == [f"{name}.{form}" for name in ROW_OF]
    assert tables_archive(plan.tables, form) == data


def test_csv_in_an_archive_is_read_as_the_table(plan: Plan) -> None:
    archive = zipfile.ZipFile(io.BytesIO(tables_archive(plan.tables)))
    read = pd.read_csv(archive.open("service.csv"))
    assert read["persons"].tolist() == plan.tables["service"]["persons"].tolist()
    assert read["village"].tolist() == plan.tables["service"]["village"].tolist()
