"""A basin's content holds all of it, exactly, and nothing that depends on when or where it was packed."""

from pathlib import Path

import pyarrow.parquet
import pytest

from planner.basin import Basin
from planner.basin.content import ContentError, pack_basin, unpack_basin
from planner.formats.arrow import parquet_bytes, read_packed


@pytest.fixture
def basin(small_basin: Path) -> Basin:
    return Basin.read(small_basin)


def test_a_basin_comes_back_as_it_was_packed(basin: Basin) -> None:
    content = pack_basin(basin)
    again = unpack_basin(content.settings, content.tables)
    assert again.settings == basin.settings
    for name, frame in basin.tables.items():
        assert again.tables[name].equals(frame), name
        assert again.tables[name].dtypes.tolist() == frame.dtypes.tolist(), name


def test_equal_basins_are_packed_to_equal_bytes(basin: Basin, small_basin: Path) -> None:
    content = pack_basin(basin)
    assert pack_basin(Basin.read(small_basin)) == content
    assert pack_basin(unpack_basin(content.settings, content.tables)) == content


def test_a_changed_figure_changes_the_bytes_of_its_table_only(basin: Basin) -> None:
    population = basin.tables["population"]
    grown = Basin(basin.settings, {**basin.tables, "population": population.assign(persons=population["persons"] + 1)})
    before, after = pack_basin(basin).tables, pack_basin(grown).tables
    assert [name for name in before if before[name] != after[name]] == ["population"]


def test_tables_are_read_from_bytes_files_and_arrow_tables_alike(basin: Basin, tmp_path: Path) -> None:
    content = pack_basin(basin)
    path = tmp_path / "villages.parquet"
    path.write_bytes(content.tables["villages"])
    given = {**content.tables, "villages": path, "links": read_packed(content.tables["links"])}
    assert unpack_basin(content.settings, given).tables["links"].equals(basin.tables["links"])


def test_a_table_of_a_read_basin_may_be_changed(basin: Basin) -> None:
    content = pack_basin(basin)
    villages = unpack_basin(content.settings, content.tables).tables["villages"].copy()
    villages.loc[0, "elevation_m"] = 1.0
    assert villages["elevation_m"].iloc[0] == 1.0


def test_parquet_of_a_table_has_statistics_and_zstd(basin: Basin) -> None:
    metadata = pyarrow.parquet.ParquetFile(pyarrow.BufferReader(pack_basin(basin).tables["villages"])).metadata
    column = metadata.row_group(0).column(0)
    assert column.compression == "ZSTD"
    assert column.statistics.min == "hilltop"


def test_what_an_earlier_release_packed_is_read_with_later_tables_empty_and_later_columns_at_their_default(basin: Basin) -> None:
    content = pack_basin(basin)
    content.tables.pop("turbines")
    uses = read_packed(content.tables["other_uses"])
    content.tables["other_uses"] = parquet_bytes(uses.drop_columns(["title", "return_reach"]))
    again = unpack_basin(content.settings, content.tables)
    assert again.tables["turbines"].empty
    assert list(again.tables["turbines"].columns) == list(basin.tables["turbines"].columns)
    assert again.tables["other_uses"].dtypes.equals(basin.tables["other_uses"].dtypes)


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        (lambda tables: tables.pop("villages"), "has no villages"),
        (lambda tables: tables.update(villages=b"no parquet"), "not that of a basin"),
        (lambda tables: tables.update(villages=tables["groups"]), "has no"),
    ],
)
def test_content_that_is_not_a_basin_is_refused_in_one_sentence(basin: Basin, broken, said: str) -> None:
    content = pack_basin(basin)
    broken(content.tables)
    with pytest.raises(ContentError, match=said):
        unpack_basin(content.settings, content.tables)
