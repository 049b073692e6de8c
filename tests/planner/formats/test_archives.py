"""A ZIP archive is a basin; one that is not honest is one finding, at little cost."""

import stat
import struct
import tracemalloc
import zipfile
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path

import pytest

from datasets.cases import find
from datasets.synthetic import make
from planner.basin import Basin
from planner.basin.tables import ROW_OF
from planner.formats.archive import read_archive, write_archive
from planner.formats.files import files_of


@pytest.fixture
def files(small_basin: Path) -> dict[str, bytes]:
    return files_of(Basin.read(small_basin))


def packed(files: Mapping[str, bytes], folder: str = "", method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(folder + name, data)
    return buffer.getvalue()


def codes_of(archive: bytes | Path) -> list[str]:
    basin, findings = read_archive(archive)
    assert basin is None or not findings
    return [finding.code for finding in findings]


@pytest.mark.parametrize("basin", [*(Basin.read(find(name)) for name in ("tutorial", "ratanakiri")), make(40, 5)],
                         ids=["tutorial", "ratanakiri", "synthetic"])  # fmt: skip
def test_a_basin_is_read_back_equal_from_its_archive(basin: Basin) -> None:
    again, _ = read_archive(write_archive(basin))
    assert again is not None
    assert again.settings == basin.settings
    assert all(again.tables[table].equals(basin.tables[table]) for table in ROW_OF)


def test_an_archive_keeps_every_byte_of_its_files_and_is_always_the_same(files: dict[str, bytes]) -> None:
    files["seasons.csv"] = b"\xef\xbb\xbfseason,days\r\ndry,180\r\nwet,185\r\n"
    basin, findings = read_archive(packed(files))
    assert findings == []
    assert basin is not None
    assert write_archive(basin) == write_archive(basin)
    with zipfile.ZipFile(BytesIO(write_archive(basin))) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == files
        assert archive.namelist() == sorted(files)


def test_files_may_lie_in_one_folder_beside_notes(files: dict[str, bytes], tmp_path: Path) -> None:
    more = {"README.md": b"x", "__MACOSX/._stages.csv": b"\0"}
    (tmp_path / "basin.zip").write_bytes(packed(files | more, "my basin/"))
    basin, findings = read_archive(tmp_path / "basin.zip")
    assert basin is not None
    assert findings == []


def test_findings_name_file_and_line(files: dict[str, bytes]) -> None:
    files["stages.csv"] = files["stages.csv"].replace(b"2032", b"soon")
    _, findings = read_archive(packed(files))
    assert findings[0].place == "stages.csv, line 3, first_year"


def test_files_in_two_folders_are_no_basin(files: dict[str, bytes]) -> None:
    assert codes_of(packed(files | {"old/stages.csv": b"stage\n"})) == ["archive.layout"]


def test_an_archive_in_an_archive_is_not_opened(files: dict[str, bytes]) -> None:
    basin, findings = read_archive(packed(files | {"more.zip": packed(files)}))
    assert basin is not None
    assert [f.code for f in findings] == ["file.unknown"]


@pytest.mark.parametrize("name", ["../stages.csv", "/etc/stages.csv", "a/../../stages.csv", "..\\stages.csv", "c:stages.csv"])
def test_a_path_that_leads_out_is_refused(files: dict[str, bytes], name: str) -> None:
    assert codes_of(packed(files | {name: b"stage\n"})) == ["archive.path"]


def test_a_link_is_refused(files: dict[str, bytes]) -> None:
    del files["stages.csv"]
    buffer = BytesIO(packed(files))
    with zipfile.ZipFile(buffer, "a") as archive:
        info = zipfile.ZipInfo("stages.csv")
        info.create_system, info.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
        archive.writestr(info, "/etc/passwd")
    assert codes_of(buffer.getvalue()) == ["archive.link"]


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("again", ["stages.csv", "./stages.csv"])
def test_a_name_that_stands_twice_is_refused(files: dict[str, bytes], again: str) -> None:
    buffer = BytesIO(packed(files))
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr(again, "stage\n")
    assert codes_of(buffer.getvalue()) == ["archive.twice"]


def test_an_encrypted_file_is_refused(files: dict[str, bytes]) -> None:
    data = bytearray(packed(files))
    at = data.index(b"PK\x01\x02")
    data[at + 8] |= 1
    assert codes_of(bytes(data)) == ["archive.encrypted"]


@pytest.mark.parametrize("method", [zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
def test_methods_that_unpack_without_measure_are_refused(files: dict[str, bytes], method: int) -> None:
    assert codes_of(packed(files, method=method)) == ["archive.method"]


def _flip(data: bytes) -> bytes:
    return data.replace(b"Hilltop", b"Helltop")


@pytest.mark.parametrize(
    "broken", [lambda d: d[:-30], lambda d: d[: len(d) // 2], lambda d: b"", lambda d: b"PK" * 50, _flip],
    ids=["no end", "half", "nothing", "only a mark", "wrong checksum"],
)  # fmt: skip
def test_a_broken_archive_is_one_finding(files: dict[str, bytes], broken: Callable[[bytes], bytes]) -> None:
    assert codes_of(broken(packed(files, method=zipfile.ZIP_STORED))) == ["archive.unreadable"]


def test_a_file_that_is_not_there_is_a_finding(tmp_path: Path) -> None:
    assert codes_of(tmp_path / "nowhere.zip") == ["file.unreadable"]


def peak_bytes(archive: bytes) -> tuple[list[str], int]:
    tracemalloc.start()
    try:
        codes = codes_of(archive)
        return codes, tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_a_bomb_is_refused_before_it_fills_the_memory(files: dict[str, bytes]) -> None:
    bomb = packed(files | {"villages.csv": b"village\n" + b"0" * 150_000_000})
    codes, peak = peak_bytes(bomb)
    assert codes == ["archive.too_large"]
    assert peak < 40_000_000


def test_a_bomb_that_lies_about_its_size_is_refused(files: dict[str, bytes]) -> None:
    bomb = bytearray(packed({"villages.csv": b"0" * 50_000_000} | {k: v for k, v in files.items() if k != "villages.csv"}))
    for mark, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = bomb.index(mark)
        bomb[at + offset : at + offset + 4] = struct.pack("<I", 100)
    codes, peak = peak_bytes(bytes(bomb))
    assert codes == ["archive.unreadable"]
    assert peak < 20_000_000


def test_a_directory_of_a_million_entries_is_not_even_read() -> None:
    one = packed({"a": b""})
    at = one.index(b"PK\x01\x02")
    entry, end = one[at:-22], one[-22:]
    many = one[:at] + entry * 200_000 + end[:12] + struct.pack("<I", len(entry) * 200_000) + end[16:]
    codes, peak = peak_bytes(many)
    assert codes == ["archive.too_large"]
    assert peak < 1_000_000
