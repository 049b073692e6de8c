"""A basin is read as it is written, and written as it was read."""

import dataclasses
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planner.basin import Basin
from planner.basin.tables import ROW_OF, columns
from planner.checks import BasinError, check
from planner.formats.cells import STRINGS
from planner.formats.folder import inspect, read_basin, write_basin
from planner.formats.table import read_table, table_bytes
from planner.formats.typed import empty_table

Change = Callable[[str, str, str], None]


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_every_column_has_its_dtype(small_basin: Path) -> None:
    basin = read_basin(small_basin)
    kinds = {"number": "float64", "integer": "int64", "boolean": "bool"}
    for table in ROW_OF:
        frame = basin.tables[table]
        assert list(frame) == [column.name for column in columns(table)]
        for column in columns(table):
            assert str(frame[column.name].dtype) == kinds.get(column.kind, str(STRINGS)), (table, column.name)


def test_blank_cells_are_missing_and_blank_defaults_are_filled(small_basin: Path, change: Change) -> None:
    change("seasons.csv", "dry,Dry,180,1.02", "dry,,180,")
    change("administrations.csv", "province,,true", "province,,")
    basin = read_basin(small_basin)
    assert basin.tables["seasons"]["title"].isna().tolist() == [True, False]
    assert basin.tables["seasons"]["demand_factor"].tolist() == [1.0, 0.98]
    assert basin.tables["reaches"]["downstream"].isna().tolist() == [False, True]
    assert basin.tables["sources"]["licence_m3_per_year"].isna().tolist() == [False, True]
    assert basin.tables["administrations"]["account"].tolist() == [False, True, False]


def test_a_column_with_a_default_may_be_left_out(small_basin: Path) -> None:
    (small_basin / "seasons.csv").write_text("season,days\ndry,180\nwet,185\n", encoding="utf-8")
    frame = read_basin(small_basin).tables["seasons"]
    assert frame["demand_factor"].tolist() == [1.0, 1.0]
    assert frame["title"].isna().all()
    assert frame["title"].dtype == STRINGS


def test_an_optional_table_may_be_left_out(small_basin: Path) -> None:
    (small_basin / "institutions.csv").unlink()
    pd.testing.assert_frame_equal(read_basin(small_basin).tables["institutions"], empty_table("institutions"))


def test_columns_may_stand_in_any_order(small_basin: Path) -> None:
    (small_basin / "seasons.csv").write_text("days,season\n180,dry\n185,wet\n", encoding="utf-8")
    assert read_basin(small_basin).tables["seasons"]["days"].tolist() == [180, 185]


def test_a_basin_is_written_back_byte_for_byte(small_basin: Path, tmp_path: Path) -> None:
    (small_basin / "seasons.csv").write_bytes(b'\xef\xbb\xbfseason,days,title\r\ndry,180,"Dry, hot"\r\nwet,185,\r\n\r\n')
    before = contents(small_basin)
    read_basin(small_basin).write(tmp_path / "copy")
    assert contents(tmp_path / "copy") == before


def test_only_a_changed_table_is_written_anew(small_basin: Path, tmp_path: Path) -> None:
    basin = read_basin(small_basin)
    villages = basin.tables["villages"].assign(elevation_m=[280.5, 210.0, 190.0])
    changed = dataclasses.replace(basin, tables={**basin.tables, "villages": villages})
    write_basin(changed, tmp_path / "copy")
    before, after = contents(small_basin), contents(tmp_path / "copy")
    assert {name for name in before if before[name] != after[name]} == {"villages.csv"}
    assert after["villages.csv"].splitlines()[1] == b"hilltop,Hilltop,upper,107.09,13.79,280.5"


def test_a_basin_made_in_memory_is_read_back_the_same(small_basin: Path, tmp_path: Path) -> None:
    basin = read_basin(small_basin)
    write_basin(Basin(basin.settings, basin.tables), tmp_path / "copy")
    again = Basin.read(tmp_path / "copy")
    assert again.settings == basin.settings
    for table in ROW_OF:
        pd.testing.assert_frame_equal(again.tables[table], basin.tables[table])
    assert (tmp_path / "copy" / "channels.csv").read_text(encoding="utf-8").splitlines()[
        1
    ] == "grant,Grant,government_grant,true,"


def test_writing_replaces_an_older_basin_and_keeps_its_notes(small_basin: Path) -> None:
    basin = read_basin(small_basin)
    (small_basin / "SOURCES.md").write_text("Where it comes from.", encoding="utf-8")
    smaller = dataclasses.replace(basin, tables={**basin.tables, "institutions": empty_table("institutions")}, original={})
    write_basin(smaller, small_basin)
    assert not (small_basin / "institutions.csv").exists()
    assert (small_basin / "SOURCES.md").read_text(encoding="utf-8") == "Where it comes from."
    assert [path.name for path in small_basin.parent.iterdir()] == ["small"]


def test_writing_never_touches_a_folder_that_is_no_basin(small_basin: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / "thesis.docx").write_bytes(b"years of work")
    with pytest.raises(BasinError, match="thesis"):
        write_basin(read_basin(small_basin), home)
    assert contents(home) == {"thesis.docx": b"years of work"}


def test_nothing_is_left_half_written(small_basin: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    basin = read_basin(small_basin)
    before = contents(small_basin)

    def full_disk(self: Path, data: bytes) -> int:
        raise OSError("no space left")

    monkeypatch.setattr(Path, "write_bytes", full_disk)
    with pytest.raises(OSError, match="no space"):
        write_basin(basin, small_basin)
    assert contents(small_basin) == before
    assert [path.name for path in tmp_path.iterdir()] == ["small"]


def test_an_error_lists_everything_that_forbids_reading(small_basin: Path, change: Change) -> None:
    change("stages.csv", "2032,5", "2032,five")
    change("links.csv", "1.8,-20", "1.8,down")
    with pytest.raises(BasinError) as error:
        read_basin(small_basin)
    assert [f.table for f in error.value.findings] == ["stages", "links"]
    assert "links.csv, line 4, lift_m" in str(error.value)


def test_a_basin_that_reads_but_makes_no_sense_is_read(small_basin: Path, change: Change) -> None:
    change("seasons.csv", "Wet,185", "Wet,184")
    basin = read_basin(small_basin)
    assert [f.code for f in check(basin)] == ["season.days"]
    assert inspect(small_basin)[0] is not None


def test_a_basin_made_in_memory_is_checked_in_full(small_basin: Path) -> None:
    basin = read_basin(small_basin)
    links = basin.tables["links"].assign(loss_share=[0.1, np.nan, 1.5, np.inf], surprise=1)
    stages = basin.tables["stages"].drop(columns="years")
    seasons = basin.tables["seasons"].assign(days=["180", "185"])
    tables = {**basin.tables, "links": links, "stages": stages, "seasons": seasons, "lakes": stages}
    del tables["villages"]
    found = {(f.code, f.table, f.row) for f in check(Basin(basin.settings, tables))}
    assert {
        ("cell.blank", "links", 3), ("cell.out_of_range", "links", 4), ("cell.not_finite", "links", 5),
        ("column.unknown", "links", 1), ("column.missing", "stages", 1), ("column.kind", "seasons", 1),
        ("table.unknown", "lakes", None), ("table.missing", "villages", None),
    } <= found  # fmt: skip


numbers = st.floats(min_value=0, max_value=1e15, allow_nan=False)
titles = st.one_of(st.none(), st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1, max_size=30))
names = st.from_regex(r"[A-Za-z0-9_.\-]{1,12}", fullmatch=True)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(names, titles, numbers, numbers), max_size=8))
def test_whatever_a_table_holds_is_written_and_read_the_same(rows: list[tuple[str, str | None, float, float]]) -> None:
    frame = empty_table("parameters").reindex(range(len(rows)))
    for column, at in (("parameter", 0), ("title", 1), ("unit", 1)):
        frame[column] = pd.Series([row[at] for row in rows], dtype=STRINGS)
    frame["unit"] = frame["unit"].fillna("mg/L")
    frame["guideline_value"] = pd.Series([row[2] for row in rows], dtype=float)
    reading = read_table("parameters", table_bytes("parameters", frame))
    assert not reading.findings
    assert reading.frame is not None
    pd.testing.assert_frame_equal(reading.frame, frame, check_exact=True)


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=300))
def test_no_bytes_break_the_reader(data: bytes) -> None:
    for body in (data, b"season,days\n" + data, b"season,title,days,demand_factor\nwet,x,185,1\n" + data):
        reading = read_table("seasons", body)
        assert all(finding.remedy and finding.table for finding in reading.findings)
        assert reading.frame is not None or reading.findings
